package dev.belay.state;

/** Finds the classes that nodes name, among those that the program's own loader sees. */
final class TypeResolver {

    private final ClassLoader loader;

    TypeResolver(ClassLoader loader) {
        this.loader = loader;
    }

    Class<?> named(String name) {
        return find(name, false);
    }

    Class<?> initialized(String name) {
        return find(name, true);
    }

    /** Returns an enum's constant; initialises the enum if need be. */
    Object constant(HeapNode.Constant node) {
        Class<?> type = named(node.type());
        if (type.isEnum()) {
            for (Object constant : initialized(node.type()).getEnumConstants()) {
                if (((Enum<?>) constant).name().equals(node.name())) {
                    return constant;
                }
            }
        }
        throw new Unsupported(
                node.type() + "." + node.name(), "the program no longer has it; resume with the old program");
    }

    /** Returns whether there is a class of this name by now. */
    boolean knows(String name) {
        try {
            Class.forName(name, false, loader);
            return true;
        } catch (ClassNotFoundException | LinkageError e) {
            return false;
        }
    }

    private Class<?> find(String name, boolean initialize) {
        try {
            return switch (name) {
                case "int" -> int.class;
                case "long" -> long.class;
                case "double" -> double.class;
                case "float" -> float.class;
                case "boolean" -> boolean.class;
                case "byte" -> byte.class;
                case "short" -> short.class;
                case "char" -> char.class;
                case "void" -> void.class;
                default -> Class.forName(name, initialize, loader);
            };
        } catch (ClassNotFoundException | LinkageError e) {
            throw new Unsupported("class " + name, "the program no longer has it; resume with the old program");
        }
    }
}
