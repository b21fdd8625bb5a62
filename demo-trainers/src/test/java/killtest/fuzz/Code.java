package killtest.fuzz;

/** Lines of Java, indented. */
final class Code {

    private final StringBuilder text = new StringBuilder();
    private int depth;

    void line(String line) {
        text.append("    ".repeat(depth)).append(line).append('\n');
    }

    /** Adds a line that opens a block. */
    void open(String line) {
        line(line);
        depth++;
    }

    /** Adds a line that closes a block and opens the next. */
    void next(String line) {
        depth--;
        open(line);
    }

    void close() {
        close("}");
    }

    void close(String line) {
        depth--;
        line(line);
    }

    @Override
    public String toString() {
        return text.toString();
    }
}
