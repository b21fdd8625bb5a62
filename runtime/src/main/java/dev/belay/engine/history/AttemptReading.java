package dev.belay.engine.history;

import dev.belay.engine.Holder;
import dev.belay.engine.history.PastAttempt.End;
import dev.belay.store.LogRecord;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;

/** Puts together what the log and an attempt's own note tell of its life. */
final class AttemptReading {

    private final List<LogRecord> starts;
    private final List<SavedCheckpoint> checkpoints;
    private final Set<String> finished;

    /** @param finished ids of the attempts that have logged the end of the training */
    AttemptReading(List<LogRecord> starts, List<SavedCheckpoint> checkpoints, Set<String> finished) {
        this.starts = starts;
        this.checkpoints = checkpoints;
        this.finished = finished;
    }

    /** @param notes by the number of an attempt's first record */
    List<PastAttempt> with(Map<Long, Map<String, Object>> notes) {
        List<PastAttempt> attempts = new ArrayList<>();
        for (int i = 0; i < starts.size(); i++) {
            Optional<AttemptFacts> facts =
                    Optional.ofNullable(notes.get(starts.get(i).number())).map(AttemptFacts::of);
            attempts.add(attempt(i + 1, starts.get(i), facts));
        }
        for (int i = 0; i < attempts.size(); i++) {
            attempts.set(i, withLoss(attempts.get(i), next(attempts.subList(i + 1, attempts.size()))));
        }
        return attempts;
    }

    /** One that was killed on its way to the training has decided nothing. */
    private static PastAttempt next(List<PastAttempt> later) {
        return later.stream()
                .filter(a -> a.resumedStep().isPresent() || a.lastStep() > 0)
                .findFirst()
                .orElse(null);
    }

    private PastAttempt attempt(int ordinal, LogRecord start, Optional<AttemptFacts> facts) {
        List<SavedCheckpoint> own =
                checkpoints.stream().filter(c -> c.attempt() == ordinal).toList();
        Optional<SavedCheckpoint> last = own.isEmpty() ? Optional.empty() : Optional.of(own.get(own.size() - 1));
        Optional<SavedCheckpoint> source = source(facts, own);
        OptionalLong resumedStep = source.isPresent()
                ? OptionalLong.of(source.get().step())
                : facts.map(AttemptFacts::resumedStep).orElse(OptionalLong.empty());
        long lastStep = Math.max(
                resumedStep.orElse(0),
                Math.max(
                        facts.map(AttemptFacts::step).orElse(0L),
                        last.map(SavedCheckpoint::step).orElse(0L)));
        Instant seen = latest(
                start.time(),
                latest(
                        facts.map(f -> Instant.ofEpochMilli(f.seenMillis())).orElse(start.time()),
                        last.map(SavedCheckpoint::committed).orElse(start.time())));
        End end = end(start, facts, ordinal == starts.size());
        return new PastAttempt(
                ordinal,
                start.number(),
                start.attempt(),
                start.time(),
                source.map(SavedCheckpoint::seq).orElse(0L),
                resumedStep,
                lastStep,
                seen,
                own.size(),
                end,
                detail(end, facts),
                0,
                Optional.empty());
    }

    /** Where nothing was noted, the parent of its first checkpoint tells what an attempt went on from. */
    private Optional<SavedCheckpoint> source(Optional<AttemptFacts> facts, List<SavedCheckpoint> own) {
        long seq = facts.map(AttemptFacts::resumedSeq)
                .filter(s -> s > 0)
                .orElse(own.isEmpty() ? 0L : own.get(0).parent());
        return bySeq(seq);
    }

    private Optional<SavedCheckpoint> bySeq(long seq) {
        return checkpoints.stream().filter(c -> c.seq() == seq).findFirst();
    }

    private static Instant latest(Instant one, Instant other) {
        return one.isAfter(other) ? one : other;
    }

    /** An attempt that has noted something notes its end, too, unless it is killed. */
    private End end(LogRecord start, Optional<AttemptFacts> facts, boolean isLast) {
        boolean trained = finished.contains(start.attempt());
        if (facts.isEmpty()) {
            return trained ? End.FINISHED : isLast ? End.UNKNOWN : End.KILLED;
        } else if (facts.get().end().isEmpty()) {
            return isLast ? running(start) : End.KILLED;
        }
        String end = facts.get().end().get();
        if (end.equals(AttemptFacts.SIGNAL)) {
            return End.STOPPED;
        }
        return trained && end.equals(AttemptFacts.EXIT) ? End.FINISHED : End.ENDED;
    }

    /** It has noted no end: it runs, or was killed. */
    private static End running(LogRecord start) {
        return switch (Holder.life(start.info())) {
            case RUNS -> End.RUNNING;
            case OVER -> End.KILLED;
            case UNKNOWN -> End.UNKNOWN;
        };
    }

    private static String detail(End end, Optional<AttemptFacts> facts) {
        String noted = facts.flatMap(AttemptFacts::end).orElse("");
        if (noted.startsWith(AttemptFacts.ENDED)) {
            return "by Belay, with exit code " + noted.substring(AttemptFacts.ENDED.length());
        } else if (end == End.UNKNOWN && facts.isPresent()) {
            return "killed, or it runs on " + facts.get().host();
        }
        return end == End.STOPPED ? "by a signal" : "";
    }

    /** What was made after the checkpoint that the next attempt went on from is lost; so is what nobody has saved yet. */
    private PastAttempt withLoss(PastAttempt a, PastAttempt next) {
        Optional<SavedCheckpoint> kept = next == null ? newest(a) : bySeq(next.resumedSeq());
        boolean over = a.end() != End.RUNNING && a.end() != End.UNKNOWN || next != null;
        long keptStep = next == null
                ? kept.map(SavedCheckpoint::step).orElse(0L)
                : next.resumedStep().orElse(0);
        long lost = over ? Math.max(0, a.lastStep() - keptStep) : 0;
        if (lost == 0) {
            return a;
        }
        Instant from = latest(a.started(), kept.map(SavedCheckpoint::committed).orElse(a.started()));
        Duration time = Duration.between(from, latest(from, a.lastSeen()));
        return new PastAttempt(
                a.ordinal(),
                a.number(),
                a.id(),
                a.started(),
                a.resumedSeq(),
                a.resumedStep(),
                a.lastStep(),
                a.lastSeen(),
                a.checkpoints(),
                a.end(),
                a.detail(),
                lost,
                Optional.of(time));
    }

    /** Returns the checkpoint that an attempt after this one would go on from. */
    private Optional<SavedCheckpoint> newest(PastAttempt attempt) {
        return checkpoints.stream()
                .filter(c -> c.attempt() == attempt.ordinal() || c.seq() == attempt.resumedSeq())
                .reduce((earlier, later) -> later);
    }
}
