package dev.belay.state;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/**
 * Puts the model of a checkpoint into a running program that is at another place: its arrays of floating-point numbers, in
 * place. Which array stands for which is told by the way to it, from the locals of the activations that both have and from
 * static fields. All else stays as it is.
 */
final class ModelArrays {

    private final HeapImage image;
    private final HeapBinding binding;
    private final Map<String, List<HeapFill.Target>> targets = new LinkedHashMap<>();
    private final Set<String> missing = new TreeSet<>();
    private int filled;

    ModelArrays(HeapImage image, HeapBinding binding) {
        this.image = image;
        this.binding = binding;
    }

    /** Finds the arrays, then fills them. */
    LoadedModel load(List<LiveFrame> live, List<StaticField> statics, HeapFill.ArrayReader arrays) {
        List<HeapBinding.Pair> pairs = new ArrayList<>();
        for (int i = 0; i < Math.min(live.size(), image.frames().size()); i++) {
            FrameImage saved = image.frames().get(i);
            if (!saved.method().equals(live.get(i).method())) {
                break; // what is called from here on is something else
            }
            for (int local = 0; local < saved.locals().length; local++) {
                Object object = live.get(i).locals().get(saved.names().get(local));
                pairs.add(new HeapBinding.Pair(saved.locals()[local], object));
            }
        }
        statics.forEach(f -> pairs.add(new HeapBinding.Pair(image.statics().get(f.name()), f.get())));
        binding.bind(pairs);
        for (int number = 1; number <= image.nodes().size(); number++) {
            find(number, image.node(number));
        }
        targets.forEach(arrays::read);
        return new LoadedModel(filled, List.copyOf(missing));
    }

    private void find(int number, HeapNode node) {
        Object live = binding.live(number);
        if (node instanceof HeapNode.Primitives p && isFloating(p.type())) {
            if (live == null) {
                miss(p.tensor());
            } else if (p.tensor() == null) {
                System.arraycopy(p.elements(), 0, live, 0, p.length());
                filled++;
            } else {
                add(p.tensor(), live, 0);
            }
        } else if (node instanceof HeapNode.Part p && isFloating(p.type())) {
            if (live == null) {
                miss(p.tensor());
            } else {
                add(p.tensor(), live, p.offset());
            }
        } else if (node instanceof HeapNode.Matrix m && isFloating(m.type().substring(1))) {
            findRows(number, m);
        }
    }

    private void findRows(int number, HeapNode.Matrix m) {
        for (int i = 0; i < m.count(); i++) {
            Object row = binding.row(number, i);
            if (m.isOwn(i) && row != null) {
                add(m.tensor(), row, m.offset(i));
            } else if (m.isOwn(i)) {
                miss(m.tensor());
            }
        }
    }

    private void add(String tensor, Object array, long offset) {
        targets.computeIfAbsent(tensor, t -> new ArrayList<>()).add(new HeapFill.Target(array, offset));
        filled++;
    }

    private void miss(String tensor) {
        if (tensor != null) {
            missing.add(tensor);
        }
    }

    /** Parameters are such numbers; an order of the samples, say, is none. */
    private static boolean isFloating(String type) {
        return type.equals("[F") || type.equals("[D");
    }
}
