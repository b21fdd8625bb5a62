package dev.belay.weave;

/** What is woven into which method. */
interface Selection {

    /** Returns whether a method holds points. */
    boolean holdsPoints(MethodKey method);

    /** Returns how deep the loops of a method are recognised whatever they call; 0 for none. */
    int namedDepth(MethodKey method);

    boolean isStep(MethodKey method);

    boolean isEvaluation(MethodKey method);

    /** Returns the framework whose adapter wants to see the instances of a class; null for none. */
    String birth(String owner);

    Calls calls();
}
