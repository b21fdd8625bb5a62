package dev.belay.weave;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.objectweb.asm.ClassReader;
import org.objectweb.asm.Handle;
import org.objectweb.asm.Opcodes;
import org.objectweb.asm.Type;
import org.objectweb.asm.tree.AbstractInsnNode;
import org.objectweb.asm.tree.InsnList;
import org.objectweb.asm.tree.InvokeDynamicInsnNode;
import org.objectweb.asm.tree.MethodInsnNode;
import org.objectweb.asm.tree.MethodNode;
import org.objectweb.asm.tree.VarInsnNode;

/**
 * Lets Belay know of the files that code opens, moves and deletes. A constructor that opens a file is given the file
 * that Belay names in its place; a method is replaced by Belay's of the same name.
 */
final class FileWeaver {

    static final String CALLS = "dev/belay/files/FileCalls";
    static final String METHODS = "dev/belay/files/FileMethods";
    private static final String RANDOM_ACCESS = "java/io/RandomAccessFile";
    private static final int METHOD = 10;
    private static final String STRING = "Ljava/lang/String;";
    private static final String FILE = "Ljava/io/File;";
    private static final String CHARSET = "Ljava/nio/charset/Charset;";
    private static final String PATH = "Ljava/nio/file/Path;";
    private static final String OPEN = "[Ljava/nio/file/OpenOption;";
    private static final String COPY = "[Ljava/nio/file/CopyOption;";
    private static final String ATTRIBUTES = "[Ljava/nio/file/attribute/FileAttribute;";

    /** Owner, name and descriptor of what is called now, to the descriptor of what is called instead. */
    private static final Map<String, String> METHODS_CALLED = methods();

    private static final Set<String> OPENED_BY_CONSTRUCTOR = constructors();

    private FileWeaver() {}

    private static Set<String> constructors() {
        Map<String, List<String>> after = Map.of(
                "java/io/FileOutputStream",
                List.of("", "Z"),
                "java/io/FileWriter",
                List.of("", "Z", CHARSET, CHARSET + "Z"),
                "java/io/PrintWriter",
                List.of("", STRING, CHARSET),
                "java/io/PrintStream",
                List.of("", STRING, CHARSET),
                "java/util/Formatter",
                List.of("", STRING),
                RANDOM_ACCESS,
                List.of(STRING));
        Set<String> all = new java.util.HashSet<>();
        after.forEach((owner, rest) -> rest.forEach(r -> {
            all.add(owner + ".<init>(" + STRING + r + ")V");
            all.add(owner + ".<init>(" + FILE + r + ")V");
        }));
        return Set.copyOf(all);
    }

    private static Map<String, String> methods() {
        Map<String, String> all = new HashMap<>();
        String files = "java/nio/file/Files.";
        for (String of : List.of(
                "newOutputStream(" + PATH + OPEN + ")Ljava/io/OutputStream;",
                "newBufferedWriter(" + PATH + OPEN + ")Ljava/io/BufferedWriter;",
                "newBufferedWriter(" + PATH + CHARSET + OPEN + ")Ljava/io/BufferedWriter;",
                "write(" + PATH + "[B" + OPEN + ")" + PATH,
                "write(" + PATH + "Ljava/lang/Iterable;" + OPEN + ")" + PATH,
                "write(" + PATH + "Ljava/lang/Iterable;" + CHARSET + OPEN + ")" + PATH,
                "writeString(" + PATH + "Ljava/lang/CharSequence;" + OPEN + ")" + PATH,
                "writeString(" + PATH + "Ljava/lang/CharSequence;" + CHARSET + OPEN + ")" + PATH,
                "newByteChannel(" + PATH + OPEN + ")Ljava/nio/channels/SeekableByteChannel;",
                "newByteChannel(" + PATH + "Ljava/util/Set;" + ATTRIBUTES + ")Ljava/nio/channels/SeekableByteChannel;",
                "copy(Ljava/io/InputStream;" + PATH + COPY + ")J",
                "copy(" + PATH + PATH + COPY + ")" + PATH,
                "move(" + PATH + PATH + COPY + ")" + PATH,
                "delete(" + PATH + ")V",
                "deleteIfExists(" + PATH + ")Z",
                "createFile(" + PATH + ATTRIBUTES + ")" + PATH,
                "createDirectory(" + PATH + ATTRIBUTES + ")" + PATH)) {
            all.put(files + of, of.substring(of.indexOf('(')));
        }
        String channel = "java/nio/channels/FileChannel";
        for (String rest : List.of(OPEN, "Ljava/util/Set;" + ATTRIBUTES)) {
            String descriptor = "(" + PATH + rest + ")L" + channel + ";";
            all.put(channel + ".open" + descriptor, descriptor);
        }
        all.put("java/io/File.delete()Z", "(" + FILE + ")Z");
        all.put("java/io/File.createNewFile()Z", "(" + FILE + ")Z");
        all.put("java/io/File.renameTo(" + FILE + ")Z", "(" + FILE + FILE + ")Z");
        return Map.copyOf(all);
    }

