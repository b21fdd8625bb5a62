package dev.belay.state;

import java.lang.invoke.MethodType;
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
            boolean constant =
                    Modifier.isFinal(f.getModifiers()) && (f.getType().isPrimitive() || f.getType() == String.class);
            if (Modifier.isStatic(f.getModifiers()) && !f.isSynthetic() && !constant) {
                StaticField field = new StaticField(f);
                if (!f.isEnumConstant() || ObjectPolicy.hasState(field.get())) {
                    fields.add(field);
                }
            }
        }
        return fields;
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
        return Primitives.box(
                t, HeapAccess.primitive(base, offset, t.descriptorString().charAt(0)));
    }

    /** @throws Unsupported if the value is not of the field's type */
    void set(Object value) {
        Class<?> t = field.getType();
        Class<?> boxed = MethodType.methodType(t).wrap().returnType();
        if (value == null ? t.isPrimitive() : !boxed.isInstance(value)) {
            throw new Unsupported(
                    "static field " + name(),
                    "found " + (value == null ? "null" : value.getClass().getName()) + ", expected " + t.getName()
                            + "; the checkpoint is damaged or foreign");
        }
        if (t.isPrimitive()) {
            HeapAccess.putPrimitive(base, offset, t.descriptorString().charAt(0), Primitives.bits(value));
        } else {
            HeapAccess.putReference(base, offset, value);
        }
    }
}
