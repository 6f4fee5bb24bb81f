package press.masthead;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.jsoup.Jsoup;
import org.junit.jupiter.api.Test;
import press.masthead.platform.db.Database;
import press.masthead.platform.db.TestDatabase;
import press.masthead.readers.EmailAddress;

/** Members from a file as an operator brings them along from a shell, and a file that is too large for the desk. */
class ImportCommandTest {
    private record Ended(int code, String said) {}

    /** In a process of its own, as {@code ./masthead import ...} starts it. */
    private static Ended masthead(Map<String, String> settings, String... arguments) throws Exception {
        var command = new ArrayList<>(List.of(
                ProcessHandle.current().info().command().orElseThrow(),
                "-Xmx256m",
                "--enable-native-access=ALL-UNNAMED",
                "press.masthead.Masthead",
                "import"));
        command.addAll(Arrays.asList(arguments));
        var process = new ProcessBuilder(command);
        process.environment().put("CLASSPATH", System.getProperty("java.class.path"));
        process.environment().putAll(settings);
        Path said = Files.createTempFile(Path.of("target"), "import", ".txt");
        Process started =
                process.redirectErrorStream(true).redirectOutput(said.toFile()).start();
        assertThat(started.waitFor(240, TimeUnit.SECONDS)).as("it ends").isTrue();
        return new Ended(started.exitValue(), Files.readString(said, StandardCharsets.UTF_8));
    }

    @Test
    void from_a_shell_members_are_taken_in_and_taken_back_with_progress_and_what_can_not_be_is_a_sentence()
            throws Exception {
        var address = TestDatabase.freshUrl();
        Path folder = Files.createTempDirectory(Path.of("target"), "import");
        var settings = Map.of(
                "DATABASE_URL",
                Press.text(address),
                "MASTHEAD_PORT",
                "0",
                "MASTHEAD_SAMPLE",
                "no",
                "MASTHEAD_DATA",
                folder.toString());
        var text = new StringBuilder("address,name,until\n");
        for (int i = 1; i <= 12_000; i++) text.append("m%d@old.example,Member %d,2099-01-31%n".formatted(i, i));
        text.append("no address,Nobody,2099-01-31\n");
        Path file = Files.writeString(folder.resolve("members.csv"), text);
        try (var database = Database.open(address, 2)) {
            database.migrate();
            Ended taken = masthead(settings, "members", file.toString());
            assertThat(taken.said())
                    .containsPattern("  [0-9,]+ of 12,002 lines, (16|83) %\n")
                    .contains(
                            "12,002 of 12,002 lines, 100 %", "12,001 lines: 12,000 became members", "1 can't be taken")
                    .contains("./masthead import undo 1");
            assertThat(taken.code()).as("one line could not be taken").isEqualTo(1);
            assertThat(count(database, "membership")).isEqualTo(12_000);

            Ended none = masthead(settings, "undo", "77");
            assertThat(none.said()).contains("There is no import 77.");
            assertThat(none.code()).isEqualTo(2);

            Ended back = masthead(settings, "undo", "1");
            assertThat(back.said())
                    .containsPattern("\\n? {2}[1-9][0-9,]* of 12,000 members, \\d+ %")
                    .contains("12,000 of 12,000 members, 100 %", "12,000 memberships were taken back.");
            assertThat(back.code()).isZero();
            assertThat(count(database, "membership")).isZero();
            assertThat(count(database, "reader")).isZero();
            assertThat(count(database, "business_movement")).isZero();

            Ended again = masthead(settings, "undo", "1");
            assertThat(again.said()).contains("Import 1 was taken back already.");
            assertThat(again.code()).isEqualTo(2);
        }
    }

    private static long count(Database database, String table) {
        return database.jdbi()
                .withHandle(handle -> handle.createQuery("select count(*) from " + table)
                        .mapTo(Long.class)
                        .one());
    }

    @Test
    void a_file_of_more_than_32_megabytes_is_refused_in_the_desk_with_a_sentence_and_nothing_is_lost()
            throws Exception {
        try (var press = Press.started()) {
            var newsroom = press.running.newsroom();
            String cookie = signedIn(press, "ada@parallel.example");
            long before = count(newsroom.database, "member_import");
            long members = count(newsroom.database, "membership");
            byte[] head =
                    "--edge\r\nContent-Disposition: form-data; name=\"file\"; filename=\"all.csv\"\r\n\r\naddress,until\n"
                            .getBytes(StandardCharsets.UTF_8);
            byte[] body = Arrays.copyOf(head, (33 << 20) + head.length);
            Arrays.fill(body, head.length, body.length, (byte) 'x');
            byte[] foot = "\r\n--edge--\r\n".getBytes(StandardCharsets.UTF_8);
            try (var client = HttpClient.newHttpClient()) {
                var answer = client.send(
                        HttpRequest.newBuilder(URI.create(press.url() + "/desk/business/import"))
                                .header("Content-Type", "multipart/form-data; boundary=edge")
                                .header("Sec-Fetch-Site", "same-origin")
                                .header("Cookie", cookie)
                                .POST(BodyPublishers.concat(
                                        BodyPublishers.ofByteArray(body), BodyPublishers.ofByteArray(foot)))
                                .build(),
                        BodyHandlers.ofString());
                assertThat(answer.statusCode()).isEqualTo(413);
                assertThat(Jsoup.parse(answer.body()).select("[role=alert]").text())
                        .isEqualTo("The file is larger than 32 MB. Divide it into several.");
                assertThat(Jsoup.parse(answer.body()).select("input[type=file][name=file]"))
                        .as("another can be handed over at once")
                        .hasSize(1);
            }
            assertThat(count(newsroom.database, "member_import")).isEqualTo(before);
            assertThat(count(newsroom.database, "membership")).isEqualTo(members);
        }
    }

    private static String signedIn(Press press, String email) throws Exception {
        String link = press.running
                .newsroom()
                .signIn
                .linkFor(EmailAddress.parse(email).orElseThrow());
        try (var client = HttpClient.newHttpClient()) {
            var answer = client.send(
                    HttpRequest.newBuilder(URI.create(link.startsWith("http") ? link : press.url() + link))
                            .header("Sec-Fetch-Site", "same-origin")
                            .POST(BodyPublishers.noBody())
                            .build(),
                    BodyHandlers.discarding());
            return answer.headers().allValues("Set-Cookie").stream()
                    .filter(cookie -> cookie.startsWith("masthead_session="))
                    .map(cookie -> cookie.substring(0, cookie.indexOf(';')))
                    .findFirst()
                    .orElseThrow();
        }
    }
}
