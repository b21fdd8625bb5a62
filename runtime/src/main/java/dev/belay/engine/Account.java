package dev.belay.engine;

import dev.belay.state.StateAccount;
import dev.belay.state.Unsupported;
import java.util.List;

/**
 * What a capture that went on behind refusals was told.
 *
 * @param refused in the order in which they were met: the first is the one that a checkpoint would be refused for
 */
record Account(StateAccount state, List<Unsupported> refused) {

    Account {
        refused = List.copyOf(refused);
    }
}
