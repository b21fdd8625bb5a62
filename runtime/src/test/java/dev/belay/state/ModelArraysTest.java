package dev.belay.state;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import program.Net;

/** The model of a checkpoint in a program that has gone on since. */
class ModelArraysTest {

    private static final String METHOD = "a/Test#run()V";

    @TempDir
    private Path directory;

    private static Net net(double value) {
        Net net = new Net();
        for (double[] layer : net.layers) {
            Arrays.fill(layer, value);
        }
        Arrays.fill(net.bias, (float) value);
        Arrays.fill(net.order, (int) value);
        net.rate = value;
        return net;
    }

    private SavedState saved(Object... locals) throws IOException {
        Checkpoints.write(Checkpoints.capture(locals), directory);
        return SavedState.open(directory);
    }

    private static LoadedModel load(SavedState saved, LiveFrame... frames) {
        return saved.loadModel(Checkpoints.policy(), ModelArraysTest.class.getClassLoader(), List.of(frames));
    }

    private static LiveFrame frame(String method, Object... namesAndValues) {
        Map<String, Object> locals = new HashMap<>();
        for (int i = 0; i < namesAndValues.length; i += 2) {
            locals.put((String) namesAndValues[i], namesAndValues[i + 1]);
        }
        return new LiveFrame(method, locals);
    }

    @Test
    void arrays_of_floating_point_numbers_are_filled_in_place_and_all_else_stays() throws IOException {
        SavedState saved = saved(net(1), 7);
        Net live = net(2);
        double[][] layers = live.layers;
        double[] row = layers[1];
        LoadedModel loaded = load(saved, frame(METHOD, "local1", 9, "local0", live));
        assertThat(loaded.arrays()).isEqualTo(4);
        assertThat(loaded.missing()).isEmpty();
        assertThat(live.layers).isSameAs(layers);
        assertThat(live.layers[1]).isSameAs(row);
        for (double[] layer : layers) {
            assertThat(layer).containsOnly(1);
        }
        assertThat(live.bias).as("too small to be a tensor").containsOnly(1f);
        assertThat(live.order).containsOnly(2);
        assertThat(live.rate).isEqualTo(2);
    }

    @Test
    void arrays_that_the_program_has_made_anew_are_filled_too() throws IOException {
        Net before = net(1);
        SavedState saved = saved(before);
        Net live = net(2);
        live.layers = new double[][] {new double[20], live.shared, new double[20]};
        live.history.add(new double[] {5, 5});
        load(saved, frame(METHOD, "local0", live));
        assertThat(live.layers[0]).containsOnly(1);
        assertThat(live.shared).containsOnly(1);
        assertThat(live.history.get(0)).as("it was not there").containsOnly(5);
    }

    @Test
    void what_the_program_no_longer_has_is_told() throws IOException {
        SavedState saved = saved(net(1), new double[30]);
        Net live = net(2);
        live.layers = new double[2][20];
        LoadedModel loaded = load(saved, frame(METHOD, "local0", live));
        assertThat(loaded.missing()).hasSize(2);
        assertThat(loaded.missing().toString()).contains("layers", "local1");
        assertThat(live.bias).containsOnly(1f);
    }

    @Test
    void another_method_has_none_of_its_locals() throws IOException {
        SavedState saved = saved(net(1));
        Net live = net(2);
        assertThat(load(saved, frame("a/Other#run()V", "local0", live)).arrays())
                .isZero();
        assertThat(load(saved, frame(METHOD, "local5", live)).arrays()).isZero();
        assertThat(load(saved).arrays()).isZero();
        assertThat(live.layers[0]).containsOnly(2);
    }
}
