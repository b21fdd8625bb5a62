package dev.belay.agent;

import static org.assertj.core.api.Assertions.assertThat;

import dev.belay.engine.AcceptedChanges;
import dev.belay.engine.Log;
import dev.belay.engine.Option;
import dev.belay.engine.ResumeMode;
import dev.belay.engine.SaveSteps;
import dev.belay.engine.Settings;
import dev.belay.loop.MethodPattern;
import dev.belay.schedule.Trigger;
import dev.belay.store.TrainingArgs;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.Map;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.Properties;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AgentOptionsTest {

    @TempDir
    private Path directory;

    private AgentOptions resolve(String agentArgs) throws BadOption {
        return AgentOptions.resolve(agentArgs, new Properties(), Map.of(), directory);
    }

    @Test
    void without_options_the_documented_defaults_hold() throws BadOption {
        AgentOptions options = resolve(null);
        assertThat(EngineSettings.of(options, "DigitsCnn"))
                .isEqualTo(new Settings(
                        Path.of("checkpoints", "DigitsCnn"),
                        Set.of(Trigger.AUTO),
                        false,
                        SaveSteps.of(500),
                        Duration.ofMinutes(15),
                        OptionalInt.of(3),
                        new ResumeMode(ResumeMode.Kind.AUTO, null),
                        true,
                        false,
                        Set.of(),
                        AcceptedChanges.NONE,
                        Duration.ofMillis(500),
                        OptionalLong.empty(),
                        true,
                        false,
                        true,
                        false));
        assertThat(options.showStatus()).isTrue();
        assertThat(options.logLevel()).isEqualTo(Log.Level.INFO);
        assertThat(options.loops()).isEmpty();
        assertThat(options.steps()).isEmpty();
        assertThat(options.excludes()).isEmpty();
        assertThat(options.warnings()).isEmpty();
    }

    @Test
    void an_empty_agent_string_is_no_option() throws BadOption {
        assertThat(resolve("")).isEqualTo(resolve(null));
    }

    @Test
    void every_option_reaches_the_engine() throws BadOption {
        AgentOptions options = resolve("output_dir=/data/run,save_strategy=steps+epoch,save_steps=50,save_interval=90s,"
                + "save_total_limit=none,resume_from_checkpoint=/data/old/checkpoint-7,trial_save=false,"
                + "on_unsupported=exit,allow_inexact=cpu+jdk,accept_changes=epochs+config.rate,snapshot_memory=3g,found_after=2s,clock=real,"
                + "files=leave,mute_prefix=true,status=off,save_only_model=true,log=debug");
        assertThat(EngineSettings.of(options, "X"))
                .isEqualTo(new Settings(
                        Path.of("/data/run"),
                        Set.of(Trigger.STEPS, Trigger.EPOCH),
                        true,
                        SaveSteps.of(50),
                        Duration.ofSeconds(90),
                        OptionalInt.empty(),
                        new ResumeMode(ResumeMode.Kind.PATH, Path.of("/data/old/checkpoint-7")),
                        false,
                        true,
                        Set.of("cpu", "jdk"),
                        new AcceptedChanges(false, Set.of("epochs", "config.rate")),
                        Duration.ofSeconds(2),
                        OptionalLong.of(3L << 30),
                        false,
                        true,
                        false,
                        true));
        assertThat(options.showStatus()).isFalse();
        assertThat(options.logLevel()).isEqualTo(Log.Level.DEBUG);
    }

    @Test
    void loops_steps_and_excludes_are_joined_by_plus_and_a_loop_has_depth_1_unless_it_says_more() throws BadOption {
        AgentOptions options = resolve("loop=a.B#fit+a.C$D#run:3,step=a.B#step,exclude=a.E#x+a.E#y");
        assertThat(options.loops())
                .containsExactly(
                        new MethodPattern("a.B", "fit", OptionalInt.of(1)),
                        new MethodPattern("a.C$D", "run", OptionalInt.of(3)));
        assertThat(options.steps()).containsExactly(new MethodPattern("a.B", "step", OptionalInt.empty()));
        assertThat(options.excludes())
                .containsExactly(
                        new MethodPattern("a.E", "x", OptionalInt.empty()),
                        new MethodPattern("a.E", "y", OptionalInt.empty()));
    }

    @Test
    void a_value_may_contain_commas_and_equals_signs() throws BadOption {
        AgentOptions options = resolve("output_dir=/data/a,b/lr=0.1,save_total_limit=2");
        assertThat(options.outputDir()).contains(Path.of("/data/a,b/lr=0.1"));
        assertThat(options.saveTotalLimit()).hasValue(2);
    }

    @Test
    void the_agent_string_wins_over_the_property_over_the_variable_over_the_file_over_the_default()
            throws BadOption, IOException {
        Properties system = new Properties();
        Map<String, String> none = Map.of();
        Map<String, String> env = Map.of("BELAY_SAVE_TOTAL_LIMIT", "5");
        assertThat(AgentOptions.resolve(null, system, none, directory).saveTotalLimit())
                .hasValue(3);
        Files.writeString(directory.resolve("belay.properties"), "# ours\nsave_total_limit = 4\n");
        assertThat(AgentOptions.resolve(null, system, none, directory).saveTotalLimit())
                .hasValue(4);
        assertThat(AgentOptions.resolve(null, system, env, directory).saveTotalLimit())
                .hasValue(5);
        system.setProperty("belay.save_total_limit", "6");
        assertThat(AgentOptions.resolve(null, system, env, directory).saveTotalLimit())
                .hasValue(6);
        assertThat(AgentOptions.resolve("save_total_limit=7", system, env, directory)
                        .saveTotalLimit())
                .hasValue(7);
    }

    @Test
    void an_unknown_variable_with_our_prefix_only_warns_and_names_the_nearest() throws BadOption {
        AgentOptions options =
                AgentOptions.resolve(null, new Properties(), Map.of("BELAY_SAVE_STEP", "5", "PATH", "/bin"), directory);
        assertThat(options.warnings())
                .containsExactly(
                        "unknown environment variable BELAY_SAVE_STEP is ignored; did you mean BELAY_SAVE_STEPS?");
    }

    @Test
    void a_variable_in_lower_case_is_unknown() throws BadOption {
        AgentOptions options = AgentOptions.resolve(null, new Properties(), Map.of("BELAY_log", "off"), directory);
        assertThat(options.logLevel()).isEqualTo(Log.Level.INFO);
        assertThat(options.warnings()).singleElement().asString().contains("BELAY_log", "BELAY_LOG");
    }

    @Test
    void an_interval_that_the_strategy_does_not_use_is_named() throws BadOption {
        assertThat(resolve("save_steps=5").warnings())
                .containsExactly("save_steps has no effect without save_strategy=steps");
        assertThat(resolve("save_strategy=steps,save_steps=5,save_interval=2h").warnings())
                .containsExactly("save_interval has no effect without save_strategy=time");
        assertThat(resolve("save_strategy=steps+time,save_steps=5,save_interval=2h")
                        .warnings())
                .isEmpty();
    }

    @Test
    void strategy_no_has_no_triggers_and_only_a_named_epoch_is_required() throws BadOption {
        assertThat(resolve("save_strategy=no").saveStrategy().triggers()).isEmpty();
        assertThat(resolve("save_strategy=auto+steps").saveStrategy().epochRequired())
                .isFalse();
        assertThat(resolve("save_strategy=auto+epoch").saveStrategy().epochRequired())
                .isTrue();
    }

    @Test
    void the_words_of_resume_from_checkpoint_are_no_paths() throws BadOption {
        assertThat(resolve("resume_from_checkpoint=true").resume().kind()).isEqualTo(ResumeMode.Kind.TRUE);
        assertThat(resolve("resume_from_checkpoint=false").resume().kind()).isEqualTo(ResumeMode.Kind.FALSE);
        assertThat(resolve("resume_from_checkpoint=auto").resume().kind()).isEqualTo(ResumeMode.Kind.AUTO);
    }

    @Test
    void each_option_in_force_says_where_it_is_from() throws BadOption {
        Map<String, TrainingArgs.Given> inForce =
                resolve("save_steps=0.1,save_strategy=steps").inForce();
        assertThat(inForce.keySet())
                .containsExactlyInAnyOrderElementsOf(
                        Arrays.stream(Option.values()).map(Option::key).toList());
        assertThat(inForce)
                .containsEntry("save_steps", new TrainingArgs.Given("0.1", "in the -javaagent options"))
                .containsEntry("save_total_limit", new TrainingArgs.Given("3", "by default"));
    }

    @Test
    void ignore_data_skip_is_told_to_change_nothing() throws BadOption {
        assertThat(resolve("ignore_data_skip=true").warnings())
                .singleElement()
                .asString()
                .contains("ignore_data_skip=true changes nothing");
        assertThat(resolve("ignore_data_skip=false").warnings()).isEmpty();
    }
}
