package dev.belay.state;

/** Names of lambda classes: the part that is the same in every JVM. */
final class Lambdas {

    private Lambdas() {}

    /** {@code demo.A$$Lambda$14/0x0007} and {@code demo.A$$Lambda/0x0007} become {@code demo.A$$Lambda}. */
    static String stableName(String className) {
        int at = className.indexOf("$$Lambda");
        return at < 0 ? className.replaceAll("/0x[0-9a-f]+$", "") : className.substring(0, at) + "$$Lambda";
    }
}
