package dev.belay.weave;

import java.util.Set;
import org.objectweb.asm.tree.MethodNode;

/** What is woven into which method. Lives as long as the program: MUST NOT hold on to the analysis that it comes from. */
interface Selection {

    /** Returns whether a method holds points. */
    default boolean holdsPoints(MethodKey method) {
        return pointed().contains(method);
    }

    /** Returns whether a method is the body of a lambda of which the JDK may be in the middle while the program trains. */
    default boolean isBody(MethodKey method) {
        return false;
    }

    /** Returns the recognised loops of a method. */
    MethodLoops loops(MethodKey key, MethodNode method);

    /** Returns why a loop of a method is not one of the recognised ones, for people. */
    default String whyLeftAlone(NaturalLoop loop, MethodLoops loops) {
        return "no step is made in it";
    }

    default boolean isStep(MethodKey method) {
        return false;
    }

    default boolean isEvaluation(MethodKey method) {
        return false;
    }

    /** Returns the framework whose adapter wants to see what a method returns; null for none. */
    default String measures(MethodKey method) {
        return null;
    }

    /** Returns the framework whose adapter wants to see the instances of a class; null for none. */
    String birth(String owner);

    Calls calls();

    /** Returns the methods that hold points. */
    Set<MethodKey> pointed();

    /** Returns the classes with hooks or points. */
    Set<String> touched();
}
