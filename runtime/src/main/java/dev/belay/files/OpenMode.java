package dev.belay.files;

/** How a program opened a file for writing. */
enum OpenMode {
    /** Emptied first: what was in it is gone. */
    WHOLE,
    /** What was in it stays, and all that is written follows. */
    APPEND,
    /** Written at any place: not recorded, as nothing that could be cut off would undo it. */
    RANDOM
}
