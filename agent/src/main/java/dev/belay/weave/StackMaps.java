package dev.belay.weave;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.objectweb.asm.ClassReader;
import org.objectweb.asm.ClassVisitor;
import org.objectweb.asm.ClassWriter;
import org.objectweb.asm.Opcodes;

/**
 * Gives class files of Java 5 and older the stack maps that weaving needs. They become class files of Java 6, for which
 * the JVM falls back to the old verifier where a stack map should not please it.
 */
final class StackMaps {

    private static final String OBJECT = "java/lang/Object";

    private final Function<String, byte[]> classFiles;
    private final Map<String, String> superclasses = new HashMap<>();

    /** @param classFiles finds class files by internal name; null where there is none */
    StackMaps(Function<String, byte[]> classFiles) {
        this.classFiles = classFiles;
    }

    static boolean missing(byte[] classFile) {
        return new ClassReader(classFile).readShort(6) < Opcodes.V1_6;
    }

    /** Returns the class file with stack maps. */
    byte[] add(byte[] classFile) {
        ClassWriter writer = new ClassWriter(ClassWriter.COMPUTE_FRAMES) {
            @Override
            protected String getCommonSuperClass(String first, String second) {
                List<String> above = line(first);
                return line(second).stream().filter(above::contains).findFirst().orElse(OBJECT);
            }
        };
        new ClassReader(classFile)
                .accept(
                        new ClassVisitor(Opcodes.ASM9, writer) {
                            @Override
                            public void visit(
                                    int version, int access, String name, String signature, String superName, String[] i) {
                                super.visit(Opcodes.V1_6, access, name, signature, superName, i);
                            }
                        },
                        ClassReader.SKIP_FRAMES);
        return writer.toByteArray();
    }

    /** Returns a class and its superclasses; for verification an interface is an Object. */
    private List<String> line(String name) {
        List<String> line = new ArrayList<>();
        for (String n = name; n != null; n = superclasses.computeIfAbsent(n, this::superclass)) {
            line.add(n);
        }
        return line;
    }

    private String superclass(String name) {
        byte[] classFile = name.startsWith("[") ? null : classFiles.apply(name);
        if (classFile == null) {
            return name.equals(OBJECT) ? null : OBJECT;
        }
        return new ClassReader(classFile).getSuperName();
    }
}
