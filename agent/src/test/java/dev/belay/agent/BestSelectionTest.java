package dev.belay.agent;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.belay.engine.BestOptions;
import dev.belay.schedule.Trigger;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The options about the best model, as users of the Hugging Face Trainer know them. */
class BestSelectionTest {

    @TempDir
    private Path directory;

    private AgentOptions resolve(String agentArgs) throws BadOption {
        return AgentOptions.resolve(agentArgs, new Properties(), Map.of(), directory);
    }

    private BestOptions best(String agentArgs) throws BadOption {
        return resolve(agentArgs).best();
    }

    private List<String> warnings(String agentArgs) throws BadOption {
        return resolve(agentArgs).warnings();
    }

    @Test
    void nothing_is_looked_at_unless_somebody_asks() throws BadOption {
        assertThat(best("save_strategy=epoch,keep_every=100").metric()).isEmpty();
        assertThat(best("save_strategy=epoch").keepBest()).isZero();
        for (String asking : List.of(
                "save_strategy=best", "load_best_model_at_end=true", "early_stopping_patience=2", "keep_best=2")) {
            assertThat(best(asking).metric()).as(asking).contains("loss");
            assertThat(best(asking).greaterIsBetter()).as(asking).isFalse();
        }
        assertThat(best("save_strategy=best").keepBest()).isEqualTo(1);
        assertThat(best("keep_best=2").keepBest()).isEqualTo(2);
    }

    @Test
    void greater_is_better_unless_the_name_ends_in_loss_or_the_user_says_otherwise() throws BadOption {
        assertThat(best("metric_for_best_model=eval_accuracy").greaterIsBetter())
                .isTrue();
        assertThat(best("metric_for_best_model=val_loss").greaterIsBetter()).isFalse();
        assertThat(best("metric_for_best_model=loss_scale").greaterIsBetter()).isTrue();
        assertThat(best("metric_for_best_model=perplexity,greater_is_better=false")
                        .greaterIsBetter())
                .isFalse();
        assertThat(best("metric_for_best_model=loss,greater_is_better=true").greaterIsBetter())
                .isTrue();
    }

    @Test
    void to_load_the_best_is_to_save_it_beside_any_other_strategy() throws BadOption {
        assertThat(resolve("load_best_model_at_end=true,save_strategy=steps")
                        .saveStrategy()
                        .triggers())
                .containsExactlyInAnyOrder(Trigger.STEPS, Trigger.BEST);
        assertThat(resolve("save_strategy=best+time").saveStrategy().triggers())
                .containsExactlyInAnyOrder(Trigger.BEST, Trigger.TIME);
        assertThat(resolve("metric_for_best_model=loss").saveStrategy().triggers())
                .doesNotContain(Trigger.BEST);
    }

    @Test
    void what_cannot_do_what_it_says_is_refused() {
        assertThatThrownBy(() -> resolve("load_best_model_at_end=true,save_strategy=no"))
                .isInstanceOf(BadOption.class)
                .hasMessageContaining("load_best_model_at_end=true with save_strategy=no");
        assertThatThrownBy(() -> resolve("load_best_model_at_end=true,keep_best=0"))
                .isInstanceOf(BadOption.class)
                .hasMessageContaining("keep_best from 1");
        for (String bad : List.of(
                "keep_best=-1",
                "keep_every=0",
                "keep_every=0.5",
                "early_stopping_patience=0",
                "early_stopping_threshold=-1",
                "early_stopping_threshold=NaN",
                "greater_is_better=yes",
                "load_best_model_at_end=1",
                "save_strategy=no+best")) {
            assertThatThrownBy(() -> resolve(bad)).as(bad).isInstanceOf(BadOption.class);
        }
    }

    @Test
    void what_has_no_effect_is_named() throws BadOption {
        assertThat(warnings("keep_every=5,keep_best=2,save_total_limit=none"))
                .containsExactly(
                        "keep_every has no effect with save_total_limit=none, which keeps all",
                        "keep_best has no effect with save_total_limit=none, which keeps all");
        assertThat(warnings("greater_is_better=true"))
                .containsExactly("greater_is_better has no effect without metric_for_best_model");
        assertThat(warnings("early_stopping_threshold=1"))
                .containsExactly("early_stopping_threshold has no effect without early_stopping_patience");
        assertThat(warnings("early_stopping_patience=1"))
                .singleElement()
                .asString()
                .contains("load_best_model_at_end");
        assertThat(warnings("early_stopping_patience=1,load_best_model_at_end=true,keep_best=3,keep_every=7"))
                .isEmpty();
    }
}
