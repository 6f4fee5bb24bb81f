package press.masthead;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Page;
import com.microsoft.playwright.Page.GetByRoleOptions;
import com.microsoft.playwright.Route;
import com.microsoft.playwright.options.AriaRole;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.List;
import org.jsoup.Jsoup;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import press.masthead.Press.Person;

/** What is said in a session is typed while it is live and stands over the picture; a file takes its place, beside the recording. */
@Tag("browser")
class LiveCaptionsTest {
    private static final String GOOD = """
            WEBVTT - the winter ahead

            NOTE made by hand

            1
            00:02.000 --> 00:05.500 line:80%
            <v Lena Horvat>Good evening &amp; <i>welcome</i>.

            00:06.000 --> 00:09.000
            <v Lena Horvat>The stores are quarfel full.

            00:00:30.000 --> 00:00:34.000
            مرحبا بكم في هذا اللقاء.
            """;

    private static Evening evening;

    @TempDir
    private static Path folder;

    @BeforeAll
    static void open() throws Exception {
        evening = new Evening();
        evening.member("ana@guest.example");
    }

    @AfterAll
    static void close() {
        evening.close();
    }

    private static long session(String title, String state) throws Exception {
        Person edda = evening.editor();
        String path = edda.post(
                        "/desk/live/new",
                        "title",
                        title,
                        "announcement",
                        "What the winter brings.",
                        "starts",
                        Evening.field(LocalDateTime.now(Evening.GENEVA).plusHours(1)),
                        "zone",
                        "Europe/Zurich",
                        "access",
                        "member")
                .uri()
                .getPath();
        long id = Long.parseLong(path.replaceAll("\\D", ""));
        edda.post(path + "/announce");
        evening.jdbi.useHandle(handle -> handle.execute(
                "update live_session set state = ?, began_at = now() - interval '2 minutes', ended_at = case when ? = 'ended' then now() end where id = ?",
                state,
                state,
                id));
        return id;
    }

    private static HttpResponse<String> upload(Person who, long id, byte[] file) throws Exception {
        return who.upload("/desk/live/" + id + "/transcript", "file", "talk.vtt", file);
    }

    @Test
    void a_file_stands_beside_the_recording_for_those_who_may_watch_it_and_moves_with_the_cut() throws Exception {
        long id = session("Told in words", "ended");
        Recorded.seconds(evening, id, 60);
        Person edda = evening.editor();
        assertThat(upload(edda, id, GOOD.getBytes(StandardCharsets.UTF_8)).body())
                .contains("It stands beside the recording now.");
        Person ana = evening.signedIn("ana@guest.example");
        var page = Jsoup.parse(ana.get("/live/told-in-words/").body());
        assertThat(page.select(".live-transcript p").eachText())
                .containsExactly(
                        "0:02 Lena Horvat: Good evening & welcome. The stores are quarfel full.",
                        "0:30 مرحبا بكم في هذا اللقاء.");
        assertThat(page.expectFirst("track[kind=captions]").attr("src")).isEqualTo("/live/told-in-words/captions.vtt");
        var file = ana.get("/live/told-in-words/captions.vtt");
        assertThat(file.headers().firstValue("Content-Type").orElse("")).startsWith("text/vtt");
        assertThat(file.body())
                .startsWith("WEBVTT\n")
                .contains("00:00:02.000 --> 00:00:05.500\n<v Lena Horvat>Good evening &amp; welcome.");
        Person visitor = evening.press.person();
        assertThat(visitor.get("/live/told-in-words/captions.vtt").statusCode()).isEqualTo(403);
        assertThat(visitor.get("/live/told-in-words/").body()).doesNotContain("quarfel");

        edda.post("/desk/live/" + id + "/trim", "start", "0:04", "end", "0:35");
        assertThat(ana.get("/live/told-in-words/captions.vtt").body())
                .contains("00:00:00.000 --> 00:00:01.500")
                .contains("00:00:02.000 --> 00:00:05.000\n<v Lena Horvat>The stores")
                .doesNotContain("مرحبا");
        edda.post("/desk/live/" + id + "/trim", "start", "0", "end", "0");
        // What a reader downloads can be uploaded again.
        String downloaded = ana.get("/live/told-in-words/captions.vtt").body();
        upload(edda, id, downloaded.getBytes(StandardCharsets.UTF_8));
        assertThat(ana.get("/live/told-in-words/captions.vtt").body()).isEqualTo(downloaded);
        edda.post("/desk/live/" + id + "/transcript/remove");
        assertThat(ana.get("/live/told-in-words/captions.vtt").statusCode()).isEqualTo(404);
    }

