package press.masthead;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.CookieManager;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpClient.Redirect;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.stream.Stream;
import press.masthead.platform.db.Database;
import press.masthead.platform.db.DatabaseUrl;
import press.masthead.platform.db.TestDatabase;
import press.masthead.platform.mail.TestSmtp;
import press.masthead.platform.storage.Disk;

/** The whole of Masthead with its sample publication, on a database and a port of its own: what a newcomer has started. */
final class Press implements AutoCloseable {
    /** What the timetable does each few seconds is done at once while a test waits for something. */
    private static final List<String> HURRIED = List.of(
            "publish-due",
            "reconcile-deliveries",
            "send-due-editions",
            "send-memo-alerts",
            "send-daily-memo-letters",
            "offer-free-seats",
            "take-out-withdrawn");

    private static final Set<Press> OPEN = ConcurrentHashMap.newKeySet();

    static {
        TestSmtp.meanwhile(() -> OPEN.forEach(press -> HURRIED.forEach(press.running.newsroom().jobs::soon)));
    }

    final Running running;
    private final Path data;
    private final Queue<Person> people = new ConcurrentLinkedQueue<>();

    private Press(Map<String, String> settings) throws IOException {
        this(settings, Clock.systemUTC());
    }

    private Press(Map<String, String> settings, Clock clock) throws IOException {
        this(settings, clock, Disk.REAL);
    }

    private Press(Map<String, String> settings, Clock clock, Disk disk) throws IOException {
        data = Files.createTempDirectory(Path.of("target"), "press");
        var environment = new HashMap<String, String>();
        environment.put("MASTHEAD_PORT", "0");
        environment.put("MASTHEAD_DATA", data.toString());
        environment.putAll(settings);
        if (!settings.containsKey("DATABASE_URL")) environment.put("DATABASE_URL", text(database(settings, clock)));
        running = Running.start(Config.read(environment), clock, disk);
        OPEN.add(this);
    }

    /** With the sample publication in it already, where the test starts with it as it is. */
    private DatabaseUrl database(Map<String, String> settings, Clock clock) throws IOException {
        boolean plain = settings.keySet().stream().noneMatch(Sample.DEPENDS_ON::contains);
        return plain && Sample.isFresh(clock) ? Sample.copyTo(data) : TestDatabase.freshUrl();
    }

    static Press started() throws IOException {
        return new Press(Map.of());
    }

    /** With a clock that the test moves. */
    static Press started(Clock clock) throws IOException {
        return new Press(Map.of(), clock);
    }

    static Press started(Map<String, String> settings) throws IOException {
        return new Press(settings);
    }

    static String text(DatabaseUrl url) {
        return "postgres://%s:%s@%s:%d/%s"
                .formatted(url.user(), url.password(), url.host(), url.port(), url.database());
    }

    static Press started(Map<String, String> settings, java.time.Clock clock) throws IOException {
        return new Press(settings, clock);
    }

    /** With a disk that the test fills. */
    static Press started(Clock clock, Disk disk) throws IOException {
        return started(Map.of(), clock, disk);
    }

    static Press started(Map<String, String> settings, Clock clock, Disk disk) throws IOException {
        return new Press(settings, clock, disk);
    }

    String url() {
        return running.url();
    }

    /** Letters stay where a test reads them: the row of one that has left holds no text. */
    Press holdingLetters() {
        var jdbi = running.newsroom().database.jdbi();
        TestSmtp.await(() -> jdbi.withHandle(handle ->
                        handle.execute("delete from scheduled_tasks where task_name = 'carry-post' and not picked"))
                == 1);
        return this;
    }

    /** Someone with a browser of their own: cookies are kept, redirects followed. */
    Person person() {
        var person = new Person(url());
        people.add(person);
        return person;
    }

    @Override
    public void close() {
        OPEN.remove(this);
        // A connection that is kept open by nobody's need holds the end of a server up for a second.
        people.forEach(Person::leave);
        running.close();
    }

    /** The sample publication, filled in once for each test JVM and then copied: filling it in is most of what a start takes. */
    private static final class Sample {
        static final Set<String> DEPENDS_ON =
                Set.of("MASTHEAD_DATA", "MASTHEAD_SAMPLE", "MASTHEAD_SECRET_KEY", "MASTHEAD_URL");
        private static final Duration FRESH = Duration.ofHours(1);
        private static final Instant MADE = Instant.now();
        private static final DatabaseUrl DATABASE = TestDatabase.freshUrl();
        private static final Path DATA = filled();

        private static Path filled() {
            try {
                Path folder = Files.createTempDirectory(Path.of("target"), "sample");
                var config = Config.read(Map.of(
                        "DATABASE_URL", text(DATABASE), "MASTHEAD_PORT", "0", "MASTHEAD_DATA", folder.toString()));
                // Made, not begun: no recurring work has touched it.
                try (var database = Database.open(DATABASE, 4);
                        var newsroom = new Newsroom(config, database, Clock.systemUTC())) {
                    newsroom.publication.settings();
                }
                return folder;
            } catch (IOException e) {
                throw new AssertionError(e);
            }
        }

        /** Times in it are told from when it was filled in, so a test with a clock of its own has it filled in by that. */
        static boolean isFresh(Clock clock) {
            return clock.equals(Clock.systemUTC())
                    && Duration.between(MADE, clock.instant()).compareTo(FRESH) < 0;
        }

