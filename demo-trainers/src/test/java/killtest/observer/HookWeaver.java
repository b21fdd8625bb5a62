package killtest.observer;

import java.lang.instrument.ClassFileTransformer;
import java.security.ProtectionDomain;
import java.util.List;
import org.objectweb.asm.ClassReader;
import org.objectweb.asm.ClassVisitor;
import org.objectweb.asm.ClassWriter;
import org.objectweb.asm.MethodVisitor;
import org.objectweb.asm.Opcodes;

/** Puts the calls into hooked methods: at their entry, and before each normal return. */
final class HookWeaver implements ClassFileTransformer {

    private static final String OBSERVER = "killtest/observer/Observer";

    private final List<Hook> hooks;

    HookWeaver(List<Hook> hooks) {
        this.hooks = List.copyOf(hooks);
    }

    @Override
    public byte[] transform(
            ClassLoader loader, String name, Class<?> redefined, ProtectionDomain domain, byte[] classFile) {
        List<Hook> here = hooks.stream().filter(h -> h.owner().equals(name)).toList();
        if (here.isEmpty()) {
            return null;
        }
        ClassReader reader = new ClassReader(classFile);
        ClassWriter writer = new ClassWriter(reader, ClassWriter.COMPUTE_MAXS);
        reader.accept(new Visitor(writer, here), 0);
        return writer.toByteArray();
    }

    private static final class Visitor extends ClassVisitor {

        private final List<Hook> hooks;

        Visitor(ClassVisitor next, List<Hook> hooks) {
            super(Opcodes.ASM9, next);
            this.hooks = hooks;
        }

        @Override
        public MethodVisitor visitMethod(
                int access, String name, String descriptor, String signature, String[] thrown) {
            MethodVisitor next = super.visitMethod(access, name, descriptor, signature, thrown);
            boolean bodiless = (access & (Opcodes.ACC_ABSTRACT | Opcodes.ACC_NATIVE | Opcodes.ACC_BRIDGE)) != 0;
            for (Hook hook : hooks) {
                if (hook.method().equals(name) && !bodiless) {
                    next = new Calls(next, hook);
                }
            }
            return next;
        }
    }

    private static final class Calls extends MethodVisitor {

        private final Hook hook;

        Calls(MethodVisitor next, Hook hook) {
            super(Opcodes.ASM9, next);
            this.hook = hook;
        }

        @Override
        public void visitCode() {
            super.visitCode();
            switch (hook.kind()) {
                case STAGE -> stage("entered");
                case ENTRY -> call();
                case ENTRY_WITH_THIS -> callWith(0);
                case ENTRY_WITH_ARGUMENT -> callWith(1);
                case EXIT -> {}
            }
        }

        @Override
        public void visitInsn(int opcode) {
            boolean returns = opcode >= Opcodes.IRETURN && opcode <= Opcodes.RETURN;
            if (returns && hook.kind() == Hook.Kind.STAGE) {
                stage("exited");
            } else if (returns && hook.kind() == Hook.Kind.EXIT) {
                call();
            }
            super.visitInsn(opcode);
        }

        private void call() {
            super.visitMethodInsn(Opcodes.INVOKESTATIC, OBSERVER, hook.call(), "()V", false);
        }

        private void callWith(int local) {
            super.visitVarInsn(Opcodes.ALOAD, local);
            super.visitMethodInsn(Opcodes.INVOKESTATIC, OBSERVER, hook.call(), "(Ljava/lang/Object;)V", false);
        }

        private void stage(String call) {
            super.visitIntInsn(Opcodes.BIPUSH, hook.stage().ordinal());
            super.visitMethodInsn(Opcodes.INVOKESTATIC, OBSERVER, call, "(I)V", false);
        }
    }
}
