package dev.belay.weave;

import org.objectweb.asm.tree.MethodNode;

/**
 * What the weavers of one method share.
 *
 * @param activation slot of the activation, the first one that the method does not use
 */
record Loom(MethodNode method, PointPlan plan, int activation, Frames frames, EdgeSplitter edges, NewBlocks blocks) {

    /** @param method as it is before weaving */
    static Loom of(MethodNode method, PointPlan plan) {
        int activation = method.maxLocals;
        NewBlocks blocks = new NewBlocks(method);
        Frames frames = new Frames(plan, activation);
        return new Loom(method, plan, activation, frames, new EdgeSplitter(method, plan.flow(), frames), blocks);
    }
}
