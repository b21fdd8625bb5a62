package dev.belay.cli;

import dev.belay.engine.ExitCode;

/** Exit codes of the commands, as constants that annotations can use. {@link ExitCode} has those of the agent. */
final class Exit {

    static final int OK = 0;
    static final int ERROR = 1;
    static final int REFUSED = 5;
    static final int USAGE = 64;

    private Exit() {}
}
