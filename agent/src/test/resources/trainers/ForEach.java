// step=trainers.ForEach#step
package trainers;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

public class ForEach {
    static long s = 1;

    static void step(int x) {
        s = Pace.mix(s, Pace.step() + x);
    }

    public static void main(String[] args) {
        List<String> names = new ArrayList<>(Arrays.asList("a", "bb", "ccc"));
        int[] numbers = {3, 4};
        Map<String, Integer> map = new LinkedHashMap<>();
        map.put("x", 1);
        map.put("yy", 2);
        String log = "";
        for (String name : names) {
            for (int n : numbers) {
                step(n + name.length());
                log += name + n;
            }
            if (name.length() == 2) {
                for (Map.Entry<String, Integer> e : map.entrySet()) {
                    step(e.getValue());
                    log += e;
                }
            }
        }
        for (Map.Entry<String, Integer> e : map.entrySet()) {
            for (String name : names) {
                step(e.getKey().length() * name.length());
                log += e + name;
            }
        }
        for (int n : numbers) {
            for (String name : names.subList(1, 3)) {
                step(n * name.length());
            }
        }
        Pace.result(s, log);
    }
}
