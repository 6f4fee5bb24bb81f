package press.masthead;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.apache.pdfbox.Loader;
import org.apache.pdfbox.text.PDFTextStripper;
import org.junit.jupiter.api.Test;
import press.masthead.access.Audience;
import press.masthead.access.Rule;
import press.masthead.account.TestClock;
import press.masthead.platform.web.Problem;
import press.masthead.readers.EmailAddress;
import press.masthead.stories.Draft;
import press.masthead.stories.Drafts;
import press.masthead.stories.UnderEmbargo;

/** A memo under embargo is nowhere and reaches nobody before its hour, by any channel; from its hour on it is in every one of them. */
class EmbargoedMemoTest {
    private static final String TITLE = "Quillmoor terms for the crossing";
    private static final String SECRET = "the Tessary Threshold";
    private static final Instant HOUR = Instant.parse("2027-01-08T12:00:00Z");

    private final TestClock clock = new TestClock("2027-01-08T11:50:00Z");

    @Test
    void before_its_hour_it_is_nowhere_and_after_it_everywhere() throws Exception {
        try (Press press = Press.started(clock)) {
            var newsroom = press.running.newsroom();
            Press.Person cleo = signedIn(press, "cleo@reader.example");
            cleo.post("/follow/country/no", "follow", "yes");
            cleo.post("/pro/industries/", "rank", "banking");
            Press.Person noor = signedIn(press, "noor@ministry.example");
            noor.post("/follow/topic/energy", "follow", "yes");
            noor.post("/account/following/alerts", "how", "daily", "at", "12:30", "zone", "UTC");
            Press.Person visitor = press.person();
            long memo = memo(press);
            assertThatThrownBy(() -> newsroom.database
                            .jdbi()
                            .useTransaction(
                                    handle -> newsroom.drafts.publishing().publish(handle, memo, null)))
                    .as("not even an editor's button lets it out")
                    .isInstanceOf(Problem.class)
                    .hasMessageContaining("under embargo");

            List<String> everyones = List.of(
                    "/",
                    "/memos/",
                    "/topic/energy/",
                    "/industry/banking/",
                    "/country/no/",
                    "/author/lena-horvat/",
                    "/search/?q=Quillmoor",
                    "/archive/2027/1/",
                    "/rss/",
                    "/atom/",
                    "/feed.json",
                    "/topic/energy/rss/",
                    "/industry/banking/atom/",
                    "/author/lena-horvat/feed.json");
            List<String> members = List.of("/pro/", "/pro/industries/preview/?rank=banking", "/search/?q=Quillmoor");
            // A second before is before.
            for (Duration left : List.of(Duration.ofMinutes(10), Duration.ofSeconds(1))) {
                clock.set(HOUR.minus(left));
                round(press);
                for (String page : everyones)
                    assertThat(visitor.get(page).body()).as(page).doesNotContain(TITLE, "quillmoor-terms");
                for (String page : members)
                    assertThat(cleo.get(page).body()).as(page).doesNotContain(TITLE, "quillmoor-terms");
                for (String map : List.of("/sitemap.xml", "/sitemap-news.xml"))
                    assertThat(visitor.get(map).body()).as(map).doesNotContain("quillmoor-terms");
                for (String part : List.of("", "memo.pdf", "colleague")) {
                    assertThat(cleo.get("/quillmoor-terms/" + part).statusCode())
                            .as(part)
                            .isEqualTo(404);
                    assertThat(cleo.get("/quillmoor-terms/" + part).body())
                            .as(part)
                            .doesNotContain(TITLE, SECRET);
                }
                assertThat(cleo.post("/quillmoor-terms/gift").statusCode()).isEqualTo(404);
                assertThat(cleo.post("/saved/quillmoor-terms", "save", "yes").statusCode())
                        .isEqualTo(404);
                assertThat(told(press)).as("nobody hears of it").isEmpty();
            }

            clock.set(HOUR);
            round(press);

            for (String page : everyones) {
                if (page.equals("/")) continue; // what stands on the front page is an editor's choice
                assertThat(visitor.get(page).body()).as(page).contains("quillmoor-terms");
            }
            assertThat(visitor.get("/sitemap.xml").body()
                            + visitor.get("/sitemap-stories-1.xml").body())
                    .contains("quillmoor-terms");
            // the preview of a review may be half a minute old
            clock.pass(Duration.ofSeconds(31));
            for (String page : members)
                assertThat(cleo.get(page).body()).as(page).contains("quillmoor-terms");
            assertThat(cleo.get("/quillmoor-terms/").body()).contains(TITLE, SECRET);
            assertThat(visitor.get("/quillmoor-terms/").body()).contains(TITLE).doesNotContain(SECRET);
            try (var pdf =
                    Loader.loadPDF(cleo.bytes("/quillmoor-terms/memo.pdf").body())) {
                assertThat(new PDFTextStripper().getText(pdf).replaceAll("\\s+", " "))
                        .contains(TITLE, SECRET);
            }
            assertThat(told(press)).containsExactly("memo cleo@reader.example");
            clock.set(HOUR.plus(Duration.ofMinutes(31)));
            round(press);
            assertThat(told(press)).containsExactly("memo cleo@reader.example", "memo-daily noor@ministry.example");
        }
    }

    /** What the timetable does every few seconds. */
    private static void round(Press press) {
        var newsroom = press.running.newsroom();
        newsroom.publishDue.run();
        newsroom.sendAlerts.run();
        newsroom.sendDailyLetters.run();
        newsroom.pageCache.retire();
    }

    /** Who was told of the memo, by which letter. */
    private static List<String> told(Press press) {
        return press.running
                .newsroom()
                .database
                .jdbi()
                .withHandle(
                        handle -> handle.createQuery("""
                                select m.kind || ' ' || l.address from letter l join mailing m on m.id = l.mailing_id
                                where m.kind in ('memo', 'memo-daily') order by m.id
                                """).mapTo(String.class).list());
    }

    private static long memo(Press press) {
        var newsroom = press.running.newsroom();
        return newsroom.database.jdbi().inTransaction(handle -> {
            var draft = new Draft(
                    "memo",
                    "quillmoor-terms",
                    TITLE,
                    "Who pays, and when.",
                    "<p>The first crossing is paid for.</p><!--members--><p>Beyond it lies " + SECRET + ".</p>",
                    "en",
                    "ltr",
                    "",
                    Optional.empty(),
                    Rule.of(Audience.MEMBER),
                    false,
                    List.of("energy"),
                    List.of("banking"),
                    List.of("NO"),
                    List.of("lena-horvat"),
                    "{\"key_points\": [\"The second payment falls due in spring.\"]}");
            if (!(newsroom.drafts.create(handle, draft, null) instanceof Drafts.Saved saved))
                throw new AssertionError("not saved");
            UnderEmbargo.until(handle, newsroom.drafts, saved.id(), HOUR);
            return saved.id();
        });
    }

    private static Press.Person signedIn(Press press, String email) throws Exception {
        Press.Person person = press.person();
        person.post(press.running
                .newsroom()
                .signIn
                .linkFor(EmailAddress.parse(email).orElseThrow()));
        return person;
    }
}
