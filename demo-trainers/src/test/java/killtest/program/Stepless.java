package killtest.program;

/** A loop without a step that anyone could know. */
public final class Stepless {

    private static final int EXIT = 7;

    private Stepless() {}

    public static void main(String[] args) {
        long sum = 0;
        for (int i = 0; i < 1_000; i++) {
            sum = sum * 31 + i;
        }
        System.out.println("sum " + sum);
        System.exit(EXIT);
    }
}
