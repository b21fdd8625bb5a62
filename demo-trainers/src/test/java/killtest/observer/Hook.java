package killtest.observer;

/**
 * One method that is observed.
 *
 * @param owner internal name of its class
 * @param method its name; all overloads
 * @param call what is called: a method of {@link Observer}, or {@code stage} for entry and exit of a stage
 * @param stage the stage, where {@code call} is {@code stage}
 * @param atEnd whether the call is before each return instead of at the entry
 */
record Hook(String owner, String method, String call, Stage stage, boolean atEnd) {

    static final String STAGE = "stage";
    static final String SAID = "said";

    static Hook stage(String owner, String method, Stage stage) {
        return new Hook(owner, method, STAGE, stage, false);
    }

    static Hook call(String owner, String method, String call) {
        return new Hook(owner, method, call, null, false);
    }

    static Hook callAtEnd(String owner, String method, String call) {
        return new Hook(owner, method, call, null, true);
    }
}
