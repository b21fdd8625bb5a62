package dev.belay.engine;

import dev.belay.loop.LoopAtlas;
import dev.belay.state.ObjectPolicy;
import java.util.List;
import java.util.function.Predicate;
import java.util.function.Supplier;

/**
 * What the engine must know of the program's code; the agent provides it.
 *
 * @param atlas loops of methods that were not woven
 * @param notWoven what could not be woven so far, and why
 * @param policy how objects are treated; a fresh one per capture
 * @param stateClasses the loaded classes whose static fields are state
 * @param applicationClasses whether a binary name is one of the program's own classes
 * @param types finds a class of the program by its name, whichever loader defines it; what a checkpoint names is found so
 */
public record ProgramView(
        LoopAtlas atlas,
        Supplier<List<String>> notWoven,
        Supplier<ObjectPolicy> policy,
        Supplier<List<Class<?>>> stateClasses,
        Predicate<String> applicationClasses,
        ClassLoader types) {}
