package dev.belay.weave;

import java.util.HashSet;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.objectweb.asm.Handle;
import org.objectweb.asm.Type;
import org.objectweb.asm.tree.AbstractInsnNode;
import org.objectweb.asm.tree.InvokeDynamicInsnNode;
import org.objectweb.asm.tree.MethodInsnNode;
import org.objectweb.asm.tree.MethodNode;

/**
 * The bodies of lambdas of which the JDK may be in the middle while the program trains: those that hold points, and all
 * others that the same methods make, as a call of the JDK that is made again MUST get from each what it had got.
 */
final class LambdaBodies {

    private static final String FACTORY = "java/lang/invoke/LambdaMetafactory";

    private final Set<MethodKey> bodies = new HashSet<>();

    /** @param pointed the methods that hold points */
    LambdaBodies(ClassCode code, Set<MethodKey> pointed) {
        for (MethodKey maker : pointed) {
            MethodFacts facts = code.method(maker.owner(), maker.nameAndDescriptor());
            if (facts != null && facts.calls().stream().anyMatch(c -> c.lambda() && pointed.contains(c.key()))) {
                facts.calls().stream()
                        .filter(c -> c.lambda() && !c.nameAndDescriptor().startsWith("<"))
                        .filter(c -> pointed.contains(c.key()) || isOwn(maker.owner(), c.key()))
                        .forEach(c -> bodies.add(c.key()));
            }
        }
    }

    /** The body is written where the lambda is; a reference to a method may name one that is called from everywhere. */
    private static boolean isOwn(String owner, MethodKey body) {
        return body.owner().equals(owner) && body.name().startsWith("lambda$");
    }

    Set<MethodKey> all() {
        return bodies;
    }

    /** Returns what is known of the calls of one method, those that may call its lambdas included. */
    static Calls in(MethodNode method, Calls calls, Predicate<MethodKey> pointed) {
        for (AbstractInsnNode insn : method.instructions) {
            MethodKey body = body(insn);
            if (body != null && pointed.test(body)) {
                return new WithFunctions(calls);
            }
        }
        return calls;
    }

    /** Returns whether a method makes lambdas of the JDK's methods and of known bodies alone. */
    static boolean makesOnly(MethodNode method, Predicate<MethodKey> bodies) {
        for (AbstractInsnNode insn : method.instructions) {
            MethodKey body = body(insn);
            if (body != null && !bodies.test(body) && !body.owner().startsWith("java/")) {
                return false;
            }
        }
        return true;
    }

    private static MethodKey body(AbstractInsnNode insn) {
        if (insn instanceof InvokeDynamicInsnNode d && d.bsm.getOwner().equals(FACTORY)) {
            for (Object argument : d.bsmArgs) {
                if (argument instanceof Handle body) {
                    return new MethodKey(body.getOwner(), body.getName() + body.getDesc());
                }
            }
        }
        return null;
    }

    /** Returns whether a call may call functions which it, or the stream that it ends, was given. */
    static boolean callsFunctions(AbstractInsnNode insn) {
        if (!(insn instanceof MethodInsnNode m) || m.name.startsWith("<")) {
            return false;
        }
        String returned = m.desc.substring(m.desc.indexOf(')'));
        boolean lazy = returned.contains("Ljava/util/stream/") || returned.contains("Iterator;");
        return !lazy && (m.desc.contains("Ljava/util/function/") || m.owner.startsWith("java/util/stream/"));
    }

    /** Returns whether a call may run a function of this type: it is called itself, or the call, or a stream, is given one. */
    static boolean mayRun(AbstractInsnNode insn, Type function) {
        if (!(insn instanceof MethodInsnNode m)) {
            return false;
        }
        boolean jdk = function.getInternalName().startsWith("java/util/function/");
        return callsFunctions(m)
                || m.owner.equals(function.getInternalName())
                || Stream.of(Type.getArgumentTypes(m.desc))
                        .anyMatch(t ->
                                t.equals(function) || jdk && t.getDescriptor().startsWith("Ljava/util/function/"));
    }

    private record WithFunctions(Calls calls) implements Calls {

        @Override
        public boolean steps(AbstractInsnNode call) {
            return calls.steps(call);
        }

        @Override
        public boolean evaluates(AbstractInsnNode call) {
            return calls.evaluates(call);
        }

        @Override
        public boolean leads(AbstractInsnNode call) {
            return calls.leads(call) || callsFunctions(call);
        }

        @Override
        public boolean works(AbstractInsnNode call) {
            return calls.works(call);
        }
    }
}
