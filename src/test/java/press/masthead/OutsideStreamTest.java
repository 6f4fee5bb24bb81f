package press.masthead;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Page;
import com.microsoft.playwright.Page.GetByRoleOptions;
import com.microsoft.playwright.options.AriaRole;
import com.sun.net.httpserver.HttpServer;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import press.masthead.Press.Person;

/** A session plays a stream from elsewhere: another server on loopback, which the operator's setting lets in. */
@Tag("browser")
class OutsideStreamTest {
    private static Evening evening;
    private static HttpServer elsewhere;
    private static String stream;

    @BeforeAll
    static void open() throws Exception {
        evening = new Evening(Map.of("MASTHEAD_FETCH_ALLOWED", "127.0.0.0/8"), Clock.systemUTC());
        Path folder = Files.createTempDirectory(Path.of("target"), "elsewhere");
        int made = new ProcessBuilder(
                        ("ffmpeg -loglevel error -f lavfi -i testsrc=s=320x180:r=25 -f lavfi -i sine=r=48000 -t 20"
                                        + " -c:v libx264 -preset ultrafast -g 25 -pix_fmt yuv420p -c:a aac -f hls -hls_time 1 -hls_list_size 0 "
                                        + folder.resolve("index.m3u8"))
                                .split(" +"))
                .inheritIO()
                .start()
                .waitFor();
        assertThat(made).isZero();
        Files.writeString(folder.resolve("page.html"), "<p>No stream here.</p>");
        elsewhere = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        elsewhere.createContext("/", exchange -> {
            Path file = folder.resolve(exchange.getRequestURI().getPath().substring(1));
            exchange.getResponseHeaders().add("Access-Control-Allow-Origin", "*");
            if (Files.isRegularFile(file)) {
                exchange.sendResponseHeaders(200, Files.size(file));
                Files.copy(file, exchange.getResponseBody());
            } else exchange.sendResponseHeaders(404, -1);
            exchange.close();
        });
        elsewhere.start();
        stream = "http://127.0.0.1:" + elsewhere.getAddress().getPort() + "/";
    }

    @AfterAll
    static void close() {
        elsewhere.stop(0);
        evening.close();
    }

    @Test
    void whoever_may_watch_sees_it_and_nobody_else_is_told_where_it_is() throws Exception {
        String desk = Studio.announced(evening, "From elsewhere", "outside", stream + "index.m3u8");
        Person edda = evening.editor();
        Person visitor = evening.press.person();
        var told = visitor.get("/live/from-elsewhere/");
        assertThat(told.body()).doesNotContain(stream);
        assertThat(told.headers().firstValue("Content-Security-Policy").orElseThrow())
                .doesNotContain("127.0.0.1");
        assertThat(visitor.get("/live/from-elsewhere/pass").statusCode()).isEqualTo(403);
        evening.member("ana@guest.example");
        try (var browser = new Browser(List.of("--autoplay-policy=no-user-gesture-required"))) {
            Page ana = browser.person(1280, 900);
            Studio.signIn(evening, ana, "ana@guest.example");
            ana.navigate(evening.press.url() + "/live/from-elsewhere/");
            Page desktop = browser.person(1440, 900);
            desktop.onDialog(dialog -> dialog.accept());
            Studio.signIn(evening, desktop, "edda@masthead.example");
            desktop.navigate(evening.press.url() + desk + "/studio");
            Studio.look(desktop, "studio-elsewhere");
            desktop.getByRole(AriaRole.BUTTON, new GetByRoleOptions().setName("Begin for everyone"))
                    .click();
            assertThat(desktop.locator("[data-toast]")).containsText("The session has begun");
            ana.waitForFunction("() => document.querySelector('[data-video]').currentTime > 1");
            assertThat(ana.content()).doesNotContain(stream);
            desktop.getByRole(AriaRole.BUTTON, new GetByRoleOptions().setName("End the session"))
                    .click();
            desktop.locator("[data-confirm-yes]").click();
            assertThat(desktop.locator("main")).containsText("This session is over");
            assertThat(browser.complaints).isEmpty();
        }
        assertThat(edda.post(desk + "/open").statusCode()).isEqualTo(409);
    }

    @Test
    void what_is_no_stream_is_refused_with_a_sentence_and_what_was_typed_is_kept() throws Exception {
        Person edda = evening.editor();
        for (var one : Map.of(
                        stream + "page.html",
                        "There is no HLS stream at this address.",
                        stream + "gone.m3u8",
                        "answers with an error (404)",
                        "ftp://video.example/x",
                        "Please give a whole address",
                        "http://video.example.invalid/x.m3u8",
                        "This address can’t be used|This address can&#39;t be used|This address can't be used|Nothing answers",
                        "https://10.0.0.4/x.m3u8",
                        "This address can't be used|Nothing answers")
                .entrySet()) {
            var answer = edda.post(
                    "/desk/live/new",
                    "title",
                    "Elsewhere again",
                    "starts",
                    "2027-03-01T10:00",
                    "zone",
                    "Europe/Zurich",
                    "access",
                    "member",
                    "outside",
                    one.getKey());
            assertThat(answer.statusCode()).as(one.getKey()).isEqualTo(422);
            assertThat(answer.body()).contains("Elsewhere again").contains(one.getKey());
            assertThat(answer.body())
                    .containsPattern(one.getValue().replace("(", "\\(").replace(")", "\\)"));
        }
    }
}
