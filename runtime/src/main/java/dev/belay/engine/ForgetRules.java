package dev.belay.engine;

import dev.belay.engine.CheckpointRow.State;
import dev.belay.store.CheckpointStore;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;

/** Applies a policy to the checkpoints that there are. The newest one that verifies is always kept, and the best one. */
final class ForgetRules {

    private final CheckpointStore store;
    private final ForgetPolicy policy;
    private final Verification.Watcher watcher;
    private final List<CheckpointRow> rows;
    private final Map<String, String> kept = new LinkedHashMap<>();

    ForgetRules(CheckpointStore store, ForgetPolicy policy, Verification.Watcher watcher) throws IOException {
        this.store = store;
        this.policy = policy;
        this.watcher = watcher;
        this.rows = new ArrayList<>(CheckpointRows.of(store));
    }

    ForgetPlan plan() throws InspectionProblem {
        keepNewestIntact();
        List<CheckpointRow> ordered =
                rows.stream().filter(r -> r.state() == State.COMMITTED).toList();
        ordered.stream().filter(CheckpointRow::best).forEach(r -> keep(r, "best"));
        policy.keepLast().ifPresent(n -> ordered.stream().limit(n).forEach(r -> keep(r, "last " + n)));
        if (policy.keepWithin().isPresent() && !ordered.isEmpty()) {
            Instant oldest = ordered.get(0).created().minus(policy.keepWithin().get());
            ordered.stream().filter(r -> !r.created().isBefore(oldest)).forEach(r -> keep(r, "within"));
        }
        if (policy.keepBest().isPresent() && !ordered.isEmpty()) {
            best(ordered, policy.keepBest().getAsInt());
        }
        return new ForgetPlan(rows.stream()
                .filter(r -> r.state() != State.MISSING)
                .map(this::item)
                .toList());
    }

    private void keep(CheckpointRow row, String reason) {
        kept.merge(row.name(), reason, (before, now) -> before + ", " + now);
    }

    /** What is found damaged on the way is, from then on, among what was set aside as that. */
    private void keepNewestIntact() throws InspectionProblem {
        int candidates = 0;
        for (int i = 0; i < rows.size(); i++) {
            CheckpointRow row = rows.get(i);
            if (row.isCommitted()) {
                candidates++;
                if (isIntact(row)) {
                    keep(row, "newest intact");
                    return;
                }
                rows.set(i, row.asDamaged());
            }
        }
        if (candidates > 0) {
            throw InspectionProblem.damaged("found no intact checkpoint in " + store.directory() + ", all " + candidates
                    + " are damaged; nothing was removed: run verify, which names what is damaged");
        }
    }

    private boolean isIntact(CheckpointRow row) {
        return CheckpointStore.verify(path(row), (done, total) -> watcher.read(row.name(), done, total))
                .intact();
    }

    private Path path(CheckpointRow row) {
        return store.directory().resolve(row.name());
    }

    private void best(List<CheckpointRow> ordered, int count) throws InspectionProblem {
        TrainerNotes newest = TrainerNotes.of(path(ordered.get(0)));
        String metric =
                policy.metric().or(newest::bestMetric).or(newest::shownMetric).orElse("");
        Map<CheckpointRow, Double> values = new LinkedHashMap<>();
        for (CheckpointRow row : ordered) {
            OptionalDouble value = TrainerNotes.of(path(row)).last(metric);
            if (value.isPresent() && !Double.isNaN(value.getAsDouble())) {
                values.put(row, value.getAsDouble());
            }
        }
        if (values.isEmpty()) {
            throw InspectionProblem.refused("found no metric " + (metric.isEmpty() ? "" : metric + " ")
                    + "in trainer_state.json, expected one for --keep-best; "
                    + (newest.names().isEmpty()
                            ? "leave out --keep-best"
                            : "name one by --metric: " + String.join(", ", newest.names())));
        }
        boolean greater = policy.greaterIsBetter().orElse(!metric.endsWith("loss"));
        Comparator<Map.Entry<CheckpointRow, Double>> order = Map.Entry.comparingByValue();
        values.entrySet().stream()
                .sorted(greater ? order.reversed() : order)
                .limit(count)
                .forEach(e -> keep(e.getKey(), metric + " " + e.getValue()));
    }

    private ForgetPlan.Item item(CheckpointRow row) {
        if (kept.containsKey(row.name())) {
            return new ForgetPlan.Item(row, false, kept.get(row.name()));
        }
        boolean goes = switch (row.state()) {
            case COMMITTED -> policy.hasRule();
            case SUPERSEDED -> policy.superseded();
            case DAMAGED -> policy.damaged();
            case UNCOMMITTED -> policy.uncommitted();
            case MISSING, COPY -> false;
        };
        String reason = goes ? row.state().word() : "not asked for";
        return new ForgetPlan.Item(row, goes, goes && row.state() == State.COMMITTED ? "no rule keeps it" : reason);
    }
}
