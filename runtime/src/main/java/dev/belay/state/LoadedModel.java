package dev.belay.state;

import java.util.List;

/**
 * What became of the arrays of a checkpoint's model.
 *
 * @param arrays how many of the program's were filled
 * @param missing tensors of which the program no longer has an array, or not all
 */
public record LoadedModel(int arrays, List<String> missing) {}
