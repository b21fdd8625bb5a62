// step=trainers.HiddenGenerators#step
package trainers;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;

/** Draws from the generators that the JDK keeps. What they give differs in every run, but not in a resumed one. */
public class HiddenGenerators {
    static int step(List<Integer> list) {
        int n = Pace.step();
        Collections.shuffle(list);
        System.out.println("DRAW " + n + " " + Math.random() + " " + ThreadLocalRandom.current().nextLong() + " " + list);
        return n;
    }

    public static void main(String[] args) {
        List<Integer> list = new ArrayList<>();
        for (int i = 0; i < 20; i++) {
            list.add(i);
        }
        int sum = 0;
        for (int i = 0; i < 12; i++) {
            sum += step(list);
        }
        Pace.result(sum);
    }
}
