package killtest.fuzz;

/** What a name stands for. */
record Variable(String name, Type type, Role role) {

    /** What may be done with it. */
    enum Role {
        /** A local that may be given another value. */
        LOCAL,
        /** A local that its loop gives other values. */
        COUNTER,
        /** A local that keeps its value, so that lambdas may capture it. */
        FIXED,
        /** Seen in the whole class. */
        FIELD
    }

    boolean assignable() {
        return role == Role.LOCAL || role == Role.FIELD;
    }

    boolean captured() {
        return role == Role.FIXED || role == Role.FIELD;
    }
}
