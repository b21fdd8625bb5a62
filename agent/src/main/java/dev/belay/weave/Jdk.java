package dev.belay.weave;

import java.util.List;

/** Which classes are the JDK's. */
final class Jdk {

    private static final List<String> PACKAGES = List.of("java/", "javax/", "jdk/", "sun/", "com/sun/");

    private Jdk() {}

    /** @param internalName of a class */
    static boolean owns(String internalName) {
        return PACKAGES.stream().anyMatch(internalName::startsWith);
    }
}
