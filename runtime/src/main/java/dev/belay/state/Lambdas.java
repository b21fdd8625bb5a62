package dev.belay.state;

import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.util.Set;
import java.util.TreeSet;

/** Names of lambdas that are the same in every JVM. */
final class Lambdas {

    private static final ClassValue<String> NAMES = new ClassValue<>() {
        @Override
        protected String computeValue(Class<?> type) {
            return owner(type.getName()) + " " + String.join(" ", Constants.methods(type));
        }
    };

    private Lambdas() {}

    /** Returns the class that holds a lambda's code, and the method with its code. */
    static String stableName(Class<?> hidden) {
        return NAMES.get(hidden);
    }

    /** {@code demo.A$$Lambda$14/0x0007} and {@code demo.A$$Lambda/0x0007} become {@code demo.A$$Lambda}. */
    private static String owner(String className) {
        int at = className.indexOf("$$Lambda");
        return at < 0 ? className.replaceAll("/0x[0-9a-f]+$", "") : className.substring(0, at) + "$$Lambda";
    }

    /** A lambda's class says which method it calls only in its constant pool. */
    private static final class Constants {

        private static final MethodHandle POOL;
        private static final MethodHandle SIZE;
        private static final MethodHandle TAG;
        private static final MethodHandle MEMBER;

        static {
            try {
                MethodHandles.Lookup lookup = HeapAccess.trustedLookup();
                Class<?> pool = Class.forName("jdk.internal.reflect.ConstantPool");
                Class<?> tag = Class.forName("jdk.internal.reflect.ConstantPool$Tag");
                POOL = lookup.findVirtual(Class.class, "getConstantPool", MethodType.methodType(pool));
                SIZE = lookup.findVirtual(pool, "getSize", MethodType.methodType(int.class));
                TAG = lookup.findVirtual(pool, "getTagAt", MethodType.methodType(tag, int.class));
                MEMBER = lookup.findVirtual(
                        pool, "getMemberRefInfoAt", MethodType.methodType(String[].class, int.class));
            } catch (ReflectiveOperationException e) {
                throw new LinkageError("this JDK keeps constant pools elsewhere; use a JDK from 17 to 25", e);
            }
        }

        static Set<String> methods(Class<?> type) {
            Set<String> methods = new TreeSet<>();
            try {
                Object pool = POOL.invoke(type);
                int size = (int) SIZE.invoke(pool);
                for (int i = 1; i < size; i++) {
                    if (String.valueOf((Object) TAG.invoke(pool, i)).endsWith("METHODREF")) {
                        String[] member = (String[]) MEMBER.invoke(pool, i);
                        methods.add(member[0] + "." + member[1] + member[2]);
                    }
                }
            } catch (Throwable e) {
                throw new LinkageError("cannot read the constant pool of " + type.getName(), e);
            }
            methods.remove("java/lang/Object.<init>()V");
            return methods;
        }
    }
}