    /** Returns what Belay's classes must have, as owner, name and descriptor. */
    static Set<String> needed() {
        Set<String> all = new java.util.TreeSet<>();
        METHODS_CALLED.forEach((called, descriptor) -> all.add(METHODS + "." + name(called) + descriptor));
        OPENED_BY_CONSTRUCTOR.forEach(c ->
                all.add(CALLS + "." + call(c.substring(0, c.indexOf('.'))) + mapping(c.substring(c.indexOf('(')))));
        return all;
    }

    /** Returns what of the JDK is replaced or given another file, as owner, name and descriptor. */
    static Set<String> replaced() {
        Set<String> all = new java.util.TreeSet<>(METHODS_CALLED.keySet());
        all.addAll(OPENED_BY_CONSTRUCTOR);
        return all;
    }

    private static String name(String called) {
        return called.substring(called.indexOf('.') + 1, called.indexOf('('));
    }

    private static String call(String owner) {
        return owner.equals(RANDOM_ACCESS) ? "random" : "output";
    }

    private static String mapping(String constructor) {
        Type[] arguments = Type.getArgumentTypes(constructor);
        return Type.getMethodDescriptor(arguments[0], arguments);
    }

    /** Returns whether a class may open, move or delete files; asks its constant pool only. */
    static boolean concerns(byte[] classFile) {
        ClassReader reader = new ClassReader(classFile);
        char[] buffer = new char[reader.getMaxStringLength()];
        for (int i = 1; i < reader.getItemCount(); i++) {
            int at = reader.getItem(i); // after the tag; 0 for the second half of a long or double
            if (at > 0 && classFile[at - 1] == METHOD) {
                int nameAndType = reader.getItem(reader.readUnsignedShort(at + 2));
                String called = reader.readClass(at, buffer) + "." + reader.readUTF8(nameAndType, buffer)
                        + reader.readUTF8(nameAndType + 2, buffer);
                if (METHODS_CALLED.containsKey(called) || OPENED_BY_CONSTRUCTOR.contains(called)) {
                    return true;
                }
            }
        }
        return false;
    }

    /** Weaves one method; returns whether anything was changed. */
    static boolean weave(MethodNode method) {
        boolean changed = false;
        for (AbstractInsnNode insn : method.instructions.toArray()) {
            if (insn instanceof MethodInsnNode call) {
                String called = call.owner + "." + call.name + call.desc;
                if (METHODS_CALLED.containsKey(called)) {
                    call.setOpcode(Opcodes.INVOKESTATIC);
                    call.owner = METHODS;
                    call.desc = METHODS_CALLED.get(called);
                    call.itf = false;
                    changed = true;
                } else if (OPENED_BY_CONSTRUCTOR.contains(called)) {
                    mapFirstArgument(method, call);
                    changed = true;
                }
            } else if (insn instanceof InvokeDynamicInsnNode dynamic) {
                changed |= references(dynamic);
            }
        }
        return changed;
    }

    private static void mapFirstArgument(MethodNode method, MethodInsnNode constructor) {
        Type[] arguments = Type.getArgumentTypes(constructor.desc);
        InsnList code = new InsnList();
        for (int i = arguments.length - 1; i >= 0; i--) {
            code.add(new VarInsnNode(arguments[i].getOpcode(Opcodes.ISTORE), method.maxLocals + i));
        }
        for (int i = 0; i < arguments.length; i++) {
            code.add(new VarInsnNode(arguments[i].getOpcode(Opcodes.ILOAD), method.maxLocals + i));
        }
        code.add(new MethodInsnNode(
                Opcodes.INVOKESTATIC, CALLS, call(constructor.owner), mapping(constructor.desc), false));
        for (int i = 1; i < arguments.length; i++) {
            code.add(new VarInsnNode(arguments[i].getOpcode(Opcodes.ILOAD), method.maxLocals + i));
        }
        method.instructions.insertBefore(constructor, code);
        method.maxLocals += arguments.length; // a place of its own: what it held is dead after the call
    }

    private static boolean references(InvokeDynamicInsnNode dynamic) {
        boolean changed = false;
        for (int i = 0; i < dynamic.bsmArgs.length; i++) {
            if (dynamic.bsmArgs[i] instanceof Handle h) {
                String called = h.getOwner() + "." + h.getName() + h.getDesc();
                if (METHODS_CALLED.containsKey(called)) {
                    dynamic.bsmArgs[i] =
                            new Handle(Opcodes.H_INVOKESTATIC, METHODS, h.getName(), METHODS_CALLED.get(called), false);
                    changed = true;
                }
            }
        }
        return changed;
    }
}
