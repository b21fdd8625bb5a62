package dev.belay.weave;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URL;
import java.net.URLClassLoader;
import java.net.URLConnection;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.objectweb.asm.ClassReader;
import org.objectweb.asm.ClassVisitor;
import org.objectweb.asm.MethodVisitor;
import org.objectweb.asm.Opcodes;
import org.objectweb.asm.tree.AbstractInsnNode;
import org.objectweb.asm.tree.LineNumberNode;
import org.objectweb.asm.tree.MethodNode;

/** Finds the loop around a place in a method that was not woven, from the class file. */
final class LoopFinder {

    /** Classes in which calls were replaced: their instructions are not where their class files have them. */
    private final Map<String, byte[]> woven = new ConcurrentHashMap<>();

    private record Place(Class<?> owner, String method, int bytecodeIndex) {}

    private final Map<Place, Optional<String>> known = new ConcurrentHashMap<>();

    /** Takes a class, by internal name, in whose methods without points instructions were inserted. */
    void woven(String internalName, byte[] classFile) {
        woven.put(internalName, classFile);
    }

    /** Returns the innermost loop around a bytecode index, as {@code Class#method:line}; empty if it is in none. */
    Optional<String> find(Class<?> owner, String method, String descriptor, int bytecodeIndex) {
        if (bytecodeIndex < 0 || owner.isHidden()) {
            return Optional.empty(); // native methods, and lambda classes that only forward
        }
        Place place = new Place(owner, method + descriptor, bytecodeIndex);
        return known.computeIfAbsent(place, this::analyse);
    }

    private Optional<String> analyse(Place place) {
        String name = place.owner().getName().replace('.', '/');
        byte[] classFile = woven.containsKey(name) ? woven.get(name) : classFile(place.owner());
        if (classFile == null) {
            return Optional.of(place.owner().getName() + "#" + place.method() + " (its class file cannot be read)");
        }
        List<Integer> offsets = new ArrayList<>();
        MethodNode[] found = new MethodNode[1];
        read(classFile, place.method(), offsets, found);
        return found[0] == null ? Optional.empty() : loopAround(place, found[0], offsets);
    }

    private static void read(byte[] classFile, String wanted, List<Integer> offsets, MethodNode[] found) {
        boolean[] inside = {false};
        ClassReader reader = new ClassReader(classFile) {
            @Override
            protected void readBytecodeInstructionOffset(int offset) {
                if (inside[0]) {
                    offsets.add(offset);
                }
            }
        };
        reader.accept(
                new ClassVisitor(Opcodes.ASM9) {
                    @Override
                    public MethodVisitor visitMethod(
                            int access, String name, String descriptor, String signature, String[] thrown) {
                        inside[0] = wanted.equals(name + descriptor);
                        if (!inside[0]) {
                            return null;
                        }
                        found[0] = new MethodNode(access, name, descriptor, signature, thrown);
                        return found[0];
                    }
                },
                ClassReader.SKIP_FRAMES);
    }

    private static Optional<String> loopAround(Place place, MethodNode method, List<Integer> offsets) {
        List<AbstractInsnNode> real = new ArrayList<>();
        for (AbstractInsnNode i : method.instructions) {
            if (i.getOpcode() >= 0) {
                real.add(i);
            }
        }
        int at = offsets.indexOf(place.bytecodeIndex());
        if (at < 0 || at >= real.size()) {
            return Optional.of(readable(place, 0) + " (another agent changed its code)");
        }
        int instruction = method.instructions.indexOf(real.get(at));
        try {
            return NaturalLoop.of(new FlowGraph(method)).stream()
                    .filter(l -> l.contains(instruction))
                    .max(java.util.Comparator.comparingInt(NaturalLoop::depth))
                    .map(l -> readable(place, line(method.instructions.get(l.head()))));
        } catch (NotWeavable e) {
            return Optional.of(readable(place, 0) + " (" + e.getMessage() + ")");
        }
    }

    private static int line(AbstractInsnNode from) {
        for (AbstractInsnNode i = from; i != null; i = i.getPrevious()) {
            if (i instanceof LineNumberNode line) {
                return line.line;
            }
        }
        return 0;
    }

    private static String readable(Place place, int line) {
        String method = place.method().substring(0, place.method().indexOf('('));
        return place.owner().getName() + "#" + method + (line > 0 ? ":" + line : "");
    }

    /** Returns the class file of a class as its loader finds it, or null. */
    static byte[] classFile(Class<?> owner) {
        return classFile(owner.getClassLoader(), owner.getName().replace('.', '/'));
    }

    /** Of two class files of a name, it is the one that the loader itself has: that is what it defines. */
    static byte[] classFile(ClassLoader loader, String internalName) {
        String file = internalName + ".class";
        try (InputStream in = open(loader, file)) {
            return in == null ? null : in.readAllBytes();
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read " + file, e);
        }
    }

    private static InputStream open(ClassLoader loader, String file) throws IOException {
        if (loader == null) {
            return ClassLoader.getSystemResourceAsStream(file);
        }
        URL own = loader instanceof URLClassLoader urls ? urls.findResource(file) : null;
        URL first = own == null ? null : loader.getResource(file);
        if (own == null || first != null && own.toExternalForm().equals(first.toExternalForm())) {
            return loader.getResourceAsStream(file); // the loader's own archives stay as they are
        }
        URLConnection connection = own.openConnection();
        connection.setUseCaches(false);
        return connection.getInputStream();
    }
}
