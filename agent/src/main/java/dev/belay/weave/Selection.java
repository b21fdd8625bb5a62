package dev.belay.weave;

import java.util.Set;
import org.objectweb.asm.tree.MethodNode;

/** What is woven into which method. */
interface Selection {

    /** Returns whether a method holds points. */
    boolean holdsPoints(MethodKey method);

    /** Returns how deep the loops of a method are recognised whatever they call; 0 for none. */
    int namedDepth(MethodKey method);

    /** Returns the recognised loops of a method. */
    default MethodLoops loops(MethodKey key, MethodNode method) {
        return new MethodLoops(method, calls(), namedDepth(key));
    }

    boolean isStep(MethodKey method);

    boolean isEvaluation(MethodKey method);

    /** Returns the framework whose adapter wants to see the instances of a class; null for none. */
    String birth(String owner);

    Calls calls();

    /** Returns the methods that hold points. */
    Set<MethodKey> pointed();

    /** Returns the classes with hooks or points. */
    Set<String> touched();
}
