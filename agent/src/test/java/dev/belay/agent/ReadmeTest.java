package dev.belay.agent;

import static org.assertj.core.api.Assertions.assertThat;

import dev.belay.engine.Option;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

class ReadmeTest {

    private static final String BEGIN = "<!-- options: generated from Option.java -->\n";
    private static final String END = "<!-- end of options -->\n";

    /** With -Dreadme.write the table is brought up to date first. */
    @Test
    void the_table_of_options_is_generated_from_the_constants() throws IOException {
        Path readme = Path.of("..", "README.md");
        String text = Files.readString(readme);
        int begin = text.indexOf(BEGIN) + BEGIN.length();
        int end = text.indexOf(END);
        assertThat(begin).isBetween(BEGIN.length(), end);
        String wanted = text.substring(0, begin) + Option.markdown() + text.substring(end);
        if (System.getProperty("readme.write") != null) {
            Files.writeString(readme, wanted);
        } else {
            assertThat(text)
                    .as("run ./mvnw -pl agent -am test -Dtest=ReadmeTest -Dreadme.write "
                            + "-Dsurefire.failIfNoSpecifiedTests=false")
                    .isEqualTo(wanted);
        }
    }
}
