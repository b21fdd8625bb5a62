/**
 * Files that the program writes: which ones it opened and how long they were at a checkpoint, so that they go on from
 * there after a resume. Woven code enters through {@link dev.belay.files.FileCalls}, the engine through
 * {@link dev.belay.files.WrittenFiles}; docs/files.md says what holds and why.
 */
package dev.belay.files;
