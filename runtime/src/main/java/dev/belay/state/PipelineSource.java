package dev.belay.state;

import java.lang.reflect.Field;
import java.lang.reflect.Modifier;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.BaseStream;

/**
 * What a call of the JDK goes over that calls the lambdas of a program one after the other: {@code forEach} of a list, a
 * sequential stream of a range, an array or a list without operations that put their elements in order. Such a call can be
 * made again and given what the lambdas returned, because it calls no other code of the program, and what it goes over is
 * saved. All others are not known.
 */
public final class PipelineSource {

    private static final Set<String> LISTS = Set.of(
            "java.util.ArrayList",
            "java.util.Arrays$ArrayList",
            "java.util.ImmutableCollections$List12",
            "java.util.ImmutableCollections$ListN");
    private static final Set<String> SPLITERATORS = Set.of(
            "java.util.stream.Streams$RangeIntSpliterator",
            "java.util.stream.Streams$RangeLongSpliterator",
            "java.util.ArrayList$ArrayListSpliterator",
            "java.util.AbstractList$RandomAccessSpliterator",
            "java.util.Spliterators$ArraySpliterator",
            "java.util.Spliterators$IntArraySpliterator",
            "java.util.Spliterators$LongArraySpliterator",
            "java.util.Spliterators$DoubleArraySpliterator");
    private static final int DEEPEST = 8;

    /** The instance fields of JDK classes, their superclasses' included, by name. */
    private static final Map<Class<?>, Map<String, Field>> FIELDS = new ConcurrentHashMap<>();

    private PipelineSource() {}

    /**
     * Returns what a call goes over: objects, and plain values that decide how far.
     *
     * @param caller internal name of the class that calls; only its lambdas may be called
     * @param operands the object of the call, if it has one, and its arguments
     */
    public static Optional<Object[]> of(String caller, Object[] operands) {
        if (operands.length == 0 || operands[0] == null) {
            return Optional.empty();
        }
        String lambdas = caller.replace('/', '.') + "$$Lambda";
        for (int i = 1; i < operands.length; i++) {
            if (!callsOnly(lambdas, operands[i], DEEPEST)) {
                return Optional.empty();
            }
        }
        Object receiver = operands[0];
        if (receiver instanceof BaseStream<?, ?>) {
            return stream(lambdas, receiver);
        } else if (receiver instanceof Optional<?> o) {
            return Optional.of(new Object[] {o.orElse(null)});
        }
        return isList(receiver) ? Optional.of(new Object[] {receiver}) : Optional.empty();
    }

    private static boolean isList(Object o) {
        return o != null && LISTS.contains(o.getClass().getName());
    }

    private static Optional<Object[]> stream(String lambdas, Object last) {
        Object head = get(last, "sourceStage");
        if (head == null || Boolean.TRUE.equals(get(head, "parallel"))) {
            return Optional.empty();
        }
        for (Object stage = last; stage != null && stage != head; stage = get(stage, "previousStage")) {
            if (!keepsOrder(stage.getClass()) || !stageCallsOnly(lambdas, stage)) {
                return Optional.empty();
            }
        }
        Object elements = get(head, "sourceSpliterator");
        if (elements == null || !SPLITERATORS.contains(elements.getClass().getName())) {
            return Optional.empty();
        }
        List<Object> source = new ArrayList<>();
        for (Field f : fields(elements.getClass()).values()) {
            Object value = HeapAccess.get(elements, f);
            boolean known = value == null
                    || ObjectPolicy.isValue(value)
                    || value.getClass().isArray()
                    || isList(value);
            if (!known) {
                return Optional.empty();
            }
            source.add(value);
        }
        return Optional.of(source.toArray());
    }

    private static boolean keepsOrder(Class<?> stage) {
        return stage.getSuperclass().getName().endsWith("$StatelessOp")
                || stage.getName().startsWith("java.util.stream.SliceOps$");
    }

    private static boolean stageCallsOnly(String lambdas, Object stage) {
        for (Field f : stage.getClass().getDeclaredFields()) {
            boolean captured = !Modifier.isStatic(f.getModifiers())
                    && !f.getType().isPrimitive()
                    && !f.getName().startsWith("this$");
            if (captured && !callsOnly(lambdas, HeapAccess.get(stage, f), DEEPEST)) {
                return false;
            }
        }
        return true;
    }

    /** Returns whether a function is one of the lambdas, or of the JDK and made of such. */
    private static boolean callsOnly(String lambdas, Object function, int depth) {
        if (function == null || ObjectPolicy.isValue(function) || function instanceof Class<?>) {
            return true;
        }
        Class<?> type = function.getClass();
        if (type.isHidden() && type.getName().startsWith(lambdas)) {
            return true;
        }
        if (type.isArray()) {
            return type.getComponentType().isPrimitive()
                    || Arrays.stream((Object[]) function).allMatch(o -> callsOnly(lambdas, o, depth - 1));
        }
        if (type.getClassLoader() != null || depth == 0) {
            return false;
        }
        for (Field f : fields(type).values()) {
            if (!f.getType().isPrimitive() && !callsOnly(lambdas, HeapAccess.get(function, f), depth - 1)) {
                return false;
            }
        }
        return true;
    }

    private static Object get(Object holder, String name) {
        Field field = fields(holder.getClass()).get(name);
        return field == null ? null : HeapAccess.get(holder, field);
    }

    private static Map<String, Field> fields(Class<?> type) {
        return FIELDS.computeIfAbsent(type, t -> {
            Map<String, Field> all = new HashMap<>();
            for (Class<?> c = t; c != null; c = c.getSuperclass()) {
                for (Field f : c.getDeclaredFields()) {
                    if (!Modifier.isStatic(f.getModifiers())) {
                        all.putIfAbsent(f.getName(), f);
                    }
                }
            }
            return all;
        });
    }
}
