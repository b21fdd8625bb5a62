package demo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class ArgumentsTest {

    private static final String DEFAULTS = "epochs=24 rate=0.1 csv=out.csv";

    @Test
    void what_is_given_overrides_its_default_and_nothing_else() {
        Arguments arguments = new Arguments(new String[] {"epochs=3", "csv=a=b"}, DEFAULTS);

        assertThat(arguments.integer("epochs")).isEqualTo(3);
        assertThat(arguments.decimal("rate")).isEqualTo(0.1);
        assertThat(arguments.text("csv")).isEqualTo("a=b");
    }

    @Test
    void an_unknown_key_is_named_together_with_the_known_ones() {
        assertThatThrownBy(() -> new Arguments(new String[] {"epoch=3"}, DEFAULTS))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("unknown argument epoch=3; known are: " + DEFAULTS);
        assertThatThrownBy(() -> new Arguments(new String[] {"epochs"}, DEFAULTS))
                .hasMessageStartingWith("unknown argument epochs;");
    }

    @Test
    void a_value_must_be_of_its_defaults_kind() {
        assertThatThrownBy(() -> new Arguments(new String[] {"epochs=many"}, DEFAULTS))
                .hasMessage("epochs needs a whole number like 24, found: many");
        assertThatThrownBy(() -> new Arguments(new String[] {"rate=1"}, DEFAULTS))
                .hasMessage("rate needs a decimal number like 0.1, found: 1");
    }
}
