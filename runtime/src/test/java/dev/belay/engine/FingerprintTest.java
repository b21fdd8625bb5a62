package dev.belay.engine;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.Set;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class FingerprintTest {

    private final Map<String, String> saved =
            Fingerprint.ofProcess(new ProgramIdentity("demo.Trainer", List.of("epochs=3")));

    private static Settings settings(Set<String> allowInexact, boolean acceptAll) {
        return new Settings(
                Path.of("out"),
                Set.of(),
                false,
                SaveSteps.of(500),
                Duration.ofMinutes(15),
                OptionalInt.of(3),
                ResumeMode.of("auto"),
                true,
                false,
                allowInexact,
                acceptAll ? AcceptedChanges.ALL : AcceptedChanges.NONE,
                Duration.ofMillis(500),
                OptionalLong.empty(),
                true,
                false,
                true,
                false);
    }

    private Map<String, String> changed(String key) {
        Map<String, String> now = new TreeMap<>(saved);
        now.put(key, "other");
        return now;
    }

    @Test
    void the_same_process_fits() {
        assertThat(Fingerprint.difference(saved, saved, settings(Set.of(), false)))
                .isEmpty();
    }

    @Test
    void every_fact_that_differs_is_refused_by_its_name() {
        for (String key : saved.keySet()) {
            assertThat(Fingerprint.difference(saved, changed(key), settings(Set.of(), false)))
                    .hasValueSatisfying(d ->
                            assertThat(d).contains(key.replace("program.arguments", "changed arguments"), "other"));
        }
    }

    @Test
    void another_cpu_or_jdk_is_allowed_only_where_it_was_said() {
        assertThat(Fingerprint.difference(saved, changed("jdk.version"), settings(Set.of("jdk"), false)))
                .isEmpty();
        assertThat(Fingerprint.difference(saved, changed("jdk.version"), settings(Set.of("cpu"), false)))
                .isPresent();
        assertThat(Fingerprint.difference(saved, changed("cpu.capability"), settings(Set.of("cpu"), false)))
                .isEmpty();
    }

    @Test
    void changed_arguments_are_accepted_only_where_it_was_said() {
        assertThat(Fingerprint.difference(saved, changed("program.arguments"), settings(Set.of(), true)))
                .isEmpty();
        assertThat(Fingerprint.difference(saved, changed("program.main"), settings(Set.of(), true)))
                .isPresent();
    }

    @Test
    void a_fact_that_only_one_side_has_is_a_difference() {
        Map<String, String> less = new TreeMap<>(saved);
        less.remove("cpu.capability");
        assertThat(Fingerprint.difference(saved, less, settings(Set.of(), false)))
                .hasValueSatisfying(d -> assertThat(d).startsWith("cpu.capability is absent"));
        assertThat(Fingerprint.difference(less, saved, settings(Set.of(), false)))
                .hasValueSatisfying(
                        d -> assertThat(d).startsWith("cpu.capability").contains("saved with none"));
        assertThat(Fingerprint.difference(saved, Map.of("djl.version", "1"), settings(Set.of(), false)))
                .hasValueSatisfying(d -> assertThat(d).startsWith("djl.version"));
    }

    @Test
    void what_is_allowed_is_told() {
        assertThat(Fingerprint.accepted(saved, changed("jdk.version"), settings(Set.of("jdk"), false)))
                .singleElement()
                .asString()
                .startsWith("jdk.version is 'other'");
        assertThat(Fingerprint.accepted(saved, changed("jdk.version"), settings(Set.of("cpu"), false)))
                .isEmpty();
        assertThat(Fingerprint.accepted(saved, saved, settings(Set.of("jdk", "cpu"), true)))
                .isEmpty();
    }
}
