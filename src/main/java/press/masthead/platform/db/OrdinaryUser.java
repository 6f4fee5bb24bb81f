package press.masthead.platform.db;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * PostgreSQL refuses to run as root. Where Masthead is root (a container, a bare machine) the programs run in a user
 * namespace of their own, in which root's files stay theirs but nobody is root; where the kernel forbids that, as the
 * user nobody, to whom the folder is then given.
 */
record OrdinaryUser(List<String> prefix, boolean handOver) {
    private static final String NOBODY = "65534";

    static OrdinaryUser find() {
        if (!"root".equals(System.getProperty("user.name"))) return new OrdinaryUser(List.of(), false);
        if (runs("unshare", "-U", "true")) return new OrdinaryUser(List.of("unshare", "-U"), false);
        var drop = List.of("setpriv", "--reuid=" + NOBODY, "--regid=" + NOBODY, "--clear-groups");
        var probe = new ArrayList<>(drop);
        probe.add("true");
        if (runs(probe.toArray(String[]::new))) return new OrdinaryUser(drop, true);
        throw new DatabaseUnusable(
                "PostgreSQL does not run as root and this system offers no way out of it; start Masthead as an ordinary user or set DATABASE_URL.");
    }

    /** Where unpacked programs can be read by whoever runs them: root's own folders are closed to nobody. */
    Path cache() {
        return handOver ? Path.of("/var/cache/masthead") : PostgresBinaries.cacheOfUser();
    }

    void own(Path folder) throws IOException {
        if (!handOver) return;
        var nobody = folder.getFileSystem().getUserPrincipalLookupService().lookupPrincipalByName("nobody");
        try (var files = Files.walk(folder)) {
            for (var file : files.toList()) Files.setOwner(file, nobody);
        }
        var test = new ArrayList<>(prefix);
        test.addAll(List.of("test", "-w", folder.toString()));
        if (!runs(test.toArray(String[]::new))) {
            throw new DatabaseUnusable(
                    "PostgreSQL may not run as root, and the user nobody cannot reach %s; name another folder with MASTHEAD_DATA or start Masthead as an ordinary user."
                            .formatted(folder));
        }
    }

    private static boolean runs(String... command) {
        try {
            var process = new ProcessBuilder(command)
                    .redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                    .start();
            return process.waitFor(10, TimeUnit.SECONDS) && process.exitValue() == 0;
        } catch (IOException e) {
            return false;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }
}
