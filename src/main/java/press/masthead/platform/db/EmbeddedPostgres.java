package press.masthead.platform.db;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The PostgreSQL that Masthead brings along: started with the program, stopped with it, its data kept in a folder.
 *
 * <p>The server hangs on a lifeline: a shell beside it waits for the end of a pipe whose other end this process holds.
 * When this process ends, even by kill -9, the pipe ends too and the server is told to stop in fast mode. The shell and
 * the server have a session of their own, so that Ctrl-C reaches the program first and it can finish its work.
 */
public final class EmbeddedPostgres implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(EmbeddedPostgres.class);
    private static final String NAME = "masthead";
    private static final long LOG_LIMIT = 10L << 20;
    private static final long START_SECONDS = 120;
    private static final long STOP_SECONDS = 60;

    /** Arguments: the log, then the server's command line. Signals for the whole group are left to the program. */
    private static final String LIFELINE = """
            trap '' INT TERM HUP
            exec 3<&0 >>"$1" 2>&1
            shift
            "$@" </dev/null 3<&- &
            server=$!
            ( read -r _ <&3; kill -INT $server ) &
            watch=$!
            wait $server
            status=$?
            kill -KILL $watch 2>/dev/null
            exit $status
            """;

    /** Whether a commit waits for the disk. Only a test may say no. */
    enum Durability {
        SAFE,
        LOSABLE
    }

    private final Path folder;
    private final Durability durability;
    private final OrdinaryUser user = OrdinaryUser.find();
    private final PostgresBinaries binaries;
    private final RandomAccessFile lock;
    private @Nullable Process server;
    private int port;

    /**
     * Starts the server on the data in this folder, making it at the first start.
     *
     * @throws DatabaseUnusable when the folder is in use, not writable, full or of another major version
     */
    public static EmbeddedPostgres start(Path folder) {
        return start(folder, Durability.SAFE);
    }

    static EmbeddedPostgres start(Path folder, Durability durability) {
        var postgres = new EmbeddedPostgres(folder.toAbsolutePath().normalize(), durability);
        try {
            postgres.refuseOtherMajor();
            postgres.takeOver();
            if (!Files.exists(postgres.cluster())) postgres.create();
            postgres.launch();
            return postgres;
        } catch (IOException e) {
            postgres.close();
            throw Sentences.cannotWrite(postgres.folder, e);
        } catch (RuntimeException e) {
            postgres.close();
            throw e;
        }
    }

    private EmbeddedPostgres(Path folder, Durability durability) {
        this.folder = folder;
        this.durability = durability;
        try {
            Files.createDirectories(folder);
            this.lock = lock(folder);
        } catch (IOException e) {
            throw Sentences.cannotWrite(folder, e);
        }
        this.binaries = PostgresBinaries.in(user.cache());
    }

    public DatabaseUrl url() {
        try {
            return new DatabaseUrl(
                    "127.0.0.1", port, NAME, NAME, Files.readString(password()).strip(), Map.of());
        } catch (IOException e) {
            throw Sentences.cannotWrite(folder, e);
        }
    }

    /** Stops the server in fast mode: open transactions are rolled back, everything committed is on disk. */
    @Override
    public void close() {
        try (lock) {
            if (server == null) return;
            server.getOutputStream().close();
            if (!server.waitFor(STOP_SECONDS, TimeUnit.SECONDS)) {
                LOG.warn("PostgreSQL in {} is still stopping after {} s", folder, STOP_SECONDS);
            }
        } catch (IOException e) {
            LOG.warn("PostgreSQL in {} could not be told to stop: {}", folder, e.getMessage());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private Path cluster() {
        return folder.resolve("cluster");
    }

    private Path password() {
        return folder.resolve("password");
    }

    private Path log() {
        return folder.resolve("server.log");
    }

    /** Held for as long as this process lives; the kernel gives it back however the process ends. */
    private static RandomAccessFile lock(Path folder) throws IOException {
        var file = new RandomAccessFile(folder.resolve("lock").toFile(), "rw");
        try {
            if (file.getChannel().tryLock(Long.MAX_VALUE - 1, 1, false) != null) {
                file.setLength(0);
                file.writeBytes(Long.toString(ProcessHandle.current().pid()));
                return file;
            }
        } catch (OverlappingFileLockException e) {
            // held by this very process: the same answer
        }
        var holder = file.readLine();
        file.close();
        throw Sentences.inUse(folder, holder == null ? "" : holder);
    }

    private void refuseOtherMajor() throws IOException {
        var version = cluster().resolve("PG_VERSION");
        if (!Files.exists(version)) return;
        var theirs = Files.readString(version).strip();
        if (!theirs.equals(Integer.toString(binaries.major()))) {
            throw Sentences.otherMajor(folder, theirs, binaries.major());
        }
    }

    /** A server left behind by a killed Masthead (we hold the lock, so it is nobody else's) is stopped, then replaced. */
    private void takeOver() throws IOException {
        var left = leftBehind();
        if (left.isEmpty()) return;
        var pid = left.get().pid();
        LOG.info("A PostgreSQL left behind in {} (process {}) is stopped and started anew", folder, pid);
        var said = said(
                List.of(binaries.program("pg_ctl"), "stop", "-D", cluster().toString(), "-m", "fast", "-t", "60"), "");
        // What pg_ctl says matters only if the server is still there: it may have gone by itself meanwhile.
        if (leftBehind().isPresent()) {
            throw new DatabaseUnusable(
                    "The PostgreSQL left behind in %s (process %d) does not stop; end it and start again. (%s)"
                            .formatted(folder, pid, said.text().strip()));
        }
    }

    private Optional<ProcessHandle> leftBehind() throws IOException {
        var pidFile = cluster().resolve("postmaster.pid");
        if (!Files.exists(pidFile)) return Optional.empty();
        return Files.readString(pidFile)
                .lines()
                .findFirst()
                .filter(pid -> pid.strip().matches("\\d+"))
                .flatMap(pid -> ProcessHandle.of(Long.parseLong(pid.strip())))
                .filter(this::servesThisFolder);
    }

    /** After a crash of the machine the number may belong to a program that has nothing to do with us. */
    private boolean servesThisFolder(ProcessHandle process) {
        return process.info()
                .arguments()
                .map(arguments -> List.of(arguments).contains(cluster().toString()))
                .orElse(false);
    }

    /** Makes the data in a folder beside the place and renames it when whole: a full disk leaves no half of it. */
    private void create() throws IOException {
        var making = folder.resolve("cluster.new");
        PostgresBinaries.remove(making);
        Files.deleteIfExists(password());
        Files.createFile(
                password(), PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
        Files.writeString(password(), newPassword() + "\n");
        user.own(folder);
        var initdb = new ArrayList<>(List.of(binaries.program("initdb"), "-D", making.toString(), "-U", NAME));
        initdb.add("--pwfile=" + password());
        // Text in code-point order, the same on every system: an upgrade of the C library cannot spoil an index.
        initdb.addAll(
                List.of("--encoding=UTF8", "--locale=C", "--locale-provider=builtin", "--builtin-locale=C.UTF-8"));
        initdb.addAll(List.of("--auth=scram-sha-256", "--data-checksums"));
        if (durability == Durability.LOSABLE) initdb.add("--no-sync");
        run(initdb, "");
        run(
                List.of(binaries.program("postgres"), "--single", "-D", making.toString(), "template1"),
                "create database " + NAME + "\n");
        Files.move(making, cluster(), StandardCopyOption.ATOMIC_MOVE);
    }

    private void launch() throws IOException {
        if (Files.exists(log()) && Files.size(log()) > LOG_LIMIT) {
            Files.move(log(), folder.resolve("server.log.1"), StandardCopyOption.REPLACE_EXISTING);
        }
        user.own(folder);
        for (var attempt = 1; ; attempt++) {
            var from = Files.exists(log()) ? Files.size(log()) : 0;
            port = freePort();
            var process = new ProcessBuilder(lifeline())
                    .redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD);
            process.environment().put("LC_ALL", "C");
            server = process.start();
            if (ready()) return;
            var said = Sentences.logSince(log(), from);
            server = null;
            // Someone took the free port between our asking and the server's binding.
            if (attempt < 5 && said.contains("Address already in use")) continue;
            throw Sentences.failed(folder, said);
        }
    }

    private List<String> lifeline() {
        var command = new ArrayList<>(List.of("setsid", "sh", "-c", LIFELINE, "masthead-postgres", log().toString()));
        command.addAll(user.command(
                List.of(binaries.program("postgres"), "-D", cluster().toString())));
        settings().forEach((name, value) -> {
            command.add("-c");
            command.add(name + "=" + value);
        });
        return command;
    }

    private Map<String, String> settings() {
        var sync = durability == Durability.SAFE ? "on" : "off";
        return Map.ofEntries(
                Map.entry("port", Integer.toString(port)),
                Map.entry("listen_addresses", "127.0.0.1"),
                Map.entry("unix_socket_directories", ""),
                Map.entry("max_connections", "100"),
                Map.entry("shared_buffers", "128MB"),
                Map.entry("max_wal_size", "512MB"),
                Map.entry("fsync", sync),
                Map.entry("synchronous_commit", sync),
                Map.entry("full_page_writes", sync),
                // Short queries on a small machine: compiling them costs more than it brings.
                Map.entry("jit", "off"),
                Map.entry("timezone", "UTC"),
                Map.entry("log_timezone", "UTC"),
                Map.entry("log_checkpoints", "off"),
                Map.entry("password_encryption", "scram-sha-256"));
    }

    /** PostgreSQL writes "ready" into its pid file when it takes connections. */
    private boolean ready() throws IOException {
        var process = java.util.Objects.requireNonNull(server);
        var pidFile = cluster().resolve("postmaster.pid");
        var deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(START_SECONDS);
        try {
            while (System.nanoTime() < deadline) {
                if (process.waitFor(5, TimeUnit.MILLISECONDS)) return false;
                if (Files.exists(pidFile) && saysReady(Files.readString(pidFile))) return true;
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        process.getOutputStream().close();
        return false;
    }

    /** The file of an earlier server may still lie there: its port is another one. */
    private boolean saysReady(String pidFile) {
        var lines = pidFile.lines().map(String::strip).toList();
        return lines.size() > 7
                && lines.get(3).equals(Integer.toString(port))
                && lines.get(7).equals("ready");
    }

    private record Said(int status, String text) {}

    private void run(List<String> command, String input) throws IOException {
        var said = said(command, input);
        if (said.status() != 0) throw Sentences.failed(folder, said.text());
    }

    private Said said(List<String> command, String input) throws IOException {
        var builder = new ProcessBuilder(user.command(command)).redirectErrorStream(true);
        builder.environment().put("LC_ALL", "C");
        var process = builder.start();
        try (var in = process.getOutputStream()) {
            in.write(input.getBytes(StandardCharsets.UTF_8));
        }
        var text = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        try {
            return new Said(process.waitFor(), text);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return new Said(-1, text);
        }
    }

    private static int freePort() throws IOException {
        try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }

    private static String newPassword() {
        var bytes = new byte[24];
        new SecureRandom().nextBytes(bytes);
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }
}
