package dev.belay.cli;

import dev.belay.engine.CheckpointDetail.Tensor;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.ToDoubleFunction;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** Tensors as people read them: the rows of an array of arrays, which are tensors of their own, in one line. */
final class TensorTable {

    private static final Pattern ROW = Pattern.compile("(.*)\\[\\d+]");

    /** What the tensors of one line have in common. */
    private record Key(String file, String name, String dtype, List<Long> shape) {

        static Key of(Tensor t) {
            Matcher m = ROW.matcher(t.name());
            return new Key(t.file(), m.matches() ? m.group(1) + "[]" : t.name(), t.dtype(), t.shape());
        }
    }

    private TensorTable() {}

    static String of(List<Tensor> tensors) {
        Map<Key, List<Tensor>> lines = new LinkedHashMap<>();
        tensors.forEach(
                t -> lines.computeIfAbsent(Key.of(t), k -> new ArrayList<>()).add(t));
        Table table = new Table("FILE", "NAME", "DTYPE", ">SHAPE", ">SIZE", ">MIN", ">MAX", ">MEAN", ">STD", "NOTE");
        lines.forEach((key, rows) -> table.row(
                key.file().replace(".safetensors", ""),
                rows.size() == 1 ? rows.get(0).name() : key.name(),
                key.dtype(),
                shape(key, rows.size()),
                Words.size(rows.stream().mapToLong(Tensor::bytes).sum()),
                number(rows.stream()
                        .mapToDouble(Tensor::min)
                        .filter(Double::isFinite)
                        .min()
                        .orElse(Double.NaN)),
                number(rows.stream()
                        .mapToDouble(Tensor::max)
                        .filter(Double::isFinite)
                        .max()
                        .orElse(Double.NaN)),
                number(mean(rows)),
                number(std(rows)),
                note(rows)));
        return table.text();
    }

    private static String shape(Key key, int rows) {
        String shape = key.shape().stream().map(String::valueOf).collect(Collectors.joining("x"));
        return rows == 1 ? shape : rows + "x" + shape;
    }

    private static double mean(List<Tensor> rows) {
        return average(rows, Tensor::mean);
    }

    private static double std(List<Tensor> rows) {
        double mean = mean(rows);
        return Math.sqrt(average(rows, t -> t.std() * t.std() + (t.mean() - mean) * (t.mean() - mean)));
    }

    /** Returns the mean over all finite elements of what each row has for its own. */
    private static double average(List<Tensor> rows, ToDoubleFunction<Tensor> of) {
        double sum = 0;
        long elements = 0;
        for (Tensor t : rows) {
            long finite = t.shape().stream().reduce(1L, (a, b) -> a * b) - t.notFinite();
            sum += finite == 0 ? 0 : of.applyAsDouble(t) * finite;
            elements += finite;
        }
        return elements == 0 ? Double.NaN : sum / elements;
    }

    private static String note(List<Tensor> rows) {
        long nans = rows.stream().mapToLong(Tensor::nans).sum();
        long infinities = rows.stream().mapToLong(Tensor::infinities).sum();
        String aliases = rows.stream().flatMap(t -> t.aliases().stream()).collect(Collectors.joining(", "));
        return (nans == 0 ? "" : nans + " NaN ")
                + (infinities == 0 ? "" : infinities + " infinite ")
                + (aliases.isEmpty() ? "" : "also " + aliases);
    }

    private static String number(double value) {
        return Double.isNaN(value) ? "-" : String.format(Locale.ROOT, "%.5g", value);
    }
}
