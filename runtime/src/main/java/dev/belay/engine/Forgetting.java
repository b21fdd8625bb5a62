package dev.belay.engine;

import dev.belay.engine.CheckpointRow.State;
import dev.belay.store.Attempt;
import dev.belay.store.CheckpointStore;
import dev.belay.store.Committed;
import dev.belay.store.Fenced;
import dev.belay.store.LastAttempt;
import dev.belay.store.StoreProblem;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;

/**
 * Removes checkpoints of an output_dir by a policy. It begins an attempt of its own, as a program does: so no program runs
 * on the directory meanwhile, every deletion is in the log first, and a kill leaves nothing half done for long.
 */
public final class Forgetting {

    private final Path directory;
    private final ForgetPolicy policy;
    private final Verification.Watcher watcher;

    /** @param watcher is told how far the verification of the newest checkpoint has come */
    public Forgetting(Path directory, ForgetPolicy policy, Verification.Watcher watcher) {
        this.directory = directory;
        this.policy = policy;
        this.watcher = watcher;
    }

    /** Returns what would go; changes nothing. */
    public ForgetPlan plan() throws InspectionProblem, IOException {
        GivenDirectory given = GivenDirectory.of(directory);
        if (given.isCheckpoint()) {
            throw InspectionProblem.refused("found a checkpoint at " + directory
                    + ", expected an output_dir; give the directory that it is in, or delete a copy with rm -r");
        }
        CheckpointStore store = given.store();
        if (store.entries().isEmpty()) {
            throw given.nothing();
        }
        return new ForgetRules(store, policy, watcher).plan();
    }

    /**
     * Removes what goes.
     *
     * @param force also if it cannot be told whether the last program still runs
     * @return what was kept and removed
     */
    public ForgetPlan carryOut(Clock clock, boolean force) throws InspectionProblem, IOException {
        ForgetPlan planned = plan();
        if (planned.going().isEmpty()) {
            return planned;
        }
        try {
            CheckpointStore store =
                    CheckpointStore.open(GivenDirectory.of(directory).place(), clock);
            Optional<Attempt> attempt = store.begin(Holder.info("belay forget"), last -> isFree(last, force));
            if (attempt.isEmpty()) {
                throw held(store);
            }
            ForgetPlan plan = new ForgetRules(store, policy, watcher).plan();
            Set<String> left = new HashSet<>();
            for (ForgetPlan.Item item : plan.going()) {
                if (!remove(store, attempt.get(), item.row())) {
                    left.add(item.row().name());
                }
            }
            attempt.get().finished(0);
            return plan.without(left);
        } catch (StoreProblem e) {
            throw InspectionProblem.refused(e.getMessage());
        } catch (Fenced e) {
            throw InspectionProblem.fenced("found a program that has begun in " + directory
                    + " meanwhile, expected none; it goes on undisturbed: run forget again when it is over");
        }
    }

    private static boolean isFree(LastAttempt last, boolean force) {
        return last.finished()
                || switch (Holder.life(last.info())) {
                    case OVER -> true;
                    case RUNS -> false;
                    case UNKNOWN -> force;
                };
    }

    private InspectionProblem held(CheckpointStore store) {
        LastAttempt last = store.lastAttempt().orElseThrow();
        String who = Holder.text(last.info()) + ", since " + last.started();
        return Holder.life(last.info()) == Holder.Life.RUNS
                ? InspectionProblem.held(
                        "found " + directory + " held by " + who
                                + ", expected no program that uses it; end it first, or let its save_total_limit remove checkpoints")
                : InspectionProblem.held("found " + directory + " last used by " + who
                        + ", which did not finish, and from here it cannot be told whether it still runs;"
                        + " run forget where it ran, or use --force if it is over");
    }

    /** Returns false if it is being read, or may be committed after all. */
    private static boolean remove(CheckpointStore store, Attempt attempt, CheckpointRow row) throws IOException {
        Optional<Committed> committed = store.committed().stream()
                .filter(c -> c.directoryName().equals(row.name()))
                .findFirst();
        if (committed.isEmpty()) {
            return attempt.deleteAside(row.name());
        } else if (row.state() == State.DAMAGED) {
            return attempt.deleteDamaged(committed.get());
        }
        return attempt.delete(committed.get());
    }
}
