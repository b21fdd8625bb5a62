package dev.belay.adapter.djl;

import dev.belay.state.Unsupported;
import java.lang.reflect.Field;

/** DJL's private fields. Reflection needs no flags: DJL's classes are in unnamed modules. */
final class PrivateField {

    private PrivateField() {}

    static Field of(Class<?> owner, String name) {
        try {
            return owner.getDeclaredField(name);
        } catch (NoSuchFieldException e) {
            throw new Unsupported(
                    owner.getName() + "." + name,
                    "this version of DJL does not have the field; use DJL 0.36, which Belay knows");
        }
    }

    static Object get(Field field, Object holder) {
        try {
            field.setAccessible(true);
            return field.get(holder);
        } catch (IllegalAccessException e) {
            throw new AssertionError("made accessible above: " + field, e);
        }
    }

    static Object get(Class<?> owner, String name, Object holder) {
        return get(of(owner, name), holder);
    }
}
