package press.masthead.platform.db;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/**
 * One run of the server, from its start to its end.
 *
 * <p>It hangs on a lifeline: a shell beside it waits for the end of a pipe whose other end this process holds. When this
 * process ends, even by kill -9, the pipe ends too and the server is told to stop in fast mode. Shell and server have a
 * session of their own, so that Ctrl-C reaches the program alone and it can finish its work first.
 */
final class PostgresRun {
    private static final long LOG_LIMIT = 10L << 20;
    private static final long START_SECONDS = 300;

    /** Arguments: the log, then the server's command line. */
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

    private final Process process;

    private PostgresRun(Process process) {
        this.process = process;
    }

    /** Returns when the server takes connections. */
    static PostgresRun start(DataFolder folder, PostgresBinaries binaries, int port, Durability durability)
            throws IOException {
        var log = folder.log();
        if (Files.exists(log) && Files.size(log) > LOG_LIMIT) {
            Files.move(log, log.resolveSibling("server.log.1"), StandardCopyOption.REPLACE_EXISTING);
        }
        var logged = Files.exists(log) ? Files.size(log) : 0;
        var command = new ArrayList<>(List.of("setsid", "sh", "-c", LIFELINE, "masthead-postgres", log.toString()));
        var arguments = new ArrayList<>(List.of("-D", folder.cluster().toString()));
        settings(port, durability).forEach((name, value) -> arguments.addAll(List.of("-c", name + "=" + value)));
        command.addAll(binaries.command("postgres", arguments));
        var builder =
                new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(ProcessBuilder.Redirect.DISCARD);
        builder.environment().put("LC_ALL", "C");
        var run = new PostgresRun(builder.start());
        if (run.becomesReady(folder, port)) return run;
        throw Sentences.failed(folder.path(), Sentences.logSince(log, logged));
    }

    CompletableFuture<?> ended() {
        return process.onExit();
    }

    /** Fast mode: open transactions are rolled back, everything committed is on disk. Returns false if it takes longer. */
    boolean stop(long seconds) {
        try {
            process.getOutputStream().close();
            return process.waitFor(seconds, TimeUnit.SECONDS);
        } catch (IOException e) {
            return false;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    private static Map<String, String> settings(int port, Durability durability) {
        var sync = durability == Durability.SAFE ? "on" : "off";
        return Map.ofEntries(
                Map.entry("port", Integer.toString(port)),
                Map.entry("listen_addresses", "127.0.0.1"),
                Map.entry("unix_socket_directories", ""),
                // Tests leave databases open until their program ends.
                Map.entry("max_connections", durability == Durability.SAFE ? "100" : "400"),
                Map.entry("shared_buffers", "128MB"),
                Map.entry("max_wal_size", "512MB"),
                Map.entry("fsync", sync),
                Map.entry("synchronous_commit", sync),
                Map.entry("full_page_writes", sync),
                // Short queries on a small machine: compiling them costs more than it brings.
                Map.entry("jit", "off"),
                // A publication lies in memory or on flash: a row by its key, not a whole small table for each page.
                Map.entry("random_page_cost", "1.1"),
                Map.entry("timezone", "UTC"),
                Map.entry("log_timezone", "UTC"),
                Map.entry("log_checkpoints", "off"),
                Map.entry("password_encryption", "scram-sha-256"));
    }

    /** PostgreSQL writes "ready" into its pid file when it takes connections. */
    private boolean becomesReady(DataFolder folder, int port) throws IOException {
        var pidFile = folder.cluster().resolve("postmaster.pid");
        var deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(START_SECONDS);
        try {
            while (System.nanoTime() < deadline) {
                if (process.waitFor(5, TimeUnit.MILLISECONDS)) return false;
                if (Files.exists(pidFile) && saysReady(Files.readString(pidFile), port)) return true;
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        process.getOutputStream().close();
        return false;
    }

    /** The file of an earlier run may still lie there: it has another process in it than a child of ours. */
    private boolean saysReady(String pidFile, int port) {
        var lines = pidFile.lines().map(String::strip).toList();
        return lines.size() > 7
                && lines.get(3).equals(Integer.toString(port))
                && lines.get(7).equals("ready")
                && process.children()
                        .anyMatch(child -> Long.toString(child.pid()).equals(lines.getFirst()));
    }
}
