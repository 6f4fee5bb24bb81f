package press.masthead.bench;

import java.io.IOException;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The anonymous story page against nginx serving the same bytes as a file, both under wrk, turn by turn in one run; then
 * the same page made anew for each request.
 */
public final class PagesBench {
    private static final int ROUNDS = 3;
    private static final int SECONDS = 8;
    private static final int CONNECTIONS = 64;
    /** What the product promises for pages made anew, on two cores shared with the load. */
    private static final int UNCACHED_FLOOR = 5_000;

    private static final Pattern RATE = Pattern.compile("Requests/sec:\\s+([\\d.]+)");
    private static final Pattern P99 = Pattern.compile("99%\\s+([\\d.]+)(us|ms|s)");
    private static final Pattern FAILED = Pattern.compile("Non-2xx or 3xx responses: (\\d+)|Socket errors: (.*)");

    private final String wrk = Tools.find("wrk", "wrk");
    private final String nginx = Tools.find("nginx", "nginx-light");

    /** @param page the address of a public story on a server of this process */
    public void run(URI page) throws IOException, InterruptedException {
        Path folder = Files.createTempDirectory("masthead-bench");
        // nginx reads it as an ordinary user.
        Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwxr-xr-x"));
        byte[] body = fetch(page);
        int port = freePort();
        Path config = nginxConfig(folder, port, body);
        Process peer = new ProcessBuilder(nginx, "-c", config.toString(), "-p", folder.toString())
                .redirectErrorStream(true)
                .redirectOutput(folder.resolve("nginx.log").toFile())
                .start();
        try {
            URI file = URI.create("http://127.0.0.1:" + port + "/story.html");
            await(file);
            if (!Arrays.equals(fetch(file), body)) throw new IOException("nginx serves other bytes");
            load(page.toString(), 4, null);
            load(file.toString(), 2, null);
            var ours = new Samples();
            var theirs = new Samples();
            for (int round = 0; round < ROUNDS; round++) {
                ours.add(load(page.toString(), SECONDS, null));
                theirs.add(load(file.toString(), SECONDS, null));
            }
            System.out.printf(
                    Locale.ROOT,
                    "%d bytes, %d connections: ours %s, nginx %s pages/s%n",
                    body.length,
                    CONNECTIONS,
                    ours,
                    theirs);

            Path anew = Files.writeString(folder.resolve("anew.lua"), """
                    local n = 0
                    local me = tostring({}):gsub("%W", "")
                    function request()
                      n = n + 1
                      return wrk.format("GET", wrk.path .. "?anew=" .. me .. n)
                    end
                    """);
            warmUp(page.toString(), anew);
            var uncached = new Samples();
            for (int round = 0; round < ROUNDS; round++) uncached.add(load(page.toString(), SECONDS, anew));
            System.out.printf(Locale.ROOT, "made anew for each request: %s pages/s%n", uncached);

            long rss = Tools.residentMegabytes();
            System.out.println(Tools.line("pages-uncached", uncached.median(), UNCACHED_FLOOR, "pages/s", rss));
            System.out.println(Tools.line("pages", ours.median(), theirs.median(), "pages/s", rss));
        } finally {
            peer.destroy();
            peer.waitFor();
        }
    }

    /** Until the JIT compiler has nothing left to gain: two loads in a row alike within a twentieth, ten at most. */
    private void warmUp(String url, Path script) throws IOException, InterruptedException {
        double last = 0;
        for (int n = 0; n < 10; n++) {
            double now = load(url, SECONDS, script);
            if (now < last * 1.05) return;
            last = now;
        }
    }

    /** Pages a second; a reply that is not the page is an error of the measurement. */
    private double load(String url, int seconds, @Nullable Path script) throws IOException, InterruptedException {
        var command = new ArrayList<>(List.of(wrk, "-t2", "-c" + CONNECTIONS, "-d" + seconds + "s", "--latency"));
        if (script != null) command.addAll(List.of("-s", script.toString()));
        command.add(url);
        String output = Tools.run(command);
        Matcher failed = FAILED.matcher(output);
        if (failed.find()) throw new IOException("wrk met errors: " + failed.group());
        Matcher rate = RATE.matcher(output);
        if (!rate.find()) throw new IOException("wrk said: " + output);
        Matcher p99 = P99.matcher(output);
        System.out.printf(
                "  %s %s/s, p99 %s%n",
                url.replaceFirst("http://[^/]+", script == null ? "" : "anew "),
                rate.group(1),
                p99.find() ? p99.group(1) + p99.group(2) : "?");
        return Double.parseDouble(rate.group(1));
    }

    private static Path nginxConfig(Path folder, int port, byte[] body) throws IOException {
        Path root = Files.createDirectories(folder.resolve("html"));
        Files.write(root.resolve("story.html"), body);
        return Files.writeString(folder.resolve("nginx.conf"), """
                worker_processes 2;
                daemon off;
                pid %1$s/nginx.pid;
                error_log %1$s/error.log;
                events { worker_connections 1024; }
                http {
                  access_log off;
                  sendfile on;
                  tcp_nopush on;
                  keepalive_requests 10000000;
                  default_type text/html;
                  open_file_cache max=100;
                  client_body_temp_path %1$s/t1; proxy_temp_path %1$s/t2; fastcgi_temp_path %1$s/t3; uwsgi_temp_path %1$s/t4; scgi_temp_path %1$s/t5;
                  server { listen 127.0.0.1:%2$d; root %1$s/html; }
                }
                """.formatted(folder, port));
    }

    private static byte[] fetch(URI address) throws IOException, InterruptedException {
        try (var client = HttpClient.newHttpClient()) {
            HttpResponse<byte[]> response =
                    client.send(HttpRequest.newBuilder(address).build(), BodyHandlers.ofByteArray());
            if (response.statusCode() != 200) throw new IOException(address + " answered " + response.statusCode());
            return response.body();
        }
    }

    private static void await(URI address) throws InterruptedException, IOException {
        for (int attempt = 0; ; attempt++) {
            try {
                fetch(address);
                return;
            } catch (IOException e) {
                if (attempt > 100) throw e;
                Thread.sleep(50);
            }
        }
    }

    private static int freePort() throws IOException {
        try (var socket = new ServerSocket(0)) {
            return socket.getLocalPort();
        }
    }
}
