package press.masthead.platform.db;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The folder of an embedded PostgreSQL, held by one process at a time: {@code cluster} with the data, {@code password}
 * readable by its owner alone, {@code server.log}, {@code lock}.
 */
final class DataFolder implements AutoCloseable {
    static final String NAME = "masthead";
    private static final Logger LOG = LoggerFactory.getLogger(DataFolder.class);
    private static final int STOP_SECONDS = 60;

    private final Path path;
    private final PostgresBinaries binaries;
    private final RandomAccessFile lock;

    private DataFolder(Path path, PostgresBinaries binaries, RandomAccessFile lock) {
        this.path = path;
        this.binaries = binaries;
        this.lock = lock;
    }

    /** Takes the folder, stops whatever was left running in it, and makes the data if there is none. */
    static DataFolder open(Path path, PostgresBinaries binaries, Durability durability) {
        RandomAccessFile lock;
        try {
            Files.createDirectories(path);
            lock = lock(path);
        } catch (IOException e) {
            throw Sentences.cannotWrite(path, e);
        }
        var folder = new DataFolder(path, binaries, lock);
        try {
            folder.refuseOtherMajor();
            folder.takeOver();
            if (!Files.exists(folder.cluster())) folder.create(durability);
            folder.password();
            binaries.user().own(path);
            return folder;
        } catch (IOException e) {
            folder.close();
            throw Sentences.cannotWrite(path, e);
        } catch (RuntimeException e) {
            folder.close();
            throw e;
        }
    }

    Path path() {
        return path;
    }

    Path cluster() {
        return path.resolve("cluster");
    }

    Path log() {
        return path.resolve("server.log");
    }

    String password() {
        try {
            return Files.readString(passwordFile()).strip();
        } catch (NoSuchFileException e) {
            throw Sentences.passwordLost(passwordFile());
        } catch (IOException e) {
            throw Sentences.cannotWrite(path, e);
        }
    }

    @Override
    public void close() {
        try {
            lock.close();
        } catch (IOException e) {
            LOG.warn("The lock of {} could not be given back: {}", path, e.getMessage());
        }
    }

    private Path passwordFile() {
        return path.resolve("password");
    }

    /** Held for as long as this process lives; the kernel gives it back however the process ends. */
    private static RandomAccessFile lock(Path path) throws IOException {
        var file = new RandomAccessFile(path.resolve("lock").toFile(), "rw");
        try {
            // One byte far beyond the text, so that others can read who holds it.
            if (file.getChannel().tryLock(Long.MAX_VALUE - 1, 1, false) != null) {
                file.setLength(0);
                file.writeBytes(Long.toString(ProcessHandle.current().pid()));
                return file;
            }
        } catch (OverlappingFileLockException e) {
            // Held by this very process: the same answer.
        } catch (IOException e) {
            file.close();
            throw e;
        }
        var holder = file.readLine();
        file.close();
        throw Sentences.inUse(path, holder == null ? "" : holder);
    }

    private void refuseOtherMajor() throws IOException {
        var version = cluster().resolve("PG_VERSION");
        if (!Files.exists(version)) return;
        var theirs = Files.readString(version).strip();
        if (!theirs.equals(Integer.toString(binaries.major()))) {
            throw Sentences.otherMajor(path, theirs, binaries.major());
        }
    }

    /** A server left behind by a killed Masthead (we hold the lock, so it is nobody else's) is stopped in fast mode. */
    private void takeOver() throws IOException {
        var left = leftBehind();
        if (left.isEmpty()) return;
        LOG.info("A PostgreSQL left behind in {} is stopped and started anew", path);
        var said = binaries.run(
                "pg_ctl", List.of("stop", "-D", cluster().toString(), "-m", "fast", "-t", "" + STOP_SECONDS), "");
        // What pg_ctl says matters only if the server is still there: it may have gone by itself meanwhile.
        if (leftBehind().isPresent()) {
            throw Sentences.doesNotStop(path, left.get().pid(), said.text().strip());
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
    private void create(Durability durability) throws IOException {
        var making = path.resolve("cluster.new");
        PostgresBinaries.remove(making);
        Files.deleteIfExists(passwordFile());
        Files.createFile(
                passwordFile(), PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
        Files.writeString(passwordFile(), newPassword() + "\n");
        binaries.user().own(path);
        var options = new ArrayList<>(List.of("-D", making.toString(), "-U", NAME, "--pwfile=" + passwordFile()));
        options.addAll(List.of("--auth=scram-sha-256", "--data-checksums", "--encoding=UTF8"));
        // Text in code-point order, the same on every system: an upgrade of the C library cannot spoil an index.
        // PostgreSQL brings that order along since version 17; before, the C library has it.
        if (binaries.major() < 17) options.add("--locale=C.UTF-8");
        else options.addAll(List.of("--locale=C", "--locale-provider=builtin", "--builtin-locale=C.UTF-8"));
        if (durability == Durability.LOSABLE) options.add("--no-sync");
        runOrSay("initdb", options, "");
        runOrSay(
                "postgres",
                List.of("--single", "-D", making.toString(), "template1"),
                "create database " + NAME + "\n");
        Files.move(making, cluster(), StandardCopyOption.ATOMIC_MOVE);
    }

    private void runOrSay(String program, List<String> arguments, String input) throws IOException {
        var said = binaries.run(program, arguments, input);
        if (said.status() != 0) throw Sentences.failed(path, said.text());
    }

    private static String newPassword() {
        var bytes = new byte[24];
        new SecureRandom().nextBytes(bytes);
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }
}
