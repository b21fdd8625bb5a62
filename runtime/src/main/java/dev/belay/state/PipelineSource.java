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
import java.util.function.Predicate;
import java.util.stream.BaseStream;

/**
 * What a call of the JDK goes over that calls the lambdas of a program one after the other: {@code forEach} of a list, a
 * sequential stream of a range, an array or a list whose operations keep no state. Such a call can be made again and given
 * what the lambdas had returned, because it calls no code but theirs, and what it goes over is saved. All others are not
 * known: a method of the JDK that is handed to it, say, would look at objects as they are later.
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

    /** The instance fields of JDK classes, their superclasses' included, by name. */
    private static final Map<Class<?>, Map<String, Field>> FIELDS = new ConcurrentHashMap<>();

    private final String lambda;
    private final Predicate<String> isBody;

    /**
     * @param caller internal name of the class that calls; only its lambdas are known
     * @param isBody whether what a method returns is noted, by {@code package/Class#name(descriptor)}
     */
    public PipelineSource(String caller, Predicate<String> isBody) {
        this.lambda = caller + ".lambda$";
        this.isBody = isBody;
    }

    /**
     * Returns what a call goes over: objects, plain values that decide how far, and the lambdas.
     *
     * @param called name of the method
     * @param operands the object of the call, if it has one, and its arguments
     */
    public Optional<Object[]> of(String called, Object[] operands) {
        if (operands.length == 0 || operands[0] == null) {
            return Optional.empty();
        }
        Object receiver = operands[0];
        List<Object> source = new ArrayList<>();
        for (Object argument : Arrays.asList(operands).subList(1, operands.length)) {
            if (argument == null || !ObjectPolicy.isValue(argument) && !isKnown(argument)) {
                return Optional.empty();
            }
            source.add(argument);
        }
        boolean known = false;
        if (receiver instanceof BaseStream<?, ?>) {
            known = addStream(receiver, source);
        } else if (receiver instanceof Optional<?> o) {
            known = source.add(o.orElse(null));
        } else if (isList(receiver) && called.equals("forEach")) {
            known = source.add(receiver);
        }
        return known ? Optional.of(source.toArray()) : Optional.empty();
    }

    private static boolean isList(Object o) {
        return o != null && LISTS.contains(o.getClass().getName());
    }

    private boolean addStream(Object last, List<Object> source) {
        Object head = get(last, "sourceStage");
        if (head == null || Boolean.TRUE.equals(get(head, "parallel"))) {
            return false;
        }
        for (Object stage = last; stage != null && stage != head; stage = get(stage, "previousStage")) {
            boolean keepsNothing = stage.getClass().getSuperclass().getName().endsWith("$StatelessOp");
            if (!keepsNothing || !addFunctions(stage, source)) {
                return false;
            }
        }
        Object elements = get(head, "sourceSpliterator");
        if (elements == null || !SPLITERATORS.contains(elements.getClass().getName())) {
            return false;
        }
        for (Field f : fields(elements.getClass()).values()) {
            Object value = HeapAccess.get(elements, f);
            boolean known = value == null
                    || ObjectPolicy.isValue(value)
                    || value.getClass().isArray()
                    || isList(value);
            if (!known) {
                return false;
            }
            source.add(value);
        }
        return true;
    }

    private boolean addFunctions(Object stage, List<Object> source) {
        for (Field f : stage.getClass().getDeclaredFields()) {
            if (!Modifier.isStatic(f.getModifiers()) && !f.getName().startsWith("this$")) {
                Object captured = HeapAccess.get(stage, f);
                if (captured == null || !isKnown(captured)) {
                    return false;
                }
                source.add(captured);
            }
        }
        return true;
    }

    /** Returns whether a function is a lambda whose body is noted; a reference to a method may be one to an override. */
    private boolean isKnown(Object function) {
        if (!function.getClass().isHidden()) {
            return false;
        }
        List<String> bodies = Arrays.stream(
                        Lambdas.stableName(function.getClass()).split(" "))
                .skip(1)
                .filter(m -> !m.startsWith("java/lang/")) // boxing
                .toList();
        return bodies.size() == 1
                && bodies.get(0).startsWith(lambda)
                && isBody.test(bodies.get(0).replaceFirst("\\.", "#"));
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
