package dev.belay.weave;

import dev.belay.loop.PointShape;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import org.objectweb.asm.ClassReader;
import org.objectweb.asm.ClassVisitor;
import org.objectweb.asm.ClassWriter;
import org.objectweb.asm.MethodVisitor;
import org.objectweb.asm.Opcodes;

/** Hashes a method's instructions: not its line numbers, names of locals or place in the constant pool. */
final class CodeHash {

    private static final int DIGITS = 16;

    private CodeHash() {}

    /**
     * Returns the hash, 16 hexadecimal digits; {@code absent} if the class has no such method.
     *
     * @param nameAndDescriptor e.g. {@code step()V}
     */
    static String of(byte[] classFile, String nameAndDescriptor) {
        // a class file with this method alone: what it refers to gets numbers in the order of its code
        ClassWriter alone = new ClassWriter(0);
        alone.visit(Opcodes.V17, 0, "method", null, "java/lang/Object", null);
        boolean[] found = {false};
        new ClassReader(classFile)
                .accept(
                        new ClassVisitor(Opcodes.ASM9) {
                            @Override
                            public MethodVisitor visitMethod(
                                    int access, String name, String descriptor, String signature, String[] thrown) {
                                boolean wanted = nameAndDescriptor.equals(name + descriptor);
                                found[0] |= wanted;
                                return wanted ? alone.visitMethod(access, name, descriptor, null, null) : null;
                            }
                        },
                        ClassReader.SKIP_DEBUG | ClassReader.SKIP_FRAMES);
        alone.visitEnd();
        return found[0] ? digest(alone.toByteArray()) : "absent";
    }

    /** Returns the hash of what is woven into a method: options and other classes have a say in it, too. */
    static String of(List<PointShape> points) {
        StringBuilder text = new StringBuilder();
        for (PointShape p : points) {
            text.append(p.kind()).append(p.around()).append(p.loop()).append(p.steps());
            p.locals().forEach(l -> text.append(l.name()).append(l.descriptor()));
        }
        return digest(text.toString().getBytes(StandardCharsets.UTF_8));
    }

    private static String digest(byte[] bytes) {
        try {
            byte[] hash = MessageDigest.getInstance("SHA-256").digest(bytes);
            return HexFormat.of().formatHex(hash).substring(0, DIGITS);
        } catch (NoSuchAlgorithmException e) {
            throw new AssertionError("every JVM has SHA-256", e);
        }
    }
}
