package dev.belay.files;

/**
 * What a program asks for when it opens a file for writing.
 *
 * @param appends whether all that is written follows what is there
 * @param empties whether what was there is gone
 * @param createNew whether it must not exist
 * @param reads whether it is read, too
 */
record Opening(boolean appends, boolean empties, boolean createNew, boolean reads) {

    static final Opening TO_APPEND = new Opening(true, false, false, false);
    static final Opening EMPTIED = new Opening(false, true, false, false);
    static final Opening ANY_PLACE = new Opening(false, false, false, true);

    /** @param empty whether nothing is in the file, or there is none */
    OpenMode mode(boolean empty) {
        if (appends) {
            return OpenMode.APPEND;
        }
        return (empties || createNew || empty) && !reads ? OpenMode.WHOLE : OpenMode.RANDOM;
    }
}
