package dev.belay.loop;

import java.util.ArrayList;
import java.util.List;

/** The calling thread's stack without Belay's own frames, innermost first; a woven copy and its method are one frame. */
public final class RealStack {

    private static final StackWalker WALKER = StackWalker.getInstance(StackWalker.Option.RETAIN_CLASS_REFERENCE);
    private static final String ACTIVATION = "L" + LoopFrame.class.getName().replace('.', '/') + ";)";

    /**
     * @param key as {@link MethodShape#key()}
     * @param line source line, or negative
     */
    public record Frame(String key, int line, Class<?> owner, String method, String descriptor, int bytecodeIndex) {

        private static Frame of(StackWalker.StackFrame f) {
            String descriptor = f.getDescriptor().replace(ACTIVATION, ")");
            return new Frame(
                    f.getClassName().replace('.', '/') + "#" + f.getMethodName() + descriptor,
                    f.getLineNumber(),
                    f.getDeclaringClass(),
                    f.getMethodName(),
                    descriptor,
                    f.getByteCodeIndex());
        }
    }

    private RealStack() {}

    /** Returns the frames. */
    public static List<Frame> frames() {
        return WALKER.walk(stack -> {
            List<Frame> frames = new ArrayList<>();
            boolean copied = false;
            for (StackWalker.StackFrame f : (Iterable<StackWalker.StackFrame>) stack::iterator) {
                if (!f.getClassName().startsWith("dev.belay.") && !copied) {
                    frames.add(Frame.of(f));
                }
                copied = f.getDescriptor().contains(ACTIVATION);
            }
            return frames;
        });
    }
}
