package dev.belay.adapter.djl;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import ai.djl.training.dataset.Batch;
import ai.djl.training.dataset.DataIterable;
import ai.djl.translate.Batchifier;
import dev.belay.state.CaptureSink;
import dev.belay.state.Contents;
import dev.belay.state.RestoreSource;
import dev.belay.state.TensorFile;
import dev.belay.state.Unsupported;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;

/**
 * The batches that a data loader has loaded ahead of the program. They are saved as they are: to load them again would
 * draw other random numbers, and change what the data set counts.
 */
final class LoadedBatches implements Contents {

    private final ProgramTensors program;

    LoadedBatches(ProgramTensors program) {
        this.program = program;
    }

    @Override
    public boolean holds(Object o) {
        return o instanceof DataIterable;
    }

    @Override
    public void capture(Object o, String key, TensorFile file, String name, CaptureSink sink) {
        DataIterable loader = (DataIterable) o;
        if (Loaders.executor(loader) == null) {
            sink.value(key, SavedLoader.LOADS_NOTHING_AHEAD.text());
            return;
        }
        program.use(manager(loader).getEngine());
        program.start(sink);
        if (program.tensors().drawsPerThread()) {
            throw new Unsupported(
                    name,
                    "it loads in other threads, and MXNet's random generators of those cannot be read; remove"
                            + " optExecutorService");
        }
        List<SavedLoader.SavedBatch> batches = new ArrayList<>();
        for (Future<Batch> future : Loaders.queue(loader)) {
            batches.add(capture(loaded(future, name), file, name + "." + batches.size(), sink));
        }
        sink.value(key, new SavedLoader(file, name, batches).text());
    }

    private static Batch loaded(Future<Batch> future, String name) {
        try {
            if (future.isDone()) {
                Batch batch = Loaders.result(future);
                if (batch.getClass() == Batch.class) {
                    return batch;
                }
                throw new Unsupported(
                        name, "it loads batches of " + batch.getClass().getName() + "; remove optExecutorService");
            }
        } catch (ExecutionException | CancellationException e) {
            throw new Unsupported(name, "a batch could not be loaded ahead (" + e + "); see to it that it can");
        }
        throw new Unsupported(name, "its executor was shut down; make the loader unreachable at the loop's head");
    }

    private SavedLoader.SavedBatch capture(Batch batch, TensorFile file, String name, CaptureSink sink) {
        return new SavedLoader.SavedBatch(
                batch.getSize(),
                batch.getProgress(),
                batch.getProgressTotal(),
                indices(batch),
                capture(batch.getData(), file, name + ".data", sink),
                capture(batch.getLabels(), file, name + ".labels", sink));
    }

    private static List<Long> indices(Batch batch) {
        return batch.getIndices() == null
                ? null
                : batch.getIndices().stream().map(i -> (Long) i).toList();
    }

    private List<SavedLoader.Part> capture(NDList list, TensorFile file, String name, CaptureSink sink) {
        TensorCopies copies = new TensorCopies(program.tensors());
        List<SavedLoader.Part> parts = new ArrayList<>();
        for (NDArray array : list) {
            Layout layout = copies.copyDense(sink, file, name + parts.size(), array);
            parts.add(new SavedLoader.Part(layout, array.getName()));
        }
        return parts;
    }

    @Override
    public boolean fits(Object live, String key, RestoreSource source) {
        boolean ahead = Loaders.executor((DataIterable) live) != null;
        return ahead == saved(key, source).isAhead();
    }

    @Override
    public Object make(String key, RestoreSource source) {
        return null;
    }

    @Override
    public void restore(Object live, String key, RestoreSource source) {
        SavedLoader saved = saved(key, source);
        if (!saved.isAhead()) {
            return;
        }
        DataIterable loader = (DataIterable) live;
        program.use(manager(loader).getEngine());
        program.start(source);
        Queue<Future<Batch>> queue = Loaders.queue(loader);
        queue.forEach(LoadedBatches::close);
        queue.clear();
        for (int i = 0; i < saved.batches().size(); i++) {
            queue.add(CompletableFuture.completedFuture(
                    batch(loader, saved.batches().get(i), saved.file(), saved.name() + "." + i, source)));
        }
    }

    /** What the restarted program has loaded ahead is not what comes next. */
    private static void close(Future<Batch> future) {
        try {
            if (future.isDone()) {
                Loaders.result(future).close();
            }
        } catch (ExecutionException | CancellationException e) {
            // nor does it matter whether it could be loaded
        }
    }

    private Batch batch(
            DataIterable loader, SavedLoader.SavedBatch saved, TensorFile file, String name, RestoreSource source) {
        NDManager manager = manager(loader).newSubManager();
        return new Batch(
                manager,
                list(manager, saved.data(), file, name + ".data", source),
                list(manager, saved.labels(), file, name + ".labels", source),
                saved.size(),
                (Batchifier) PrivateField.get(DataIterable.class, "dataBatchifier", loader),
                (Batchifier) PrivateField.get(DataIterable.class, "labelBatchifier", loader),
                saved.progress(),
                saved.progressTotal(),
                saved.indices());
    }

    private NDList list(
            NDManager manager, List<SavedLoader.Part> parts, TensorFile file, String name, RestoreSource source) {
        TensorCopies copies = new TensorCopies(program.tensors());
        NDList list = new NDList();
        for (SavedLoader.Part part : parts) {
            String tensor = name + list.size();
            NDArray array = part.layout()
                    .zeros(manager, new Shape(source.shape(file, tensor)), TensorView.type(source.dtype(file, tensor)));
            copies.fillDense(source, file, tensor, array, part.layout());
            array.setName(part.label());
            list.add(array);
        }
        return list;
    }

    private static NDManager manager(DataIterable loader) {
        return (NDManager) PrivateField.get(DataIterable.class, "manager", loader);
    }

    private static SavedLoader saved(String key, RestoreSource source) {
        return SavedLoader.parse((String) source.value(key).orElseThrow());
    }
}
