package dev.belay.engine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.belay.loop.LoopHead;
import java.util.Set;
import org.junit.jupiter.api.Test;

class StepCounterTest {

    @Test
    void an_epoch_that_has_begun_is_a_fraction_once_its_length_is_known() {
        StepCounter counter = new StepCounter();
        counter.step(1);
        assertThat(counter.epoch()).isNaN();
        counter.step(1);
        assertThat(counter.epochEnds()).isTrue();
        assertThat(counter.epoch()).isEqualTo(1.0);
        counter.step(1);
        assertThat(counter.epoch()).isEqualTo(1.5);
    }

    @Test
    void a_head_without_steps_since_ends_no_epoch() {
        assertThat(new StepCounter().epochEnds()).isFalse();
    }

    @Test
    void notes_bring_everything_back() {
        StepCounter counter = new StepCounter();
        counter.countEpochsOf(Set.of(new LoopHead("a/Main#run(I)V", 3)));
        counter.step(1);
        counter.epochEnds();
        counter.step(1);
        StepCounter restored = new StepCounter();
        restored.restore(counter.notes());
        assertThat(restored.notes()).isEqualTo(counter.notes());
        assertThat(restored.isEpochLoop("a/Main#run(I)V", 3)).isTrue();
        assertThat(restored.isEpochLoop("a/Main#run(I)V", 4)).isFalse();
    }
}
