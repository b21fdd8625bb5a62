package dev.belay.state;

/** The saved contents of live objects, put into the restarted program by the adapters that know them. */
final class LiveContents {

    private static final String KEY = "contents/";

    private final HeapImage image;
    private final ObjectPolicy policy;
    private final TypeResolver types;
    private final RestoreSource source;

    LiveContents(HeapImage image, ObjectPolicy policy, TypeResolver types, RestoreSource source) {
        this.image = image;
        this.policy = policy;
        this.types = types;
        this.source = source;
    }

    /** Returns under which key an object's contents are saved. */
    static String key(int number) {
        return KEY + number;
    }

    private boolean has(int number) {
        return image.values().containsKey(key(number));
    }

    private Contents contents(int number, Class<?> type) {
        return policy.contents(type)
                .orElseThrow(() -> new Unsupported(
                        image.node(number).type(), "no adapter knows its contents; resume with the old program"));
    }

    boolean fits(int number, Object live) {
        return !has(number) || contents(number, live.getClass()).fits(live, key(number), source);
    }

    /** Returns a new object, or null if one cannot be made. */
    Object make(int number) {
        if (!has(number)) {
            return null;
        }
        Class<?> type = types.named(image.node(number).type());
        return contents(number, type).make(key(number), source);
    }

    void restore(int number, Object live) {
        if (has(number)) {
            contents(number, live.getClass()).restore(live, key(number), source);
        }
    }
}
