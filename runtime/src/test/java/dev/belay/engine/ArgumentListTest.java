package dev.belay.engine;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ArgumentListTest {

    private static final List<List<String>> LISTS = List.of(
            List.of(),
            List.of(""),
            List.of("", ""),
            List.of("a b"),
            List.of("a", "b"),
            List.of("a\\sb"),
            List.of("a\\", "b"),
            List.of("\\e"),
            List.of(" "),
            List.of("data=/a b", "epochs=3"));

    @Test
    void each_list_has_a_text_of_its_own_and_is_read_from_it() {
        assertThat(LISTS.stream().map(ArgumentList::text)).doesNotHaveDuplicates();
        assertThat(LISTS)
                .allSatisfy(
                        l -> assertThat(ArgumentList.of(ArgumentList.text(l))).isEqualTo(l));
    }

    @ParameterizedTest
    @CsvSource({
        "epochs=10 rate=1, epochs=20 rate=1, epochs",
        "--epochs=10, --epochs=20, epochs",
        "--epochs 10 -v, --epochs 20 -v, epochs",
        "10 data, 20 data, args[0]",
        "10, 10 more, args[1]",
        "10 more, 10, args[1]",
        "-Dlr=1 10, -Dlr=2 10, -Dlr",
        "x=1 x=2, x=1 x=3, x#2",
        "a=1 b=2, b=2 a=1, args",
    })
    void what_differs_has_a_name(String was, String is, String name) {
        assertThat(ArgumentList.changes(List.of(was.split(" ")), List.of(is.split(" "))))
                .singleElement()
                .satisfies(c -> assertThat(c.name()).isEqualTo(name));
    }

    @Test
    void equal_lists_have_no_changes() {
        assertThat(LISTS).allSatisfy(l -> assertThat(ArgumentList.changes(l, l)).isEmpty());
    }
}
