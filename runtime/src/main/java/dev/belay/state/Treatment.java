package dev.belay.state;

/** How the graph treats one object. */
record Treatment(Kind kind, String reason) {

    enum Kind {
        VALUE,
        TEXT,
        SINGLETON,
        CONSTANT,
        TYPE,
        PRIMITIVES,
        REFERENCES,
        PLAIN,
        REBUILT,
        IMMUTABLE,
        LAMBDA,
        RESOURCE,
        REFUSED
    }

    static Treatment of(Kind kind) {
        return new Treatment(kind, "");
    }

    static Treatment refused(String reason) {
        return new Treatment(Kind.REFUSED, reason);
    }
}
