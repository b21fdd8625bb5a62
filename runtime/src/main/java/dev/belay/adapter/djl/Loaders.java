package dev.belay.adapter.djl;

import ai.djl.training.dataset.Batch;
import ai.djl.training.dataset.DataIterable;
import java.lang.ref.WeakReference;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Queue;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** Data loaders that load batches ahead, in other threads. */
final class Loaders {

    private static final long PATIENCE_MILLIS = 100;

    private final List<WeakReference<DataIterable>> born = new ArrayList<>();

    synchronized void add(DataIterable loader) {
        born.removeIf(w -> w.get() == null);
        if (executor(loader) != null) {
            born.add(new WeakReference<>(loader));
        }
    }

    static ExecutorService executor(DataIterable loader) {
        return (ExecutorService) PrivateField.get(DataIterable.class, "executor", loader);
    }

    @SuppressWarnings("unchecked")
    static Queue<Future<Batch>> queue(DataIterable loader) {
        return (Queue<Future<Batch>>) PrivateField.get(DataIterable.class, "queue", loader);
    }

    /**
     * Waits until all that loaders have begun is there: no more than the program waits for, at its next batches. Then
     * their threads draw no random numbers and are not inside the program's data set. No lock MUST be held meanwhile: what
     * they load may be told of its birth.
     */
    void settle() {
        open().forEach(loader -> queue(loader).forEach(f -> settle(f, executor(loader))));
    }

    private synchronized List<DataIterable> open() {
        return born.stream().map(WeakReference::get).filter(Objects::nonNull).toList();
    }

    private static void settle(Future<Batch> future, ExecutorService executor) {
        boolean interrupted = false;
        while (!future.isDone()) {
            try {
                future.get(PATIENCE_MILLIS, TimeUnit.MILLISECONDS);
            } catch (TimeoutException e) {
                if (executor.isTerminated() && !future.isDone()) {
                    break; // nobody will ever load it
                }
            } catch (InterruptedException e) {
                interrupted = true;
            } catch (ExecutionException | CancellationException e) {
                break; // the program is told when it asks for the batch
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    /** Returns a batch that is there. */
    static Batch result(Future<Batch> done) throws ExecutionException {
        boolean interrupted = Thread.interrupted(); // or some futures would not tell
        try {
            return done.get();
        } catch (InterruptedException e) {
            throw new AssertionError("only Belay's work is done by this thread", e);
        } finally {
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }
}
