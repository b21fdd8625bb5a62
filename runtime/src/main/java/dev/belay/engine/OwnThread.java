package dev.belay.engine;

/** A thread of Belay's own: it inherits no values of the program's thread locals, and is none of the program's threads. */
final class OwnThread extends Thread {

    OwnThread(Runnable task, String name) {
        super(null, task, name, 0, false);
        setDaemon(true);
    }
}
