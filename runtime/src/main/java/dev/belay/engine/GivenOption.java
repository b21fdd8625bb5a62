package dev.belay.engine;

import dev.belay.store.TrainingArgs;

/**
 * An option in force.
 *
 * @param value as it was written
 * @param origin where it was written, for people
 */
public record GivenOption(String value, String origin) {

    TrainingArgs.Given noted() {
        return new TrainingArgs.Given(value, origin);
    }
}
