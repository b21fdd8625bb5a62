package killtest.observer;

/**
 * One method that is observed.
 *
 * @param owner internal name of its class
 * @param method its name; all overloads
 * @param kind what is done there
 * @param call name of the method of {@link Observer} that is called; of a stage unused
 * @param stage the stage; null for other kinds
 */
record Hook(String owner, String method, Kind kind, String call, Stage stage) {

    /** What a hook does, and where in the method. */
    enum Kind {
        /** Reports entry and normal exit of a stage. */
        STAGE,
        /** Calls at the entry, without arguments. */
        ENTRY,
        /** Calls at the entry, with the receiver. */
        ENTRY_WITH_THIS,
        /** Calls at the entry, with the first argument. */
        ENTRY_WITH_ARGUMENT,
        /** Calls before each normal return, without arguments. */
        EXIT
    }

    static Hook stage(String owner, String method, Stage stage) {
        return new Hook(owner, method, Kind.STAGE, "", stage);
    }

    static Hook call(Kind kind, String owner, String method, String call) {
        return new Hook(owner, method, kind, call, null);
    }
}
