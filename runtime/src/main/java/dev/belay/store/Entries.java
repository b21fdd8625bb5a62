package dev.belay.store;

import dev.belay.store.Entry.Standing;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Lists a store for people. */
final class Entries {

    private Entries() {}

    static List<Entry> of(Inventory inventory) {
        List<Entry> entries = new ArrayList<>();
        for (Inventory.Live live : inventory.live()) {
            String name = live.committed().directoryName();
            if (live.directory().isEmpty()) {
                entries.add(new Entry(name, Standing.MISSING, Optional.empty()));
            } else {
                Standing standing = live.committed().superseded() ? Standing.SUPERSEDED : Standing.COMMITTED;
                entries.add(new Entry(name, standing, manifest(inventory, name)));
            }
        }
        for (String name : inventory.directories().keySet()) {
            if (inventory.liveIn(name).isEmpty() && !name.startsWith(FileNames.TEMPORARY)) {
                Standing standing = FileNames.isDamaged(name) ? Standing.DAMAGED : Standing.UNCOMMITTED;
                entries.add(new Entry(name, standing, manifest(inventory, name)));
            }
        }
        return entries;
    }

    private static Optional<Manifest> manifest(Inventory inventory, String name) {
        return inventory.directories().get(name).map(ManifestFile::manifest);
    }
}
