package dev.belay.store;

import java.nio.channels.FileChannel;
import java.nio.file.Path;

/** The real file system without its syncs: for tests that end no power. */
class SwiftDisk extends ForwardingDisk {

    SwiftDisk() {
        super(new LocalDisk());
    }

    @Override
    public void sync(FileChannel channel) {}

    @Override
    public void syncDirectory(Path directory) {}
}
