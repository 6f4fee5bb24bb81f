package press.masthead.bench;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Postfix's smtp-sink on loopback, in a folder of its own. It counts the letters that it takes and, when asked to, writes each
 * of them into a dump with the addresses of its envelope.
 */
final class MailSink implements AutoCloseable {
    private static final Pattern COUNT = Pattern.compile("mesg=(\\d+)");

    private final Path folder;
    private final int port;
    private final Process process;

    private MailSink(Path folder, int port, Process process) {
        this.folder = folder;
        this.port = port;
        this.process = process;
    }

    /**
     * @param program the path of smtp-sink
     * @param dumping writing 400 MB costs the sink half its speed, so this is for a run that is not timed
     */
    static MailSink start(String program, Path parent, boolean dumping) throws IOException, InterruptedException {
        Path folder = Files.createTempDirectory(parent, "sink");
        int port = freePort();
        var command = new ArrayList<>(List.of(program, "-c"));
        if ("root".equals(System.getProperty("user.name"))) {
            // it gives up root at once, and then needs a folder that anybody may write to
            command.addAll(List.of("-u", "nobody"));
            Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwxrwxrwx"));
            Files.setPosixFilePermissions(parent, PosixFilePermissions.fromString("rwxr-xr-x"));
        }
        if (dumping) command.addAll(List.of("-D", folder.resolve("dump").toString()));
        command.addAll(List.of("127.0.0.1:" + port, "200"));
        Process process = new ProcessBuilder(command)
                .directory(folder.toFile())
                .redirectErrorStream(true)
                .redirectOutput(folder.resolve("count").toFile())
                .start();
        var sink = new MailSink(folder, port, process);
        sink.awaitGreeting();
        return sink;
    }

    int port() {
        return port;
    }

    Path dump() {
        return folder.resolve("dump");
    }

    /** Letters taken since the start. */
    long taken() throws IOException {
        Matcher counts = COUNT.matcher(Files.readString(folder.resolve("count")));
        long last = 0;
        while (counts.find()) last = Long.parseLong(counts.group(1));
        return last;
    }

    /** Processor time used since the start. */
    Duration processorTime() {
        return process.info().totalCpuDuration().orElse(Duration.ZERO);
    }

    private void awaitGreeting() throws IOException, InterruptedException {
        for (int attempt = 0; ; attempt++) {
            try (var socket = new Socket()) {
                socket.connect(new InetSocketAddress("127.0.0.1", port), 1000);
                if (socket.getInputStream().read() == '2') return;
            } catch (IOException e) {
                if (attempt == 100 || !process.isAlive())
                    throw new IOException("smtp-sink does not start: " + Files.readString(folder.resolve("count")), e);
            }
            Thread.sleep(20);
        }
    }

    private static int freePort() throws IOException {
        try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }

    /** Ends the sink; what it dumped is complete then. */
    @Override
    public void close() {
        process.destroy();
        try {
            process.waitFor();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
