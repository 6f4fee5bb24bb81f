package press.masthead;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;
import press.masthead.platform.db.DatabaseUnusable;
import press.masthead.readers.EmailAddress;

/** What an operator meets on the way in, and what keeps others out. */
class OpenDoorsTest {
    @TempDir
    Path folder;

    @Test
    void a_start_prints_where_to_read_to_work_to_look_for_letters_and_where_the_data_is() throws Exception {
        try (var press = Press.started()) {
            var out = new ByteArrayOutputStream();
            press.running.greet(new PrintStream(out, true, StandardCharsets.UTF_8));
            var lines = out.toString(StandardCharsets.UTF_8)
                    .lines()
                    .filter(line -> !line.isBlank())
                    .toList();
            assertThat(lines).hasSize(4);
            assertThat(lines.get(0)).isEqualTo("  The site      " + press.url() + "/");
            assertThat(lines.get(1)).startsWith("  The newsroom  " + press.url() + "/signin/");
            assertThat(lines.get(2)).isEqualTo("  The mailbox   " + press.url() + "/mailbox/");
            assertThat(Path.of(lines.get(3).substring("  The data      ".length())))
                    .isDirectory();

            var owner = press.person();
            String link = lines.get(1).substring("  The newsroom  ".length());
            assertThat(owner.post(link).uri().getPath()).isEqualTo("/desk/stories");
            assertThat(press.person().post(link).statusCode()).as("used twice").isEqualTo(410);
        }
    }

    @Test
    void every_setting_is_told_by_help_and_by_the_operators_handbook() throws Exception {
        var settings = new TreeSet<String>();
        var name = Pattern.compile("\"(MASTHEAD_[A-Z_]+|DATABASE_URL|SMTP_URL|[A-Z]+_(?:URL|KEY|SECRET))\"");
        try (Stream<Path> sources = Files.walk(Path.of("src/main/java"))) {
            for (Path source :
                    sources.filter(path -> path.toString().endsWith(".java")).toList()) {
                var found = name.matcher(Files.readString(source));
                while (found.find()) settings.add(found.group(1));
            }
        }
        assertThat(settings).contains("MASTHEAD_PORT", "MASTHEAD_DATA", "DATABASE_URL", "SMTP_URL");
        assertThat(new CommandLine(new Masthead()).getUsageMessage()).contains(settings);
        assertThat(Files.readString(Path.of("docs/operating.md"))).contains(settings);
    }

    @Test
    void a_setting_that_cannot_be_used_is_named_in_one_sentence() {
        assertThatThrownBy(() -> Config.read(Map.of("MASTHEAD_PORT", "eighty")))
                .hasMessage("MASTHEAD_PORT should be a whole number from 0 to 65535, but is \"eighty\".");
        assertThatThrownBy(() -> Config.read(Map.of("MASTHEAD_URL", "news.example")))
                .hasMessage("MASTHEAD_URL should look like https://news.example, but is \"news.example\".");
    }

    @Test
    void a_data_folder_that_cannot_be_written_to_stops_the_start_with_one_sentence() throws Exception {
        Path file = Files.writeString(folder.resolve("a-file"), "");
        // Under a file no folder can be made, and into /proc not even root writes.
        for (Path data : new Path[] {file.resolve("data"), Path.of("/proc/self")})
            assertThatThrownBy(() -> Press.started(Map.of("MASTHEAD_DATA", data.toString())))
                    .isInstanceOf(DatabaseUnusable.class)
                    .hasMessage("The folder " + data + " can't be written to; choose another with MASTHEAD_DATA.");
    }

    @Test
    void off_loopback_the_cookie_travels_by_nothing_but_https() throws Exception {
        for (String url : new String[] {"https://news.example", "http://news.example"})
            try (var press = Press.started(Map.of("MASTHEAD_URL", url, "MASTHEAD_SAMPLE", "no"))) {
                assertThat(cookie(press)).as(url).contains("HttpOnly", "SameSite=Lax", "Secure");
            }
        try (var press = Press.started(Map.of("MASTHEAD_SAMPLE", "no"))) {
            assertThat(cookie(press)).contains("HttpOnly", "SameSite=Lax").doesNotContain("Secure");
        }
    }

    private static String cookie(Press press) throws Exception {
        var room = press.running.newsroom();
        room.database
                .jdbi()
                .useTransaction(handle -> room.readers.meet(
                        handle, EmailAddress.parse("eli@reader.example").orElseThrow()));
        String path = URI.create(room.signIn.linkFor(
                        EmailAddress.parse("eli@reader.example").orElseThrow()))
                .getPath();
        return post("http://localhost:" + press.running.port() + path, "", "Sec-Fetch-Site", "same-origin")
                .headers()
                .firstValue("Set-Cookie")
                .orElseThrow();
    }

    @Test
    void a_form_that_another_site_sends_changes_nothing() throws Exception {
        try (var press = Press.started(Map.of("MASTHEAD_SAMPLE", "no"))) {
            String join = press.url() + "/signin";
            String host = URI.create(press.url()).getAuthority();
            String[][] refused = {
                {"Sec-Fetch-Site", "cross-site"},
                {"Sec-Fetch-Site", "same-site"},
                {"Origin", "https://elsewhere.example"},
                {"Origin", "null"},
                {"Origin", "http://" + host + ".elsewhere.example"},
                {"Cookie", "masthead_session=whatever"},
            };
            for (String[] headers : refused) {
                var answer = post(join, "email=eli%40reader.example", headers);
                assertThat(answer.statusCode()).as(String.join(": ", headers)).isEqualTo(403);
                assertThat(answer.body()).contains("This form was sent from another site, so nothing was changed.");
            }
            assertThat(post(join, "email=eli%40reader.example", "Origin", "http://" + host)
                            .statusCode())
                    .isEqualTo(200);
            String asked = press.running
                    .newsroom()
                    .database
                    .jdbi()
                    .withHandle(handle -> handle.createQuery("select count(*)::text from outbox")
                            .mapTo(String.class)
                            .one());
            assertThat(asked).as("letters, of the one that was our own").isEqualTo("1");
        }
    }

    @Test
    void no_page_lets_a_script_run_that_is_not_a_file_of_ours() throws Exception {
        try (var press = Press.started()) {
            for (String path :
                    new String[] {"/", "/newsletters/", "/signin/", "/desk/", "/nowhere/", "/rss/", "/mailbox/"}) {
                String policy = press.person()
                        .get(path)
                        .headers()
                        .firstValue("Content-Security-Policy")
                        .orElse("");
                assertThat(policy)
                        .as(path)
                        .contains("default-src 'none'", "script-src 'self'", "base-uri 'none'")
                        .doesNotContain("unsafe");
            }
        }
    }

    private static HttpResponse<String> post(String url, String body, String... headers) throws Exception {
        try (var client = HttpClient.newHttpClient()) {
            return client.send(
                    HttpRequest.newBuilder(URI.create(url))
                            .header("Content-Type", "application/x-www-form-urlencoded")
                            .headers(headers)
                            .POST(BodyPublishers.ofString(body))
                            .build(),
                    BodyHandlers.ofString());
        }
    }
}
