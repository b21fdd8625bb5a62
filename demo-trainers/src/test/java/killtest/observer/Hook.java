package killtest.observer;

/**
 * One method that is observed.
 *
 * @param owner internal name of its class
 * @param method its name; all overloads
 * @param call what is called: a method of {@link Observer}, or {@code stage} for entry and exit of a stage
 * @param stage the stage, where {@code call} is {@code stage}
 */
record Hook(String owner, String method, String call, Stage stage) {

    static final String STAGE = "stage";
    static final String SAID = "said";

    static Hook stage(String owner, String method, Stage stage) {
        return new Hook(owner, method, STAGE, stage);
    }

    static Hook call(String owner, String method, String call) {
        return new Hook(owner, method, call, null);
    }
}
