package killtest.program;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Timer;

/** Holds several things over its steps that no checkpoint can hold. */
public final class Unsavable {

    private static final int STEPS = 400;

    private final InputStream stream = new ByteArrayInputStream(new byte[100]);
    private final List<Object> more = new ArrayList<>();
    private double weight;

    private Unsavable() {}

    public static void main(String[] args) throws InterruptedException, IOException {
        Unsavable program = new Unsavable();
        Timer timer = new Timer(true);
        program.more.add(Unsavable.class.getClassLoader());
        program.more.add(java.util.regex.Pattern.compile("a").matcher("b"));
        for (int i = 0; i < STEPS; i++) {
            program.update(i);
            Thread.sleep(5);
        }
        System.out.println("weight " + program.weight + " " + timer.purge() + program.stream.available());
    }

    private void update(int number) {
        weight = weight * 0.9 + number;
    }
}
