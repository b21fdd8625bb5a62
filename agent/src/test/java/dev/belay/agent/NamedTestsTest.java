package dev.belay.agent;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The documentation names tests that show what it says: they are there. */
class NamedTestsTest {

    private static final Path ROOT = Path.of("..");
    private static final Pattern NAME = Pattern.compile("`([A-Z]\\w*(?:IT|Test))?(?:#(\\w+))?`");

    /** Returns those that are named and that there are none of. */
    private static List<String> missing(String text) throws IOException {
        List<String> missing = new ArrayList<>();
        String inClass = "";
        for (Matcher m = NAME.matcher(text); m.find(); ) {
            inClass = m.group(1) == null ? inClass : m.group(1);
            boolean found = m.group(1) == null && m.group(2) == null
                    || !inClass.isEmpty() && has(inClass, m.group(2) == null ? "class " + inClass : m.group(2) + "(");
            if (!found) {
                missing.add(inClass + m.group());
            }
        }
        return missing;
    }

    private static boolean has(String inClass, String text) throws IOException {
        for (String module : List.of("api", "runtime", "agent", "demo-trainers")) {
            try (Stream<Path> sources = Files.walk(ROOT.resolve(module).resolve("src/test/java"))) {
                for (Path source :
                        sources.filter(p -> p.endsWith(inClass + ".java")).toList()) {
                    return Files.readString(source).contains(text);
                }
            }
        }
        return false;
    }

    @Test
    void tests_that_the_page_for_users_of_the_hugging_face_trainer_names_exist() throws IOException {
        String page = Files.readString(ROOT.resolve("docs/hugging-face.md"));
        assertThat(NAME.matcher(page).results().count()).isGreaterThan(30);
        assertThat(missing(page)).isEmpty();
    }

    @Test
    void a_test_that_does_not_exist_is_noticed() throws IOException {
        assertThat(missing("`ReadmeTest`, `NoSuchTest` and `#also_none`"))
                .containsExactly("NoSuchTest`NoSuchTest`", "NoSuchTest`#also_none`");
        assertThat(missing("`NamedTestsTest#a_test_that_does_not_exist_is_noticed`, `#no_such_thing`"))
                .containsExactly("NamedTestsTest`#no_such_thing`");
    }
}
