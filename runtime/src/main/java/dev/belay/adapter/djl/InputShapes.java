package dev.belay.adapter.djl;

import ai.djl.ndarray.types.Shape;
import java.util.Arrays;
import java.util.stream.Collectors;

/** The shapes that a block was initialized for, as text: a line for each with its dimensions and their layout. */
final class InputShapes {

    private InputShapes() {}

    static String text(Shape... shapes) {
        return Arrays.stream(shapes).map(InputShapes::line).collect(Collectors.joining("\n"));
    }

    private static String line(Shape shape) {
        String dimensions =
                Arrays.stream(shape.getShape()).mapToObj(Long::toString).collect(Collectors.joining(","));
        return dimensions + " " + shape.toLayoutString();
    }

    static Shape[] of(String text) {
        return text.lines().map(InputShapes::shape).toArray(Shape[]::new);
    }

    private static Shape shape(String line) {
        int space = line.indexOf(' ');
        String dimensions = line.substring(0, space);
        long[] lengths = dimensions.isEmpty()
                ? new long[0]
                : Arrays.stream(dimensions.split(","))
                        .mapToLong(Long::parseLong)
                        .toArray();
        return new Shape(lengths, line.substring(space + 1));
    }
}
