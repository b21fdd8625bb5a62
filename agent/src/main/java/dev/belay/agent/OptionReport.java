package dev.belay.agent;

import dev.belay.engine.Option;
import dev.belay.engine.OptionReader;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;

/** Reads options as an installation does, and tells where each comes from. Found as a service. */
public final class OptionReport implements OptionReader {

    @Override
    public Answer read(String agentString, Properties system, Map<String, String> environment, Path workingDirectory) {
        try {
            AgentOptions options = AgentOptions.resolve(agentString, system, environment, workingDirectory);
            OptionSources sources = OptionSources.read(agentString, system, environment, workingDirectory);
            List<InForce> inForce = Arrays.stream(Option.values())
                    .map(o -> sources.given(o)
                            .map(g -> new InForce(o, g.value(), g.origin()))
                            .orElseGet(() -> new InForce(o, o.standard(), "by default")))
                    .toList();
            return new Answer(inForce, options.warnings(), Optional.empty());
        } catch (BadOption e) {
            return new Answer(List.of(), List.of(), Optional.of(e.getMessage()));
        }
    }
}
