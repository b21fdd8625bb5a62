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
        walk.begin(new ObjectPolicy(List.of(), List.of(), List::of));
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
    void what_has_not_changed_since_is_not_told_again_and_what_has_is() {
        Arranged config = new Arranged(10);
        assertThat(values("config", config)).containsEntry("config.epochs", "10");
        assertThat(values("again", config)).isEmpty();
        config.rates = new double[] {1, 2};
        assertThat(values("again", config))
                .hasEntrySatisfying("again.rates", t -> assertThat(t).startsWith("double[2] "));
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
