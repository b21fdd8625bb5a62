package dev.belay.engine;

import dev.belay.loop.LocalShape;
import dev.belay.loop.LoopFrame;
import dev.belay.loop.PointShape;
import dev.belay.state.HeapRestore;
import dev.belay.state.StartValue;
import dev.belay.state.Unsupported;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/**
 * A resume whose arguments are not those of the saved run. What the program held before it trained then and holds now
 * is compared: each value that differs must be accepted by its name, and the checkpoint takes it over, unless training
 * has changed it. Confined to one thread.
 */
final class ChangedRun {

    private final List<ArgumentList.Change> arguments;
    private final AcceptedChanges accepted;
    private final Map<String, String> notes;
    private final ElapsedTime clock;
    private final Log log;
    private final Set<Integer> compared = new TreeSet<>();
    private final Map<String, String> seen = new LinkedHashMap<>();
    private final Set<String> explained = new LinkedHashSet<>();

    /** @param notes of the checkpoint */
    ChangedRun(
            List<ArgumentList.Change> arguments,
            AcceptedChanges accepted,
            Map<String, String> notes,
            ElapsedTime clock,
            Log log) {
        this.arguments = List.copyOf(arguments);
        this.accepted = accepted;
        this.notes = notes;
        this.clock = clock;
        this.log = log;
    }

    /** Compares an activation on the saved path, before anything is put into it; MUST be called from the outermost on. */
    void compare(LoopFrame frame, HeapRestore restore) {
        if (!compared.add(frame.depth())) {
            return;
        }
        String text = notes.get(Start.key(frame.depth()));
        Starts.Noted now = (Starts.Noted) frame.start().orElse(null);
        if (text == null && now == null) {
            return; // it is inside of the loop
        }
        Start was = text == null ? null : Start.of(text);
        String why = was == null
                ? "the checkpoint does not say what the program held before it trained"
                : !was.why().isEmpty()
                        ? was.why()
                        : now == null
                                        || !now.start().why().isEmpty()
                                        || !now.start().at().equals(was.at())
                                ? "the program came another way to its training"
                                : "";
        if (!why.isEmpty()) {
            throw refused(
                    frame.method().readable() + ": " + why + ", so that what depends on its arguments is not known");
        }
        compare(frame, was.values(), now.values(), restore);
    }

    private void compare(LoopFrame frame, Map<String, String> was, List<StartValue> now, HeapRestore restore) {
        List<String> refused = new ArrayList<>();
        List<StartValue> differing = new ArrayList<>();
        Set<String> gone = new LinkedHashSet<>(was.keySet());
        for (StartValue value : now) {
            gone.remove(value.name());
            String before = was.get(value.name());
            if (!value.text().equals(before) && !clock.isTime(value.value(), before)) {
                seen.put(value.name(), value.text() + " (saved: " + (before == null ? "absent" : before) + ")");
                differing.add(value);
                if (!accepts(value, before) && !decidesOnlyHowLong(frame, value, before, restore)) {
                    refused.add(value.name());
                }
            }
        }
        for (String name : gone) {
            seen.put(name, "absent (saved: " + was.get(name) + ")");
            if (!accepted.all()) {
                refused.add(name);
            }
        }
        if (!refused.isEmpty()) {
            throw refused(told(refused) + " too, and what was trained may depend on it");
        }
        differing.forEach(v -> take(frame, v, was.get(v.name()), restore));
    }

    private boolean accepts(StartValue value, String before) {
        return accepted.has(value.name())
                || arguments.stream().anyMatch(a -> accepted.has(a.name()) && isKeyAndValue(a, value, before));
    }

    /**
     * Returns whether what was trained so far cannot depend on a value: it is a local that no code reads any more, or none but
     * the test of the outermost loop, and the loop may only take longer than it took.
     */
    private boolean decidesOnlyHowLong(LoopFrame frame, StartValue value, String before, HeapRestore restore) {
        boolean read = restore.hasRoot(frame.depth(), value);
        if (!value.isLocal()) {
            return !read && !value.isStatic() && arguments.stream().anyMatch(a -> isItself(a, value, before));
        }
        return !read
                || isMore(value.value(), before) && readInside(frame, value).contains(false);
    }

    /**
     * Returns whether a value is the text of an argument, in an array such as that of main. A field of the same value is not:
     * an object that no local leads to any more may be reached in another way.
     */
    private static boolean isItself(ArgumentList.Change argument, StartValue value, String before) {
        boolean element = value.value() instanceof String && value.name().endsWith("]");
        boolean same = value.text().equals(argument.is())
                && argument.was() != null
                && argument.was().equals(before);
        return element && (same || isKeyAndValue(argument, value, before));
    }

    private static boolean isKeyAndValue(ArgumentList.Change argument, StartValue value, String before) {
        String key = argument.name() + "=";
        return (key + argument.is()).equals(value.text().replaceFirst("^--?", ""))
                && before != null
                && (key + argument.was()).equals(before.replaceFirst("^--?", ""));
    }

    private static boolean isMore(Object value, String before) {
        try {
            return before != null && value instanceof Number n && n.doubleValue() > Double.parseDouble(before);
        } catch (NumberFormatException e) {
            return false; // it was no number
        }
    }

