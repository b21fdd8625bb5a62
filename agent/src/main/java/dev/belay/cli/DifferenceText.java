package dev.belay.cli;

import dev.belay.engine.CheckpointDifference;
import dev.belay.engine.CheckpointDifference.Place;
import dev.belay.engine.CheckpointDifference.Tensor;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

/** The differences of two checkpoints as people read them, and as JSON. */
final class DifferenceText {

    private static final int MOST = 12;
    private static final int MOST_CELL = 60;

    private final boolean all;
    private final StringBuilder text = new StringBuilder();

    /** @param all whether long lists are printed whole */
    DifferenceText(boolean all) {
        this.all = all;
    }

    String of(Path first, Path second, CheckpointDifference d) {
        String pair = first + " and " + second;
        if (d.identical()) {
            text.append(pair).append(": identical\n");
            aside(d);
            return text.toString();
        }
        text.append(pair).append(" differ in ").append(summary(d)).append('\n');
        tensors(d.tensors());
        names("Tensors only in " + first, d.onlyInFirst());
        names("Tensors only in " + second, d.onlyInSecond());
        places("Position", d.position());
        places("Objects and values", d.objects());
        places("Counters", d.counters());
        places("trainer_state.json", d.trainerState());
        aside(d);
        return text.toString();
    }

    /** What is told, but is no part of the state. */
    private void aside(CheckpointDifference d) {
        places("Written by different programs or machines", d.fingerprint());
        if (all) {
            places("Generators of the JDK that each JVM seeds anew", d.unseeded());
        }
    }

    private static String summary(CheckpointDifference d) {
        List<String> parts = new ArrayList<>();
        if (!d.tensors().isEmpty()) {
            parts.add(d.tensors().size() + " of " + Words.count(d.tensorsInBoth(), "tensor"));
        }
        int alone = d.onlyInFirst().size() + d.onlyInSecond().size();
        if (alone > 0) {
            parts.add(Words.count(alone, "tensor") + " that only one has");
        }
        if (!d.position().isEmpty()) {
            parts.add("the position");
        }
        if (d.objectCount() > 0) {
            parts.add(d.objectCount() == 1 ? "1 object or value" : d.objectCount() + " objects and values");
        }
        if (!d.counters().isEmpty()) {
            parts.add(Words.count(d.counters().size(), "counter"));
        }
        if (!d.trainerState().isEmpty()) {
            parts.add("trainer_state.json");
        }
        return String.join(", ", parts);
    }

    private void tensors(List<Tensor> tensors) {
        List<Tensor> largest = tensors.stream()
                .sorted(Comparator.comparing(Tensor::comparable).thenComparing(t -> -t.maxAbsolute()))
                .toList();
        Table table = new Table("TENSOR", "TYPE", ">DIFFERENT", ">MAX ABS", ">MAX REL", ">MAX ULP");
        for (Tensor t : shown(largest)) {
            if (t.comparable()) {
                table.row(
                        t.name(),
                        t.first(),
                        t.different() + " of " + t.elements(),
                        number(t.maxAbsolute()),
                        number(t.maxRelative()),
                        ulps(t));
            } else {
                table.row(t.name(), t.first() + " and " + t.second(), "-", "-", "-", "-");
            }
        }
        section("Tensors", tensors.isEmpty() ? "" : table.text(), tensors.size());
    }

    private static String ulps(Tensor t) {
        if (t.maxUlps() == Tensor.NO_ULPS) {
            return "-";
        }
        return t.maxUlps() == Long.MAX_VALUE ? "huge" : Long.toString(t.maxUlps());
    }

    private static String number(double value) {
        return String.format(Locale.ROOT, "%.3g", value);
    }

    private void names(String title, List<String> names) {
        section(title, shown(names).stream().map(n -> n + "\n").collect(Collectors.joining()), names.size());
    }

    private void places(String title, List<Place> places) {
        Table table = new Table("WHAT", "FIRST", "SECOND");
        for (Place p : shown(places)) {
            table.row(p.path(), cell(p.first()), cell(p.second()));
        }
        section(title, places.isEmpty() ? "" : table.text(), places.size());
    }

    private String cell(String value) {
        String line = value.replaceAll("\\s+", " ");
        return all || line.length() <= MOST_CELL ? line : line.substring(0, MOST_CELL - 1) + "…";
    }

    private <T> List<T> shown(List<T> entries) {
        return all || entries.size() <= MOST ? entries : entries.subList(0, MOST);
    }

    private void section(String title, String body, int entries) {
        if (entries > 0) {
            text.append('\n').append(title).append('\n');
            body.lines().forEach(l -> text.append("  ").append(l).append('\n'));
            if (!all && entries > MOST) {
                text.append("  … ").append(entries - MOST).append(" more, shown by --all\n");
            }
        }
    }

    static String json(Path first, Path second, CheckpointDifference d) {
        Map<String, Object> all = new LinkedHashMap<>();
        all.put("first", first.toString());
        all.put("second", second.toString());
        all.put("identical", d.identical());
        all.put("first_step", d.first().step());
        all.put("second_step", d.second().step());
        all.put("tensors_in_both", d.tensorsInBoth());
        all.put("tensors", d.tensors().stream().map(DifferenceText::fields).toList());
        all.put("only_in_first", d.onlyInFirst());
        all.put("only_in_second", d.onlyInSecond());
        all.put("position", fields(d.position()));
        all.put("objects", fields(d.objects()));
        all.put("object_count", d.objectCount());
        all.put("unseeded", fields(d.unseeded()));
        all.put("counters", fields(d.counters()));
        all.put("trainer_state", fields(d.trainerState()));
        all.put("fingerprint", fields(d.fingerprint()));
        return Json.of(all);
    }

    private static Map<String, Object> fields(Tensor t) {
        Map<String, Object> fields = new LinkedHashMap<>();
        fields.put("name", t.name());
        fields.put("first", t.first());
        fields.put("second", t.second());
        fields.put("elements", t.elements());
        fields.put("different", t.comparable() ? t.different() : null);
        fields.put("max_abs", t.comparable() ? t.maxAbsolute() : null);
        fields.put("max_rel", t.comparable() ? t.maxRelative() : null);
        fields.put("max_ulp", t.comparable() && t.maxUlps() != Tensor.NO_ULPS ? t.maxUlps() : null);
        return fields;
    }

    private static List<Map<String, String>> fields(List<Place> places) {
        List<Map<String, String>> all = new ArrayList<>();
        for (Place p : places) {
            Map<String, String> fields = new LinkedHashMap<>();
            fields.put("path", p.path());
            fields.put("first", p.first());
            fields.put("second", p.second());
            all.add(fields);
        }
        return all;
    }
}
