package dev.belay.weave;

import org.objectweb.asm.ClassReader;
import org.objectweb.asm.ClassWriter;
import org.objectweb.asm.Opcodes;
import org.objectweb.asm.tree.ClassNode;
import org.objectweb.asm.tree.InsnList;
import org.objectweb.asm.tree.MethodNode;
import org.objectweb.asm.tree.VarInsnNode;

/** Connects the face that a program brings, {@code dev.belay.Belay}, whose methods do nothing by themselves. */
final class FaceWeaver {

    private static final String FACE = "dev/belay/Belay";
    private static final String METRIC = "metric(Ljava/lang/String;D)V";

    private FaceWeaver() {}

    static boolean isFace(String name) {
        return name.equals(FACE);
    }

    /** Returns the woven class. */
    static byte[] weave(byte[] classFile) {
        ClassReader reader = new ClassReader(classFile);
        ClassNode face = new ClassNode();
        reader.accept(face, 0);
        for (MethodNode method : face.methods) {
            if (METRIC.equals(method.name + method.desc)) {
                InsnList code = new InsnList();
                code.add(new VarInsnNode(Opcodes.ALOAD, 0));
                code.add(new VarInsnNode(Opcodes.DLOAD, 1));
                code.add(PointCode.invoke("metric", "(Ljava/lang/String;D)V"));
                method.instructions.insert(code);
            }
        }
        ClassWriter writer = new ClassWriter(reader, ClassWriter.COMPUTE_MAXS);
        face.accept(writer);
        return writer.toByteArray();
    }
}
