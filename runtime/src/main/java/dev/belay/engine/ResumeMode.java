package dev.belay.engine;

import java.nio.file.Path;

/**
 * The option {@code resume_from_checkpoint}.
 *
 * @param path the checkpoint to take, for {@link Kind#PATH}; otherwise null
 */
public record ResumeMode(Kind kind, Path path) {

    /** What was asked for. */
    public enum Kind {
        AUTO,
        TRUE,
        FALSE,
        PATH
    }

    /** Reads the option's value. */
    public static ResumeMode of(String value) {
        return switch (value) {
            case "auto" -> new ResumeMode(Kind.AUTO, null);
            case "true" -> new ResumeMode(Kind.TRUE, null);
            case "false" -> new ResumeMode(Kind.FALSE, null);
            default -> new ResumeMode(Kind.PATH, Path.of(value));
        };
    }
}
