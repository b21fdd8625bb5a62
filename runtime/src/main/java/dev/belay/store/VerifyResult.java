package dev.belay.store;

import java.util.List;

/**
 * What a verification found.
 *
 * @param damages one line each, naming the file and, inside it, the first bad block; empty if all is well
 */
public record VerifyResult(List<String> damages) {

    public VerifyResult {
        damages = List.copyOf(damages);
    }

    public boolean intact() {
        return damages.isEmpty();
    }
}
