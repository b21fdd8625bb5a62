package dev.belay.state;

import java.io.IOException;
import java.lang.reflect.Array;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The program's own arrays in a checkpoint's tensor files. Thread-safe. */
final class SavedArrays {

    private static final int CHUNK_BYTES = 1 << 20;
    /** An array is in the first of these that has a tensor of its name. */
    private static final List<TensorFile> PLACES = List.of(TensorFile.DATA, TensorFile.ARRAYS, TensorFile.MODEL);

    private final Map<String, SafetensorsFile> places = new HashMap<>();
    private ByteBuffer chunk;

    SavedArrays(Map<TensorFile, SafetensorsFile> files) {
        for (TensorFile place : PLACES) {
            if (files.containsKey(place)) {
                files.get(place).names().forEach(name -> places.putIfAbsent(name, files.get(place)));
            }
        }
    }

    /** An array that the graph refers to MUST be there in full before anything of its length is allocated. */
    void check(HeapImage image) {
        for (HeapNode node : image.nodes()) {
            if (node instanceof HeapNode.Primitives p && p.tensor() != null) {
                TensorEntry t = file(p.tensor()).tensor(p.tensor());
                if (!hasType(t, p.type()) || t.shape().length != 1 || t.shape()[0] != p.length()) {
                    throw differs(t, p.type(), "[" + p.length() + "]");
                }
            } else if (node instanceof HeapNode.Part p) {
                TensorEntry t = file(p.tensor()).tensor(p.tensor());
                if (!hasType(t, p.type()) || t.bytes() / t.dtype().bytes() - p.length() < p.offset()) {
                    throw differs(t, p.type(), " with elements " + p.offset() + " to " + (p.offset() + p.length()));
                }
            } else if (node instanceof HeapNode.Matrix m) {
                check(m);
            }
        }
    }

    private void check(HeapNode.Matrix m) {
        TensorEntry t = file(m.tensor()).tensor(m.tensor());
        String row = m.type().substring(1);
        long elements = t.bytes() / t.dtype().bytes();
        long rows = 0;
        boolean inside = true;
        for (int i = 0; i < m.count() && inside; i++) {
            if (m.isOwn(i)) {
                rows++;
                inside = m.offset(i) + m.length() <= elements && rows * m.length() <= elements;
            }
        }
        if (!hasType(t, row) || !inside) {
            throw differs(t, row, " with " + m.count() + " rows of " + m.length());
        }
    }

    private static boolean hasType(TensorEntry t, String type) {
        return t.dtype().name().equals(ArrayBytes.dtype(ArrayBytes.component(type)));
    }

    private static Unsupported differs(TensorEntry found, String type, String expected) {
        return new Unsupported(
                "array " + found.name(),
                "found " + found.dtype() + Arrays.toString(found.shape()) + ", expected "
                        + ArrayBytes.dtype(ArrayBytes.component(type)) + expected + "; it is damaged or foreign");
    }

    private SafetensorsFile file(String tensor) {
        SafetensorsFile file = places.get(tensor);
        if (file == null) {
            throw new Unsupported("array " + tensor, "no file of the checkpoint has it; it is damaged or foreign");
        }
        return file;
    }

    /** Reads a tensor, or those parts of it that are wanted: what lies side by side in one go. */
    synchronized void read(String tensor, List<HeapFill.Target> targets) {
        if (chunk == null) {
            chunk = ByteBuffer.allocateDirect(CHUNK_BYTES);
        }
        SafetensorsFile file = file(tensor);
        TensorEntry t = file.tensor(tensor);
        List<HeapFill.Target> run = new ArrayList<>();
        long end = 0;
        try {
            for (HeapFill.Target target : sorted(targets)) {
                if (!run.isEmpty() && target.offset() != end) {
                    readRun(file, t, run);
                    run.clear();
                }
                run.add(target);
                end = target.offset() + Array.getLength(target.array());
            }
            readRun(file, t, run);
        } catch (IOException e) {
            throw SavedState.unreadable(tensor, e);
        }
    }

    private static List<HeapFill.Target> sorted(List<HeapFill.Target> targets) {
        return targets.stream()
                .sorted(Comparator.comparingLong(HeapFill.Target::offset))
                .toList();
    }

    private void readRun(SafetensorsFile file, TensorEntry t, List<HeapFill.Target> run) throws IOException {
        HeapFill.Target last = run.get(run.size() - 1);
        int size = t.dtype().bytes();
        long begin = t.begin() + run.get(0).offset() * size;
        long end = t.begin() + (last.offset() + Array.getLength(last.array())) * size;
        if (end > t.end()) {
            throw new IllegalStateException("array " + t.name() + " was checked when the checkpoint was opened");
        }
        file.read(new TensorEntry(t.name(), t.dtype(), t.shape(), begin, end), chunk, new Scatter(run, size));
    }

    /** Deals bytes out to arrays, one after the other. */
    private static final class Scatter implements SafetensorsFile.Pieces {

        private final List<HeapFill.Target> targets;
        private final int size;
        private int target;
        private int at;

        Scatter(List<HeapFill.Target> targets, int size) {
            this.targets = targets;
            this.size = size;
        }

        @Override
        public void take(ByteBuffer piece) {
            while (piece.hasRemaining()) {
                Object array = targets.get(target).array();
                int n = Math.min(Array.getLength(array) - at, piece.remaining() / size);
                ArrayBytes.copyIn(piece, array, at, n);
                at += n;
                if (at == Array.getLength(array)) {
                    target++;
                    at = 0;
                }
            }
        }
    }
}