    private void take(LoopFrame frame, StartValue value, String before, HeapRestore restore) {
        explain(value, before);
        if (!restore.hasRoot(frame.depth(), value)) {
            requireUnread(frame, value, before, restore);
            return;
        }
        String saved = restore.saved(frame.depth(), value).orElse(null);
        if (saved != null && !saved.equals(before)) {
            log.warn("accepted change: " + value.name() + " goes on from its saved value " + saved
                    + ", as training has changed it");
            return;
        }
        boolean taken = saved != null
                && restore.take(
                        frame.depth(),
                        value,
                        point -> frame.method().points().get(point).locals().stream()
                                .map(LocalShape::name)
                                .toList());
        if (!taken) {
            throw refused(value.name() + " is " + seen.get(value.name())
                    + " and cannot be put into what was saved: only plain values of locals and fields can");
        }
        String change = value.name() + " is " + seen.get(value.name());
        if (accepts(value, before)) {
            log.warn("accepted change: " + change + alsoRead(frame, value));
        } else {
            log.info("the run goes on for longer: " + change);
        }
    }

    /** An object that its local does not lead to any more may be reached in another way, and would keep its old value. */
    private void requireUnread(LoopFrame frame, StartValue value, String before, HeapRestore restore) {
        if (restore.mayBeElsewhere(frame.depth(), value, before)) {
            throw new Unsupported(
                    "changed arguments",
                    arguments() + "; " + value.name() + " is " + seen.get(value.name()) + ", and " + value.root()
                            + " does not lead to it any more at the saved place, where the program may come to it in"
                            + " another way; call the program as before, or choose another output_dir");
        }
    }

    /** What was trained before may not be what a run with the new value would have trained. */
    private static String alsoRead(LoopFrame frame, StartValue value) {
        List<Boolean> inside = readInside(frame, value);
        return inside.contains(true) && !inside.contains(false)
                ? "; the loop reads it in other places than its test, and what was trained so far saw the old value"
                : "";
    }

    /** Returns, for each exit that knows it, whether the loop reads a local elsewhere than in its test. */
    private static List<Boolean> readInside(LoopFrame frame, StartValue value) {
        String at = frame.start().map(n -> ((Starts.Noted) n).start().at()).orElse("");
        return frame.method().points().stream()
                .filter(p -> p.canReturn() && at.endsWith("@" + p.loop()))
                .flatMap(p -> p.locals().stream())
                .filter(l -> value.isLocal() && l.name().equals(value.root()))
                .map(LocalShape::readInside)
                .toList();
    }

    private void explain(StartValue value, String before) {
        arguments.stream()
                .filter(a -> value.text().equals(a.is())
                        && a.was() != null
                        && a.was().equals(before))
                .forEach(a -> explained.add(a.name()));
    }

    /** Everything was compared: what the options name MUST be there, and each argument is accepted or was seen to be. */
    void complete() {
        Set<String> known = new TreeSet<>(seen.keySet());
        arguments.forEach(a -> known.add(a.name()));
        accepted.names().stream().filter(n -> !known.contains(n)).findFirst().ifPresent(n -> {
            throw new Unsupported(
                    "accept_changes=" + n,
                    "nothing of that name has changed; what has changed is " + String.join(", ", known));
        });
        for (ArgumentList.Change a : arguments) {
            if (!accepted.has(a.name()) && !explained.contains(a.name())) {
                throw refused(a.text() + ", and no value of the program shows what depends on it");
            }
        }
    }

    /** At the exit of the last loop: the program goes back to the test that it left the loop by. */
    void goBack(LoopFrame frame, PointShape exit) {
        if (!exit.canReturn()) {
            throw stays("its last loop, left at line " + exit.line()
                    + ", was not left by a plain test that could be made again");
        }
        frame.goAgain();
    }

    /** The loop was left again before it made a step. */
    Unsupported leftAgain(PointShape exit) {
        return stays("with the new values its last loop ends again at once, at line " + exit.line()
                + ": it had stopped early, or ends by what it computed before");
    }

    private Unsupported stays(String why) {
        return new Unsupported(
                "changed arguments",
                arguments() + "; the saved run is finished, and " + why
                        + "; it stays finished. Call the program as before, or choose another output_dir");
    }

    private String arguments() {
        return String.join(
                ", ", arguments.stream().map(ArgumentList.Change::text).toList());
    }

    private String told(List<String> names) {
        return String.join(
                        ", ",
                        names.stream()
                                .limit(5)
                                .map(n -> n + " is " + seen.get(n))
                                .toList())
                + (names.size() > 5 ? ", and " + (names.size() - 5) + " more" : "");
    }

    private Unsupported refused(String what) {
        Set<String> names = new LinkedHashSet<>();
        arguments.forEach(a -> names.add(a.name()));
        names.addAll(seen.keySet());
        return new Unsupported(
                "changed arguments",
                arguments() + "; " + what + "; call the program as before, accept it all by accept_changes="
                        + (names.size() <= 8 ? String.join("+", names) : "all") + ", or choose another output_dir");
    }
}
