package dev.belay.weave;

import org.objectweb.asm.Opcodes;
import org.objectweb.asm.Type;
import org.objectweb.asm.tree.AbstractInsnNode;
import org.objectweb.asm.tree.TypeInsnNode;
import org.objectweb.asm.tree.analysis.AnalyzerException;
import org.objectweb.asm.tree.analysis.BasicInterpreter;
import org.objectweb.asm.tree.analysis.BasicValue;

/** ASM's basic interpreter folds all references into one; this one keeps their types. */
final class TypeInterpreter extends BasicInterpreter {

    /** An object between its NEW and its constructor; one instance per NEW, as copies on the stack share it. */
    static final class Unconstructed extends BasicValue {

        Unconstructed(Type type) {
            super(type);
        }

        @Override
        public boolean equals(Object other) {
            return this == other;
        }

        @Override
        public int hashCode() {
            return System.identityHashCode(this);
        }
    }

    TypeInterpreter() {
        super(ASM9);
    }

    @Override
    public BasicValue newValue(Type type) {
        boolean reference = type != null && type.getSort() >= Type.ARRAY;
        return reference ? new BasicValue(type) : super.newValue(type);
    }

    @Override
    public BasicValue newOperation(AbstractInsnNode insn) throws AnalyzerException {
        return switch (insn.getOpcode()) {
            case Opcodes.ACONST_NULL -> new BasicValue(SlotTypes.NULL);
            case Opcodes.NEW -> new Unconstructed(Type.getObjectType(((TypeInsnNode) insn).desc));
            default -> super.newOperation(insn);
        };
    }

    @Override
    public BasicValue binaryOperation(AbstractInsnNode insn, BasicValue first, BasicValue second)
            throws AnalyzerException {
        if (insn.getOpcode() == Opcodes.AALOAD) {
            Type array = first.getType();
            return array != null && array.getSort() == Type.ARRAY
                    ? newValue(Type.getType(array.getDescriptor().substring(1)))
                    : first;
        }
        return super.binaryOperation(insn, first, second);
    }
}
