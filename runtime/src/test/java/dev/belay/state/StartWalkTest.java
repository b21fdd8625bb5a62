package dev.belay.state;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import program.Arranged;

class StartWalkTest {

    private static final int WALKS = 3;

    private final StartWalk walk = new StartWalk(WALKS);

    private Map<String, String> values(String name, Object local) {
        return values(name, local, "main");
    }

    private Map<String, String> values(String name, Object local, Object... activations) {
        walk.begin(new ObjectPolicy(List.of(), List.of(), List::of), List.of(activations));
        walk.local(name, name, local);
        Map<String, String> values = new TreeMap<>();
        walk.values().forEach(v -> values.put(v.name(), v.text()));
        return values;
    }

    @Test
    void locals_fields_elements_and_entries_are_named() {
        assertThat(values("epochs", 10)).isEqualTo(Map.of("epochs", "10"));
        assertThat(values("args", new String[] {"a", "b"}))
                .isEqualTo(Map.of("args", "[2]", "args[0]", "a", "args[1]", "b"));
        assertThat(values("config", new Arranged(10)))
                .isEqualTo(Map.of("config.epochs", "10", "config.rates", "null", "config.options[data]", "here"));
    }

    @Test
    void what_an_activation_below_has_told_is_not_told_again_and_what_has_changed_since_is() {
        Arranged config = new Arranged(10);
        assertThat(values("config", config, "main")).containsEntry("config.epochs", "10");
        assertThat(values("again", config, "main", "train")).isEmpty();
        config.rates = new double[] {1, 2};
        assertThat(values("again", config, "main", "train"))
                .hasEntrySatisfying("again.rates", t -> assertThat(t).startsWith("double[2] "));
    }

    /** A checkpoint notes of each activation what its last place told alone. */
    @Test
    void what_was_told_at_a_place_that_is_left_is_told_again() {
        Arranged config = new Arranged(10);
        values("config", config, "main");
        values("again", config, "main", "load");
        assertThat(values("config", config, "main")).containsEntry("config.epochs", "10");
    }

    @Test
    void a_static_field_is_told_again_where_it_has_changed() {
        Counted.epochs = 0;
        assertThat(statics("main")).containsEntry("Counted.epochs", "0");
        assertThat(statics("main", "train")).isEmpty();
        Counted.epochs = 10;
        assertThat(statics("main", "train")).isEqualTo(Map.of("Counted.epochs", "10"));
    }

    /** State of a class. */
    private static final class Counted {
        private static int epochs;
    }

    private Map<String, String> statics(Object... activations) {
        walk.begin(new ObjectPolicy(List.of(), List.of(), List::of), List.of(activations));
        walk.statics(List.of(Counted.class));
        Map<String, String> values = new TreeMap<>();
        walk.values().forEach(v -> values.put(v.name(), v.text()));
        return values;
    }

    @Test
    void after_so_many_walks_it_is_exhausted() {
        for (int i = 0; i < WALKS; i++) {
            assertThat(walk.exhausted()).isFalse();
            values("i", i);
        }
        assertThat(walk.exhausted()).isTrue();
    }
}
