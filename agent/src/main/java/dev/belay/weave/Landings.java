package dev.belay.weave;

import dev.belay.loop.PointShape;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import org.objectweb.asm.Opcodes;
import org.objectweb.asm.Type;
import org.objectweb.asm.tree.InsnList;
import org.objectweb.asm.tree.InsnNode;
import org.objectweb.asm.tree.JumpInsnNode;
import org.objectweb.asm.tree.LabelNode;
import org.objectweb.asm.tree.LookupSwitchInsnNode;
import org.objectweb.asm.tree.MethodNode;
import org.objectweb.asm.tree.TypeInsnNode;
import org.objectweb.asm.tree.VarInsnNode;

/**
 * Code that goes from a loop's head, or from where a method begins, straight to another place, as a resume asks for. No
 * loop gets a second entry by it, which would keep the compilers from optimising it.
 */
final class Landings {

    /**
     * A place to go to.
     *
     * @param point that {@code Points.landing} names
     * @param typesAt instruction whose locals hold at the place
     */
    record Landing(int point, int typesAt, LabelNode to) {}

    private final Loom loom;
    private final Set<Integer> evadable;

    /** @param evadable heads that a resume can jump to */
    Landings(Loom loom, Set<Integer> evadable) {
        this.loom = loom;
        this.evadable = evadable;
    }

    /** Returns the loops directly inside of another one, or of none, that a resume can jump to. */
    List<Landing> inside(int head) {
        return loom.plan().heads().stream()
                .filter(h -> evadable.contains(h.shape().index()) && around(h.shape()) == head)
                .map(h -> new Landing(
                        h.shape().index(),
                        h.loop().head(),
                        loom.edges().label(h.loop().head())))
                .toList();
    }

    private static int around(PointShape head) {
        List<Integer> around = head.around();
        return around.isEmpty() ? -1 : around.get(around.size() - 1);
    }

    /**
     * Ends a block: switch (Points.landing(activation)) { case point: …; default: … }
     *
     * @param from instruction whose locals hold in the block
     */
    void choose(int from, LabelNode block, List<Landing> landings, Landing otherwise) {
        LabelNode last = new LabelNode();
        if (landings.isEmpty()) {
            branch(from, block, otherwise);
            return;
        }
        LabelNode[] labels = choice(loom.blocks().code(), landings, last);
        loom.blocks().end(block, from);
        for (int i = 0; i < labels.length; i++) {
            start(from, labels[i]);
            branch(from, labels[i], sorted(landings).get(i));
        }
        start(from, last);
        branch(from, last, otherwise);
    }

    /** Adds the switch; returns where its cases are. */
    private LabelNode[] choice(InsnList code, List<Landing> landings, LabelNode otherwise) {
        LabelNode[] labels = landings.stream().map(l -> new LabelNode()).toArray(LabelNode[]::new);
        int[] points = sorted(landings).stream().mapToInt(Landing::point).toArray();
        code.add(new VarInsnNode(Opcodes.ALOAD, loom.activation()));
        code.add(PointCode.invoke("landing", "(Ljava/lang/Object;)I"));
        code.add(new LookupSwitchInsnNode(otherwise, points, labels));
        return labels;
    }

    private static List<Landing> sorted(List<Landing> landings) {
        return landings.stream().sorted(Comparator.comparingInt(Landing::point)).toList();
    }

    private void start(int from, LabelNode block) {
        loom.blocks().code().add(block);
        loom.blocks().code().add(loom.frames().at(from));
    }

    private void branch(int from, LabelNode block, Landing landing) {
        LoopBranch.adjust(
                loom.blocks().code(), loom.frames().locals(from), loom.frames().locals(landing.typesAt()));
        loom.blocks().code().add(new JumpInsnNode(Opcodes.GOTO, landing.to()));
        loom.blocks().end(block, from, landing.typesAt());
    }

    /**
     * if (Points.flag && Points.entered(activation, arguments by slot)) switch (Points.landing(activation)) { … }
     */
    void atStart(InsnList code) {
        List<Landing> landings = inside(-1);
        if (landings.isEmpty()) {
            return;
        }
        int first = loom.plan().flow().real(0);
        LabelNode go = new LabelNode();
        code.add(PointCode.flag());
        code.add(new JumpInsnNode(Opcodes.IFEQ, go));
        code.add(new VarInsnNode(Opcodes.ALOAD, loom.activation()));
        arguments(code, loom.method());
        code.add(PointCode.invoke("entered", "(Ljava/lang/Object;" + PointCode.OBJECTS + ")Z"));
        code.add(new JumpInsnNode(Opcodes.IFEQ, go));
        LabelNode[] labels = choice(code, landings, go);
        for (int i = 0; i < labels.length; i++) {
            start(first, labels[i]);
            branch(first, labels[i], sorted(landings).get(i));
        }
        code.add(go);
        code.add(loom.frames().at(first));
        code.add(new InsnNode(Opcodes.NOP)); // the code may begin with a stack map of its own
    }

    private static void arguments(InsnList code, MethodNode method) {
        int size = Type.getArgumentsAndReturnSizes(WovenCopy.original(method.desc)) >> 2;
        code.add(PointCode.number(size));
        code.add(new TypeInsnNode(Opcodes.ANEWARRAY, "java/lang/Object"));
        int slot = (method.access & Opcodes.ACC_STATIC) == 0 ? 1 : 0;
        for (Type type : Type.getArgumentTypes(WovenCopy.original(method.desc))) {
            if (type.getSort() >= Type.ARRAY) {
                code.add(new InsnNode(Opcodes.DUP));
                code.add(PointCode.number(slot));
                code.add(new VarInsnNode(Opcodes.ALOAD, slot));
                code.add(new InsnNode(Opcodes.AASTORE));
            }
            slot += type.getSize();
        }
    }
}
