package dev.belay.files;

import java.io.IOException;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Stream;

/** What the program does with files, at any time and in any thread, before it does it and after. */
final class FileEvents {

    private final FileStates states;
    private final KeptContents contents;
    private final Leftovers leftovers;
    private final Scratch scratch;
    private final Consumer<FileProblem> refuse;
    private Comeback comeback;
    private boolean pending;
    private boolean training;
    private boolean stepped;
    private final Set<Path> late = new HashSet<>();

    FileEvents(
            FileStates states,
            KeptContents contents,
            Leftovers leftovers,
            Scratch scratch,
            Consumer<FileProblem> refuse,
            Comeback nothing) {
        this.states = states;
        this.contents = contents;
        this.leftovers = leftovers;
        this.scratch = scratch;
        this.refuse = refuse;
        this.comeback = nothing;
    }

    synchronized void stepBegins() {
        stepped = true;
    }

    boolean isOpenedLate(Path real) {
        return late.contains(real);
    }

    /** From now on, nothing that the program does changes a file that is to come back. */
    synchronized void follow(Comeback saved) {
        comeback = saved;
        pending = true;
    }

    /** The program is at the saved position, or at its first step. */
    synchronized void trains() {
        pending = false;
        training = true;
    }

    /** Returns whether the program may not change the file now, because what it does was done before the checkpoint. */
    synchronized boolean isKept(Path given) {
        if (!pending || !isOfDefaultFileSystem(given)) {
            return false;
        }
        Path real = Places.real(given);
        return Files.isDirectory(real) ? comeback.hasWithin(real) : comeback.has(real);
    }

    private static boolean isOfDefaultFileSystem(Path path) {
        return path.getFileSystem() == FileSystems.getDefault();
    }

    /**
     * The program is about to open a file for writing.
     *
     * @return the file to open in its place
     */
    synchronized Path opening(Path given, Opening opening) throws IOException {
        if (!isOfDefaultFileSystem(given)) {
            return given;
        }
        Path real = Places.real(given);
        if (Files.exists(real) && !Files.isRegularFile(real)) {
            return given; // a device, a pipe
        }
        if (isKept(given)) {
            return opening.mode(false) == OpenMode.RANDOM
                    ? scratch.copy(comeback.content(real), real)
                    : scratch.instead(real, opening.createNew());
        }
        if (!opening.reads()) {
            notice(real, opening);
        }
        boolean empty = !Files.exists(real) || Files.size(real) == 0;
        OpenMode mode = opening.mode(empty);
        if (mode != OpenMode.RANDOM) {
            if (mode == OpenMode.WHOLE) {
                keep(real, true);
            }
            touched(real, mode);
            if (stepped) {
                late.add(real);
            }
        } else if (training) {
            states.writtenAnywhere(real);
        }
        return given;
    }

    private void notice(Path real, Opening opening) throws IOException {
        if (pending) {
            return;
        }
        if (states.record(real) == null && !opening.empties()) {
            leftovers.note(real);
        } else if (opening.appends()) {
            goesOn(real);
        }
    }

    private void goesOn(Path real) throws IOException {
        try {
            comeback.goesOn(real);
        } catch (FileProblem e) {
            refuse.accept(e);
        }
    }

    /** What the newest checkpoint needs of a file is put aside before it is gone. */
    private void keep(Path real, boolean inPlace) throws IOException {
        FileRecord record = states.record(real);
        boolean there = training && record != null && record.exists() && !states.isRewritten(real);
        if (there && (!inPlace || record.isNeeded() || states.isAppendedTo(real))) {
            contents.keep(real, inPlace);
        }
    }

    private void touched(Path real, OpenMode mode) {
        states.touched(real, mode, training);
        comeback.touched(real);
    }

    /** The program is about to move a file or directory away: what is in it is used. */
    synchronized void moving(Path given) throws IOException {
        if (isOfDefaultFileSystem(given) && !pending) {
            for (Path real : states.within(Places.real(given))) {
                goesOn(real);
            }
        }
        leaving(given);
    }

    /** The program is about to delete a file or directory, or to put another one in its place. */
    synchronized void leaving(Path given) throws IOException {
        if (isOfDefaultFileSystem(given) && !pending) {
            for (Path real : states.within(Places.real(given))) {
                keep(real, false);
            }
        }
    }

    /** The program is about to make a file by copying, moving or creating it. */
    synchronized void making(Path given, boolean createNew) throws IOException {
        if (isOfDefaultFileSystem(given)) {
            notice(Places.real(given), new Opening(false, !createNew, createNew, false));
            leaving(given);
        }
    }

    /** The program made a file or a directory so: what was there before is gone. */
    synchronized void made(Path given) throws IOException {
        if (isOfDefaultFileSystem(given)) {
            Path real = Places.real(given);
            if (Files.isDirectory(real)) {
                try (Stream<Path> all = Files.walk(real)) {
                    all.filter(Files::isRegularFile).forEach(f -> touched(f, OpenMode.WHOLE));
                }
            } else {
                touched(real, OpenMode.WHOLE);
            }
        }
    }

    /** The program deleted a file or directory, or moved it away. */
    synchronized void gone(Path given) {
        if (isOfDefaultFileSystem(given)) {
            Path real = Places.real(given);
            Set.copyOf(states.known()).stream().filter(f -> f.startsWith(real)).forEach(f -> {
                states.gone(f);
                comeback.touched(f);
            });
        }
    }

    /** Returns whether a directory that the program is about to make was made by lost steps. */
    synchronized boolean madeBefore(Path given) throws IOException {
        if (!isOfDefaultFileSystem(given) || pending) {
            return false;
        }
        Path real = Places.real(given);
        boolean made = leftovers.made(real);
        if (!Files.exists(real)) {
            leftovers.note(real);
        }
        return made;
    }
}
