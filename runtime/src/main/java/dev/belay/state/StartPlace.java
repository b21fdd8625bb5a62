package dev.belay.state;

import java.lang.invoke.MethodType;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.IntFunction;

/** The place in a checkpoint where a value of the program's start would be. */
final class StartPlace {

    private final HeapImage image;
    private final int frame;
    private final StartValue value;

    StartPlace(HeapImage image, int frame, StartValue value) {
        this.image = image;
        this.frame = frame;
        this.value = value;
    }

    boolean hasRoot() {
        return root() >= 0;
    }

    /**
     * Returns whether the checkpoint may have the value in another place: where no local leads to its holder any more, the
     * program may still come to it in another way.
     *
     * @param before what it was
     */
    boolean mayBeElsewhere(String before) {
        return value.holder() == null
                ? !value.isLocal()
                : image.nodes().stream().anyMatch(n -> mayBeHolder(n, before));
    }

    private boolean mayBeHolder(HeapNode node, String before) {
        StartHolder holder = value.holder();
        if (holder.key() != null) {
            return node instanceof HeapNode.Value v && v.value().equals(holder.key());
        } else if (value.value() != null && node instanceof HeapNode.References r) {
            return r.type().equals(holder.type())
                    && Arrays.stream(r.elements()).mapToObj(image::scalar).anyMatch(e -> isText(e, before));
        }
        return node.type().equals(holder.type());
    }

    private static boolean isText(Object scalar, String text) {
        return scalar != null && StartWalk.text(scalar).equals(text);
    }

    /** Returns what is there; empty if there is no such place. */
    Optional<String> text() {
        int holder = holder();
        if (value.primitive() >= 0) {
            return holder > 0 && image.node(holder) instanceof HeapNode.Plain p
                    ? Optional.of(StartWalk.text(box(p.primitives()[value.primitive()])))
                    : Optional.empty();
        }
        int number = value.way() == null ? -1 : value.way().isEmpty() ? root() : child(holder);
        Object scalar = number < 0 ? null : image.scalar(number);
        return scalar == null ? Optional.empty() : Optional.of(StartWalk.text(scalar));
    }

    /** Returns the checkpoint with the value there; empty if it cannot be put there. */
    Optional<HeapImage> with(IntFunction<List<String>> names) {
        List<HeapNode> nodes = new ArrayList<>(image.nodes());
        if (value.primitive() >= 0) {
            return withPrimitive(nodes);
        } else if (value.value() == null || value.way() == null) {
            return Optional.empty();
        }
        nodes.add(new HeapNode.Value(value.value()));
        int number = nodes.size();
        if (!value.way().isEmpty()) {
            return withReference(nodes, number);
        } else if (value.isStatic()) {
            Map<String, Integer> statics = new LinkedHashMap<>(image.statics());
            statics.replace(value.root(), number);
            return Optional.of(image(image.frames(), nodes, statics));
        }
        List<FrameImage> frames = new ArrayList<>(image.frames());
        String was = text().orElse(null);
        frames.set(frame, locals(frames.get(frame), number, names));
        for (int f = frame + 1; f < frames.size(); f++) {
            frames.set(f, passedOn(frames.get(f), number, was));
        }
        return Optional.of(image(frames, nodes, image.statics()));
    }

    private HeapImage image(List<FrameImage> frames, List<HeapNode> nodes, Map<String, Integer> statics) {
        return new HeapImage(frames, nodes, statics, image.roots(), image.values(), image.identities());
    }

    private Optional<HeapImage> withPrimitive(List<HeapNode> nodes) {
        int holder = holder();
        if (holder <= 0 || !(image.node(holder) instanceof HeapNode.Plain p)) {
            return Optional.empty();
        }
        long[] primitives = p.primitives().clone();
        primitives[value.primitive()] = Primitives.bits(value.value());
        nodes.set(holder - 1, new HeapNode.Plain(p.type(), p.signature(), primitives, p.references()));
        return Optional.of(image(image.frames(), nodes, image.statics()));
    }

    private Optional<HeapImage> withReference(List<HeapNode> nodes, int number) {
        int holder = holder();
        int at = value.way().get(value.way().size() - 1);
        if (holder > 0 && image.node(holder) instanceof HeapNode.Plain p) {
            int[] references = p.references().clone();
            references[at] = number;
            nodes.set(holder - 1, new HeapNode.Plain(p.type(), p.signature(), p.primitives(), references));
        } else if (holder > 0 && image.node(holder) instanceof HeapNode.References r) {
            int[] elements = r.elements().clone();
            elements[at] = number;
            nodes.set(holder - 1, new HeapNode.References(r.type(), elements));
        } else {
            return Optional.empty();
        }
        return Optional.of(image(image.frames(), nodes, image.statics()));
    }

    private FrameImage locals(FrameImage of, int number, IntFunction<List<String>> names) {
        List<FrameImage.ArrivalImage> arrivals = of.arrivals().stream()
                .map(a -> new FrameImage.ArrivalImage(
                        a.point(), replaced(names.apply(a.point()), a.values(), number), a.counts()))
                .toList();
        return frame(of, replaced(of.names(), of.locals(), number), arrivals);
    }

    /** Returns an activation inside of the loop: what it was given by the same name is the same value. */
    private FrameImage passedOn(FrameImage of, int number, String was) {
        int i = of.names().indexOf(value.root());
        Object scalar = i < 0 ? null : image.scalar(of.locals()[i]);
        return isText(scalar, was) ? frame(of, replaced(of.names(), of.locals(), number), of.arrivals()) : of;
    }

    private static FrameImage frame(FrameImage of, int[] locals, List<FrameImage.ArrivalImage> arrivals) {
        return new FrameImage(
                of.method(),
                of.codeHash(),
                of.point(),
                of.line(),
                of.names(),
                locals,
                arrivals,
                of.completed(),
                of.bodies());
    }

    private int[] replaced(List<String> names, int[] numbers, int number) {
        int[] replaced = numbers.clone();
        for (int i = 0; i < Math.min(names.size(), numbers.length); i++) {
            if (names.get(i).equals(value.root()) && numbers[i] > 0) {
                replaced[i] = number;
            }
        }
        return replaced;
    }

    private Object box(long bits) {
        return Primitives.box(
                MethodType.methodType(value.value().getClass()).unwrap().returnType(), bits);
    }

    /** Returns the node of the root; -1 if the checkpoint does not have it. */
    private int root() {
        if (value.isStatic()) {
            return image.statics().getOrDefault(value.root(), -1);
        }
        FrameImage of = image.frames().get(frame);
        int i = of.names().indexOf(value.root());
        return i < 0 ? -1 : of.locals()[i];
    }

    /** Returns the node of the object that holds the value. */
    private int holder() {
        if (value.way() == null) {
            return -1;
        }
        int number = root();
        int steps = value.primitive() >= 0 ? value.way().size() : value.way().size() - 1;
        for (int i = 0; i < steps && number > 0; i++) {
            number = child(number, value.way().get(i));
        }
        return number;
    }

    private int child(int holder) {
        return child(holder, value.way().get(value.way().size() - 1));
    }

    private int child(int holder, int at) {
        int[] children = holder <= 0 ? new int[0] : HeapFill.children(image.node(holder));
        return at < children.length ? children[at] : -1;
    }
}
