package killtest.program;

/** How much a program does: machines differ in speed, and a run must be long enough to be killed several times. */
final class Work {

    private Work() {}

    /** Returns the factor that is the only argument; 1 without. */
    static int of(String[] args) {
        return args.length == 0 ? 1 : Integer.parseInt(args[0]);
    }
}
