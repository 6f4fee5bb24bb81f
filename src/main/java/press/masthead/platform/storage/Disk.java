package press.masthead.platform.storage;

import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;

/** How much room a disk still has. */
@FunctionalInterface
public interface Disk {
    /** The machine's own. */
    Disk REAL = Disk::measured;

    /** Bytes that can still be written in a folder, which need not be there yet. */
    long free(Path folder);

    private static long measured(Path folder) {
        Path there = folder.toAbsolutePath();
        while (there != null && !Files.exists(there)) there = there.getParent();
        if (there == null) return Long.MAX_VALUE;
        File file = there.toFile();
        // Some disks that lie elsewhere don't tell their size at all.
        return file.getTotalSpace() == 0 ? Long.MAX_VALUE : file.getUsableSpace();
    }
}
