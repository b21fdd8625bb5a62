package dev.belay.cli;

/** Text broken into lines between words. */
final class Wrapped {

    private Wrapped() {}

    /** @param indent of all lines but the first; returns lines that each end with a line end */
    static String of(String text, int width, String indent) {
        StringBuilder lines = new StringBuilder();
        StringBuilder line = new StringBuilder();
        for (String word : text.split(" ")) {
            if (line.length() > indent.length() && line.length() + 1 + word.length() > width) {
                lines.append(line).append('\n');
                line = new StringBuilder(indent).append(word);
            } else {
                line.append(line.length() == 0 ? "" : " ").append(word);
            }
        }
        return lines.append(line).append('\n').toString();
    }
}
