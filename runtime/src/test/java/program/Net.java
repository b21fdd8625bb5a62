package program;

import java.util.ArrayList;
import java.util.List;

/** A model as programs write them, with what else they keep beside it. */
public final class Net {
    public double[][] layers = new double[3][20];
    public float[] bias = new float[2];
    public double[] shared = layers[1];
    public int[] order = new int[40];
    public double rate = 0.5;
    public final List<double[]> history = new ArrayList<>();
}
