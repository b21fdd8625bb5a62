package dev.belay.engine;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;

/** Which metric is looked at when an epoch ends, and what checkpoints say of it. */
class BestModelTest {

    private final ByteArrayOutputStream said = new ByteArrayOutputStream();
    private final MetricLog metrics = new MetricLog();

    private BestModel model(String metric, boolean greater) {
        return model(metric, greater, metrics);
    }

    private BestModel model(String metric, boolean greater, MetricLog from) {
        PrintStream out = new PrintStream(said, true, StandardCharsets.UTF_8);
        BestOptions options = new BestOptions(Optional.of(metric), greater, true, 2, 0, OptionalInt.empty(), 1);
        return new BestModel(options, from, new Log(out, Clock.systemUTC(), Log.Level.INFO));
    }

    private boolean epoch(BestModel model, String name, double value, long step) {
        metrics.report(name, value, step, Double.NaN);
        return model.epochEnded(step);
    }

    @Test
    void the_metric_of_a_validation_comes_first_and_the_name_stays() {
        BestModel model = model("loss", false);
        metrics.report("loss", 9, 10, 1);
        assertThat(epoch(model, "eval_loss", 3, 10)).isTrue();
        metrics.report("loss", 1, 20, 2);
        assertThat(epoch(model, "eval_loss", 4, 20)).isFalse();
        assertThat(model.search()).contains(new BestModel.Search("eval_loss", 0, false));
        assertThat(said.toString(StandardCharsets.UTF_8)).contains("the best model is that of the smallest eval_loss");
    }

    @Test
    void a_metric_of_training_does_where_there_is_no_other() {
        BestModel model = model("accuracy", true);
        assertThat(epoch(model, "accuracy", 0.5, 10)).isTrue();
        assertThat(epoch(model, "accuracy", 0.6, 20)).isTrue();
        assertThat(epoch(model, "accuracy", 0.6, 30)).isFalse();
    }

    @Test
    void an_epoch_in_which_it_was_not_reported_says_nothing() {
        BestModel model = model("loss", false);
        assertThat(model.epochEnded(10)).isFalse();
        assertThat(model.notes(10)).isEmpty();
        assertThat(epoch(model, "eval_loss", 3, 20)).isTrue();
        assertThat(model.epochEnded(30)).isFalse();
        assertThat(model.epochEnded(40)).isFalse();
        assertThat(model.stops())
                .as("two epochs without one are no two without an improvement")
                .isFalse();
        assertThat(model.notes(40)).doesNotContainKey("metric");
    }

    @Test
    void nobody_who_does_not_ask_is_told_anything() {
        PrintStream out = new PrintStream(said, true, StandardCharsets.UTF_8);
        BestModel model = new BestModel(BestOptions.NONE, metrics, new Log(out, Clock.systemUTC(), Log.Level.DEBUG));
        assertThat(epoch(model, "eval_loss", 3, 20)).isFalse();
        assertThat(model.notes(20)).isEmpty();
        assertThat(model.stops()).isFalse();
        assertThat(said.size()).isZero();
    }

    @Test
    void a_checkpoint_says_what_its_own_model_has() {
        BestModel model = model("val loss=ä", false);
        epoch(model, "val loss=ä", 3.5, 10);
        Map<String, String> notes = model.notes(10);
        BestModel.Search search = BestModel.Search.of(notes, false).orElseThrow();
        assertThat(search.metric()).isEqualTo("val loss=ä");
        assertThat(search.measured(10, notes)).hasValue(3.5);
        assertThat(search.measured(11, model.notes(11))).as("another step").isEmpty();
        BestModel.Search other = new BestModel.Search("val", 0, false);
        assertThat(other.measured(10, notes)).as("another metric").isEmpty();
        BestModel.Search later = new BestModel.Search("val loss=ä", 10, false);
        assertThat(later.measured(10, notes)).as("another search").isEmpty();
        assertThat(BestModel.Search.of(Map.of("steps", "10"), false)).isEmpty();
    }

    @Test
    void a_resumed_run_goes_on_from_the_notes() {
        BestModel model = model("loss", false);
        epoch(model, "eval_loss", 3, 10);
        epoch(model, "eval_loss", 4, 20);
        BestModel resumed = model("loss", false);
        resumed.restore(model.notes(20));
        assertThat(resumed.notes(20)).isEqualTo(model.notes(20));
        assertThat(epoch(resumed, "eval_loss", 5, 30)).isFalse();
        assertThat(resumed.stops()).isTrue();
        assertThat(resumed.whyStopped()).isEqualTo("eval_loss was not better than 3.0 (step 10) for 2 epochs");
    }

    @Test
    void a_resumed_run_that_asks_for_another_metric_begins_anew() {
        BestModel model = model("loss", false);
        epoch(model, "eval_loss", 3, 10);
        BestModel resumed = model("accuracy", true, new MetricLog());
        resumed.restore(model.notes(10));
        assertThat(resumed.search()).isEmpty();
        assertThat(said.toString(StandardCharsets.UTF_8))
                .contains("metric_for_best_model was eval_loss and is accuracy");
    }
}
