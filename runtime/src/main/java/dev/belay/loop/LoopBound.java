package dev.belay.loop;

import java.lang.reflect.Array;
import java.lang.reflect.Field;
import java.lang.reflect.InaccessibleObjectException;
import java.util.List;
import java.util.OptionalLong;

/**
 * How often a loop goes round that counts a local up or down to a limit which it does not change.
 *
 * @param counter slot of the local
 * @param by what each iteration adds to it; not 0
 * @param goesOn when another iteration follows, as seen from the counter
 * @param limit what the counter is compared with
 * @param stepEach whether each iteration makes exactly one step, where it is the loop of the steps
 */
public record LoopBound(int counter, int by, Comparison goesOn, Limit limit, boolean stepEach) {

    /** How the counter compares with the limit while the loop goes on. */
    public enum Comparison {
        LESS,
        AT_MOST,
        MORE,
        AT_LEAST,
        OTHER_THAN
    }

    /**
     * A limit: a constant, or what a local holds or leads to. An array stands for its length.
     *
     * @param constant the number, where {@code slot} is negative
     * @param slot the local
     * @param fields those that lead from its object to the limit, one from the other
     */
    public record Limit(int constant, int slot, List<FieldName> fields) {

        public Limit {
            fields = List.copyOf(fields);
        }

        public static Limit of(int constant) {
            return new Limit(constant, -1, List.of());
        }

        private OptionalLong value(PointShape head, Object[] locals) {
            if (slot < 0) {
                return OptionalLong.of(constant);
            }
            Object value = local(head, locals, slot);
            for (FieldName field : fields) {
                value = value == null ? null : field.of(value);
            }
            return number(value);
        }
    }

    /**
     * A field of an object.
     *
     * @param owner internal name of the class that the code names
     */
    public record FieldName(String owner, String name) {

        /** Returns what it holds; null, too, where it cannot be read. */
        private Object of(Object holder) {
            boolean found = false;
            for (Class<?> c = holder.getClass(); c != null; c = c.getSuperclass()) {
                found |= c.getName().equals(owner.replace('/', '.'));
                if (found) {
                    try {
                        Field field = c.getDeclaredField(name);
                        field.setAccessible(true);
                        return field.get(holder);
                    } catch (NoSuchFieldException e) {
                        continue; // a superclass declares it
                    } catch (IllegalAccessException | InaccessibleObjectException e) {
                        return null; // of a module that is not open
                    }
                }
            }
            return null;
        }
    }

    /**
     * Returns how many iterations follow, with the one that begins.
     *
     * @param head the loop's head
     * @param locals what it has just handed over
     */
    public OptionalLong left(PointShape head, Object[] locals) {
        OptionalLong now = number(local(head, locals, counter));
        OptionalLong end = limit.value(head, locals);
        return now.isEmpty() || end.isEmpty() ? OptionalLong.empty() : left(end.getAsLong() - now.getAsLong());
    }

    private OptionalLong left(long distance) {
        return switch (goesOn) {
            case LESS -> by > 0 ? rounds(distance, by) : OptionalLong.empty();
            case AT_MOST -> by > 0 ? rounds(distance + 1, by) : OptionalLong.empty();
            case MORE -> by < 0 ? rounds(-distance, -by) : OptionalLong.empty();
            case AT_LEAST -> by < 0 ? rounds(1 - distance, -by) : OptionalLong.empty();
            case OTHER_THAN ->
                distance % by == 0 && distance / by >= 0 ? OptionalLong.of(distance / by) : OptionalLong.empty();
        };
    }

    private static OptionalLong rounds(long distance, long pace) {
        return OptionalLong.of(distance <= 0 ? 0 : (distance + pace - 1) / pace);
    }

    private static Object local(PointShape head, Object[] locals, int slot) {
        for (int i = 0; i < head.locals().size(); i++) {
            if (head.locals().get(i).slot() == slot) {
                return locals[i];
            }
        }
        return null;
    }

    private static OptionalLong number(Object value) {
        if (value instanceof Integer i) {
            return OptionalLong.of(i);
        }
        return value != null && value.getClass().isArray()
                ? OptionalLong.of(Array.getLength(value))
                : OptionalLong.empty();
    }
}
