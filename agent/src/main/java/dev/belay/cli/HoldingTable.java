package dev.belay.cli;

import java.util.List;

/** Locals or fields with what becomes of them. */
final class HoldingTable {

    private static final int NAME = 44;
    private static final int TYPE = 24;
    private static final int WHAT = 40;

    private HoldingTable() {}

    /** @param locals whether they have a declared type */
    static String of(List<Report> holdings, boolean locals) {
        Table table = new Table(locals ? "LOCAL" : "FIELD", "TYPE", "TREATMENT", "VALUE", ">SIZE");
        for (Report h : holdings) {
            table.row(
                    cut(locals ? h.text("name") : shortName(h.text("name")), NAME),
                    cut(simple(locals ? h.text("declared") : h.text("type")), TYPE),
                    h.text("treatment"),
                    cut(what(h), WHAT),
                    h.number("objects") == 0 || isScalar(h) ? "" : Words.size(h.number("bytes")));
        }
        return table.text();
    }

    private static boolean isScalar(Report holding) {
        return holding.number("objects") == 1 && holding.number("bytes") == 8;
    }

    private static String what(Report h) {
        if (!h.text("through").isEmpty()) {
            return "the same as " + h.text("through");
        }
        String values = h.number("values") > 1 ? h.number("values") + " values, " : "";
        String objects = h.number("objects") > h.number("values") ? ", " + h.number("objects") + " objects" : "";
        return switch (h.text("treatment")) {
            case "resource" -> values + keeper(h.text("why"));
            case "fresh" -> values + h.text("why");
            case "refused" -> values + "see below";
            default -> values + h.text("value") + objects;
        };
    }

    private static String keeper(String why) {
        return switch (why) {
            case "files" -> "live, its file is continued";
            case "jdk" -> "live, the JDK's own";
            case "library" -> "live, holds no training state";
            default -> "live, saved by the adapter " + why;
        };
    }

    /** {@code demo.Digits.labels} becomes {@code Digits.labels}. */
    private static String shortName(String field) {
        int dot = field.lastIndexOf('.');
        return dot < 0 ? field : simple(field.substring(0, dot)) + field.substring(dot);
    }

    private static String simple(String type) {
        return type.substring(type.lastIndexOf('.') + 1);
    }

    static String cut(String text, int width) {
        return text.length() <= width ? text : text.substring(0, width - 1) + "…";
    }
}
