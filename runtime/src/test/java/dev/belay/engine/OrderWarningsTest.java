package dev.belay.engine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.belay.state.Unordered;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class OrderWarningsTest {

    private final ByteArrayOutputStream said = new ByteArrayOutputStream();
    private final OrderWarnings warnings = new OrderWarnings(new Log(
            new PrintStream(said, true, StandardCharsets.UTF_8),
            Clock.fixed(Instant.EPOCH, ZoneOffset.UTC),
            Log.Level.WARN));

    private List<String> lines() {
        List<String> lines = said.toString(StandardCharsets.UTF_8).lines().toList();
        said.reset();
        return lines;
    }

    private static Unordered unordered(String path) {
        return new Unordered(path, path.startsWith("s") ? Unordered.Cause.SALT : Unordered.Cause.IDENTITY);
    }

    @Test
    void each_path_is_told_once_with_its_cause() {
        List<Unordered> found = List.of(unordered("A.run/map"), unordered("stop.words"));
        warnings.tell(found);
        assertThat(lines())
                .satisfiesExactly(
                        l -> assertThat(l).contains("WARN A.run/map: its order depends on identity hash codes"),
                        l -> assertThat(l).contains("WARN stop.words: the order of Set.of"));
        warnings.tell(found);
        assertThat(lines()).isEmpty();
        warnings.tell(List.of(unordered("A.run/later")));
        assertThat(lines()).singleElement().asString().contains("A.run/later");
    }

    @Test
    void of_very_many_only_some_are_told() {
        List<Unordered> many =
                IntStream.range(0, 100).mapToObj(i -> unordered("path" + i)).toList();
        warnings.tell(many);
        assertThat(lines()).hasSize(OrderWarnings.MOST + 1).last().asString().contains("no more are named");
        warnings.tell(many);
        assertThat(lines()).isEmpty();
    }

    @Test
    void exactly_as_many_as_are_told_need_no_last_line() {
        List<Unordered> found = IntStream.range(0, OrderWarnings.MOST)
                .mapToObj(i -> unordered("path" + i))
                .toList();
        warnings.tell(found);
        warnings.tell(found);
        assertThat(lines()).hasSize(OrderWarnings.MOST);
    }
}
