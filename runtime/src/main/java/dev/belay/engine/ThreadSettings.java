package dev.belay.engine;

import java.util.Map;

/** Thread counts change bits, so those of the saved run are set before a framework's native engine loads. */
final class ThreadSettings {

    /** Fingerprint keys with this prefix name the system property that sets them. */
    private static final String PREFIX = "threads.";

    private ThreadSettings() {}

    static void enforce(Map<String, String> fingerprint, Log log) {
        fingerprint.forEach((key, value) -> {
            if (key.startsWith(PREFIX)) {
                String property = key.substring(PREFIX.length());
                String before = System.setProperty(property, value);
                if (!value.equals(before)) {
                    log.debug("set " + property + "=" + value + " as in the saved run");
                }
            }
        });
    }
}
