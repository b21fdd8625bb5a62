package dev.belay.state;

import java.util.HashSet;
import java.util.Set;

/** Knows classes whose name means another class, or none, to whoever resumes: a checkpoint names classes. */
public final class Twins {

    /** Why such a class is refused. */
    public static final String REASON =
            "its class cannot be told from another one of its name by a resume, as two class"
                    + " loaders define both; let one class loader define it";

    private final ClassLoader types;
    private final Set<Class<?>> unique = new HashSet<>();

    /** @param types finds the class of a name when a checkpoint is resumed */
    public Twins(ClassLoader types) {
        this.types = types;
    }

    /** Returns whether a resume would not find this class by its name. */
    public boolean has(Class<?> type) {
        Class<?> c = type;
        while (c.isArray()) {
            c = c.getComponentType();
        }
        if (c.getClassLoader() == null || c.isHidden() || unique.contains(c)) {
            return false;
        }
        try {
            boolean found = Class.forName(c.getName(), false, types) == c;
            if (found) {
                unique.add(c);
            }
            return !found;
        } catch (ClassNotFoundException | LinkageError e) {
            return true;
        }
    }
}
