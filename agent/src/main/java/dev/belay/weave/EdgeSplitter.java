package dev.belay.weave;

import java.util.HashMap;
import java.util.Map;
import org.objectweb.asm.Opcodes;
import org.objectweb.asm.tree.AbstractInsnNode;
import org.objectweb.asm.tree.FrameNode;
import org.objectweb.asm.tree.JumpInsnNode;
import org.objectweb.asm.tree.LabelNode;
import org.objectweb.asm.tree.LookupSwitchInsnNode;
import org.objectweb.asm.tree.MethodNode;
import org.objectweb.asm.tree.TableSwitchInsnNode;

/** Puts new blocks on edges of the control flow. */
final class EdgeSplitter {

    private final MethodNode method;
    private final FlowGraph flow;
    private final Frames frames;
    private final Map<LabelNode, Integer> targets = new HashMap<>();
    private final Map<Integer, LabelNode> labels = new HashMap<>();
    private final Map<Integer, LabelNode> blocks = new HashMap<>();

    EdgeSplitter(MethodNode method, FlowGraph flow, Frames frames) {
        this.method = method;
        this.flow = flow;
        this.frames = frames;
        for (int i = 0; i < flow.size(); i++) {
            if (flow.instruction(i) instanceof LabelNode label) {
                targets.put(label, flow.real(i));
            }
        }
    }

    /** Returns the label of the block of a point. */
    LabelNode block(int point) {
        return blocks.computeIfAbsent(point, p -> new LabelNode());
    }

    /** Returns a label at an original instruction, before anything that is woven there, with a stack map. */
    LabelNode label(int instruction) {
        return labels.computeIfAbsent(instruction, i -> {
            LabelNode label = new LabelNode();
            AbstractInsnNode at = flow.instruction(i);
            FrameNode declared = frames.declared(i);
            if (declared != null) {
                method.instructions.insertBefore(declared, label);
            } else {
                FrameNode frame = frames.at(i);
                method.instructions.insertBefore(at, label);
                method.instructions.insertBefore(at, frame);
            }
            return label;
        });
    }

    /** Makes an edge lead to {@code block} instead. */
    void redirect(Edge edge, LabelNode block) {
        AbstractInsnNode from = flow.instruction(edge.from());
        if (from instanceof JumpInsnNode jump && leadsTo(jump.label, edge)) {
            jump.label = block;
        } else if (from instanceof TableSwitchInsnNode table) {
            table.labels.replaceAll(l -> leadsTo(l, edge) ? block : l);
            table.dflt = leadsTo(table.dflt, edge) ? block : table.dflt;
        } else if (from instanceof LookupSwitchInsnNode lookup) {
            lookup.labels.replaceAll(l -> leadsTo(l, edge) ? block : l);
            lookup.dflt = leadsTo(lookup.dflt, edge) ? block : lookup.dflt;
        }
        if (flow.fallsThrough(edge.from()) && flow.real(edge.from() + 1) == edge.to()) {
            label(edge.to()); // the code behind the new jump needs a stack map
            method.instructions.insert(from, new JumpInsnNode(Opcodes.GOTO, block));
        }
    }

    private boolean leadsTo(LabelNode label, Edge edge) {
        return targets.getOrDefault(label, -1) == edge.to(); // labels of new blocks are not in it
    }
}
