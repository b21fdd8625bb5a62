package dev.belay.engine;

import dev.belay.loop.Arrival;
import dev.belay.loop.LoopFrame;
import dev.belay.loop.PointShape;
import dev.belay.loop.StackAudit;
import dev.belay.state.Adapter;
import dev.belay.state.Adapters;
import dev.belay.state.FrameImage;
import dev.belay.state.HeapCapture;
import dev.belay.state.JdkRandom;
import dev.belay.state.Refusals;
import dev.belay.state.Snapshot;
import dev.belay.state.Staging;
import dev.belay.state.StartValue;
import dev.belay.state.StartWalk;
import dev.belay.state.StateAccount;
import dev.belay.state.StaticField;
import dev.belay.state.TensorFile;
import dev.belay.state.Twins;
import dev.belay.state.Unsupported;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;

/** Takes a consistent copy of a training thread's position and of all state that it can reach. */
final class Capturer {

    private final ProgramView program;
    private final Adapters adapters;
    private final ProgramFiles files;
    private final StackAudit audit;
    private final ThreadAudit threads;
    private final Staging staging;
    private boolean explained;
    private Optional<StateAccount> accountOfLast = Optional.empty();

    Capturer(ProgramView program, Adapters adapters, ProgramFiles files, Staging staging) {
        this.staging = staging;
        this.program = program;
        this.adapters = adapters;
        this.files = files;
        this.audit = new StackAudit(program.atlas());
        this.threads = new ThreadAudit(program);
    }

    /**
     * Copies everything. The snapshot before MUST have been persisted: its memory is used again.
     *
     * @throws BusyThread if another thread is inside application code just now
     */
    Snapshot capture(LoopFrame top) {
        adapters.loaded().forEach(Adapter::settle);
        Set<Thread> waiting = check(top);
        HeapCapture capture = capture(top, waiting);
        if (files.moved()) {
            capture = capture(top, waiting);
        }
        if (files.moved()) {
            throw new Unsupported(
                    "files that the program writes",
                    "a stream of the program's own writes again each time it is flushed; let flush only hand on");
        }
        Snapshot snapshot = capture.finish();
        files.record(capture);
        accountOfLast = explained ? Optional.of(capture.account()) : Optional.empty();
        return snapshot;
    }

    private HeapCapture capture(LoopFrame top, Set<Thread> waiting) {
        HeapCapture capture = begin(Refusals.THROWN);
        walk(capture, top, waiting, Refusals.THROWN);
        return capture;
    }

    private HeapCapture begin(Refusals refusals) {
        files.begin();
        TensorFile changing = adapters.loaded().isEmpty() ? TensorFile.MODEL : TensorFile.ARRAYS;
        return new HeapCapture(program.policy().get(), staging, changing, refusals);
    }

    private void walk(HeapCapture capture, LoopFrame top, Set<Thread> waiting, Refusals refusals) {
        List<LoopFrame> stack = top.stack();
        for (int i = 0; i < stack.size(); i++) {
            LoopFrame frame = stack.get(i);
            Optional<LoopFrame> called = i + 1 < stack.size() ? Optional.of(stack.get(i + 1)) : Optional.empty();
            refusals.attempt(() -> capture.frame(image(capture, frame, called)));
        }
        refusals.attempt(() -> capture.statics(statics()));
        refusals.attempt(() -> roots().forEach(capture::root));
        // also those that what was met has loaded
        adapters.loaded().forEach(a -> refusals.attempt(() -> a.capture(capture.sink())));
        refusals.attempt(() -> JdkRandom.capture(capture.sink()));
        capture.threadLocals(threads.others(waiting));
    }

    /** From now on {@link #accountOfLast} is known. */
    void explain() {
        explained = true;
    }

    /** Returns what the last snapshot is made of. */
    StateAccount accountOfLast() {
        return accountOfLast.orElseThrow();
    }

    /** As {@link #capture}, but goes on behind what cannot be saved, and tells of everything. */
    Account accountWithRefusals(LoopFrame top) {
        List<Unsupported> refused = new ArrayList<>();
        Refusals all = refused::add;
        Set<Thread> waiting = new HashSet<>();
        all.attempt(() -> {
            adapters.loaded().forEach(Adapter::settle);
            checkStack(top);
        });
        all.attempt(() -> waiting.addAll(checkThreads()));
        HeapCapture capture = begin(all);
        all.attempt(() -> walk(capture, top, waiting, all));
        capture.finish();
        all.attempt(() -> files.record(capture));
        return new Account(capture.account(), refused);
    }

    private Set<Thread> checkThreads() {
        try {
            return threads.check();
        } catch (BusyThread e) {
            throw e.refusal();
        }
    }

    /** Returns the threads that wait for this one. */
    private Set<Thread> check(LoopFrame top) {
        checkStack(top);
        return threads.check();
    }

    private void checkStack(LoopFrame top) {
        StackOrder.check(top);
        audit.unknownLoop(top).ifPresent(loop -> {
            throw new Unsupported(
                    loop, "this loop is on the stack, but its position is not known to Belay; name it with loop=");
        });
    }

