package dev.belay.state;

import java.util.Arrays;
import java.util.List;

/** Compares two loop positions; the objects that they hold are left to the comparison of the graphs. */
final class FrameDifferences {

    private final GraphDifferences graphs;
    private final DifferenceList found;

    FrameDifferences(GraphDifferences graphs, DifferenceList found) {
        this.graphs = graphs;
        this.found = found;
    }

    /** @param first loop positions, outermost activation first */
    void compare(List<FrameImage> first, List<FrameImage> second) {
        differ("activations", first.size(), second.size());
        for (int i = 0; i < Math.min(first.size(), second.size()); i++) {
            FrameImage a = first.get(i);
            frame(StateSummary.readable(a.method()), a, second.get(i));
        }
    }

    private boolean differ(String what, Object first, Object second) {
        if (!first.equals(second)) {
            found.add(what, first.toString(), second.toString());
            return true;
        }
        return false;
    }

    private void frame(String name, FrameImage a, FrameImage b) {
        if (differ(name, a.method(), b.method()) | differ(name + " (code)", a.codeHash(), b.codeHash())) {
            return;
        }
        differ(name + " (line)", a.line(), b.line());
        differ(name + " (point)", a.point(), b.point());
        if (!differ(name + " (locals)", a.names(), b.names())) {
            nodes(name + "/", a.names(), a.locals(), b.locals());
        }
        arrivals(name, a.arrivals(), b.arrivals());
        completed(name, a.completed(), b.completed());
        bodies(name, a.bodies(), b.bodies());
    }

    private void nodes(String name, List<String> names, int[] first, int[] second) {
        if (!differ(name + " (values)", first.length, second.length)) {
            for (int i = 0; i < first.length; i++) {
                String each = i < names.size() ? names.get(i) : Integer.toString(i);
                if (first[i] < 0 || second[i] < 0) {
                    differ(name + each + " (known)", first[i] >= 0, second[i] >= 0);
                } else {
                    graphs.add(name + each, first[i], second[i]);
                }
            }
        }
    }

    private void arrivals(String name, List<FrameImage.ArrivalImage> first, List<FrameImage.ArrivalImage> second) {
        if (differ(name + " (loops)", points(first), points(second))) {
            return;
        }
        for (int i = 0; i < first.size(); i++) {
            FrameImage.ArrivalImage a = first.get(i);
            FrameImage.ArrivalImage b = second.get(i);
            String loop = name + " at point " + a.point();
            differ(loop + " (elements taken)", Arrays.toString(a.counts()), Arrays.toString(b.counts()));
            nodes(loop + "/", List.of(), a.values(), b.values());
        }
    }

    private static List<Integer> points(List<FrameImage.ArrivalImage> arrivals) {
        return arrivals.stream().map(FrameImage.ArrivalImage::point).toList();
    }

    private void completed(String name, List<FrameImage.CompletedImage> first, List<FrameImage.CompletedImage> second) {
        if (differ(name + " (calls that are over)", first.size(), second.size())) {
            return;
        }
        for (int i = 0; i < first.size(); i++) {
            String call = name + " call " + first.get(i).call();
            differ(call, first.get(i).call(), second.get(i).call());
            FrameImage a = first.get(i).frame();
            arrivals(call, a.arrivals(), second.get(i).frame().arrivals());
            completed(call, a.completed(), second.get(i).frame().completed());
            bodies(call, a.bodies(), second.get(i).frame().bodies());
        }
    }

    private void bodies(String name, List<FrameImage.BodyImage> first, List<FrameImage.BodyImage> second) {
        if (differ(name + " (calls of lambdas)", first.size(), second.size())) {
            return;
        }
        for (int i = 0; i < first.size(); i++) {
            FrameImage.BodyImage a = first.get(i);
            FrameImage.BodyImage b = second.get(i);
            String body = name + " " + a.method() + " " + a.ordinal();
            differ(
                    body,
                    a.call() + " " + a.method() + " " + a.ordinal(),
                    b.call() + " " + b.method() + " " + b.ordinal());
            nodes(body + "/", List.of(), a.arguments(), b.arguments());
            nodes(body + " (result)", List.of(), new int[] {a.result()}, new int[] {b.result()});
        }
    }
}
