package dev.belay.state;

/**
 * What held a value that a program had before it trained: a checkpoint that has nothing like it does not have the value
 * either, whatever way leads to it.
 *
 * @param type as {@link HeapNode#type} names it
 * @param key of an entry of a map, where it is plain; else null
 */
public record StartHolder(String type, Object key) {

    /** Something whose class tells. */
    static StartHolder of(Object holder) {
        Class<?> type = holder.getClass();
        return new StartHolder(type.isHidden() ? Lambdas.stableName(type) : type.getName(), null);
    }
}
