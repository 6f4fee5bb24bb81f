package press.masthead.bench;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** A Masthead in a process of its own, started as this one was, so that what it takes is told apart from what the load takes. */
public final class ServedApart implements AutoCloseable {
    private final Process process;
    private final String url;

    private ServedApart(Process process, String url) {
        this.process = process;
        this.url = url;
    }

    /** Waits until it serves. */
    public static ServedApart start(Path data, Map<String, String> settings) throws IOException {
        return start(data, settings, List.of());
    }

    /** @param wrapper what the program is started by, such as one that gives it a small disk */
    public static ServedApart start(Path data, Map<String, String> settings, List<String> wrapper) throws IOException {
        var command = new ArrayList<String>(wrapper);
        command.add(ProcessHandle.current().info().command().orElse("java"));
        command.addAll(ManagementFactory.getRuntimeMXBean().getInputArguments());
        command.addAll(List.of("-cp", System.getProperty("java.class.path"), "press.masthead.Masthead", "serve"));
        var builder = new ProcessBuilder(command)
                .redirectError(data.resolve("server.log").toFile());
        builder.environment().put("MASTHEAD_DATA", data.resolve("data").toString());
        builder.environment().put("MASTHEAD_PORT", "0");
        builder.environment().putAll(settings);
        Process process = builder.start();
        Runtime.getRuntime().addShutdownHook(new Thread(process::destroy, "end-server"));
        var out = new BufferedReader(new InputStreamReader(process.getInputStream()));
        String line;
        while ((line = out.readLine()) != null)
            if (line.contains("The site"))
                return new ServedApart(
                        process, line.replaceFirst(".*(http://[^/]+)/.*", "$1").replace("localhost", "127.0.0.1"));
        throw new IOException("the server did not start: " + Files.readString(data.resolve("server.log")));
    }

    /** Without a final slash. */
    public String url() {
        return url;
    }

    public long pid() {
        return process.pid();
    }

    /** Memory that it has now, without PostgreSQL and ffmpeg, which are processes of their own. */
    long residentMegabytes() throws IOException {
        try (Stream<String> lines = Files.lines(Path.of("/proc/" + process.pid() + "/status"))) {
            return lines.filter(line -> line.startsWith("VmRSS:"))
                    .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")) / 1024)
                    .findFirst()
                    .orElse(0);
        }
    }

    /** As a machine that loses its power would end it. */
    public void kill() throws InterruptedException {
        process.destroyForcibly().waitFor();
    }

    /** Seconds of a processor that it has used. */
    double processorSeconds() {
        return process.info()
                .totalCpuDuration()
                .map(time -> time.toMillis() / 1000.0)
                .orElse(0.0);
    }

    @Override
    public void close() {
        process.destroy();
        try {
            if (!process.waitFor(20, TimeUnit.SECONDS)) process.destroyForcibly();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
