package dev.belay.state;

/**
 * Knows what a framework's live objects hold outside of their fields, such as a tensor's elements. Such an object is
 * filled in place where the restarted program has one in its stead that fits, and made anew where it has none.
 */
public interface Contents {

    boolean holds(Object o);

    /**
     * @param key under which a small value MUST be added
     * @param name for a tensor in {@code file}, free to use; longer names that start with it are free too
     * @throws Unsupported if they cannot be captured exactly
     */
    void capture(Object o, String key, TensorFile file, String name, CaptureSink sink);

    /** Returns whether a live object can take what was saved without harm to anything else. */
    boolean fits(Object live, String key, RestoreSource source);

    /** Returns a new object, to be filled by {@link #restore}; null if one cannot be made. */
    Object make(String key, RestoreSource source);

    void restore(Object live, String key, RestoreSource source);
}
