package press.masthead.platform.db;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Assumptions;

/** A file system in memory of a few megabytes, to be filled. Only root can mount one; without, the test says it was left out. */
public record SmallDisk(Path path) implements AutoCloseable {
    public static SmallDisk mount(Path path, int megabytes) throws IOException, InterruptedException {
        Files.createDirectories(path);
        var mounted = run("mount", "-t", "tmpfs", "-o", "size=" + megabytes + "m", "tmpfs", path.toString()) == 0;
        Assumptions.assumeTrue(mounted, "a full disk needs a small file system, which only root may mount");
        return new SmallDisk(path);
    }

    public void fill() throws IOException {
        var chunk = new byte[1 << 16];
        try (var file = Files.newOutputStream(path.resolve("filler"))) {
            while (true) file.write(chunk);
        } catch (IOException e) {
            if (!String.valueOf(e.getMessage()).contains("No space left")) throw e;
        }
    }

    public void free() throws IOException {
        Files.delete(path.resolve("filler"));
    }

    @Override
    public void close() throws IOException, InterruptedException {
        run("umount", path.toString());
    }

    private static int run(String... command) throws IOException, InterruptedException {
        return new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .start()
                .waitFor();
    }
}
