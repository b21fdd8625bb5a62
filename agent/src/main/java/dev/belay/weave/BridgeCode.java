package dev.belay.weave;

import dev.belay.loop.LoopFrame;
import java.lang.invoke.MethodHandle;
import java.util.Map;
import org.objectweb.asm.ClassWriter;
import org.objectweb.asm.MethodVisitor;
import org.objectweb.asm.Opcodes;
import org.objectweb.asm.Type;

/** The byte code of {@link Bridges}. */
final class BridgeCode {

    /** The system property in which a bridge that is initialised finds the methods that it calls. */
    static final String HANDLES = "dev.belay.weave.handles";

    private static final String HANDLE = Type.getInternalName(MethodHandle.class);
    private static final String BELAY = "dev/belay/";
    private static final String ACTIVATION = Type.getInternalName(LoopFrame.class);

    private BridgeCode() {}

    /** Returns an interface: verification takes any object for one. */
    static byte[] emptyInterface(String name) {
        ClassWriter writer = new ClassWriter(0);
        int access = Opcodes.ACC_PUBLIC | Opcodes.ACC_INTERFACE | Opcodes.ACC_ABSTRACT;
        writer.visit(Opcodes.V17, access, name, null, "java/lang/Object", null);
        writer.visitEnd();
        return writer.toByteArray();
    }

    /** Returns a class with a static method for each handle; the name of each is a method's name and descriptor. */
    static byte[] forwarding(String name, Map<String, MethodHandle> handles) {
        ClassWriter writer = new ClassWriter(ClassWriter.COMPUTE_MAXS);
        writer.visit(Opcodes.V17, Opcodes.ACC_PUBLIC | Opcodes.ACC_FINAL, name, null, "java/lang/Object", null);
        MethodVisitor start = writer.visitMethod(Opcodes.ACC_STATIC, "<clinit>", "()V", null, null);
        start.visitCode();
        int number = 0;
        for (String called : handles.keySet()) {
            String field = "handle" + number;
            writer.visitField(
                            Opcodes.ACC_PRIVATE | Opcodes.ACC_STATIC | Opcodes.ACC_FINAL,
                            field,
                            "L" + HANDLE + ";",
                            null,
                            null)
                    .visitEnd();
            load(start, number++);
            start.visitFieldInsn(Opcodes.PUTSTATIC, name, field, "L" + HANDLE + ";");
            forward(writer, name, field, called);
        }
        start.visitInsn(Opcodes.RETURN);
        start.visitMaxs(0, 0);
        start.visitEnd();
        writer.visitEnd();
        return writer.toByteArray();
    }

    /** Pushes ((MethodHandle[]) System.getProperties().get(HANDLES))[number]. */
    private static void load(MethodVisitor code, int number) {
        code.visitMethodInsn(
                Opcodes.INVOKESTATIC, "java/lang/System", "getProperties", "()Ljava/util/Properties;", false);
        code.visitLdcInsn(HANDLES);
        code.visitMethodInsn(
                Opcodes.INVOKEVIRTUAL, "java/util/Properties", "get", "(Ljava/lang/Object;)Ljava/lang/Object;", false);
        code.visitTypeInsn(Opcodes.CHECKCAST, "[L" + HANDLE + ";");
        code.visitIntInsn(Opcodes.SIPUSH, number);
        code.visitInsn(Opcodes.AALOAD);
    }

    private static void forward(ClassWriter writer, String owner, String field, String called) {
        String descriptor = called.substring(called.indexOf('('));
        MethodVisitor code = writer.visitMethod(
                Opcodes.ACC_PUBLIC | Opcodes.ACC_STATIC,
                called.substring(0, called.indexOf('(')),
                descriptor,
                null,
                null);
        code.visitCode();
        code.visitFieldInsn(Opcodes.GETSTATIC, owner, field, "L" + HANDLE + ";");
        int slot = 0;
        for (Type t : Type.getArgumentTypes(descriptor)) {
            code.visitVarInsn(t.getOpcode(Opcodes.ILOAD), slot);
            slot += t.getSize();
        }
        code.visitMethodInsn(Opcodes.INVOKEVIRTUAL, HANDLE, "invokeExact", descriptor, false);
        code.visitInsn(Type.getReturnType(descriptor).getOpcode(Opcodes.IRETURN));
        code.visitMaxs(0, 0);
        code.visitEnd();
    }

    /** Returns a woven class that goes through a bridge: what it reads from Belay's fields it asks for. */
    static byte[] adapt(byte[] woven) {
        return MethodRewrite.rewrite(woven, Adapted::new);
    }

    private static final class Adapted extends MethodVisitor {

        Adapted(MethodVisitor next) {
            super(Opcodes.ASM9, next);
        }

        @Override
        public void visitFieldInsn(int opcode, String owner, String name, String descriptor) {
            if (opcode == Opcodes.GETSTATIC && owner.startsWith(BELAY)) {
                super.visitMethodInsn(Opcodes.INVOKESTATIC, owner, name, "()" + descriptor, false);
            } else {
                super.visitFieldInsn(opcode, owner, name, descriptor);
            }
        }

        /** The activation is no object of the loader's own type of that name. */
        @Override
        public void visitTypeInsn(int opcode, String type) {
            if (opcode != Opcodes.CHECKCAST || !type.equals(ACTIVATION)) {
                super.visitTypeInsn(opcode, type);
            }
        }
    }
}
