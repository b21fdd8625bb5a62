package dev.belay.state;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Remembers over which edge each node was met first, so that people can be told the path to it. */
final class ObjectPaths {

    /** Names the edge of a parent, e.g. {@code .history} or {@code [3]}. */
    @FunctionalInterface
    interface EdgeNames {
        String name(int parent, int edge);
    }

    /** A longer path is shortened in its middle: in a long chain it would be of no use, and cost as much as the chain. */
    private static final int MAX_EDGES = 40;

    private int[] parents = new int[256];
    private int[] edges = new int[256];
    private int[] rootOf = new int[256];
    private final List<String> roots = new ArrayList<>();
    private int size;

    /** Adds the next node; returns its number, from 1. */
    int add(int parent, int edge, String rootPath) {
        if (size == parents.length) {
            parents = Arrays.copyOf(parents, size * 2);
            edges = Arrays.copyOf(edges, size * 2);
            rootOf = Arrays.copyOf(rootOf, size * 2);
        }
        parents[size] = parent;
        edges[size] = edge;
        if (parent > 0) {
            rootOf[size] = rootOf[parent - 1];
        } else {
            rootOf[size] = roots.size();
            roots.add(rootPath);
        }
        size++;
        return size;
    }

    /** Returns the node that a node was met through, or a number below 1. */
    int parent(int number) {
        return parents[number - 1];
    }

    /** Returns the root that a node was met through, from 0. */
    int root(int number) {
        return rootOf[number - 1];
    }

    String rootPath(int root) {
        return roots.get(root);
    }

    int rootCount() {
        return roots.size();
    }

    int edge(int number) {
        return edges[number - 1];
    }

    String of(int number, EdgeNames names) {
        ArrayDeque<String> parts = new ArrayDeque<>();
        int n = number;
        while (parents[n - 1] > 0 && parts.size() < MAX_EDGES) {
            parts.addFirst(names.name(parents[n - 1], edges[n - 1]));
            n = parents[n - 1];
        }
        if (parents[n - 1] > 0) {
            parts.addFirst("…");
        }
        parts.addFirst(roots.get(rootOf[n - 1]));
        return String.join("", parts);
    }
}
