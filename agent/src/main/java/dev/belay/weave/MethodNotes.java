package dev.belay.weave;

import dev.belay.loop.CodeNotes;
import java.util.ArrayList;
import java.util.List;
import org.objectweb.asm.ClassReader;
import org.objectweb.asm.tree.ClassNode;
import org.objectweb.asm.tree.MethodNode;

/** Reads again, for people, the code of a method that was woven: which of its loops got no point. */
final class MethodNotes {

    private final Selection selection;

    MethodNotes(Selection selection) {
        this.selection = selection;
    }

    CodeNotes of(MethodKey key) {
        byte[] classFile = LoopFinder.classFile(ClassLoader.getSystemClassLoader(), key.owner());
        if (classFile == null) {
            return CodeNotes.NONE; // a class loader of the program's own has it
        }
        ClassNode node = new ClassNode();
        new ClassReader(classFile).accept(node, ClassReader.EXPAND_FRAMES);
        String source = node.sourceFile == null ? "" : node.sourceFile;
        return node.methods.stream()
                .filter(m -> key.nameAndDescriptor().equals(m.name + m.desc))
                .findFirst()
                .map(m -> new CodeNotes(source, notes(key, m)))
                .orElse(CodeNotes.NONE);
    }

    private List<CodeNotes.LeftAlone> notes(MethodKey key, MethodNode method) {
        try {
            return leftAlone(key, method);
        } catch (NotWeavable e) {
            return List.of(); // what was woven is what another agent made of it
        }
    }

    private List<CodeNotes.LeftAlone> leftAlone(MethodKey key, MethodNode method) {
        ReturnValues.toLocal(method); // as it was woven
        MethodLoops loops = selection.loops(key, method);
        SourceNames names = new SourceNames(method);
        List<Integer> recognised =
                loops.recognised().stream().map(NaturalLoop::head).toList();
        List<CodeNotes.LeftAlone> left = new ArrayList<>();
        for (NaturalLoop loop : NaturalLoop.of(loops.flow())) {
            if (!recognised.contains(loop.head())) {
                List<NaturalLoop> around = loops.around(loop.head());
                int aroundLine = around.isEmpty()
                        ? 0
                        : names.line(around.get(around.size() - 1).head());
                left.add(new CodeNotes.LeftAlone(
                        names.line(loop.head()), aroundLine, selection.whyLeftAlone(loop, loops)));
            }
        }
        return left;
    }
}
