package dev.belay.weave;

import java.util.Map;
import org.objectweb.asm.Handle;
import org.objectweb.asm.MethodVisitor;
import org.objectweb.asm.Opcodes;

/** Lets code read the time from {@link dev.belay.loop.ProgramClock} where it asks the system, by call or by method reference. */
final class ClockWeaver {

    private static final String CLOCK = "dev/belay/loop/ProgramClock";

    /** Method of the JDK, by name and descriptor, and the class that it is in; the clock's has the same name. */
    private static final Map<String, String> READS = Map.of(
            "nanoTime()J", "java/lang/System",
            "currentTimeMillis()J", "java/lang/System",
            "now()Ljava/time/Instant;", "java/time/Instant");

    private ClockWeaver() {}

    /** Returns whether a class may read the time; false is certain. */
    static boolean mayRead(ClassSketch sketch) {
        return READS.keySet().stream().anyMatch(sketch::mayCall);
    }

    /** Returns the woven class. Its code is no longer than before: a call is replaced by a call. */
    static byte[] weave(byte[] classFile) {
        return MethodRewrite.rewrite(classFile, Calls::new);
    }

    private static boolean isRead(String owner, String name, String descriptor) {
        return owner.equals(READS.get(name + descriptor));
    }

    private static final class Calls extends MethodVisitor {

        Calls(MethodVisitor next) {
            super(Opcodes.ASM9, next);
        }

        @Override
        public void visitMethodInsn(int opcode, String owner, String name, String descriptor, boolean isInterface) {
            super.visitMethodInsn(
                    opcode, isRead(owner, name, descriptor) ? CLOCK : owner, name, descriptor, isInterface);
        }

        @Override
        public void visitInvokeDynamicInsn(String name, String descriptor, Handle bootstrap, Object... arguments) {
            Object[] replaced = arguments.clone();
            for (int i = 0; i < replaced.length; i++) {
                if (replaced[i] instanceof Handle h && isRead(h.getOwner(), h.getName(), h.getDesc())) {
                    replaced[i] = new Handle(h.getTag(), CLOCK, h.getName(), h.getDesc(), false);
                }
            }
            super.visitInvokeDynamicInsn(name, descriptor, bootstrap, replaced);
        }
    }
}
