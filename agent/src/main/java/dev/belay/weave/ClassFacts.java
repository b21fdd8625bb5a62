package dev.belay.weave;

import java.util.ArrayList;
import java.util.List;
import org.objectweb.asm.ClassReader;
import org.objectweb.asm.ClassVisitor;
import org.objectweb.asm.Handle;
import org.objectweb.asm.MethodVisitor;
import org.objectweb.asm.Opcodes;

/** The methods of a class, with the calls in their code. */
record ClassFacts(List<Method> methods) {

    /**
     * A method with the calls in its code; making a lambda counts as calling its body.
     *
     * @param nameAndDescriptor e.g. {@code step()V}
     */
    record Method(String nameAndDescriptor, int access, List<Target> calls) {

        String name() {
            return nameAndDescriptor.substring(0, nameAndDescriptor.indexOf('('));
        }
    }

    /**
     * The method that a call names.
     *
     * @param lambda whether it is not called here, but is the body of a lambda that is made here
     */
    record Target(String owner, String nameAndDescriptor, boolean lambda) {}

    static ClassFacts read(byte[] classFile) {
        Reader reader = new Reader();
        new ClassReader(classFile).accept(reader, ClassReader.SKIP_DEBUG | ClassReader.SKIP_FRAMES);
        return new ClassFacts(List.copyOf(reader.methods));
    }

    /** Returns the body of the lambda that an invokedynamic makes, or null if it makes none. */
    static Handle lambdaBody(Handle bootstrap, Object... arguments) {
        if (bootstrap.getOwner().equals("java/lang/invoke/LambdaMetafactory")) {
            for (Object argument : arguments) {
                if (argument instanceof Handle body) {
                    return body;
                }
            }
        }
        return null;
    }

    private static final class Reader extends ClassVisitor {

        private final List<Method> methods = new ArrayList<>();

        Reader() {
            super(Opcodes.ASM9);
        }

        @Override
        public MethodVisitor visitMethod(int access, String method, String descriptor, String signature, String[] thrown) {
            List<Target> calls = new ArrayList<>();
            methods.add(new Method((method + descriptor).intern(), access, calls));
            return new MethodVisitor(Opcodes.ASM9) {
                @Override
                public void visitMethodInsn(int opcode, String owner, String called, String desc, boolean isInterface) {
                    calls.add(new Target(owner.intern(), (called + desc).intern(), false));
                }

                @Override
                public void visitInvokeDynamicInsn(String called, String desc, Handle bootstrap, Object... arguments) {
                    Handle body = lambdaBody(bootstrap, arguments);
                    if (body != null) {
                        calls.add(new Target(body.getOwner(), (body.getName() + body.getDesc()).intern(), true));
                    }
                }
            };
        }
    }
}
