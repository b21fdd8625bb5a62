package dev.belay.adapter.djl;

import ai.djl.engine.Engine;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.training.Trainer;
import ai.djl.training.dataset.ArrayDataset;
import ai.djl.training.dataset.DataIterable;
import ai.djl.training.evaluator.Evaluator;
import ai.djl.util.RandomUtils;
import dev.belay.state.Adapter;
import dev.belay.state.CaptureSink;
import dev.belay.state.Contents;
import dev.belay.state.RestoreSource;
import dev.belay.state.TensorFile;
import dev.belay.state.Unsupported;
import java.lang.reflect.Field;
import java.nio.ByteBuffer;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.TreeMap;

/**
 * DJL on PyTorch and MXNet. A trainer's counters, trackers, evaluators, losses, listeners and metrics are plain objects
 * that the graph saves from the trainer as a root; parameters, optimizer slots and gradients are tensors, keyed by block
 * path because {@code Parameter.id} differs in every life.
 */
public final class DjlAdapter implements Adapter {

    static final String TRAINERS = "djl/trainers";
    private static final String GENERATORS = "djl/generators";

    private final OpenTrainers trainers = new OpenTrainers();
    private final ProgramTensors program = new ProgramTensors(trainers);
    private final DjlContents contents = new DjlContents(program);
    private final Loaders loaders = new Loaders();
    private final DjlMetrics metrics = new DjlMetrics(trainers);

    @Override
    public String framework() {
        return "djl";
    }

    @Override
    public Role role(Class<?> type) {
        return DjlTypes.role(type);
    }

    @Override
    public List<Field> stateFields(Class<?> type) {
        return DjlTypes.stateFields(type);
    }

    @Override
    public boolean savesItself(Field field) {
        return OptimizerSlots.isSlot(field);
    }

    @Override
    public Optional<String> refusal(Object object) {
        return DjlTypes.refusal(object);
    }

    @Override
    public Optional<Contents> contents() {
        return Optional.of(contents);
    }

    @Override
    public synchronized void born(Object object) {
        if (object instanceof Trainer trainer && trainers.add(trainer)) {
            program.use(trainer.getManager().getEngine());
        } else if (object instanceof ArrayDataset dataset) {
            program.born(dataset);
        } else if (object instanceof DataIterable loader) {
            loaders.add(loader);
            metrics.born(loader);
        } else if (object instanceof Engine engine) {
            program.meet(engine); // its own constructor has not run yet
        }
    }

    @Override
    public synchronized void measured(Object by, Object result) {
        if (by instanceof Evaluator loss && result instanceof NDArray array && program.engine() != null) {
            metrics.measured(loss, array, program.tensors().isCollecting());
        }
    }

    @Override
    public synchronized void evaluated() {
        metrics.evaluated();
    }

    @Override
    public synchronized boolean measures(String name) {
        return metrics.measures(name);
    }

    @Override
    public synchronized Map<String, Double> metricsOfStep() {
        return metrics.ofStep();
    }

    @Override
    public synchronized Map<String, Double> metricsOfEpoch() {
        return metrics.ofEpoch();
    }

    @Override
    public synchronized OptionalLong batchSize() {
        return metrics.batchSize();
    }

    @Override
    public void settle() {
        loaders.settle();
    }

    @Override
    public synchronized Map<String, String> fingerprint() {
        Map<String, String> facts = new TreeMap<>();
        Engine engine = program.engine();
        if (engine != null) { // to ask DJL earlier would load an engine
            facts.put("djl.version", String.valueOf(Engine.getDjlVersion()));
            facts.put("djl.engine", engine.getEngineName() + " " + engine.getVersion());
            facts.putAll(program.tensors().fingerprint());
        }
        return facts;
    }

    @Override
    public synchronized Map<String, Object> roots() {
        Map<String, Object> roots = new LinkedHashMap<>();
        roots.put("djl/random", RandomUtils.RANDOM);
        trainers.byPrefix()
                .values()
                .forEach(t -> roots.put("djl/trainer/" + t.getModel().getName(), t));
        return roots;
    }

    @Override
    public synchronized void capture(CaptureSink sink) {
        sink.value(TRAINERS, trainers.modelNames());
        metrics.capture(sink);
        if (program.engine() == null) {
            return;
        }
        TensorEngine tensors = program.tensors();
        tensors.settle();
        program.start(sink);
        program.refuseShared();
        program.saveShapes(sink);
        trainers.byPrefix().forEach((prefix, t) -> new TrainerState(t, prefix, tensors).capture(sink));
        try (NDManager manager = program.engine().newBaseManager()) {
            Map<String, byte[]> states = tensors.generators(manager);
            sink.value(GENERATORS, String.join("\n", states.keySet()));
            states.forEach((name, state) -> sink.tensor(
                    TensorFile.OPTIMIZER, name, "U8", new long[] {state.length}, List.of(ByteBuffer.wrap(state))));
        }
    }

    @Override
    public void prepare(RestoreSource source) {
        loaders.settle();
        synchronized (this) {
            program.prepare(source);
        }
    }

    @Override
    public synchronized void restore(RestoreSource source) {
        String live = trainers.modelNames();
        String saved = (String) source.value(TRAINERS).orElse("");
        if (!live.equals(saved)) {
            throw new Unsupported(
                    "open trainers",
                    "the checkpoint has those of models " + saved.replace('\n', ',')
                            + ", the restarted program those of " + live.replace('\n', ',')
                            + "; create trainers before their loop, and close those done with");
        }
        metrics.restore(source);
        if (program.engine() != null) {
            TensorEngine tensors = program.tensors();
            tensors.settle();
            program.start(source);
            trainers.byPrefix().forEach((prefix, t) -> new TrainerState(t, prefix, tensors).restore(source));
            program.refuseShared();
        }
    }

    @Override
    public synchronized int loadModel(RestoreSource source) {
        if (program.engine() == null) {
            return 0;
        }
        TensorEngine tensors = program.tensors();
        tensors.settle();
        return trainers.byPrefix().entrySet().stream()
                .mapToInt(t -> new TrainerState(t.getValue(), t.getKey(), tensors).loadParameters(source))
                .sum();
    }

    @Override
    public synchronized void restoreRandom(RestoreSource source) {
        String names = (String) source.value(GENERATORS).orElse("");
        if (program.engine() == null || names.isEmpty()) {
            return;
        }
        try (NDManager manager = program.engine().newBaseManager()) {
            for (String name : names.split("\n")) {
                ByteBuffer state = ByteBuffer.allocate((int) source.shape(TensorFile.OPTIMIZER, name)[0]);
                source.read(TensorFile.OPTIMIZER, name, List.of(state.duplicate()));
                program.tensors().setGenerator(manager, name, state.array());
            }
        }
    }
}
