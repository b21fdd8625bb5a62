package dev.belay.weave;

import java.util.function.UnaryOperator;
import org.objectweb.asm.ClassReader;
import org.objectweb.asm.ClassVisitor;
import org.objectweb.asm.ClassWriter;
import org.objectweb.asm.MethodVisitor;
import org.objectweb.asm.Opcodes;

/** Replaces single instructions in all methods of a class, where stack maps and sizes stay as they are. */
final class MethodRewrite {

    private MethodRewrite() {}

    /** @param rewriter given a method's writer, returns what writes to it */
    static byte[] rewrite(byte[] classFile, UnaryOperator<MethodVisitor> rewriter) {
        ClassReader reader = new ClassReader(classFile);
        ClassWriter writer = new ClassWriter(reader, 0);
        reader.accept(
                new ClassVisitor(Opcodes.ASM9, writer) {
                    @Override
                    public MethodVisitor visitMethod(
                            int access, String name, String descriptor, String signature, String[] thrown) {
                        return rewriter.apply(super.visitMethod(access, name, descriptor, signature, thrown));
                    }
                },
                0);
        return writer.toByteArray();
    }
}
