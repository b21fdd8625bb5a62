package showcase;

import java.io.IOException;

/** The demo did not show what it promises; the message says why, in one line. */
final class Failure extends IOException {

    private static final long serialVersionUID = 1;

    Failure(String message) {
        super(message);
    }
}