    @Test
    void each_slip_in_a_file_is_told_with_its_line_and_what_stood_before_stays() throws Exception {
        long id = session("Slips", "ended");
        Recorded.seconds(evening, id, 60);
        Person edda = evening.editor();
        upload(edda, id, GOOD.getBytes(StandardCharsets.UTF_8));
        var refused = upload(edda, id, """
                WEBVTT

                00:05.000 --> 00:04.000
                Backwards.

                Here is no time
                at all.

                00:20.000 --> 00:22.000
                Fine.

                00:10.000 --> 00:12.000
                Out of order.

                0:30 --> 0:31
                In another form.

                00:40.000 --> 00:41.000
                Two at once
                00:42.000 --> 00:43.000

                02:00.000 --> 02:01.000
                Too late.
                """.getBytes(StandardCharsets.UTF_8));
        assertThat(refused.statusCode()).isEqualTo(422);
        assertThat(Jsoup.parse(refused.body()).select("[role=alert] li").eachText())
                .containsExactly(
                        "Line 3: this cue ends before it begins.",
                        "Line 6: here a time such as 00:01.000 --> 00:04.000 is missing.",
                        "Line 12: this cue begins before the one above it.",
                        "Line 15: this time can’t be read. It has to look like 00:01.000 --> 00:04.000.",
                        "Line 20: a cue’s words can’t hold -->. Is an empty line missing above it?",
                        "Line 22: this cue begins after the recording’s end.");
        for (var bad : List.of(
                List.of("1\n00:00:01,000 --> 00:00:02,000\nHello", "its first line has to be WEBVTT."),
                List.of("WEBVTT\n\n", "There are no words in this file."))) {
            var answer = upload(edda, id, bad.getFirst().getBytes(StandardCharsets.UTF_8));
            assertThat(answer.statusCode()).isEqualTo(422);
            assertThat(answer.body()).contains(bad.getLast());
        }
        assertThat(upload(edda, id, new byte[] {'W', 'E', 'B', 'V', 'T', 'T', '\n', (byte) 0xC3, '\n'})
                        .body())
                .contains("This file is not in UTF-8.");
        var large = upload(edda, id, new byte[(2 << 20) + 10]);
        assertThat(large.statusCode()).isEqualTo(413);
        assertThat(large.body()).contains("larger than 2 MB");
        assertThat(evening.signedIn("ana@guest.example").get("/live/slips/").body())
                .contains("The stores are quarfel full.");
        assertThat(upload(evening.reporter(), id, GOOD.getBytes(StandardCharsets.UTF_8))
                        .statusCode())
                .isEqualTo(403);
    }

