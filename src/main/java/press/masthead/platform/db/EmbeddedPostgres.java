package press.masthead.platform.db;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The PostgreSQL that Masthead brings along: started with the program, stopped with it, started again should it die, its
 * data kept in a folder. It listens on loopback alone and asks a password that only the folder's owner can read.
 */
public final class EmbeddedPostgres implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(EmbeddedPostgres.class);
    private static final long STOP_SECONDS = 60;
    private static final int RESTART_SECONDS = 5;

    private final PostgresBinaries binaries;
    private final DataFolder folder;
    private final Durability durability;
    private int port;
    private volatile PostgresRun run;
    private volatile boolean closing;

    /**
     * Starts the server on the data in this folder, making it at the first start.
     *
     * @throws DatabaseUnusable when the folder is in use, not writable, on a full disk or of another major version
     */
    public static EmbeddedPostgres start(Path folder) {
        return new EmbeddedPostgres(folder, PostgresBinaries.carried(), Durability.SAFE);
    }

    /** For tests: the same without waiting for the disk. */
    static EmbeddedPostgres startLosable(Path folder) {
        return startLosable(folder, PostgresBinaries.carried());
    }

    static EmbeddedPostgres startLosable(Path folder, PostgresBinaries binaries) {
        return new EmbeddedPostgres(folder, binaries, Durability.LOSABLE);
    }

    private EmbeddedPostgres(Path path, PostgresBinaries binaries, Durability durability) {
        this.binaries = binaries;
        this.durability = durability;
        this.folder = DataFolder.open(path.toAbsolutePath().normalize(), binaries, durability);
        try {
            this.run = firstRun();
        } catch (IOException e) {
            folder.close();
            throw Sentences.cannotWrite(folder.path(), e);
        } catch (RuntimeException e) {
            folder.close();
            throw e;
        }
        run.ended().thenRun(this::revive);
    }

    /** The server that another process runs on this folder, if one does. */
    public static Optional<DatabaseUrl> served(Path folder) {
        try {
            List<String> lines = Files.readAllLines(folder.resolve("cluster").resolve("postmaster.pid"));
            String password = Files.readString(folder.resolve("password")).strip();
            boolean alive =
                    ProcessHandle.of(Long.parseLong(lines.getFirst().strip())).isPresent();
            int port = Integer.parseInt(lines.get(3).strip());
            return alive
                    ? Optional.of(
                            new DatabaseUrl("127.0.0.1", port, DataFolder.NAME, DataFolder.NAME, password, Map.of()))
                    : Optional.empty();
        } catch (IOException | NumberFormatException | IndexOutOfBoundsException e) {
            return Optional.empty();
        }
    }

    public DatabaseUrl url() {
        return new DatabaseUrl("127.0.0.1", port, DataFolder.NAME, DataFolder.NAME, folder.password(), Map.of());
    }

    /** Stops the server: open transactions are rolled back, everything committed is on disk. */
    @Override
    public synchronized void close() {
        closing = true;
        if (!run.stop(STOP_SECONDS)) LOG.warn("PostgreSQL in {} is still stopping", folder.path());
        folder.close();
    }

    /** Nobody stopped it, so it crashed or was killed: the same data on the same port, and the pool finds it again. */
    private synchronized void revive() {
        if (closing) return;
        LOG.error("PostgreSQL in {} has ended by itself (see {}); it is started again", folder.path(), folder.log());
        try {
            run = PostgresRun.start(folder, binaries, port, durability);
            run.ended().thenRun(this::revive);
        } catch (IOException | DatabaseUnusable e) {
            LOG.error("PostgreSQL did not start, the next attempt is in {} s: {}", RESTART_SECONDS, e.getMessage());
            CompletableFuture.delayedExecutor(RESTART_SECONDS, TimeUnit.SECONDS).execute(this::revive);
        }
    }

    private PostgresRun firstRun() throws IOException {
        for (var attempt = 1; ; attempt++) {
            port = freePort();
            try {
                return PostgresRun.start(folder, binaries, port, durability);
            } catch (DatabaseUnusable e) {
                // Somebody took the port between our asking and the server's binding.
                if (attempt == 5 || !e.getMessage().contains("TCP/IP sockets")) throw e;
            }
        }
    }

    private static int freePort() throws IOException {
        try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }
}
