package dev.belay.weave;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.objectweb.asm.Opcodes;
import org.objectweb.asm.Type;
import org.objectweb.asm.tree.AbstractInsnNode;
import org.objectweb.asm.tree.FrameNode;
import org.objectweb.asm.tree.MethodInsnNode;
import org.objectweb.asm.tree.MethodNode;
import org.objectweb.asm.tree.analysis.AnalyzerException;
import org.objectweb.asm.tree.analysis.BasicValue;
import org.objectweb.asm.tree.analysis.Frame;

/**
 * Verification types of locals and operand stack before each instruction: one linear pass seeded by the class file's own
 * stack maps, as the type-checking verifier does it (JVMS 4.10.1). Needs no class hierarchy.
 */
final class SlotTypes {

    static final Type NULL = Type.getObjectType("null");
    static final Type OBJECT = Type.getObjectType("java/lang/Object");
    private static final BasicValue TOP = BasicValue.UNINITIALIZED_VALUE;

    /** @param saveable whether it can be handed over: not null, and constructed */
    record StackValue(Type type, boolean saveable) {}

    private final FlowGraph flow;
    private final MethodNode method;
    private final List<Frame<BasicValue>> before;
    private final int superCall;

    SlotTypes(String owner, MethodNode method, FlowGraph flow) {
        this.method = method;
        this.flow = flow;
        this.superCall = method.name.equals("<init>") ? findSuperCall() : -1;
        this.before = new ArrayList<>(java.util.Collections.nCopies(flow.size(), null));
        try {
            run(owner);
        } catch (AnalyzerException e) {
            throw new NotWeavable("its code cannot be analysed: " + e.getMessage());
        }
    }

    private void run(String owner) throws AnalyzerException {
        TypeInterpreter types = new TypeInterpreter();
        Frame<BasicValue> frame = entry(owner, types);
        boolean known = true;
        for (int i = 0; i < flow.size(); i++) {
            AbstractInsnNode insn = flow.instruction(i);
            if (insn instanceof FrameNode f) {
                frame = declared(f, types);
                known = true;
            }
            if (!known || insn.getOpcode() < 0) {
                continue;
            }
            before.set(i, new Frame<>(frame));
            BasicValue constructed = constructed(insn, frame);
            frame.execute(insn, types);
            if (i == superCall) {
                frame.setLocal(0, new BasicValue(Type.getObjectType(owner)));
            } else if (constructed instanceof TypeInterpreter.Unconstructed) {
                replace(frame, constructed, new BasicValue(constructed.getType()));
            }
            known = flow.fallsThrough(i);
        }
    }

    /** Returns the object whose constructor is called; null for other instructions. */
    private static BasicValue constructed(AbstractInsnNode insn, Frame<BasicValue> frame) {
        if (insn.getOpcode() != Opcodes.INVOKESPECIAL || !((MethodInsnNode) insn).name.equals("<init>")) {
            return null;
        }
        int arguments = Type.getArgumentTypes(((MethodInsnNode) insn).desc).length;
        return frame.getStack(frame.getStackSize() - arguments - 1);
    }

    private static void replace(Frame<BasicValue> frame, BasicValue old, BasicValue with) {
        for (int s = 0; s < frame.getLocals(); s++) {
            if (frame.getLocal(s) == old) {
                frame.setLocal(s, with);
            }
        }
        for (int s = 0; s < frame.getStackSize(); s++) {
            if (frame.getStack(s) == old) {
                frame.setStack(s, with);
            }
        }
    }

    private Frame<BasicValue> entry(String owner, TypeInterpreter types) {
        Frame<BasicValue> frame = empty();
        int slot = 0;
        if ((method.access & Opcodes.ACC_STATIC) == 0) {
            frame.setLocal(slot++, superCall >= 0 ? TOP : new BasicValue(Type.getObjectType(owner)));
        }
        for (Type t : Type.getArgumentTypes(method.desc)) {
            frame.setLocal(slot, types.newValue(t));
            slot += t.getSize();
        }
        frame.setReturn(types.newValue(Type.getReturnType(method.desc)));
        return frame;
    }

    private Frame<BasicValue> declared(FrameNode node, TypeInterpreter types) {
        Frame<BasicValue> frame = empty();
        int slot = 0;
        for (Object o : node.local) {
            BasicValue value = value(o, types);
            frame.setLocal(slot, value);
            slot += value.getSize();
        }
        if (node.stack != null) {
            node.stack.forEach(o -> frame.push(value(o, types)));
        }
        return frame;
    }

    private Frame<BasicValue> empty() {
        Frame<BasicValue> frame = new Frame<>(method.maxLocals, method.maxStack + 2);
        for (int s = 0; s < method.maxLocals; s++) {
            frame.setLocal(s, TOP);
        }
        return frame;
    }

