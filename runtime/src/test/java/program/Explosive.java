package program;

/** A class that tells when it is initialised: reading a checkpoint must not do it. */
public class Explosive {

    static {
        System.setProperty("program.explosive", "initialised");
    }
}
