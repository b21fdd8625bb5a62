package dev.belay.state;

import java.lang.reflect.Array;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.TreeSet;

/**
 * Walks two object graphs side by side, from their roots, and notes where they differ. Nodes have numbers of their own in
 * each: two objects are the same if all that is reachable from them is, and if nothing else has been the same as either.
 */
final class GraphDifferences {

    private record Pair(int first, int second, GraphWay way) {}

    private record Fields(String signature, long[] numbers, int[] nodes) {}

    private final HeapImage first;
    private final HeapImage second;
    private final DifferenceList found;
    private final Map<Integer, Pair> pairs = new HashMap<>();
    private final Map<Integer, Integer> firstOfSecond = new HashMap<>();
    private final Deque<Pair> open = new ArrayDeque<>();

    GraphDifferences(HeapImage first, HeapImage second, DifferenceList found) {
        this.first = first;
        this.second = second;
        this.found = found;
    }

    /** Adds two objects that should be the same. */
    void add(String name, int ofFirst, int ofSecond) {
        open.add(new Pair(ofFirst, ofSecond, GraphWay.root(name)));
    }

    /** Adds roots by their names. */
    void add(Map<String, Integer> ofFirst, Map<String, Integer> ofSecond) {
        TreeSet<String> names = new TreeSet<>(ofFirst.keySet());
        names.addAll(ofSecond.keySet());
        for (String name : names) {
            if (ofFirst.containsKey(name) && ofSecond.containsKey(name)) {
                add(name, ofFirst.get(name), ofSecond.get(name));
            } else {
                found.add(
                        name,
                        ofFirst.containsKey(name) ? "is there" : "-",
                        ofSecond.containsKey(name) ? "is there" : "-");
            }
        }
    }

    /** Compares all that is reachable from what was added. */
    void run() {
        while (!open.isEmpty()) {
            compare(open.remove());
        }
        first.identities().forEach((node, hash) -> {
            Pair pair = pairs.get(node);
            if (pair != null && !hash.equals(second.identities().get(pair.second()))) {
                found.add(
                        pair.way().text() + " (identity hash code)",
                        hash.toString(),
                        String.valueOf(second.identities().get(pair.second())));
            }
        });
    }

    private void compare(Pair pair) {
        if (pair.first() == 0 || pair.second() == 0) {
            if (pair.first() != pair.second()) {
                differ(pair);
            }
            return;
        }
        HeapNode a = first.node(pair.first());
        HeapNode b = second.node(pair.second());
        if (a.getClass() != b.getClass() || !a.type().equals(b.type())) {
            differ(pair);
        } else if (a instanceof HeapNode.Value || a instanceof HeapNode.Text || a instanceof HeapNode.Type) {
            if (!a.equals(b)) {
                differ(pair);
            }
        } else if (isNew(pair)) {
            contents(pair, a, b);
        }
    }

    private boolean isNew(Pair pair) {
        Pair known = pairs.putIfAbsent(pair.first(), pair);
        Integer other = firstOfSecond.putIfAbsent(pair.second(), pair.first());
        boolean same = (known == null || known.second() == pair.second()) && (other == null || other == pair.first());
        if (!same) {
            String as =
                    known == null ? pairs.get(other).way().text() : known.way().text();
            found.add(
                    pair.way().text(),
                    known == null ? "an object of its own" : "the same object as " + as,
                    known == null ? "the same object as " + as : "another one");
        }
        return known == null && other == null;
    }

