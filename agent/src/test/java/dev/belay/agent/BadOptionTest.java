package dev.belay.agent;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.belay.engine.Option;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.FieldSource;

class BadOptionTest {

    static final List<String> PLANNED = Option.PLANNED;

    @TempDir
    private Path directory;

    private String refusal(String agentArgs) {
        return catchThrowableOfType(
                        BadOption.class, () -> AgentOptions.resolve(agentArgs, new Properties(), Map.of(), directory))
                .getMessage();
    }

    @Test
    void an_unknown_key_is_named_with_its_source_and_the_nearest_one() {
        assertThat(refusal("save_stesp=5"))
                .isEqualTo("unknown option save_stesp in the -javaagent options; did you mean save_steps?");
    }

    @Test
    void an_unknown_key_is_refused_from_a_property_and_from_the_file() throws IOException {
        Properties system = new Properties();
        system.setProperty("belay.logg", "info");
        assertThatThrownBy(() -> AgentOptions.resolve(null, system, Map.of(), directory))
                .isInstanceOf(BadOption.class)
                .hasMessage("unknown option logg in -Dbelay.logg; did you mean log?");
        Files.writeString(directory.resolve("belay.properties"), "output-dir=x\n");
        assertThatThrownBy(() -> AgentOptions.resolve(null, new Properties(), Map.of(), directory))
                .isInstanceOf(BadOption.class)
                .hasMessage("unknown option output-dir in belay.properties; did you mean output_dir?");
    }

    @Test
    void a_bad_value_is_named_with_its_source_and_what_is_expected() {
        assertThat(refusal("save_steps=abc"))
                .isEqualTo(
                        "found save_steps=abc in the -javaagent options, expected a whole number from 1, or a share below 1;"
                                + " write digits only, such as 500, or a share such as 0.1");
        assertThatThrownBy(
                        () -> AgentOptions.resolve(null, new Properties(), Map.of("BELAY_SAVE_STEPS", ""), directory))
                .isInstanceOf(BadOption.class)
                .hasMessageStartingWith("found save_steps= in the environment variable BELAY_SAVE_STEPS, expected");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "save_steps=0 | digits only",
                "save_steps=-5 | digits only",
                "save_steps=0.0 | a share such as 0.1",
                "save_steps=1.5 | a share such as 0.1",
                "save_steps=500.5 | a share such as 0.1",
                "save_steps=9999999999 | digits only",
                "save_interval=15 | digits and one of ms, s, m, h",
                "save_interval=0s | digits and one of ms, s, m, h",
                "save_interval=999999999h | at most a year",
                "save_total_limit=0 | digits only",
                "save_strategy=step | did you mean steps?",
                "save_strategy=best | best is not built yet",
                "save_strategy=no+steps | no cannot be joined",
                "save_strategy=steps+ | did you mean",
                "files=keep | did you mean leave?",
                "mute_prefix=yes | did you mean true?",
                "status=on | did you mean off?",
                "output_dir= | it is empty",
                "resume_from_checkpoint=True | did you mean true?",
                "resume_from_checkpoint= | it is empty",
                "trial_save=yes | did you mean",
                "trial_save=TRUE | did you mean true?",
                "on_unsupported=quit | did you mean exit?",
                "allow_inexact=cpus | did you mean cpu?",
                "accept_changes=all+epochs | all stands alone",
                "snapshot_memory=0m | digits and one of m, g",
                "snapshot_memory=512 | digits and one of m, g",
                "snapshot_memory=1t | digits and one of m, g",
                "log=verbose | did you mean",
                "loop=a.B | 'a.B' names no method; write package.Class#method",
                "loop=a/B#fit | names no method",
                "loop=a.B#fit:0 | found the depth '0'",
                "loop=a.B#fit: | found the depth ''",
                "step=a.B#fit:1 | only loop= takes a depth",
                "exclude=a.B#x+ | '' names no method",
            })
    void values_that_are_not_of_the_option_are_refused(String option, String why) {
        String key = option.substring(0, option.indexOf('='));
        assertThat(refusal(option))
                .startsWith("found " + option + " in the -javaagent options, expected ")
                .contains(Option.of(key).orElseThrow().accepted())
                .contains(why);
    }

    @ParameterizedTest
    @FieldSource("PLANNED")
    void a_key_that_is_not_built_yet_says_so(String key) {
        assertThat(refusal(key + "=1"))
                .isEqualTo("option " + key + " in the -javaagent options is not built yet; remove it");
    }

    @Test
    void a_key_that_is_not_built_yet_says_so_in_the_environment_too() {
        assertThatThrownBy(
                        () -> AgentOptions.resolve(null, new Properties(), Map.of("BELAY_WALLTIME", "2h"), directory))
                .isInstanceOf(BadOption.class)
                .hasMessage("option walltime in the environment variable BELAY_WALLTIME is not built yet; remove it");
    }

    @Test
    void text_that_is_no_list_of_options_is_refused() {
        assertThat(refusal("debug")).contains("found 'debug'", "expected key=value,key=value");
        assertThat(refusal("=1")).contains("found '=1'");
        assertThat(refusal("log=off,")).contains("ends with a comma");
        assertThat(refusal("log=off,,trial_save=true")).contains("ends with a comma");
        assertThat(refusal("output_dir=/x,trial_save")).contains("trial_save has no value");
        assertThat(refusal("log=off,log=info")).contains("log is given twice");
    }

    @Test
    void a_message_is_one_line_whatever_was_typed() {
        assertThat(refusal("log=a\nb\u001b[1m")).doesNotContain("\n", "\u001b").contains("a?b");
    }

    @Test
    void an_unreadable_properties_file_is_refused() throws IOException {
        Files.writeString(directory.resolve("belay.properties"), "log=\\u00zz\n");
        assertThat(refusal(null)).contains("cannot read", "belay.properties");
        Files.write(directory.resolve("belay.properties"), new byte[] {'a', (byte) 0xff});
        assertThat(refusal(null)).contains("cannot read", "UTF-8");
    }
}
