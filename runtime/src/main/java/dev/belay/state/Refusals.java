package dev.belay.state;

/** Takes what cannot be captured exactly. A checkpoint ends with the first of them; who explains a program asks for all. */
@FunctionalInterface
public interface Refusals {

    /** Nothing is saved of what cannot all be saved. */
    Refusals THROWN = e -> {
        throw e;
    };

    /** Where this returns, the capture goes on behind what was refused, and MUST NOT become a checkpoint. */
    void refuse(Unsupported e);

    /** Does a part of a capture that others do not depend on. */
    default void attempt(Runnable part) {
        try {
            part.run();
        } catch (Unsupported e) {
            refuse(e);
        }
    }
}
