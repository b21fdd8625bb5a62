package dev.belay.adapter.djl;

import ai.djl.BaseModel;
import ai.djl.Device;
import ai.djl.metric.Dimension;
import ai.djl.metric.Metric;
import ai.djl.metric.Metrics;
import ai.djl.modality.rl.LruReplayBuffer;
import ai.djl.modality.rl.agent.EpsilonGreedy;
import ai.djl.modality.rl.agent.QAgent;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.AbstractBlock;
import ai.djl.nn.Block;
import ai.djl.nn.LambdaBlock;
import ai.djl.nn.ParallelBlock;
import ai.djl.nn.Parameter;
import ai.djl.training.LocalParameterServer;
import ai.djl.training.ParameterStore;
import ai.djl.training.Trainer;
import ai.djl.training.TrainingResult;
import ai.djl.training.dataset.Batch;
import ai.djl.training.dataset.DataIterable;
import ai.djl.training.dataset.Dataset;
import ai.djl.training.dataset.RandomAccessDataset;
import ai.djl.training.dataset.Record;
import ai.djl.training.dataset.Sampler;
import ai.djl.training.evaluator.Evaluator;
import ai.djl.training.listener.TrainingListener;
import ai.djl.training.optimizer.Optimizer;
import ai.djl.training.tracker.FixedPerVarTracker;
import ai.djl.training.tracker.ParameterTracker;
import ai.djl.training.util.ProgressBar;
import ai.djl.translate.Pipeline;
import ai.djl.util.Pair;
import ai.djl.util.PairList;
import dev.belay.state.Adapter.Role;
import java.lang.reflect.Field;
import java.lang.reflect.Modifier;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Which of DJL's classes are plain data, which are live objects, and which fields of the live ones are state. */
final class DjlTypes {

    /** Counters, settings and records: all their fields are state, also those that a program's subclass adds. */
    private static final List<Class<?>> STATEFUL = List.of(
            Evaluator.class, // losses too
            TrainingListener.class,
            ParameterTracker.class,
            Sampler.class,
            Sampler.SubSampler.class,
            Metrics.class,
            Metric.class,
            Dimension.class,
            TrainingResult.class,
            ProgressBar.class,
            NDList.class,
            LruReplayBuffer.class,
            EpsilonGreedy.class,
            QAgent.class,
            Pair.class,
            PairList.class);

    /** The only fields of live objects that are state, or lead to state that a program has put there. */
    private static final Map<Class<?>, List<String>> STATE_OF_LIVE = Map.ofEntries(
            Map.entry(
                    Trainer.class,
                    List.of(
                            "model",
                            "metrics",
                            "listeners",
                            "parameterStore",
                            "evaluators",
                            "loss",
                            "gradientsChecked")),
            Map.entry(ParameterStore.class, List.of("parameterServer")),
            Map.entry(LocalParameterServer.class, List.of("optimizer")),
            Map.entry(Optimizer.class, List.of("numUpdate")),
            Map.entry(BaseModel.class, List.of("block", "properties")),
            Map.entry(AbstractBlock.class, List.of("children", "parameters")),
            Map.entry(LambdaBlock.class, List.of("lambda")),
            Map.entry(ParallelBlock.class, List.of("function")),
            Map.entry(Parameter.class, List.of("array", "requiresGrad")),
            Map.entry(
                    DataIterable.class,
                    List.of(
                            "dataset",
                            "sample",
                            "progressCounter",
                            "pipeline",
                            "targetPipeline",
                            "dataBatchifier",
                            "labelBatchifier")),
            Map.entry(
                    RandomAccessDataset.class,
                    List.of("sampler", "pipeline", "targetPipeline", "dataBatchifier", "labelBatchifier")),
            Map.entry(Pipeline.class, List.of("transforms")));

    /** The same for classes of an engine that the program may not have brought. */
    private static final Map<String, List<String>> STATE_OF_ENGINES = Map.of(
            "ai.djl.mxnet.engine.MxParameterServer", List.of("callback"),
            "ai.djl.mxnet.engine.MxParameterServer$OptimizerCallback", List.of("optimizer"));