    private FrameImage image(HeapCapture capture, LoopFrame frame, Optional<LoopFrame> called) {
        PointShape at = frame.at()
                .orElseThrow(() -> new Unsupported(
                        frame.method().readable(),
                        "it was left over a call that Belay does not know; name its loop with loop="));
        String path = readableShort(frame) + "/";
        List<String> names = new ArrayList<>();
        boolean overSource = called.filter(c -> c.method().body()).isPresent() && frame.source(at) != null;
        Object[] source = overSource ? frame.source(at) : new Object[0];
        int[] locals = new int[frame.locals().length + source.length];
        for (int i = 0; i < locals.length; i++) {
            boolean local = i < frame.locals().length;
            names.add(local ? at.locals().get(i).name() : "(what line " + at.line() + " goes over)");
            Object value = local ? frame.locals()[i] : source[i - frame.locals().length];
            locals[i] = capture.local(path + names.get(i), value);
        }
        List<FrameImage.ArrivalImage> arrivals = new ArrayList<>(exits(capture, frame));
        for (int head : at.around()) {
            frame.arrival(head)
                    .ifPresent(a -> arrivals.add(
                            arrival(capture, frame.method().points().get(head), a)));
        }
        return new FrameImage(
                frame.method().key(),
                frame.method().codeHash(),
                at.index(),
                at.line(),
                names,
                locals,
                arrivals,
                completed(capture, frame),
                new BodyImages(capture).of(frame, called));
    }

    private static List<FrameImage.ArrivalImage> exits(HeapCapture capture, LoopFrame frame) {
        List<FrameImage.ArrivalImage> exits = new ArrayList<>();
        for (PointShape p : frame.method().points()) {
            if (p.leaves()) {
                frame.arrival(p.index()).ifPresent(a -> exits.add(arrival(capture, p, a)));
            }
        }
        return exits;
    }

    private static List<FrameImage.CompletedImage> completed(HeapCapture capture, LoopFrame frame) {
        List<FrameImage.CompletedImage> completed = new ArrayList<>();
        for (PointShape p : frame.method().points()) {
            frame.completed(p.index())
                    .map(ended -> new FrameImage(
                            ended.method().key(),
                            ended.method().codeHash(),
                            0,
                            0,
                            List.of(),
                            new int[0],
                            exits(capture, ended),
                            completed(capture, ended),
                            new BodyImages(capture).ofEnded(ended)))
                    .ifPresent(image -> completed.add(new FrameImage.CompletedImage(p.index(), image)));
        }
        return completed;
    }

    private static FrameImage.ArrivalImage arrival(HeapCapture capture, PointShape point, Arrival arrival) {
        int[] values = new int[arrival.locals().length];
        for (int i = 0; i < values.length; i++) {
            Object value = arrival.locals()[i];
            boolean unknown = value == Arrival.UNKNOWN || point.canReturn() && i >= point.own();
            values[i] = unknown ? -1 : point.leaves() ? capture.passing(value) : capture.scalar(value);
        }
        return new FrameImage.ArrivalImage(point.index(), values, arrival.counts());
    }

    /** Lists what a program holds at a point before it trains. */
    List<StartValue> walk(StartWalk walk, LoopFrame frame, PointShape point, Object[] locals) {
        walk.begin(program.policy().get(), frame.stack());
        for (int i = 0; i < locals.length; i++) {
            String name = point.locals().get(i).name();
            walk.local(name, name.equals("this") ? ownerOf(frame) : name, locals[i]);
        }
        adapters.loaded()
                .forEach(a -> a.roots().forEach((name, root) -> {
                    if (!(root instanceof Random)) { // whoever does not seed a generator gets another one each time
                        walk.local(name, name, root);
                    }
                }));
        walk.statics(program.stateClasses().get().stream()
                .sorted(Comparator.comparing(Class::getName))
                .toList());
        return walk.values();
    }

    private static String ownerOf(LoopFrame frame) {
        String path = readableShort(frame);
        return path.substring(0, path.lastIndexOf('.'));
    }

    private static String readableShort(LoopFrame frame) {
        String full = frame.method().readable();
        String owner = full.substring(0, full.indexOf('#'));
        return owner.substring(owner.lastIndexOf('.') + 1) + "." + full.substring(full.indexOf('#') + 1);
    }

    private List<StaticField> statics() {
        Twins twins = new Twins(program.types());
        List<StaticField> all = new ArrayList<>();
        for (Class<?> c : program.stateClasses().get().stream()
                .sorted(Comparator.comparing(Class::getName))
                .toList()) {
            List<StaticField> fields = StaticField.of(c);
            if (!fields.isEmpty() && twins.has(c)) {
                throw new Unsupported("static fields of " + c.getName(), Twins.REASON);
            }
            all.addAll(fields);
        }
        return all;
    }

    /** Returns the roots of the JDK and of all adapters, by name. */
    Map<String, Object> roots() {
        Map<String, Object> roots = new TreeMap<>(JdkRandom.roots());
        roots.put("java.lang.Thread.currentThread", Thread.currentThread()); // values of thread locals may name it
        adapters.loaded().forEach(a -> roots.putAll(a.roots()));
        return roots;
    }
}
