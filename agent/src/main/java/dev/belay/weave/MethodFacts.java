package dev.belay.weave;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.objectweb.asm.ClassReader;
import org.objectweb.asm.ClassVisitor;
import org.objectweb.asm.Handle;
import org.objectweb.asm.Label;
import org.objectweb.asm.MethodVisitor;
import org.objectweb.asm.Opcodes;
import org.objectweb.asm.Type;

/**
 * What the code of a method does, as far as it decides which other code runs.
 *
 * @param nameAndDescriptor e.g. {@code step()V}
 * @param calls in the order of the code
 * @param created internal names of classes that it makes objects of, or may make them of by reflection: class constants,
 *     and strings that look like names of classes
 * @param initialised internal names of classes whose statics it uses
 * @param loadsServices whether it asks for service providers
 * @param jumpsBack whether it has loops
 */
record MethodFacts(
        String nameAndDescriptor,
        int access,
        List<Call> calls,
        Set<String> created,
        Set<String> initialised,
        boolean loadsServices,
        boolean jumpsBack) {

    /**
     * @param dispatched whether the object decides which method runs
     * @param functional if it is not called here, but is the body of a lambda that is made here: how the lambda is called;
     *     otherwise null
     */
    record Call(String owner, String nameAndDescriptor, boolean dispatched, Functional functional) {

        boolean lambda() {
            return functional != null;
        }

        MethodKey key() {
            return new MethodKey(owner, nameAndDescriptor);
        }
    }

    /**
     * The method of a functional interface.
     *
     * @param type internal name of the interface
     */
    record Functional(String type, String nameAndDescriptor) {}

    String name() {
        return nameAndDescriptor.substring(0, nameAndDescriptor.indexOf('('));
    }

    /** Returns the methods of a class. */
    static List<MethodFacts> read(byte[] classFile) {
        List<MethodFacts> methods = new ArrayList<>();
        ClassVisitor visitor = new ClassVisitor(Opcodes.ASM9) {
            @Override
            public MethodVisitor visitMethod(int access, String name, String desc, String signature, String[] thrown) {
                return new Reader((name + desc).intern(), access, methods);
            }
        };
        new ClassReader(classFile).accept(visitor, ClassReader.SKIP_DEBUG | ClassReader.SKIP_FRAMES);
        return List.copyOf(methods);
    }

    private static final class Reader extends MethodVisitor {

        private final String nameAndDescriptor;
        private final int access;
        private final List<MethodFacts> methods;
        private final List<Call> calls = new ArrayList<>();
        private final Set<String> created = new HashSet<>();
        private final Set<String> initialised = new HashSet<>();
        private final Set<Label> passed = new HashSet<>();
        private boolean loadsServices;
        private boolean jumpsBack;

        Reader(String nameAndDescriptor, int access, List<MethodFacts> methods) {
            super(Opcodes.ASM9);
            this.nameAndDescriptor = nameAndDescriptor;
            this.access = access;
            this.methods = methods;
        }

        @Override
        public void visitMethodInsn(int opcode, String owner, String name, String desc, boolean isInterface) {
            boolean dispatched = opcode == Opcodes.INVOKEVIRTUAL || opcode == Opcodes.INVOKEINTERFACE;
            calls.add(new Call(owner.intern(), (name + desc).intern(), dispatched, null));
            if (opcode == Opcodes.INVOKESTATIC) {
                initialised.add(owner);
            }
            loadsServices |= owner.equals("java/util/ServiceLoader");
        }

        @Override
        public void visitInvokeDynamicInsn(String name, String desc, Handle bootstrap, Object... arguments) {
            String called = arguments.length > 0 && arguments[0] instanceof Type t ? t.getDescriptor() : "()V";
            Functional functional =
                    new Functional(Type.getReturnType(desc).getInternalName(), (name + called).intern());
            for (Object argument : arguments) {
                if (argument instanceof Handle body) {
                    boolean dispatched =
                            body.getTag() == Opcodes.H_INVOKEVIRTUAL || body.getTag() == Opcodes.H_INVOKEINTERFACE;
                    calls.add(new Call(
                            body.getOwner(), (body.getName() + body.getDesc()).intern(), dispatched, functional));
                    if (body.getTag() == Opcodes.H_NEWINVOKESPECIAL) {
                        created.add(body.getOwner());
                    }
                }
            }
        }

        @Override
        public void visitTypeInsn(int opcode, String type) {
            if (opcode == Opcodes.NEW) {
                created.add(type);
            }
        }

        @Override
        public void visitFieldInsn(int opcode, String owner, String name, String desc) {
            if (opcode == Opcodes.GETSTATIC || opcode == Opcodes.PUTSTATIC) {
                initialised.add(owner);
            }
        }

        @Override
        public void visitLdcInsn(Object value) {
            if (value instanceof Type t && t.getSort() == Type.OBJECT) {
                created.add(t.getInternalName());
            } else if (value instanceof String s && s.indexOf('.') > 0 && s.indexOf(' ') < 0) {
                created.add(s.replace('.', '/'));
            }
        }

        @Override
        public void visitLabel(Label label) {
            passed.add(label);
        }

        @Override
        public void visitJumpInsn(int opcode, Label label) {
            jumpsBack |= passed.contains(label);
        }

        @Override
        public void visitLookupSwitchInsn(Label dflt, int[] keys, Label[] labels) {
            visitTableSwitchInsn(0, 0, dflt, labels);
        }

        @Override
        public void visitTableSwitchInsn(int min, int max, Label dflt, Label... labels) {
            jumpsBack |= passed.contains(dflt) || List.of(labels).stream().anyMatch(passed::contains);
        }

        @Override
        public void visitEnd() {
            methods.add(new MethodFacts(
                    nameAndDescriptor, access, List.copyOf(calls), created, initialised, loadsServices, jumpsBack));
        }
    }
}
