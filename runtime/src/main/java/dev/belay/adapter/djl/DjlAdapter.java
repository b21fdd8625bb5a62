package dev.belay.adapter.djl;

import ai.djl.engine.Engine;
import ai.djl.ndarray.NDManager;
import ai.djl.training.Trainer;
import ai.djl.util.RandomUtils;
import dev.belay.state.Adapter;
import dev.belay.state.CaptureSink;
import dev.belay.state.RestoreSource;
import dev.belay.state.TensorFile;
import dev.belay.state.Unsupported;
import java.lang.ref.WeakReference;
import java.lang.reflect.Field;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/**
 * DJL on PyTorch and MXNet. A trainer's counters, trackers, evaluators, losses, listeners and metrics are plain objects
 * that the graph saves from the trainer as a root; parameters, optimizer slots and gradients are tensors, keyed by block
 * path because {@code Parameter.id} differs in every life.
 */
public final class DjlAdapter implements Adapter {

    static final String TRAINERS = "djl/trainers";
    private static final String GENERATORS = "djl/generators";

    private final List<WeakReference<Trainer>> born = new ArrayList<>();
    private Engine engine;
    private TensorEngine tensors;

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
    public Optional<String> refusal(Object object) {
        return DjlTypes.refusal(object);
    }

    @Override
    public synchronized void born(Object object) {
        if (object instanceof Trainer trainer && born.stream().noneMatch(w -> w.get() == trainer)) {
            born.add(new WeakReference<>(trainer));
            use(trainer.getManager().getEngine());
        }
    }

    private void use(Engine found) {
        if (engine == null) {
            tensors = TensorEngine.of(found);
            engine = found;
        } else if (engine != found) {
            throw new Unsupported(
                    "DJL engine " + found.getEngineName(),
                    "the program trains on " + engine.getEngineName() + " too; train on one engine");
        }
    }

    @Override
    public synchronized Map<String, String> fingerprint() {
        Map<String, String> facts = new TreeMap<>();
        if (engine != null) { // to ask DJL earlier would load an engine
            facts.put("djl.version", String.valueOf(Engine.getDjlVersion()));
            facts.put("djl.engine", engine.getEngineName() + " " + engine.getVersion());
            facts.putAll(tensors.fingerprint());
        }
        return facts;
    }

    @Override
    public synchronized Map<String, Object> roots() {
        Map<String, Object> roots = new LinkedHashMap<>();
        roots.put("djl/random", RandomUtils.RANDOM);
        open().values().forEach(t -> roots.put("djl/trainer/" + t.getModel().getName(), t));
        return roots;
    }

    @Override
    public synchronized void capture(CaptureSink sink) {
        Map<String, Trainer> trainers = open();
        sink.value(TRAINERS, String.join("\n", modelNames(trainers)));
        if (engine == null) {
            return;
        }
        tensors.settle();
        trainers.forEach((prefix, trainer) -> new TrainerState(trainer, prefix, tensors).capture(sink));
        try (NDManager manager = engine.newBaseManager()) {
            Map<String, byte[]> states = tensors.generators(manager);
            sink.value(GENERATORS, String.join("\n", states.keySet()));
            states.forEach((name, state) -> sink.tensor(
                    TensorFile.OPTIMIZER, name, "U8", new long[] {state.length}, List.of(ByteBuffer.wrap(state))));
        }
    }

    @Override
    public synchronized void restore(RestoreSource source) {
        Map<String, Trainer> trainers = open();
        String live = String.join("\n", modelNames(trainers));
        String saved = (String) source.value(TRAINERS).orElse("");
        if (!live.equals(saved)) {
            throw new Unsupported(
                    "open trainers",
                    "the checkpoint has those of models " + saved.replace('\n', ',')
                            + ", the restarted program those of " + live.replace('\n', ',')
                            + "; create trainers before their loop, and close those done with");
        }
        if (engine != null) {
            tensors.settle();
            trainers.forEach((prefix, trainer) -> new TrainerState(trainer, prefix, tensors).restore(source));
        }
    }

    @Override
    public synchronized void restoreRandom(RestoreSource source) {
        String names = (String) source.value(GENERATORS).orElse("");
        if (engine == null || names.isEmpty()) {
            return;
        }
        try (NDManager manager = engine.newBaseManager()) {
            for (String name : names.split("\n")) {
                ByteBuffer state = ByteBuffer.allocate((int) source.shape(TensorFile.OPTIMIZER, name)[0]);
                source.read(TensorFile.OPTIMIZER, name, List.of(state.duplicate()));
                tensors.setGenerator(manager, name, state.array());
            }
        }
    }

    private static Set<String> modelNames(Map<String, Trainer> trainers) {
        Set<String> names = new LinkedHashSet<>();
        trainers.values().forEach(t -> names.add(t.getModel().getName()));
        return names;
    }

    /** Returns the trainers that are not closed in the order of their birth, by the prefix of their tensors' names. */
    private Map<String, Trainer> open() {
        Map<String, Trainer> open = new LinkedHashMap<>();
        Set<String> names = new LinkedHashSet<>();
        for (WeakReference<Trainer> w : born) {
            Trainer trainer = w.get();
            if (trainer != null && trainer.getManager().isOpen()) {
                String name = trainer.getModel().getName();
                if (!names.add(name)) {
                    throw new Unsupported(
                            "model " + name,
                            "several open trainers train a model of this name; give each model its own name in"
                                    + " Model.newInstance, or close trainers that are done with");
                }
                open.put(open.isEmpty() ? "" : name + "/", trainer);
            }
        }
        return open;
    }
}
