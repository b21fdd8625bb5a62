package dev.belay.engine;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;

class HolderTest {

    private static Map<String, String> with(String key, String value) {
        Map<String, String> info = new HashMap<>(Holder.info("demo.Test"));
        info.put(key, value);
        return info;
    }

    @Test
    void this_process_runs() {
        assertThat(Holder.life(Holder.info("demo.Test"))).isEqualTo(Holder.Life.RUNS);
        assertThat(Holder.text(Holder.info("demo.Test")))
                .startsWith("demo.Test, process " + ProcessHandle.current().pid() + " on ");
    }

    @Test
    void a_process_that_ended_is_over() throws Exception {
        Process process = new ProcessBuilder("true").start();
        process.waitFor();
        assertThat(Holder.life(with("pid", Long.toString(process.pid())))).isEqualTo(Holder.Life.OVER);
    }

    @Test
    void another_process_that_has_got_its_number_is_not_it() {
        assertThat(Holder.life(with("begun", "1"))).isEqualTo(Holder.Life.OVER);
    }

    @Test
    void a_machine_that_was_started_again_has_ended_all() {
        assertThat(Holder.life(with("boot", "another"))).isEqualTo(Holder.Life.OVER);
    }

    @Test
    void elsewhere_nothing_is_known() {
        assertThat(Holder.life(with("host", "another"))).isEqualTo(Holder.Life.UNKNOWN);
        assertThat(Holder.life(with("namespace", "another"))).isEqualTo(Holder.Life.UNKNOWN);
        assertThat(Holder.life(Map.of("main", "demo.Test"))).isEqualTo(Holder.Life.UNKNOWN);
    }
}
