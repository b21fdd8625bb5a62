package dev.belay.engine;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;

/** Tells which options an agent would run with. The agent provides it as a service, for commands that explain options. */
public interface OptionReader {

    /**
     * An option in force.
     *
     * @param value as it was written
     * @param source where it was written, as in {@code in -Dbelay.save_steps}; {@code by default} if nowhere
     */
    record InForce(Option option, String value, String source) {}

    /**
     * All options.
     *
     * @param warnings what the user should know and that stops nothing
     * @param problem why a program would not start with them; the options are empty then
     */
    record Answer(List<InForce> options, List<String> warnings, Optional<String> problem) {}

    /**
     * @param agentString what would follow {@code -javaagent:belay.jar=}
     * @param workingDirectory where belay.properties may be
     */
    Answer read(String agentString, Properties system, Map<String, String> environment, Path workingDirectory);
}
