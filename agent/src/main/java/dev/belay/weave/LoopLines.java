package dev.belay.weave;

import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.objectweb.asm.ClassReader;
import org.objectweb.asm.tree.AbstractInsnNode;
import org.objectweb.asm.tree.ClassNode;
import org.objectweb.asm.tree.LineNumberNode;
import org.objectweb.asm.tree.MethodNode;

/** Finds the loop around a source line: all that is known of where another thread is. */
final class LoopLines {

    private record Place(Class<?> owner, String method, int line) {}

    private final Map<Place, Optional<String>> known = new ConcurrentHashMap<>();

    /**
     * Returns a loop around a line, as {@code Class#method:line}, in any method of that name.
     *
     * @param line negative where it is not known: any loop will do then
     */
    Optional<String> find(Class<?> owner, String method, int line) {
        return known.computeIfAbsent(new Place(owner, method, line), LoopLines::analyse);
    }

    private static Optional<String> analyse(Place place) {
        byte[] classFile = LoopFinder.classFile(place.owner());
        String readable = place.owner().getName() + "#" + place.method();
        if (classFile == null) {
            return Optional.of(readable + " (its class file cannot be read)");
        }
        ClassNode node = new ClassNode();
        new ClassReader(classFile).accept(node, ClassReader.SKIP_FRAMES);
        try {
            return node.methods.stream()
                    .filter(m -> m.name.equals(place.method()) && m.instructions.size() > 0)
                    .filter(m -> hasLoop(m, place.line()))
                    .map(m -> readable + (place.line() < 0 ? "" : ":" + place.line()))
                    .findFirst();
        } catch (NotWeavable e) {
            return Optional.of(readable + " (" + e.getMessage() + ")");
        }
    }

    private static boolean hasLoop(MethodNode method, int wanted) {
        for (NaturalLoop loop : NaturalLoop.of(new FlowGraph(method))) {
            int line = -1;
            for (int i = 0; i < method.instructions.size(); i++) {
                AbstractInsnNode insn = method.instructions.get(i);
                line = insn instanceof LineNumberNode l ? l.line : line;
                if (loop.contains(i) && insn.getOpcode() >= 0 && (wanted < 0 || wanted == line)) {
                    return true;
                }
            }
        }
        return false;
    }
}