    private void contents(Pair pair, HeapNode a, HeapNode b) {
        if (a instanceof HeapNode.Plain x && b instanceof HeapNode.Plain y) {
            fields(
                    pair,
                    new Fields(x.signature(), x.primitives(), x.references()),
                    new Fields(y.signature(), y.primitives(), y.references()));
        } else if (a instanceof HeapNode.Resource x && b instanceof HeapNode.Resource y) {
            fields(
                    pair,
                    new Fields(x.signature(), x.primitives(), x.references()),
                    new Fields(y.signature(), y.primitives(), y.references()));
        } else if (a instanceof HeapNode.Lambda x && b instanceof HeapNode.Lambda y) {
            fields(
                    pair,
                    new Fields(x.signature(), x.primitives(), x.references()),
                    new Fields(y.signature(), y.primitives(), y.references()));
        } else if (a instanceof HeapNode.Constant x && b instanceof HeapNode.Constant y) {
            same(pair, x.name(), y.name());
            fields(
                    pair,
                    new Fields(x.signature(), x.primitives(), x.references()),
                    new Fields(y.signature(), y.primitives(), y.references()));
        } else if (a instanceof HeapNode.Primitives x && b instanceof HeapNode.Primitives y) {
            primitives(pair, x, y);
        } else if (a instanceof HeapNode.Matrix x && b instanceof HeapNode.Matrix y) {
            matrices(pair, x, y);
        } else if (a instanceof HeapNode.References x && b instanceof HeapNode.References y) {
            elements(pair, x.elements(), y.elements(), "");
        } else if (a instanceof HeapNode.Rebuilt x && b instanceof HeapNode.Rebuilt y) {
            elements(pair, x.entries(), y.entries(), "entry ");
        } else if (a instanceof HeapNode.Immutable x && b instanceof HeapNode.Immutable y) {
            elements(
                    pair,
                    ImmutableOrder.of(first, x.type(), x.elements()),
                    ImmutableOrder.of(second, y.type(), y.elements()),
                    "element ");
        } else if (!a.equals(b)) {
            differ(pair); // a part of a tensor, or what exists once
        }
    }

    private void fields(Pair pair, Fields x, Fields y) {
        if (!x.signature().equals(y.signature())
                || x.numbers().length != y.numbers().length
                || x.nodes().length != y.nodes().length) {
            found.add(pair.way().text() + " (fields)", x.signature(), y.signature());
            return;
        }
        String[] names = x.signature().split(";");
        int numbers = x.numbers().length;
        for (int i = 0; i < numbers; i++) {
            if (x.numbers()[i] != y.numbers()[i]) {
                String[] field = names[i].split(":", 2);
                found.add(
                        pair.way().text() + "." + field[0],
                        Primitives.text(field[1], x.numbers()[i]),
                        Primitives.text(field[1], y.numbers()[i]));
            }
        }
        for (int i = 0; i < x.nodes().length; i++) {
            String name = names[numbers + i].split(":", 2)[0];
            open.add(new Pair(x.nodes()[i], y.nodes()[i], pair.way().then("." + name)));
        }
    }

    /** The contents of those that are tensors are compared as tensors. */
    private void primitives(Pair pair, HeapNode.Primitives x, HeapNode.Primitives y) {
        if (x.length() != y.length()) {
            differ(pair);
        } else if (x.tensor() != null || y.tensor() != null) {
            same(pair, x.tensor(), y.tensor());
        } else {
            for (int i = 0; i < x.length(); i++) {
                Object a = Array.get(x.elements(), i);
                Object b = Array.get(y.elements(), i);
                if (!a.equals(b)) {
                    found.add(pair.way().text() + "[" + i + "]", a.toString(), b.toString());
                    return; // one element tells that the arrays differ
                }
            }
        }
    }

    private void matrices(Pair pair, HeapNode.Matrix x, HeapNode.Matrix y) {
        boolean alike = x.count() == y.count()
                && x.length() == y.length()
                && Objects.equals(x.tensor(), y.tensor())
                && Arrays.equals(x.places(), y.places())
                && x.elements().length == y.elements().length;
        if (!alike) {
            differ(pair);
            return;
        }
        for (int i = 0; i < x.elements().length; i++) {
            if (x.isOwn(i) != y.isOwn(i)) {
                found.add(pair.way().text() + "[" + i + "]", "a row " + own(x.isOwn(i)), "a row " + own(y.isOwn(i)));
            } else if (!x.isOwn(i)) {
                open.add(new Pair(x.element(i), y.element(i), pair.way().then("[" + i + "]")));
            }
        }
    }

    private static String own(boolean own) {
        return own ? "of its own" : "that others hold";
    }

    private void elements(Pair pair, int[] x, int[] y, String word) {
        if (x.length != y.length) {
            found.add(pair.way().text(), x.length + " elements", y.length + " elements");
            return;
        }
        for (int i = 0; i < x.length; i++) {
            open.add(new Pair(x[i], y[i], pair.way().then("[" + word + i + "]")));
        }
    }

    private void same(Pair pair, String x, String y) {
        if (!Objects.equals(x, y)) {
            found.add(pair.way().text(), String.valueOf(x), String.valueOf(y));
        }
    }

    private void differ(Pair pair) {
        found.add(pair.way().text(), text(first, pair.first()), text(second, pair.second()));
    }

    private static String text(HeapImage image, int number) {
        return number == 0 ? "null" : StateSummary.text(image.node(number));
    }
}
