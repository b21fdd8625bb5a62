package program;

import java.util.Map;
import java.util.TreeMap;

/** What a program reads from its arguments. */
public final class Arranged {

    public final int epochs;
    public double[] rates;
    public final Map<String, String> options = new TreeMap<>(Map.of("data", "here"));

    public Arranged(int epochs) {
        this.epochs = epochs;
    }
}
