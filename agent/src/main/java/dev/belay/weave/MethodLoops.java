package dev.belay.weave;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.Comparator;
import java.util.Deque;
import java.util.List;
import java.util.function.Predicate;
import org.objectweb.asm.Type;
import org.objectweb.asm.tree.AbstractInsnNode;
import org.objectweb.asm.tree.InvokeDynamicInsnNode;
import org.objectweb.asm.tree.MethodInsnNode;
import org.objectweb.asm.tree.MethodNode;

/** The recognised loops of a method: those in which it trains or evaluates, and those that the user named. */
final class MethodLoops {

    private final FlowGraph flow;
    private final List<NaturalLoop> recognised = new ArrayList<>();
    private final int namedDepth;
    private final boolean worthwhile;

    /** @param namedDepth loops down to this depth are recognised whatever they call; 0 for none */
    MethodLoops(MethodNode method, Calls calls, int namedDepth) {
        this.flow = new FlowGraph(method);
        this.namedDepth = namedDepth;
        this.worthwhile = false;
        for (NaturalLoop loop : NaturalLoop.of(flow)) {
            if (loop.depth() <= namedDepth || trains(loop, calls)) {
                recognised.add(loop);
            }
        }
    }

    private MethodLoops(FlowGraph flow, List<NaturalLoop> recognised) {
        this.flow = flow;
        this.namedDepth = 0;
        this.worthwhile = true;
        this.recognised.addAll(recognised);
    }

    /**
     * Returns the loops of a method that do more than arithmetic: they hold loops, or calls that may be worth it.
     *
     * @param deepest loops nested deeper in others of these are left out; 1 for the outermost alone
     */
    static MethodLoops worthwhile(MethodNode method, Calls calls, int deepest) {
        FlowGraph flow = new FlowGraph(method);
        List<NaturalLoop> all = NaturalLoop.of(flow);
        List<NaturalLoop> working =
                all.stream().filter(l -> works(l, all, flow, calls)).toList();
        return new MethodLoops(
                flow,
                working.stream()
                        .filter(l -> working.stream()
                                        .filter(outer -> outer.contains(l.head()))
                                        .count()
                                <= deepest)
                        .toList());
    }

    /** Returns whether a loop does more than arithmetic: it holds another one of {@code all}, or a call that may be worth it. */
    static boolean works(NaturalLoop loop, List<NaturalLoop> all, FlowGraph flow, Calls calls) {
        return all.stream().anyMatch(inner -> inner.head() != loop.head() && loop.contains(inner.head()))
                || loop.body().stream().mapToObj(flow::instruction).anyMatch(calls::works);
    }

    /** Returns how many recognised loops an instruction is in. */
    int depth(int instruction) {
        return (int) recognised.stream().filter(l -> l.contains(instruction)).count();
    }

    private boolean has(NaturalLoop loop, Predicate<AbstractInsnNode> wanted) {
        return loop.body().stream().mapToObj(flow::instruction).anyMatch(wanted);
    }

    private boolean trains(NaturalLoop loop, Calls calls) {
        return has(loop, i -> (calls.steps(i) || calls.evaluates(i)) && runs(loop, i));
    }

    /** Returns whether a call in a loop may run there: one that only makes a lambda runs where the lambda is given to a call. */
    private boolean runs(NaturalLoop loop, AbstractInsnNode call) {
        return !(call instanceof InvokeDynamicInsnNode made)
                || has(loop, i -> LambdaBodies.mayRun(i, Type.getReturnType(made.desc)));
    }

    /** Returns whether these are all loops that may be worth saving in: which of them are is found at run time. */
    boolean areWorthwhile() {
        return worthwhile;
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

    /** Returns whether going to an instruction from inside of a loop leaves this loop and none around it. */
    boolean leavesOnly(NaturalLoop loop, int to) {
        return !loop.contains(to) && around(loop.head()).stream().allMatch(l -> l.contains(to));
    }

    /** Returns whether each iteration of a loop is a step: the user named it, and no step marker is called in it. */
    boolean iterationIsStep(NaturalLoop loop, Calls calls) {
        return loop.depth() <= namedDepth
                && !holdsPoints(loop, calls)
                && !has(loop, i -> calls.steps(i) && runs(loop, i));
    }

    /** Returns whether a loop holds other points. */
    boolean holdsPoints(NaturalLoop loop, Calls calls) {
        return recognised.stream().anyMatch(l -> l != loop && loop.contains(l.head())) || has(loop, calls::leads);
    }

    /** Returns whether a step marker is called in this loop and in no recognised loop inside it. */
    boolean stepsItself(NaturalLoop loop, Calls calls) {
        return loop.body().stream()
                .filter(i -> calls.steps(flow.instruction(i)) && runs(loop, flow.instruction(i)))
                .filter(i -> !calls.leads(flow.instruction(i)))
                .anyMatch(i -> around(i).stream().allMatch(l -> l.depth() <= loop.depth()));
    }

    /**
     * Returns whether a step marker may be called on the way from the method's entry to an instruction, outside of the
     * recognised loops that are complete by then, and without a second iteration of those around it.
     */
    boolean stepBefore(int instruction, Calls calls) {
        BitSet seen = new BitSet();
        Deque<Integer> work = new ArrayDeque<>(List.of(instruction));
        while (!work.isEmpty()) {
            int at = work.pop();
            for (int before : flow.predecessors(at)) {
                boolean again = recognised.stream().anyMatch(l -> l.head() == at && l.contains(before));
                if (!again && !seen.get(before)) {
                    seen.set(before);
                    work.push(before);
                    if (isStep(before, calls)
                            && recognised.stream().allMatch(l -> !l.contains(before) || l.contains(instruction))) {
                        return true;
                    }
                }
            }
        }
        return false;
    }

    private boolean isStep(int instruction, Calls calls) {
        AbstractInsnNode insn = flow.instruction(instruction);
        return insn instanceof MethodInsnNode && calls.steps(insn) && !calls.leads(insn);
    }

    /** Returns whether the method gets points: it has a recognised loop, or a call that may lead to one. */
    boolean havePoints(Calls calls) {
        return !recognised.isEmpty()
                || Arrays.stream(flow.order()).mapToObj(flow::instruction).anyMatch(calls::leads);
    }
}
