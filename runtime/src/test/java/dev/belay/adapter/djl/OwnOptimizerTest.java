package dev.belay.adapter.djl;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.djl.Device;
import ai.djl.engine.Engine;
import ai.djl.ndarray.NDArray;
import ai.djl.training.optimizer.Optimizer;
import dev.belay.state.TensorFile;
import dev.belay.state.Unsupported;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.junit.jupiter.api.Test;

/** Optimizers that a program brings. */
class OwnOptimizerTest {

    private static Training training(Optimizer optimizer) {
        Engine.getEngine("PyTorch").setRandomSeed(9);
        return new Training(Training.mlp(), optimizer).initialize();
    }

    @Test
    void slots_that_are_kept_as_djl_keeps_them_are_state() {
        Outcome.assertResumesExactly(() -> training(new Momentum()), 5, 4);
        try (Training t = training(new Momentum()).steps(1)) {
            assertThat(t.capture().tensors(TensorFile.OPTIMIZER)).contains("02Linear_weight.velocities");
        }
    }

    @Test
    void a_map_that_may_be_keyed_by_ids_is_refused() {
        try (Training t = training(new Keyed()).steps(1)) {
            assertThatThrownBy(t::capture)
                    .isInstanceOf(Unsupported.class)
                    .hasMessageStartingWith("optimizer " + Keyed.class.getName() + ": its map means may be keyed by");
        }
    }

    private static final class Settings extends Optimizer.OptimizerBuilder<Settings> {
        @Override
        protected Settings self() {
            return this;
        }
    }

    private static final class Momentum extends Optimizer {

        private final Map<String, Map<Device, NDArray>> velocities = new ConcurrentHashMap<>();

        Momentum() {
            super(new Settings());
        }

        @Override
        public void update(String id, NDArray weight, NDArray gradient) {
            updateCount(id);
            NDArray velocity = withDefaultState(velocities, id, weight.getDevice(), k -> weight.zerosLike());
            velocity.muli(0.9f).addi(gradient);
            weight.subi(velocity.mul(0.01f));
            gradient.muli(0);
        }
    }

    private static final class Keyed extends Optimizer {

        private final Map<String, Float> means = new HashMap<>();

        Keyed() {
            super(new Settings());
        }

        @Override
        public void update(String id, NDArray weight, NDArray gradient) {
            means.merge(id, gradient.mean().getFloat(), Float::sum);
            weight.subi(gradient.mul(0.01f));
            gradient.muli(0);
        }
    }
}
