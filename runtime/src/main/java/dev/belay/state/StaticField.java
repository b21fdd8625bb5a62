package dev.belay.state;

import java.lang.reflect.Field;
import java.lang.reflect.Modifier;
import java.util.ArrayList;
import java.util.List;

/** A static field of the program that is state. */
public final class StaticField {

    private final Field field;
    private final Object base;
    private final long offset;

    private StaticField(Field field) {
        this.field = field;
        this.base = HeapAccess.staticBase(field);
        this.offset = HeapAccess.staticOffset(field);
    }

    /** Returns the static state of an initialised class; nothing of a class that was not initialised. */
    public static List<StaticField> of(Class<?> type) {
        List<StaticField> fields = new ArrayList<>();
        if (type.isHidden() || type.isArray() || !HeapAccess.initialized(type)) {
            return fields;
        }
        for (Field f : type.getDeclaredFields()) {
            boolean constant = Modifier.isFinal(f.getModifiers())
                    && (f.getType().isPrimitive() || f.getType() == String.class);
            if (Modifier.isStatic(f.getModifiers()) && !f.isSynthetic() && !f.isEnumConstant() && !constant) {
                fields.add(new StaticField(f));
            }
        }
        return fields;
    }

    /** Returns a field by its {@link #name()}; initialises its class if need be. */
    static StaticField find(String name, TypeResolver types) {
        int dot = name.lastIndexOf('.');
        Class<?> type = types.initialized(name.substring(0, dot));
        try {
            return new StaticField(type.getDeclaredField(name.substring(dot + 1)));
        } catch (NoSuchFieldException e) {
            throw new Unsupported("static field " + name, "the program no longer has it; resume with the old program");
        }
    }

    public String name() {
        return field.getDeclaringClass().getName() + "." + field.getName();
    }

    String readable() {
        return field.getDeclaringClass().getSimpleName() + "." + field.getName();
    }

    boolean isFinal() {
        return Modifier.isFinal(field.getModifiers());
    }

    Class<?> type() {
        return field.getType();
    }

    Object get() {
        Class<?> t = field.getType();
        if (!t.isPrimitive()) {
            return HeapAccess.reference(base, offset);
        }
        return Primitives.box(t, HeapAccess.primitive(base, offset, t.descriptorString().charAt(0)));
    }

    void set(Object value) {
        Class<?> t = field.getType();
        if (t.isPrimitive()) {
            HeapAccess.putPrimitive(base, offset, t.descriptorString().charAt(0), Primitives.bits(value));
        } else {
            HeapAccess.putReference(base, offset, value);
        }
    }
}
