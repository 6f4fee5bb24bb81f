package press.masthead.platform.db;

import java.io.IOException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;

/** What the supervisor says to the operator when the embedded PostgreSQL cannot run. */
final class Sentences {
    private Sentences() {}

    static DatabaseUnusable cannotWrite(Path folder, IOException cause) {
        var said = cause instanceof FileSystemException e && e.getReason() != null ? e.getReason() : cause.getMessage();
        if (said != null && said.contains("No space left")) return diskFull(folder, cause);
        if (said != null && said.startsWith("Cannot run program")) return programMissing(said, cause);
        return new DatabaseUnusable(
                "Masthead cannot write to the folder %s; give it to the user '%s' or name another with MASTHEAD_DATA."
                        .formatted(folder, System.getProperty("user.name")),
                cause);
    }

    static DatabaseUnusable diskFull(Path folder, Throwable cause) {
        return new DatabaseUnusable(
                "The disk that holds %s is full; free some space and start again.".formatted(folder), cause);
    }

    private static DatabaseUnusable programMissing(String said, Throwable cause) {
        var program = said.replaceFirst("^Cannot run program \"([^\"]*)\".*", "$1");
        return new DatabaseUnusable(
                "The embedded PostgreSQL needs the system's program %s; install it (package util-linux) or set DATABASE_URL."
                        .formatted(program),
                cause);
    }

    static DatabaseUnusable passwordLost(Path file) {
        return new DatabaseUnusable(
                "The database's password is missing from %s; put that file back from a backup of the folder."
                        .formatted(file));
    }

    static DatabaseUnusable inUse(Path folder, String process) {
        return new DatabaseUnusable(
                "Another Masthead%s is already using the data in %s; stop it first or name another folder with MASTHEAD_DATA."
                        .formatted(process.isBlank() ? "" : " (process " + process + ")", folder));
    }

    static DatabaseUnusable otherMajor(Path folder, String theirs, int ours) {
        var newer = theirs.matches("\\d+") && Integer.parseInt(theirs) > ours;
        return new DatabaseUnusable(
                newer
                        ? "The data in %s was made by PostgreSQL %s, newer than the %d in this Masthead; start it with the newer Masthead that made it."
                                .formatted(folder, theirs, ours)
                        : "The data in %s was made by PostgreSQL %s and this Masthead carries %d; make a backup with the Masthead that made it and restore that into an empty folder."
                                .formatted(folder, theirs, ours));
    }

    static DatabaseUnusable doesNotStop(Path folder, long process, String said) {
        return new DatabaseUnusable(
                "The PostgreSQL left behind in %s (process %d) does not stop; end that process and start again. (%s)"
                        .formatted(folder, process, said));
    }

    /** Turns what initdb or postgres said on its way out into a sentence. */
    static DatabaseUnusable failed(Path folder, String said) {
        if (said.contains("No space left on device")) return diskFull(folder, new IOException(lastLines(said)));
        if (said.contains("Read-only file system") || said.contains("Permission denied")) {
            return cannotWrite(folder, new IOException(lastLines(said)));
        }
        var why = said.lines()
                .filter(line -> line.contains("FATAL:") || line.contains("PANIC:") || line.contains("error:"))
                .reduce((first, second) -> second)
                .or(() -> said.lines().reduce((first, second) -> second))
                .orElse("it said nothing");
        return new DatabaseUnusable("The embedded PostgreSQL in %s did not start: %s (more in %s)."
                .formatted(folder, why.replaceFirst("^.*?(FATAL|PANIC|error): *", ""), folder.resolve("server.log")));
    }

    /** The part of the log written since {@code from}. */
    static String logSince(Path log, long from) {
        try {
            if (!Files.exists(log)) return "";
            var bytes = Files.readAllBytes(log);
            var start = (int) Math.min(from, bytes.length);
            return new String(bytes, start, bytes.length - start, java.nio.charset.StandardCharsets.UTF_8);
        } catch (IOException e) {
            return "";
        }
    }

    private static String lastLines(String said) {
        return said.lines()
                .skip(Math.max(0, said.lines().count() - 3))
                .reduce("", (a, b) -> a + "\n" + b)
                .strip();
    }
}
