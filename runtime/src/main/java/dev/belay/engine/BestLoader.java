package dev.belay.engine;

import dev.belay.loop.LoopFrame;
import dev.belay.loop.PointShape;
import dev.belay.state.Adapter;
import dev.belay.state.Adapters;
import dev.belay.state.LiveFrame;
import dev.belay.state.LoadedModel;
import dev.belay.state.SavedState;
import dev.belay.state.Unsupported;
import dev.belay.store.CheckpointStore;
import dev.belay.store.Committed;
import dev.belay.store.VerifyResult;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.LongSupplier;

/** Puts the model of the best checkpoint into the program, where its last loop is left. */
final class BestLoader {

    private final CheckpointStore store;
    private final ProgramView program;
    private final Adapters adapters;
    private final LongSupplier newest;
    private final Log log;

    /** @param newest seq of the newest checkpoint of this run */
    BestLoader(CheckpointStore store, ProgramView program, Adapters adapters, LongSupplier newest, Log log) {
        this.store = store;
        this.program = program;
        this.adapters = adapters;
        this.newest = newest;
        this.log = log;
    }

    /**
     * Fills the model; ends the process if the best checkpoint is damaged or of another model: another one MUST NOT be taken
     * for it.
     *
     * @param exit where the program stands, with what it holds there
     * @param step updates that its model has had
     */
    void load(LoopFrame frame, PointShape exit, Object[] locals, Optional<BestModel.Search> search, long step) {
        boolean interrupted = Thread.interrupted(); // a thread whose flag is set can read from no channel
        try {
            find(frame, exit, locals, search, step);
        } catch (Unsupported e) {
            end(ExitCode.INCOMPATIBLE, e.getMessage());
        } catch (IOException e) {
            end(ExitCode.DAMAGE, e.getMessage());
        } finally {
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }

    private void end(ExitCode code, String why) {
        log.error("REFUSED load_best_model_at_end: " + why
                + "; to go on with the last model, start again with load_best_model_at_end=false");
        code.end();
    }

    private void find(LoopFrame frame, PointShape exit, Object[] locals, Optional<BestModel.Search> search, long step)
            throws IOException {
        MeasuredLine line = MeasuredLine.of(store, newest.getAsLong(), search);
        Optional<Committed> best = search.flatMap(s -> line.best(s.greaterIsBetter()));
        if (best.isEmpty()) {
            log.warn(
                    "no best model was loaded, the program goes on with the last one: no checkpoint was saved at the end of"
                            + " an epoch with a "
                            + search.map(BestModel.Search::metric).orElse("metric") + " that is a number");
            return;
        }
        String what = best.get().directoryName() + " (" + search.get().metric() + " "
                + line.metrics().get(best.get().seq()) + ")";
        if (best.get().step() == step) {
            log.info("the program has the best model already, that of " + what);
        } else {
            String loaded = load(frame, exit, locals, best.get());
            log.info("loaded the best model, that of " + what + ": " + loaded);
        }
    }

    /** Returns what was loaded, for people. */
    private String load(LoopFrame frame, PointShape exit, Object[] locals, Committed best) throws IOException {
        Path directory = store.directory().resolve(best.directoryName());
        VerifyResult result = CheckpointStore.verify(directory);
        if (!result.intact()) {
            throw new IOException(directory + " is damaged: " + result.damages().get(0));
        }
        SavedState saved = SavedState.open(directory);
        List<Adapter> loaded = adapters.loaded();
        int filled = 0;
        for (Adapter adapter : loaded) {
            filled += adapter.loadModel(saved);
        }
        if (filled > 0) {
            return filled + " parameters";
        } else if (!loaded.isEmpty()) {
            throw nothing(directory, "no model is open where the loop is left; close it after the loop");
        }
        LoadedModel model = saved.loadModel(program.policy().get(), program.types(), live(frame, exit, locals));
        if (model.arrays() == 0) {
            throw nothing(directory, "no array of the program stands for one of it; keep the model in a field");
        }
        return model.arrays() + " arrays" + missing(model.missing());
    }

    private static Unsupported nothing(Path directory, String why) {
        return new Unsupported(directory.toString(), why);
    }

    private static String missing(List<String> names) {
        return names.isEmpty()
                ? ""
                : "; the program no longer has "
                        + String.join(", ", names.subList(0, Math.min(3, names.size())))
                        + (names.size() > 3 ? " and " + (names.size() - 3) + " more" : "");
    }

    /** The innermost activation stands at the exit; the others are in calls. */
    private static List<LiveFrame> live(LoopFrame frame, PointShape exit, Object[] locals) {
        List<LiveFrame> live = new ArrayList<>();
        for (LoopFrame f : frame.stack()) {
            boolean innermost = f == frame;
            Optional<PointShape> at = innermost ? Optional.of(exit) : f.at();
            Object[] values = innermost ? locals : f.locals();
            Map<String, Object> named = new HashMap<>();
            for (int i = 0; at.isPresent() && i < values.length; i++) {
                named.put(at.get().locals().get(i).name(), values[i]);
            }
            live.add(new LiveFrame(f.method().key(), named));
        }
        return live;
    }
}
