package dev.belay.state;

import java.util.ArrayDeque;
import java.util.Arrays;

/** Remembers over which edge each node was met first, so that people can be told the path to it. */
final class ObjectPaths {

    /** Names the edge of a parent, e.g. {@code .history} or {@code [3]}. */
    @FunctionalInterface
    interface EdgeNames {
        String name(int parent, int edge);
    }

    private int[] parents = new int[256];
    private int[] edges = new int[256];
    private final java.util.Map<Integer, String> roots = new java.util.HashMap<>();
    private int size;

    /** Adds the next node; returns its number, from 1. */
    int add(int parent, int edge, String rootPath) {
        if (size == parents.length) {
            parents = Arrays.copyOf(parents, size * 2);
            edges = Arrays.copyOf(edges, size * 2);
        }
        parents[size] = parent;
        edges[size] = edge;
        size++;
        if (parent < 0) {
            roots.put(size, rootPath);
        }
        return size;
    }

    String of(int number, EdgeNames names) {
        ArrayDeque<String> parts = new ArrayDeque<>();
        int n = number;
        while (parents[n - 1] > 0) {
            parts.addFirst(names.name(parents[n - 1], edges[n - 1]));
            n = parents[n - 1];
        }
        parts.addFirst(roots.getOrDefault(n, "?"));
        return String.join("", parts);
    }
}
