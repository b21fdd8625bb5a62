package killtest.program;

/** Fails before it trains. */
public final class Failing {

    private Failing() {}

    public static void main(String[] args) {
        System.out.println("reading data");
        double[] data = load(args);
        for (int i = 0; i < 1_000; i++) {
            data[i % data.length] = Double.parseDouble(Result.line(data[0]).replaceAll("\\D", ""));
        }
    }

    private static double[] load(String[] args) {
        throw new IllegalStateException("found no data in " + args.length + " files");
    }
}
