package dev.belay.state;

import java.util.List;

/**
 * What a capture made of all that it met, for people. Each object is counted once: with the local or field that it was met
 * through first.
 *
 * @param frames the loop position, outermost activation first
 * @param statics static fields of the program
 * @param fields instance fields of the program's classes, all values of one field together
 * @param generators paths of random generators that are plain objects
 * @param tensors as in the files
 * @param objects how many objects were met
 */
public record StateAccount(
        List<Frame> frames,
        List<Holding> statics,
        List<Holding> fields,
        List<String> generators,
        List<Tensor> tensors,
        int objects) {

    /** What is done with an object. */
    public enum Fate {
        /** Its state is in the checkpoint. */
        SAVED,
        /** The restarted program's own is as good. */
        FRESH,
        /** A live object stays the restarted program's; somebody knows its state. */
        RESOURCE,
        /** It cannot be saved exactly. */
        REFUSED
    }

    /**
     * One activation.
     *
     * @param method key of the method
     * @param line source line of its point, or 0
     */
    public record Frame(String method, int line, List<Holding> locals) {}

    /**
     * A local or a field with what it holds.
     *
     * @param name of the local, or {@code Class.field}
     * @param type of what it holds, or declared if that is null
     * @param text value, class or size, for people
     * @param why for {@link Fate#FRESH} and {@link Fate#REFUSED}: why; for {@link Fate#RESOURCE}: who knows it, an adapter
     *     by its framework
     * @param through path that the object was met through before, or empty
     * @param values how many values a field has, over all objects
     * @param objects how many objects were met through it first
     * @param bytes about how many bytes these have, with their tensors
     */
    public record Holding(
            String name,
            String type,
            Fate fate,
            String text,
            String why,
            String through,
            int values,
            int objects,
            long bytes) {}

    /**
     * A tensor of a checkpoint.
     *
     * @param file file name
     * @param dtype safetensors name
     * @param shape dimensions, row-major
     * @param constant whether it did not change since the capture before: checkpoints share it
     */
    public record Tensor(String file, String name, String dtype, List<Long> shape, long bytes, boolean constant) {}
}