        static DatabaseUrl copyTo(Path folder) throws IOException {
            try (var files = Files.walk(DATA)) {
                for (Path file : files.filter(Files::isRegularFile).toList()) {
                    Path copy = folder.resolve(DATA.relativize(file));
                    Files.createDirectories(copy.getParent());
                    Files.copy(file, copy, StandardCopyOption.COPY_ATTRIBUTES);
                }
            }
            return TestDatabase.copyUrl(DATABASE);
        }
    }

    static final class Person {
        private final String url;
        private final HttpClient client = HttpClient.newBuilder()
                .cookieHandler(new CookieManager())
                .followRedirects(Redirect.NORMAL)
                .build();

        Person(String url) {
            this.url = url;
        }

        private void leave() {
            client.shutdownNow();
        }

        HttpResponse<String> get(String path) throws IOException, InterruptedException {
            return client.send(HttpRequest.newBuilder(at(path)).build(), BodyHandlers.ofString());
        }

        /** Sends a form as our own pages do. Fields come in pairs: name, value. */
        HttpResponse<String> post(String path, String... fields) throws IOException, InterruptedException {
            return client.send(
                    HttpRequest.newBuilder(at(path))
                            .header("Content-Type", "application/x-www-form-urlencoded")
                            .header("Sec-Fetch-Site", "same-origin")
                            .POST(BodyPublishers.ofString(form(fields)))
                            .build(),
                    BodyHandlers.ofString());
        }

        /** Sends a form as a script does that asks for JSON. */
        HttpResponse<String> json(String path, String... fields) throws IOException, InterruptedException {
            return client.send(
                    HttpRequest.newBuilder(at(path))
                            .header("Content-Type", "application/x-www-form-urlencoded")
                            .header("Accept", "application/json")
                            .header("Sec-Fetch-Site", "same-origin")
                            .POST(BodyPublishers.ofString(form(fields)))
                            .build(),
                    BodyHandlers.ofString());
        }

        /** Sends a body of JSON as a script does. */
        HttpResponse<String> sends(String path, String body) throws IOException, InterruptedException {
            return client.send(
                    HttpRequest.newBuilder(at(path))
                            .header("Content-Type", "application/json")
                            .header("Sec-Fetch-Site", "same-origin")
                            .POST(BodyPublishers.ofString(body))
                            .build(),
                    BodyHandlers.ofString());
        }

        /** Sends bytes as a script does. */
        HttpResponse<String> put(String path, byte[] bytes) throws IOException, InterruptedException {
            return client.send(
                    HttpRequest.newBuilder(at(path))
                            .header("Content-Type", "application/octet-stream")
                            .header("Sec-Fetch-Site", "same-origin")
                            .POST(BodyPublishers.ofByteArray(bytes))
                            .build(),
                    BodyHandlers.ofString());
        }

        /** Sends a form with one file in its field {@code picture}. */
        HttpResponse<String> upload(String path, String name, byte[] file) throws IOException, InterruptedException {
            return upload(path, "picture", name, file);
        }

        /** Sends a form with one file in a field. */
        HttpResponse<String> upload(String path, String field, String name, byte[] file)
                throws IOException, InterruptedException {
            return client.send(
                    HttpRequest.newBuilder(at(path))
                            .header("Content-Type", "multipart/form-data; boundary=edge")
                            .header("Sec-Fetch-Site", "same-origin")
                            .POST(BodyPublishers.ofByteArray(multipart(field, name, file)))
                            .build(),
                    BodyHandlers.ofString());
        }

        private static byte[] multipart(String field, String name, byte[] file) {
            var body = new ByteArrayOutputStream();
            body.writeBytes(("--edge\r\nContent-Disposition: form-data; name=\"" + field + "\"; filename=\"" + name
                            + "\"\r\nContent-Type: application/octet-stream\r\n\r\n")
                    .getBytes(StandardCharsets.UTF_8));
            body.writeBytes(file);
            body.writeBytes("\r\n--edge--\r\n".getBytes(StandardCharsets.UTF_8));
            return body.toByteArray();
        }

        /** Headers come in pairs: name, value. */
        HttpResponse<byte[]> bytes(String path, String... headers) throws IOException, InterruptedException {
            var request = HttpRequest.newBuilder(at(path));
            if (headers.length > 0) request.headers(headers);
            return client.send(request.build(), BodyHandlers.ofByteArray());
        }

        /** An answer that is read while it is written. Headers come in pairs. */
        HttpResponse<Stream<String>> lines(String path, String... headers) throws IOException, InterruptedException {
            var request = HttpRequest.newBuilder(at(path));
            if (headers.length > 0) request.headers(headers);
            return client.send(request.build(), BodyHandlers.ofLines());
        }

        private static String form(String... fields) {
            var form = new StringBuilder();
            for (int i = 0; i < fields.length; i += 2)
                form.append(i == 0 ? "" : "&")
                        .append(encoded(fields[i]))
                        .append('=')
                        .append(encoded(fields[i + 1]));
            return form.toString();
        }

        /** The bytes that a form with nothing but a button answers with. */
        HttpResponse<byte[]> download(String path) throws IOException, InterruptedException {
            return client.send(
                    HttpRequest.newBuilder(at(path))
                            .header("Sec-Fetch-Site", "same-origin")
                            .POST(BodyPublishers.noBody())
                            .build(),
                    BodyHandlers.ofByteArray());
        }

        private URI at(String path) {
            return URI.create(path.startsWith("http") ? path : url + path);
        }

        private static String encoded(String text) {
            return URLEncoder.encode(text, StandardCharsets.UTF_8);
        }
    }
}
