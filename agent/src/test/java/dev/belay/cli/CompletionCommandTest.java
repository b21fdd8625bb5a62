package dev.belay.cli;

import static dev.belay.cli.Ran.belay;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CompletionCommandTest {

    @TempDir
    private Path home;

    /** Asks a real bash what it would complete. */
    private String completed(String words) throws IOException, InterruptedException {
        Path script = home.resolve("completion");
        Files.writeString(script, belay("generate-completion").out());
        String[] typed = words.split(" ", -1);
        String asked = "compopt() { :; }; source " + script + "; COMP_WORDS=(" + words + " \"\"); COMP_CWORD="
                + typed.length + "; _complete_belay; echo \"${COMPREPLY[@]}\"";
        Process bash = new ProcessBuilder("bash", "-c", asked)
                .redirectErrorStream(true)
                .start();
        String printed = new String(bash.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(bash.waitFor()).as(printed).isZero();
        return printed;
    }

    @Test
    void bash_completes_commands_and_words_of_options() throws IOException, InterruptedException {
        assertThat(completed("belay").split("\\s+")).contains("ls", "show", "diff", "export", "forget", "doctor");
        assertThat(completed("belay export --to").split("\\s+")).containsExactlyInAnyOrder("djl", "npz", "safetensors");
    }

    @Test
    void it_is_made_for_one_word() {
        assertThat(belay("generate-completion", "--name", "my-belay").out()).contains(" my-belay");
        assertThat(belay("generate-completion", "--name", "a b; c").exitCode()).isEqualTo(64);
    }
}
