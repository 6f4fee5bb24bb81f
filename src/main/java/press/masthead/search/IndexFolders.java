package press.masthead.search;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The folders of one node's indexes: the one that serves, and for a while the one being made. Several nodes may have the same data
 * folder: each takes a place of its own in it, for as long as it runs.
 */
final class IndexFolders implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(IndexFolders.class);
    private static final int PLACES = 100;

    private final Path all;
    private @Nullable FileChannel claim;
    private Path parent;

    IndexFolders(Path all) {
        this.all = all;
        this.parent = all.resolve("0");
    }

    /** Takes the first place that no other node has. */
    void claim() {
        try {
            Files.createDirectories(all);
            for (int place = 0; place < PLACES; place++) {
                var channel = FileChannel.open(
                        all.resolve(place + ".lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
                if (isFree(channel)) {
                    claim = channel;
                    parent = all.resolve(Integer.toString(place));
                    return;
                }
                channel.close();
            }
            throw new IOException("a hundred nodes are at work in " + all);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    boolean isClaimed() {
        return claim != null;
    }

    private static boolean isFree(FileChannel channel) throws IOException {
        try {
            return channel.tryLock() != null;
        } catch (OverlappingFileLockException e) {
            return false; // another node within this very program
        }
    }

    @Override
    public void close() {
        try {
            if (claim != null) claim.close();
        } catch (IOException e) {
            LOG.debug("the place was not given back", e);
        }
    }

    /** The newest index that was finished; what is unfinished or damaged is thrown away. */
    Optional<PieceIndex> finished() {
        for (Path folder : made()) {
            try {
                PieceIndex index = PieceIndex.open(folder);
                if (index.note().containsKey(SearchIndex.MARK)) {
                    removeAllBut(folder);
                    return Optional.of(index);
                }
                index.close();
            } catch (IOException | RuntimeException e) {
                LOG.warn("The search index in {} can't be read and is made again: {}", folder, e.getMessage());
            }
            remove(folder);
        }
        return Optional.empty();
    }

    Path fresh() throws IOException {
        Files.createDirectories(parent);
        return Files.createTempDirectory(parent, "index-" + Instant.now().toEpochMilli() + "-");
    }

    void removeAllBut(Path kept) {
        made().stream().filter(folder -> !folder.equals(kept)).forEach(IndexFolders::remove);
    }

    /** Newest first. */
    private List<Path> made() {
        if (!Files.isDirectory(parent)) return List.of();
        try (var folders = Files.list(parent)) {
            return folders.filter(Files::isDirectory)
                    .sorted(Comparator.comparing(Path::getFileName).reversed())
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static void remove(Path folder) {
        try (var files = Files.walk(folder)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) Files.deleteIfExists(file);
        } catch (IOException e) {
            LOG.warn("An old search index stays in {}: {}", folder, e.getMessage());
        }
    }
}