    private static BasicValue value(Object declared, TypeInterpreter types) {
        if (declared == Opcodes.INTEGER) {
            return BasicValue.INT_VALUE;
        } else if (declared == Opcodes.FLOAT) {
            return BasicValue.FLOAT_VALUE;
        } else if (declared == Opcodes.LONG) {
            return BasicValue.LONG_VALUE;
        } else if (declared == Opcodes.DOUBLE) {
            return BasicValue.DOUBLE_VALUE;
        } else if (declared == Opcodes.NULL) {
            return new BasicValue(NULL);
        } else if (declared instanceof String s) {
            return types.newValue(Type.getObjectType(s));
        }
        return TOP; // TOP, and objects whose constructor has not run
    }

    /** Returns the call of this() or super() in a constructor: the one that belongs to no NEW before it. */
    private int findSuperCall() {
        int pendingNews = 0;
        for (int i = 0; i < flow.size(); i++) {
            AbstractInsnNode insn = flow.instruction(i);
            if (insn.getOpcode() == Opcodes.NEW) {
                pendingNews++;
            } else if (insn.getOpcode() == Opcodes.INVOKESPECIAL && ((MethodInsnNode) insn).name.equals("<init>")) {
                if (pendingNews == 0) {
                    return i;
                }
                pendingNews--;
            }
        }
        throw new NotWeavable("no call of this() or super() was found in its constructor");
    }

    /** Returns the index of a constructor's call of this() or super(); -1 for other methods. */
    int superCall() {
        return superCall;
    }

    /** Returns the type that a local holds before an instruction; null if it holds nothing that can be read. */
    Type local(int instruction, int slot) {
        Frame<BasicValue> frame = before.get(instruction);
        BasicValue value = frame == null || slot >= method.maxLocals ? TOP : frame.getLocal(slot);
        return readable(value) ? value.getType() : null;
    }

    private static boolean readable(BasicValue value) {
        return value != TOP && !(value instanceof TypeInterpreter.Unconstructed);
    }

    /** Returns what is on the operand stack before an instruction, bottom first. */
    List<StackValue> stack(int instruction) {
        Frame<BasicValue> frame = before.get(instruction);
        List<StackValue> stack = new ArrayList<>();
        for (int s = 0; frame != null && s < frame.getStackSize(); s++) {
            BasicValue value = frame.getStack(s);
            Type type = value == TOP ? OBJECT : value.getType(); // of the same size: one slot
            stack.add(new StackValue(type, readable(value) && !type.equals(NULL)));
        }
        return stack;
    }

    /**
     * Returns what a stack map would say of the operand stack before an instruction; empty if locals or stack hold what
     * cannot be said without the place where it was made: an object whose constructor has not run.
     */
    Optional<List<Object>> stackMapStack(int instruction) {
        Frame<BasicValue> frame = before.get(instruction);
        if (frame == null) {
            return Optional.empty();
        }
        for (int s = 0; s < frame.getLocals(); s++) {
            if (frame.getLocal(s) instanceof TypeInterpreter.Unconstructed) {
                return Optional.empty();
            }
        }
        List<Object> stack = new ArrayList<>();
        for (int s = 0; s < frame.getStackSize(); s++) {
            if (!readable(frame.getStack(s))) {
                return Optional.empty();
            }
            stack.add(stackMapType(frame.getStack(s).getType()));
        }
        return Optional.of(stack);
    }

    boolean known(int instruction) {
        return before.get(instruction) != null;
    }

    boolean emptyStack(int instruction) {
        return known(instruction) && before.get(instruction).getStackSize() == 0;
    }

    /** Returns what a stack map would say of the locals before an instruction. */
    List<Object> stackMapLocals(int instruction) {
        List<Object> locals = new ArrayList<>();
        for (int s = 0; s < method.maxLocals; s++) {
            Type t = local(instruction, s);
            Object o = t == null ? Opcodes.TOP : stackMapType(t);
            locals.add(o);
            if (o == Opcodes.LONG || o == Opcodes.DOUBLE) {
                s++;
            }
        }
        return locals;
    }

    /** Returns how a stack map says a type. */
    static Object stackMapType(Type type) {
        return switch (type.getSort()) {
            case Type.INT, Type.BOOLEAN, Type.BYTE, Type.CHAR, Type.SHORT -> Opcodes.INTEGER;
            case Type.FLOAT -> Opcodes.FLOAT;
            case Type.LONG -> Opcodes.LONG;
            case Type.DOUBLE -> Opcodes.DOUBLE;
            default -> type.equals(NULL) ? Opcodes.NULL : type.getInternalName();
        };
    }
}
