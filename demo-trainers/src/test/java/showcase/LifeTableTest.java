package showcase;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

class LifeTableTest {

    @Test
    void each_life_has_a_row_with_what_its_end_cost() {
        Life first = new Life();
        first.note(new Output.Committed(25, 3), Duration.ofMillis(900));
        first.note(new Output.Committed(50, 1), Duration.ofMillis(950));
        first.note(new Output.Committed(75, 2), Duration.ofMillis(980));
        first.note(new Output.Step(83), Duration.ofSeconds(1));
        first.ended(true, 137, Duration.ofSeconds(1));
        Life second = new Life();
        second.note(new Output.Resumed(75), Duration.ofMillis(1234));
        second.note(new Output.Step(200), Duration.ofSeconds(2));
        second.ended(false, 0, Duration.ofSeconds(3));

        List<String> lines = LifeTable.lines(List.of(first, second));

        assertThat(lines).hasSize(3);
        assertThat(lines.get(1).strip().split("\\s{2,}"))
                .containsExactly("1", "at the start", "SIGKILL at step 83", "8", "3", "2.0 / 3.0 ms", "-");
        assertThat(lines.get(2).strip().split("\\s{2,}"))
                .containsExactly("2", "resumed at 75", "finished at step 200", "-", "0", "-", "after 1.2 s");
    }
}
