package killtest;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.OptionalLong;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Checkpoints of the model alone, and what each checkpoint says of how its program was called. */
class ModelOnlyIT {

    private static final int INCOMPATIBLE = 5;
    private static final Command TRAINER = Trainer.PLAIN_SOFTMAX.command(Jdks.one());

    @TempDir
    Path scratch;

    private Outcome run(String... more) {
        return Fork.run(TRAINER.belay(Trainer.PLAIN_SOFTMAX.options(more)), scratch.resolve("run"));
    }

    private Path checkpoint(long step) {
        return Trainer.PLAIN_SOFTMAX.output(scratch.resolve("run")).resolve("checkpoint-" + step);
    }

    private static List<String> files(Path checkpoint) throws IOException {
        try (Stream<Path> all = Files.list(checkpoint)) {
            return all.map(f -> f.getFileName().toString()).sorted().toList();
        }
    }

    @Test
    void it_holds_the_model_alone_and_is_no_source_of_a_resume() throws IOException {
        Outcome plain = Fork.run(TRAINER, scratch.resolve("plain"));
        Outcome first = run("save_only_model=true");
        assertThat(first.finalLine()).isEqualTo(plain.finalLine());
        assertThat(files(checkpoint(160)))
                .containsExactly("manifest.json", "model.safetensors", "trainer_state.json", "training_args.json");

        run().assertEndedWith(
                        INCOMPATIBLE, "REFUSED resume of", "save_only_model=true", "resume_from_checkpoint=false");
        run("resume_from_checkpoint=" + checkpoint(160)).assertEndedWith(INCOMPATIBLE, "save_only_model=true");

        Outcome anew = run("resume_from_checkpoint=false");
        assertThat(anew.finalLine()).isEqualTo(plain.finalLine());
    }

    @Test
    void a_whole_checkpoint_before_it_is_resumed() {
        Outcome plain = Fork.run(TRAINER, scratch.resolve("plain"));
        Command shorter = TRAINER.arguments("epochs=8", "batch=25", "samples=250", "features=64");
        Outcome first = Fork.run(shorter.belay(Trainer.PLAIN_SOFTMAX.options()), scratch.resolve("run"));
        assertThat(first.committed()).endsWith(80L);
        Outcome longer = run("save_only_model=true", "save_total_limit=none");
        assertThat(longer.resumedAt()).isEqualTo(OptionalLong.of(80));
        assertThat(longer.finalLine()).isEqualTo(plain.finalLine());

        Outcome again = run();

        assertThat(again.belayLines("WARN")).anyMatch(l -> l.contains("checkpoint-160 holds the model alone"));
        assertThat(again.resumedAt()).isEqualTo(OptionalLong.of(80));
        assertThat(again.finalLine()).isEqualTo(plain.finalLine());
        assertThat(Trainer.PLAIN_SOFTMAX.csv(scratch.resolve("run")))
                .hasSameBinaryContentAs(Trainer.PLAIN_SOFTMAX.csv(scratch.resolve("plain")));
    }

    @Test
    void each_checkpoint_says_how_its_program_was_called() throws IOException {
        run("ignore_data_skip=true");
        String args = Files.readString(checkpoint(160).resolve("training_args.json"));
        assertThat(args)
                .contains("\"main_class\" : \"demo.PlainSoftmax\"", "\"epochs=16\"", "\"jdk\"")
                .containsPattern(option("save_steps", "5", "in the -javaagent options"))
                .containsPattern(option("save_total_limit", "3", "by default"))
                .containsPattern(option("ignore_data_skip", "true", "in the -javaagent options"))
                .doesNotContainPattern(option("save_total_limit", "3", "in the -javaagent options"));
        assertThat(Files.readString(checkpoint(160).resolve("manifest.json"))).contains("\"training_args.json\"");
    }

    private static String option(String key, String value, String from) {
        return "\"" + key + "\" : \\{\\s+\"from\" : \"" + from + "\",\\s+\"value\" : \"" + value + "\"";
    }
}
