package program;

/** A program's own class, outside of dev.belay: what tests capture. */
public final class Model {

    /** A plain enum. */
    public enum Phase {
        WARM,
        MAIN
    }

    /** A plain record. */
    public record Best(int epoch, double[] weights) {}

    public final double[] weights = new double[100];
    public double[] alias = weights;
    public Phase phase = Phase.WARM;
    public Model next;
}
