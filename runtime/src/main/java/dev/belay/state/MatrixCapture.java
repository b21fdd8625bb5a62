package dev.belay.state;

import java.lang.reflect.Array;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;

/**
 * The node of one array of arrays of primitives. Rows that nothing else holds get no nodes of their own: there may be
 * millions.
 */
final class MatrixCapture {

    private final TensorStage stage;
    private final TensorFile changing;
    private final List<HeapNode> nodes;
    private final ArrayCapture.Graph graph;
    private final RowSharing sharing;
    private final int number;
    private final Object[] rows;
    private final int[] elements;
    /** Rows that are not in another tensor, and the node of each, or {@link HeapNode.Matrix#OWN}. */
    private final List<Object> written = new ArrayList<>();

    private final int[] writtenAs;
    private final int[] indices;

    MatrixCapture(
            TensorStage stage,
            TensorFile changing,
            List<HeapNode> nodes,
            ArrayCapture.Graph graph,
            RowSharing sharing,
            int number) {
        this.stage = stage;
        this.changing = changing;
        this.nodes = nodes;
        this.graph = graph;
        this.sharing = sharing;
        this.number = number;
        this.rows = (Object[]) graph.object(number);
        this.elements = new int[rows.length];
        this.writtenAs = new int[rows.length];
        this.indices = new int[rows.length];
    }

    /** Copies the rows, or leaves them to be copied one by one. */
    HeapNode capture(ArrayCapture.Smallness smallness) {
        collect();
        Class<?> component = rows.getClass().getComponentType().getComponentType();
        Elements all = new Elements(component, written);
        if (smallness.isSmall(all)) {
            return oneByOne();
        }
        String name = stage.unique(changing, graph.path(number));
        int[] order = stage.arrange(name, written, all);
        int length = commonLength();
        long[] shape = length < 0 ? new long[] {all.count()} : new long[] {written.size(), length};
        HeapNode node = length < 0 ? oneByOne() : matrix(name, order, length);
        parts(name, order);
        stage.arrays(changing, name, shape, new Elements(component, ordered(order)));
        return node;
    }

    /** Returns the length of all rows, or -1. */
    private int commonLength() {
        int length = Array.getLength(written.get(0));
        for (Object row : written) {
            if (Array.getLength(row) != length) {
                return -1;
            }
        }
        return length;
    }

    private List<Object> ordered(int[] order) {
        List<Object> ordered = new ArrayList<>(order.length);
        for (int w : order) {
            ordered.add(written.get(w));
        }
        return ordered;
    }

    private void collect() {
        BitSet met = new BitSet();
        for (int i = 0; i < rows.length; i++) {
            if (rows[i] == null) {
                continue;
            }
            int known = graph.known(rows[i]);
            if (known == 0 && sharing.isShared(rows[i])) {
                known = graph.number(rows[i], number, i);
            }
            elements[i] = known == 0 ? HeapNode.Matrix.OWN : known;
            if (known == 0 || nodes.get(known - 1) == null && !met.get(known)) {
                met.set(known);
                writtenAs[written.size()] = elements[i];
                indices[written.size()] = i;
                written.add(rows[i]);
            }
        }
    }

    /** Gives each row a node. */
    private HeapNode oneByOne() {
        for (int w = 0; w < written.size(); w++) {
            if (writtenAs[w] == HeapNode.Matrix.OWN) {
                writtenAs[w] = graph.number(written.get(w), number, indices[w]);
                elements[indices[w]] = writtenAs[w];
            }
        }
        return new HeapNode.References(rows.getClass().getName(), elements);
    }

    private HeapNode matrix(String name, int[] order, int length) {
        int[] places = new int[rows.length];
        boolean natural = true;
        boolean allOwn = true;
        for (int place = 0; place < order.length; place++) {
            places[indices[order[place]]] = place;
        }
        for (int i = 0; i < rows.length; i++) {
            allOwn &= elements[i] == HeapNode.Matrix.OWN;
            natural &= elements[i] != HeapNode.Matrix.OWN || places[i] == i;
        }
        return new HeapNode.Matrix(
                rows.getClass().getName(),
                rows.length,
                length,
                name,
                allOwn ? new int[0] : elements,
                natural ? new int[0] : places);
    }

    private void parts(String name, int[] order) {
        long offset = 0;
        for (int w : order) {
            int length = Array.getLength(written.get(w));
            if (writtenAs[w] != HeapNode.Matrix.OWN) {
                nodes.set(
                        writtenAs[w] - 1,
                        new HeapNode.Part(written.get(w).getClass().getName(), length, name, offset));
            }
            offset += length;
        }
    }
}