    @Test
    void a_line_that_is_typed_is_over_the_picture_at_once_and_the_first_transcript_afterwards() throws Exception {
        long id = session("Typed live", "live");
        try (var browser = new Browser()) {
            Page edda = browser.person(1280, 900);
            enter(edda, "edda@masthead.example");
            edda.navigate(evening.press.url() + "/desk/live/" + id + "/questions");
            Page ana = browser.person(375, 812);
            enter(ana, "ana@guest.example");
            ana.navigate(evening.press.url() + "/live/typed-live/");
            edda.getByLabel("What is said now").fill("The stores are nearly full.");
            edda.keyboard().press("Enter");
            assertThat(ana.locator("[data-caption]")).hasText("The stores are nearly full.");
            assertThat(edda.getByLabel("What is said now")).hasValue("");
            assertThat(edda.locator("[data-caption-lines] li")).hasText("The stores are nearly full.");
            LiveWalkTest.look(edda, "desk-questions");
            edda.getByLabel("What is said now").fill("المخازن ممتلئة تقريباً <b>الآن</b>");
            edda.keyboard().press("Enter");
            assertThat(ana.locator("[data-caption]")).hasText("المخازن ممتلئة تقريباً <b>الآن</b>");
            assertThat(ana.locator("[data-caption]")).hasCSS("direction", "rtl");
            LiveWalkTest.look(ana, "live-caption");
            var button = ana.getByRole(AriaRole.BUTTON, new GetByRoleOptions().setName("Captions"));
            button.click();
            assertThat(button).hasAttribute("aria-pressed", "false");
            assertThat(ana.locator("[data-caption]")).isHidden();
            ana.reload();
            edda.getByLabel("What is said now").fill("And the last.");
            edda.keyboard().press("Enter");
            assertThat(edda.locator("[data-caption-lines]")).containsText("And the last.");
            assertThat(button).hasAttribute("aria-pressed", "false");
            button.click();

            evening.jdbi.useHandle(handle ->
                    handle.execute("update live_session set state = 'ended', ended_at = now() where id = ?", id));
            Recorded.seconds(evening, id, 180);
            // The words are there before the pictures are, and stay when these begin.
            var held = new ArrayList<Route>();
            ana.route("**/live/typed-live/pass", held::add);
            ana.navigate(evening.press.url() + "/live/typed-live/");
            assertThat(ana.locator(".live-transcript")).containsText("The stores are nearly full.");
            assertThat(ana.locator("track")).hasCount(1);
            ana.waitForFunction("() => document.querySelector('track').track.cues?.length === 3");
            ana.unroute("**/live/typed-live/pass");
            held.forEach(Route::resume);
            ana.waitForFunction("() => document.querySelector('video').src.startsWith('blob:')");
            assertThat((Integer) ana.evaluate("() => document.querySelector('track').track.cues.length"))
                    .isEqualTo(3);
            int at = Integer.parseInt(ana.locator(".live-transcript a")
                    .first()
                    .getAttribute("href")
                    .substring(3));
            assertThat(at).as("two minutes after the take began").isBetween(115, 179);
            LiveWalkTest.look(ana, "recording");
            edda.navigate(evening.press.url() + "/desk/live/" + id + "/captions");
            Path file =
                    Files.writeString(folder.resolve("talk.vtt"), "WEBVTT\n\n00:10.000 --> 00:09.000\nBackwards.\n");
            edda.getByLabel("WebVTT file").setInputFiles(file);
            edda.getByRole(AriaRole.BUTTON, new GetByRoleOptions().setName("Upload"))
                    .click();
            assertThat(edda.locator("[role=alert]")).hasText("Line 3: this cue ends before it begins.");
            LiveWalkTest.look(edda, "desk-captions");
            Files.writeString(file, GOOD);
            edda.getByLabel("WebVTT file").setInputFiles(file);
            edda.getByRole(AriaRole.BUTTON, new GetByRoleOptions().setName("Upload"))
                    .click();
            assertThat(edda.locator(".transcript-rows")).containsText("quarfel");
            LiveWalkTest.look(edda, "desk-transcript");
            assertThat(browser.complaints.stream().filter(one -> !one.matches(".*status of (404|422).*")))
                    .as("nobody films, and one file was refused")
                    .isEmpty();
        }
        Person editor = evening.editor();
        var late = editor.post("/desk/live/" + id + "/captions", "words", "Too late.");
        assertThat(late.statusCode()).isEqualTo(409);
        assertThat(late.body()).contains("Captions can be typed while the session is live.");
    }

    private static void enter(Page page, String email) {
        page.navigate(evening.link(email));
        page.getByRole(AriaRole.BUTTON).first().waitFor();
        page.locator("main form[method=post] button").first().click();
        page.waitForLoadState();
    }
}
