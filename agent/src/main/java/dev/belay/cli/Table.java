package dev.belay.cli;

import java.util.ArrayList;
import java.util.List;

/** Text in columns as wide as they have to be, numbers to the right. */
final class Table {

    /** A column. */
    record Column(String title, boolean right) {}

    private final List<Column> columns;
    private final List<List<String>> rows = new ArrayList<>();

    /** @param titles of the columns; one that begins with {@code >} is set to the right */
    Table(String... titles) {
        columns = java.util.Arrays.stream(titles)
                .map(t -> t.startsWith(">") ? new Column(t.substring(1), true) : new Column(t, false))
                .toList();
        rows.add(columns.stream().map(Column::title).toList());
    }

    void row(String... cells) {
        if (cells.length != columns.size()) {
            throw new IllegalArgumentException(cells.length + " cells for " + columns.size() + " columns");
        }
        rows.add(List.of(cells));
    }

    /** Returns one line per row, the first with the titles; each ends with a line end. */
    String text() {
        int[] widths = new int[columns.size()];
        rows.forEach(r -> {
            for (int i = 0; i < widths.length; i++) {
                widths[i] = Math.max(widths[i], r.get(i).length());
            }
        });
        StringBuilder text = new StringBuilder();
        for (List<String> row : rows) {
            StringBuilder line = new StringBuilder();
            for (int i = 0; i < widths.length; i++) {
                String pad = " ".repeat(widths[i] - row.get(i).length());
                line.append(columns.get(i).right() ? pad + row.get(i) : row.get(i) + pad)
                        .append("  ");
            }
            text.append(line.toString().stripTrailing()).append('\n');
        }
        return text.toString();
    }
}
