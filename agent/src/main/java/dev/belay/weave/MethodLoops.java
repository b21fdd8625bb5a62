package dev.belay.weave;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.function.Predicate;
import org.objectweb.asm.tree.AbstractInsnNode;
import org.objectweb.asm.tree.MethodNode;

/** The recognised loops of a method: those in which it trains or evaluates, and those that the user named. */
final class MethodLoops {

    private final FlowGraph flow;
    private final List<NaturalLoop> recognised = new ArrayList<>();

    /** @param namedDepth loops down to this depth are recognised whatever they call; 0 for none */
    MethodLoops(MethodNode method, Calls calls, int namedDepth) {
        this.flow = new FlowGraph(method);
        for (NaturalLoop loop : NaturalLoop.of(flow)) {
            if (loop.depth() <= namedDepth || has(loop, i -> calls.steps(i) || calls.evaluates(i))) {
                recognised.add(loop);
            }
        }
    }

    private boolean has(NaturalLoop loop, Predicate<AbstractInsnNode> wanted) {
        return loop.body().stream().mapToObj(flow::instruction).anyMatch(wanted);
    }

    FlowGraph flow() {
        return flow;
    }

    /** Returns the recognised loops in the order of their heads. */
    List<NaturalLoop> recognised() {
        return recognised;
    }

    /** Returns the recognised loops around an instruction, outermost first; a head is not inside its own loop. */
    List<NaturalLoop> around(int instruction) {
        return recognised.stream()
                .filter(l -> l.contains(instruction) && l.head() != instruction)
                .sorted(Comparator.comparingInt(NaturalLoop::depth))
                .toList();
    }

    /** Returns whether a loop has no recognised loop around it. */
    boolean outermost(NaturalLoop loop) {
        return around(loop.head()).isEmpty();
    }

    /** Returns whether a loop holds other points. */
    boolean holdsPoints(NaturalLoop loop, Calls calls) {
        return recognised.stream().anyMatch(l -> l != loop && loop.contains(l.head())) || has(loop, calls::leads);
    }

    /** Returns whether a step marker is called in this loop and in no recognised loop inside it. */
    boolean stepsItself(NaturalLoop loop, Calls calls) {
        return loop.body().stream()
                .filter(i -> calls.steps(flow.instruction(i)) && !calls.leads(flow.instruction(i)))
                .anyMatch(i -> around(i).stream().allMatch(l -> l.depth() <= loop.depth()));
    }

    /** Returns whether the method gets points: it has a recognised loop, or a call that may lead to one. */
    boolean havePoints(Calls calls) {
        return !recognised.isEmpty()
                || Arrays.stream(flow.order()).mapToObj(flow::instruction).anyMatch(calls::leads);
    }
}
