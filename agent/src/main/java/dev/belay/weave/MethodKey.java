package dev.belay.weave;

/**
 * A method of the program.
 *
 * @param owner internal name of the declaring class
 * @param nameAndDescriptor e.g. {@code step()V}
 */
record MethodKey(String owner, String nameAndDescriptor) {

    /** Reads what {@link #text} wrote. */
    static MethodKey of(String text) {
        int hash = text.indexOf('#');
        return new MethodKey(text.substring(0, hash), text.substring(hash + 1));
    }

    String name() {
        return nameAndDescriptor.substring(0, nameAndDescriptor.indexOf('('));
    }

    /** Returns the key as points carry it: {@code package/Class#name(descriptor)}. */
    String text() {
        return owner + "#" + nameAndDescriptor;
    }
}