    /** {@code System.nanoTime} of another JVM means nothing: the fresh program's own stays. */
    private static final Set<String> CLOCKS = Set.of("epochTime", "trainBatchBeginTime", "validateBatchBeginTime");

    /** Which samples a part of a dataset holds, drawn when it was split; these classes are private. */
    private static final String PART_OF_DATASET = "Dataset$SubDataset";

    private static final List<Class<?>> TENSOR_HOLDERS =
            List.of(Batch.class, Record.class, TrainingListener.BatchData.class);

    private static final List<Class<?>> LIVE_FIELDS =
            List.of(AutoCloseable.class, Block.class, Dataset.class, Device.class, Shape.class, NDList.class);

    private static final ClassValue<Role> ROLES = new ClassValue<>() {
        @Override
        protected Role computeValue(Class<?> type) {
            return isDjl(type) ? roleOfDjl(type) : Role.UNKNOWN;
        }
    };

    private DjlTypes() {}

    static Role role(Class<?> type) {
        return ROLES.get(type);
    }

    static List<Field> stateFields(Class<?> type) {
        if (role(type) != Role.RESOURCE) {
            return List.of();
        }
        List<Field> state = new ArrayList<>();
        boolean stateful = isStateful(type);
        for (Class<?> c = type; c != null; c = c.getSuperclass()) {
            Class<?> declaring = c;
            List<String> named = STATE_OF_ENGINES.getOrDefault(c.getName(), STATE_OF_LIVE.getOrDefault(c, List.of()));
            named.forEach(name -> state.add(PrivateField.of(declaring, name)));
            boolean part = c.getName().contains(PART_OF_DATASET);
            for (Field f : c.getDeclaredFields()) {
                boolean tracker = Optimizer.class.isAssignableFrom(c) && ParameterTracker.class == f.getType();
                if (!Modifier.isStatic(f.getModifiers()) && (tracker || part || (stateful && !isLive(f)))) {
                    state.add(f);
                }
            }
        }
        return state;
    }

    static Optional<String> refusal(Object o) {
        if (TENSOR_HOLDERS.stream().anyMatch(c -> c.isInstance(o))) {
            return Optional.of(
                    "a batch of data is not saved, it is loaded again; make it unreachable at the loop's head"
                            + " (a local of the loop's body is fine), or keep a duplicate() of its tensors");
        }
        return Optional.empty();
    }

    private static Role roleOfDjl(Class<?> type) {
        if (isStateful(type)) {
            return hasLiveField(type) ? Role.RESOURCE : Role.STATE;
        }
        return Role.RESOURCE;
    }

    private static boolean isStateful(Class<?> type) {
        boolean iterator = Iterator.class.isAssignableFrom(type) && !DataIterable.class.isAssignableFrom(type);
        // keyed by Parameter.id, which differs in every life; nothing else in it changes
        boolean keyedById = FixedPerVarTracker.class.isAssignableFrom(type);
        return !keyedById && (iterator || STATEFUL.stream().anyMatch(c -> c.isAssignableFrom(type)));
    }

    private static boolean hasLiveField(Class<?> type) {
        for (Class<?> c = type; c != null; c = c.getSuperclass()) {
            for (Field f : c.getDeclaredFields()) {
                if (!Modifier.isStatic(f.getModifiers()) && isLive(f)) {
                    return true;
                }
            }
        }
        return false;
    }

    private static boolean isLive(Field field) {
        return LIVE_FIELDS.stream().anyMatch(c -> c.isAssignableFrom(field.getType()))
                || (field.getType() == long.class && CLOCKS.contains(field.getName()));
    }

    /** Returns whether the class or a superclass is DJL's, and the very class that this adapter is linked against. */
    private static boolean isDjl(Class<?> type) {
        for (Class<?> c = type; c != null; c = c.getSuperclass()) {
            if (c.getName().startsWith("ai.djl.")) {
                return isOurs(c);
            }
        }
        return false;
    }

    private static boolean isOurs(Class<?> c) {
        try {
            return Class.forName(c.getName(), false, DjlTypes.class.getClassLoader()) == c;
        } catch (ClassNotFoundException e) {
            return false; // another loader's DJL, which has an adapter of its own
        }
    }
}
