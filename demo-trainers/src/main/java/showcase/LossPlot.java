package showcase;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.jetbrains.letsPlot.commons.encoding.UnsupportedRGBEncoder;
import org.jetbrains.letsPlot.commons.geometry.DoubleVector;
import org.jetbrains.letsPlot.core.util.PlotSvgExportCommon;

/** Draws the curves of both runs, one upon the other, as SVG. */
final class LossPlot {

    private static final DoubleVector SIZE = new DoubleVector(960, 540);
    private static final String PALE_BLUE = "#9ecae1";
    private static final String DARK_BLUE = "#08306b";
    private static final String RED = "#cb181d";
    private static final String GREY = "#555555";
    private static final double ABOVE_CURVES = 1.3;
    private static final String RUN = "run";

    private LossPlot() {}

    /** @param lives those of the killed run, whose kills are marked */
    static String svg(LossCurve undisturbed, LossCurve killed, List<Life> lives) {
        List<Integer> kills =
                lives.stream().filter(Life::killed).map(Life::lastStep).toList();
        String first = "never killed, without Belay";
        String second = "killed " + kills.size() + " times, with Belay";
        List<Map<String, Object>> layers = new ArrayList<>();
        layers.add(killLines(kills));
        layers.add(layer("line", undisturbed, first, Map.of("size", 4.5)));
        layers.add(layer("line", killed, second, Map.of("size", 0.8)));
        layers.add(layer("point", killed, second, Map.of("size", 2.2)));
        layers.add(killLabels(kills, killed));
        return PlotSvgExportCommon.INSTANCE.buildSvgImageFromRawSpecs(
                plot(layers, first, second), SIZE, new UnsupportedRGBEncoder(), true);
    }

    private static Map<String, Object> plot(List<Map<String, Object>> layers, String first, String second) {
        return Map.of(
                "kind", "plot",
                "ggtitle",
                        Map.of(
                                "text",
                                "DigitsCnn, killed and resumed",
                                "subtitle",
                                "validation loss after each epoch: where both runs are equal, the thin curve"
                                        + " lies in the wide one"),
                "layers", layers,
                "scales",
                        List.of(
                                Map.of("aesthetic", "x", "name", "step"),
                                Map.of("aesthetic", "y", "name", "validation loss (log scale)", "trans", "log10"),
                                Map.of(
                                        "aesthetic", "color",
                                        "name", "",
                                        "breaks", List.of(first, second),
                                        "limits", List.of(first, second),
                                        "values", List.of(PALE_BLUE, DARK_BLUE))),
                "theme", Map.of("name", "minimal", "legend_position", "bottom"));
    }

    private static Map<String, Object> layer(String geom, LossCurve curve, String run, Map<String, Object> look) {
        Map<String, Object> layer = new HashMap<>(look);
        layer.put("geom", geom);
        layer.put("data", Map.of("step", curve.steps(), "loss", curve.losses(), RUN, constant(run, curve.steps())));
        layer.put("mapping", Map.of("x", "step", "y", "loss", "color", RUN));
        return layer;
    }

    private static Map<String, Object> killLines(List<Integer> kills) {
        return Map.of(
                "geom",
                "vline",
                "data",
                Map.of("kill", kills),
                "mapping",
                Map.of("xintercept", "kill"),
                "color",
                RED,
                "size",
                0.7,
                "linetype",
                "dashed");
    }

    private static Map<String, Object> killLabels(List<Integer> kills, LossCurve curve) {
        double top =
                curve.losses().stream().mapToDouble(Double::doubleValue).max().orElse(1);
        List<String> labels = IntStream.range(0, kills.size())
                .mapToObj(i -> " kill " + (i + 1))
                .toList();
        return Map.of(
                "geom",
                "text",
                "data",
                Map.of("kill", kills, "top", constant(ABOVE_CURVES * top, kills), "label", labels),
                "mapping",
                Map.of("x", "kill", "y", "top", "label", "label"),
                "hjust",
                "left",
                "size",
                5,
                "color",
                GREY);
    }

    private static <T> List<T> constant(T value, List<?> asLongAs) {
        return asLongAs.stream().map(ignored -> value).toList();
    }
}
