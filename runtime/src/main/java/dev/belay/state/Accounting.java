package dev.belay.state;

import dev.belay.state.StateAccount.Fate;
import dev.belay.state.StateAccount.Holding;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.random.RandomGenerator;
import java.util.stream.LongStream;

/** Sums up what a capture did. It decides nothing: how an object was treated, and where it went, is the capture's. */
final class Accounting {

    private static final String LAMBDA = "the restarted program's own lambda; what it captured is saved";
    private static final String SINGLETON = "it exists once in every JVM";

    private final CapturedGraph graph;
    private final ObjectPolicy policy;
    private final Map<String, Long> tensorBytes = new HashMap<>();
    private final List<StateAccount.Tensor> tensors = new ArrayList<>();
    private final long[] bytes;
    private final int[] rootObjects;
    private final long[] rootBytes;
    private final Set<Integer> claimed = new HashSet<>();

    Accounting(CapturedGraph graph, ObjectPolicy policy, TensorStage stage) {
        this.graph = graph;
        this.policy = policy;
        for (StagedTensor t : stage.tensors()) {
            tensorBytes.put(t.name(), t.size());
            tensors.add(new StateAccount.Tensor(
                    t.file().fileName(),
                    t.name(),
                    t.dtype(),
                    LongStream.of(t.shape()).boxed().toList(),
                    t.size(),
                    t.file() == TensorFile.DATA));
        }
        bytes = new long[graph.size()];
        rootObjects = new int[graph.paths().rootCount()];
        rootBytes = new long[rootObjects.length];
        for (int n = 1; n <= bytes.length; n++) {
            bytes[n - 1] = bytesOf(n);
            rootObjects[graph.paths().root(n)]++;
            rootBytes[graph.paths().root(n)] += bytes[n - 1];
        }
    }

    StateAccount account(List<FrameImage> frames, Map<String, Integer> statics) {
        List<StateAccount.Frame> accounted = new ArrayList<>();
        for (FrameImage f : frames) {
            List<Holding> locals = new ArrayList<>();
            for (int i = 0; i < f.locals().length; i++) {
                locals.add(holding(f.names().get(i), f.locals()[i]));
            }
            accounted.add(new StateAccount.Frame(f.method(), f.line(), locals));
        }
        List<Holding> fields = new ArrayList<>();
        statics.forEach((name, number) -> fields.add(holding(name, number)));
        return new StateAccount(accounted, fields, fields(), generators(), tensors, bytes.length);
    }

    private Holding holding(String name, int number) {
        if (number <= 0) {
            return new Holding(name, "", Fate.SAVED, "null", "", "", 1, 0, 0);
        }
        int root = graph.paths().root(number);
        boolean first = graph.paths().parent(number) < 1 && claimed.add(root);
        return new Holding(
                name,
                graph.object(number).getClass().getTypeName(),
                fate(number),
                text(number),
                why(number),
                first || isScalar(number) ? "" : graph.path(number),
                1,
                first ? rootObjects[root] : 0,
                first ? rootBytes[root] : 0);
    }

    private boolean isScalar(int number) {
        return graph.treatment(number).kind() == Treatment.Kind.VALUE;
    }

    private Fate fate(int number) {
        return switch (graph.treatment(number).kind()) {
            case LAMBDA, SINGLETON -> Fate.FRESH;
            case RESOURCE -> Fate.RESOURCE;
            case REFUSED -> Fate.REFUSED;
            default -> Fate.SAVED;
        };
    }

    private String why(int number) {
        Treatment treatment = graph.treatment(number);
        return switch (treatment.kind()) {
            case LAMBDA -> LAMBDA;
            case SINGLETON -> SINGLETON;
            case RESOURCE -> policy.keeper(graph.object(number));
            case REFUSED -> treatment.reason();
            default -> "";
        };
    }

    private String text(int number) {
        HeapNode node = graph.node(number);
        return node == null ? graph.object(number).getClass().getSimpleName() : StateSummary.text(node);
    }

    /** Values of the program's own fields; what the JDK's and a framework's objects hold counts with what holds these. */
    private List<Holding> fields() {
        Map<String, Holding> fields = new TreeMap<>();
        String[] owners = new String[bytes.length + 1];
        for (int n = 1; n <= bytes.length; n++) {
            int parent = graph.paths().parent(n); // was met before, so that its owner is known
            String own = parent < 1 ? null : field(parent, graph.paths().edge(n));
            owners[n] = own != null ? own : parent < 1 ? null : owners[parent];
            if (owners[n] != null) {
                Holding one = new Holding(
                        owners[n],
                        graph.object(n).getClass().getTypeName(),
                        fate(n),
                        text(n),
                        why(n),
                        "",
                        own == null ? 0 : 1,
                        1,
                        bytes[n - 1]);
                fields.merge(owners[n], one, own == null ? Accounting::held : Accounting::another);
            }
        }
        return List.copyOf(fields.values());
    }

    private static Holding held(Holding field, Holding more) {
        return new Holding(
                field.name(),
                field.type(),
                field.fate(),
                field.text(),
                field.why(),
                "",
                field.values(),
                field.objects() + 1,
                field.bytes() + more.bytes());
    }

    /** The worst fate is named, and a type that differs is not. */
    private static Holding another(Holding field, Holding value) {
        Holding worst = value.fate().compareTo(field.fate()) > 0 ? value : field;
        return new Holding(
                field.name(),
                field.type().equals(value.type()) ? field.type() : "",
                worst.fate(),
                worst.text(),
                worst.why(),
                "",
                field.values() + 1,
                field.objects() + 1,
                field.bytes() + value.bytes());
    }

    private String field(int holder, int edge) {
        Class<?> type = graph.object(holder).getClass();
        ClassLayout layout = switch (graph.treatment(holder).kind()) {
            case PLAIN, CONSTANT -> ClassLayout.of(type);
            case RESOURCE -> policy.resourceLayout(type);
            default -> null;
        };
        if (layout == null || !policy.isProgram(layout.referenceOwner(edge))) {
            return null;
        }
        return layout.referenceOwner(edge).getName() + "." + layout.referenceName(edge);
    }

    private List<String> generators() {
        List<String> paths = new ArrayList<>();
        for (int n = 1; n <= bytes.length; n++) {
            if (graph.object(n) instanceof RandomGenerator && fate(n) == Fate.SAVED) {
                paths.add(graph.path(n));
            }
        }
        return paths;
    }

    private long bytesOf(int number) {
        HeapNode node = graph.node(number);
        if (graph.contents().containsKey(number)) {
            return tensorBytes.getOrDefault(graph.contents().get(number), 0L);
        } else if (node instanceof HeapNode.Primitives p) {
            return elementBytes(p.type(), p.length());
        } else if (node instanceof HeapNode.Part p) {
            return elementBytes(p.type(), p.length());
        } else if (node instanceof HeapNode.Matrix m) {
            return tensorBytes.getOrDefault(m.tensor(), 0L);
        } else if (node instanceof HeapNode.References r) {
            return 4L * r.elements().length;
        } else if (node instanceof HeapNode.Plain p) {
            return 8L * p.primitives().length + 4L * p.references().length;
        }
        return 8;
    }

    private static long elementBytes(String type, int length) {
        return (long) ArrayBytes.elementSize(ArrayBytes.component(type)) * length;
    }
}
