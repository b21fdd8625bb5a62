package dev.belay.schedule;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import org.junit.jupiter.api.Test;

class ScheduleTest {

    private static final long MINUTE = 60_000_000_000L;

    @Test
    void saves_every_so_many_steps() {
        Schedule schedule = new Schedule(EnumSet.of(Trigger.STEPS), 500, MINUTE, 0);
        List<Long> saved = new ArrayList<>();
        for (long step = 1; step <= 2030; step++) {
            if (schedule.dueAfterStep(step, 0)) {
                saved.add(step);
                schedule.taken(0);
            }
        }
        assertThat(saved).containsExactly(500L, 1000L, 1500L, 2000L);
    }

    @Test
    void what_is_not_taken_stays_due() {
        Schedule schedule = new Schedule(EnumSet.of(Trigger.STEPS), 10, MINUTE, 0);
        assertThat(schedule.dueAfterStep(10, 0)).isTrue();
        assertThat(schedule.dueAfterStep(11, 0)).isTrue();
        schedule.taken(0);
        assertThat(schedule.dueAfterStep(12, 0)).isFalse();
    }

    @Test
    void time_counts_from_the_last_save() {
        Schedule schedule = new Schedule(EnumSet.of(Trigger.TIME), 1, MINUTE, 0);
        assertThat(schedule.dueAfterStep(1, MINUTE - 1)).isFalse();
        assertThat(schedule.dueAfterStep(2, MINUTE)).isTrue();
        schedule.taken(MINUTE);
        assertThat(schedule.dueAfterStep(3, 2 * MINUTE - 1)).isFalse();
        assertThat(schedule.dueAfterStep(4, 2 * MINUTE)).isTrue();
    }

    @Test
    void auto_lets_saving_take_a_hundredth_of_the_time_and_waits_no_longer_than_the_interval() {
        Schedule schedule = new Schedule(EnumSet.of(Trigger.AUTO), 1, MINUTE, 0);
        assertThat(schedule.dueAfterStep(1, 1_000_000_000L)).isTrue();
        schedule.taken(0);
        schedule.cost(50_000_000);
        assertThat(schedule.dueAfterStep(2, 5_000_000_000L - 1)).isFalse();
        assertThat(schedule.dueAfterStep(3, 5_000_000_000L)).isTrue();
        schedule.taken(0);
        schedule.cost(1_000_000);
        assertThat(schedule.dueAfterStep(4, 1_000_000_000L - 1)).isFalse();
        assertThat(schedule.dueAfterStep(5, 1_000_000_000L)).isTrue();
        schedule.taken(0);
        schedule.cost(MINUTE);
        assertThat(schedule.dueAfterStep(6, MINUTE)).isTrue();
    }

    @Test
    void epochs_count_only_where_they_were_asked_for() {
        assertThat(new Schedule(EnumSet.of(Trigger.EPOCH), 1, MINUTE, 0).dueAfterEpoch())
                .isTrue();
        assertThat(new Schedule(EnumSet.of(Trigger.TIME), 1, MINUTE, 0).dueAfterEpoch())
                .isFalse();
    }

    @Test
    void somebody_may_ask_whatever_the_triggers_say() {
        Schedule schedule = new Schedule(EnumSet.noneOf(Trigger.class), 10, MINUTE, 0);
        assertThat(schedule.dueAfterStep(1, 0)).isFalse();
        schedule.ask();
        assertThat(schedule.dueAfterStep(2, 0)).isTrue();
        assertThat(schedule.stepsUntilDue()).isEqualTo(1);
        schedule.taken(0);
        assertThat(schedule.dueAfterStep(3, 0)).isFalse();
    }

    @Test
    void steps_that_are_known_late_make_due_what_they_would_have_made_due() {
        Schedule schedule = new Schedule(EnumSet.of(Trigger.STEPS), Long.MAX_VALUE, MINUTE, 0);
        schedule.startAt(100);
        assertThat(schedule.dueAfterStep(250, 0)).isFalse();
        schedule.every(200);
        assertThat(schedule.due()).isTrue();
        schedule.taken(0);
        assertThat(schedule.dueAfterStep(399, 0)).isFalse();
        assertThat(schedule.dueAfterStep(400, 0)).isTrue();
    }

    @Test
    void what_was_saved_before_a_resume_is_not_due_again_when_the_steps_are_known() {
        Schedule schedule = new Schedule(EnumSet.of(Trigger.STEPS), Long.MAX_VALUE, MINUTE, 0);
        schedule.startAt(400);
        assertThat(schedule.dueAfterStep(401, 0)).isFalse();
        schedule.every(200);
        assertThat(schedule.due()).isFalse();
    }
}
