package dev.belay.weave;

import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import org.objectweb.asm.ClassReader;
import org.objectweb.asm.tree.ClassNode;
import org.objectweb.asm.tree.MethodNode;

/** Reads the code of classes when it is asked for. */
final class ClassCode {

    private static final Set<String> OF_OBJECT =
            Set.of("toString()Ljava/lang/String;", "hashCode()I", "equals(Ljava/lang/Object;)Z", "finalize()V");

    private final Function<String, byte[]> classFiles;
    private final Map<String, Map<String, MethodFacts>> facts = new HashMap<>();
    private final Map<String, Map<String, MethodNode>> nodes = new HashMap<>();
    private final Map<String, Set<String>> jdk = new HashMap<>();

    /** @param classFiles finds the class file of a class of the class path by internal name, or null */
    ClassCode(Function<String, byte[]> classFiles) {
        this.classFiles = classFiles;
    }

    /** Returns the methods that a class declares; none of a class that is not on the class path, or is damaged. */
    Collection<MethodFacts> methods(String type) {
        return byName(type).values();
    }

    /** Returns what is known of a method that a class declares, or null. */
    MethodFacts method(String type, String nameAndDescriptor) {
        return byName(type).get(nameAndDescriptor);
    }

    private Map<String, MethodFacts> byName(String type) {
        return facts.computeIfAbsent(type, t -> {
            Map<String, MethodFacts> methods = new LinkedHashMap<>();
            byte[] classFile = classFiles.apply(t);
            try {
                if (classFile != null) {
                    MethodFacts.read(classFile).forEach(m -> methods.put(m.nameAndDescriptor(), m));
                }
            } catch (IllegalArgumentException | IndexOutOfBoundsException e) {
                methods.clear(); // a damaged class file: the class loader will refuse it
            }
            return methods;
        });
    }

    /** Returns the code of a method, or null. */
    MethodNode node(MethodKey method) {
        return nodes.computeIfAbsent(method.owner(), o -> {
                    ClassNode node = new ClassNode();
                    new ClassReader(classFiles.apply(o)).accept(node, ClassReader.SKIP_DEBUG | ClassReader.SKIP_FRAMES);
                    Map<String, MethodNode> methods = new HashMap<>();
                    node.methods.forEach(m -> methods.put(m.name + m.desc, m));
                    return methods;
                })
                .get(method.nameAndDescriptor());
    }

    /** Returns the methods that the JDK's types among these declare, other than those of Object: it may call them. */
    Set<String> declaredByJdk(Set<String> types) {
        Set<String> all = new HashSet<>();
        types.forEach(t -> all.addAll(jdkMethods(t)));
        return all;
    }

    private Set<String> jdkMethods(String type) {
        Set<String> known = jdk.get(type);
        if (known != null) {
            return known;
        }
        Set<String> methods = new HashSet<>();
        jdk.put(type, methods);
        byte[] classFile = type.equals("java/lang/Object") || !byName(type).isEmpty()
                ? null
                : LoopFinder.classFile(ClassLoader.getPlatformClassLoader(), type);
        if (classFile != null) {
            MethodFacts.read(classFile).forEach(m -> methods.add(m.nameAndDescriptor()));
            methods.removeAll(OF_OBJECT);
            ClassSketch.read(classFile).supertypes().forEach(s -> methods.addAll(jdkMethods(s)));
        }
        return methods;
    }
}
