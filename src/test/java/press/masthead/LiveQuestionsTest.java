package press.masthead;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Predicate;
import org.jsoup.Jsoup;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import press.masthead.Press.Person;
import press.masthead.readers.EmailAddress;

/** What becomes of a question: answered in writing, followed by who asked it, missed and caught up with, and gone with its asker. */
@Tag("browser")
@Timeout(120)
class LiveQuestionsTest {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final int MANY = 10_000;

    private static Evening evening;

    @BeforeAll
    static void open() throws Exception {
        evening = new Evening();
    }

    @AfterAll
    static void close() {
        evening.close();
    }

    private static String announced(String title) throws Exception {
        return Studio.announced(
                evening,
                title,
                "announcement",
                "What the winter brings.",
                "starts",
                Evening.field(LocalDateTime.now(Evening.GENEVA).plusHours(30)),
                "anonymous",
                "yes");
    }

    private static String question(String words) {
        return evening.one("select id from live_question where body = ?", words);
    }

    /** An event as it was told. */
    private record Told(String id, String name, JsonNode data) {}

    /** Listens, from after an event where one is named, until one is right; what was told until then. */
    private static List<Told> heard(Person who, String path, String after, Predicate<Told> until) throws Exception {
        String[] from = after.isEmpty() ? new String[0] : new String[] {"Last-Event-ID", after};
        var told = new ArrayList<Told>();
        try (var stream = who.lines(path + "events", from).body()) {
            String id = "";
            String name = "";
            for (var lines = stream.iterator(); lines.hasNext(); ) {
                String line = lines.next();
                if (line.startsWith("id: ")) id = line.substring(4);
                if (line.startsWith("event: ")) name = line.substring(7);
                if (!line.startsWith("data: ")) continue;
                var one = new Told(id, name, JSON.readTree(line.substring(6)));
                told.add(one);
                if (until.test(one)) return told;
            }
        }
        throw new AssertionError("the stream ended: " + told);
    }

    private static Predicate<Told> asks(String words) {
        return told -> told.data().path("body").asText().equals(words);
    }

    @Test
    void who_asked_sees_where_the_question_stands_and_everyone_the_written_answer() throws Exception {
        String desk = announced("Where it stands");
        String path = "/live/where-it-stands/";
        Person ana = evening.member("ana@guest.example");
        Person tom = evening.member("tom@guest.example");
        Person edda = evening.editor();
        tom.post(path + "questions", "question", "First in line?");
        ana.post(path + "questions", "question", "And mine?", "anonymous", "yes");
        edda.post(desk + "/questions/" + question("First in line?") + "/queue");
        edda.post(desk + "/questions/" + question("And mine?") + "/queue");
        JsonNode own = heard(ana, path, "", asks("And mine?")).getLast().data();
        assertThat(own.path("own").asBoolean()).isTrue();
        assertThat(own.path("state").asText()).isEqualTo("queued");
        assertThat(own.path("ahead").asInt()).isEqualTo(1);
        JsonNode seen = heard(tom, path, "", asks("And mine?")).getLast().data();
        assertThat(seen.has("own")).isFalse();
        assertThat(seen.path("name").asText()).isEmpty();
        edda.post(desk + "/questions/" + question("And mine?") + "/write", "words", "In April.\n<i>Perhaps.</i>");
        var told = Jsoup.parse(tom.get(path).body()).expectFirst("#question-" + question("And mine?"));
        assertThat(told.expectFirst(".live-answer").wholeText()).isEqualTo("In April.\n<i>Perhaps.</i>");
        assertThat(told.expectFirst(".live-standing").text()).isEqualTo("Answered");
        var long_ = edda.post(desk + "/questions/" + question("And mine?") + "/write", "words", "x".repeat(5_001));
        assertThat(long_.statusCode()).isEqualTo(422);
        assertThat(Jsoup.parse(tom.get(path).body()).text()).contains("In April.");
        edda.post(desk + "/questions/" + question("First in line?") + "/refuse");
        assertThat(Jsoup.parse(tom.get(path).body()).text()).contains("Not taken this time");
        assertThat(Jsoup.parse(ana.get(path).body()).text()).doesNotContain("First in line?");
    }

    @Test
    void whose_connection_was_away_is_told_what_was_missed_and_nothing_twice() throws Exception {
        announced("Missed");
        String path = "/live/missed/";
        Person ana = evening.member("ana@guest.example");
        Person tom = evening.member("tom@guest.example");
        tom.post(path + "questions", "question", "Before?");
        String last = heard(ana, path, "", asks("Before?")).getLast().id();
        tom.post(path + "questions", "question", "While away?");
        ana.post(path + "questions/" + question("While away?") + "/vote");
        tom.post(path + "questions", "question", "And this?");
        List<Told> missed = heard(ana, path, last, asks("And this?"));
        assertThat(missed)
                .extracting(one -> one.data().path("body").asText())
                .containsExactly("While away?", "And this?");
        assertThat(missed.getFirst().data().path("votes").asInt()).isEqualTo(1);
        // One that never was is no reason to tell less than all.
        assertThat(heard(ana, path, "999999999", asks("And this?")))
                .extracting(one -> one.data().path("body").asText())
                .contains("Before?");
    }

    @Test
    void ten_thousand_questions_from_one_person_are_refused_in_a_sentence_and_harm_nobody_else() throws Exception {
        announced("A flood");
        String path = "/live/a-flood/questions";
        Person zoe = evening.member("zoe@guest.example");
        Person tom = evening.member("tom@guest.example");
        var refused = new AtomicInteger();
        var sentences = new java.util.concurrent.ConcurrentSkipListSet<String>();
        try (var hands = Executors.newFixedThreadPool(8)) {
            for (int n = 0; n < MANY; n++) {
                String words = "Flood " + n + "?";
                hands.submit(() -> {
                    var answer = zoe.post(path, "question", words, "script", "yes");
                    if (answer.statusCode() == 429) {
                        refused.incrementAndGet();
                        sentences.add(answer.body().replaceAll(" again .*", " again …"));
                    }
                    return answer;
                });
            }
            var one = tom.post(path, "question", "May I ask one?", "script", "yes");
            assertThat(one.statusCode()).as("in the midst of it").isEqualTo(200);
        }
        int kept = Integer.parseInt(evening.one("select count(*) from live_question where body like 'Flood %'"));
        assertThat(kept).isEqualTo(MANY - refused.get()).isLessThan(60);
        assertThat(sentences).containsExactly("That was tried too often. Please try again …");
        assertThat(question("May I ask one?")).isNotEmpty();
    }

    private static void leaves(String email) {
        var newsroom = evening.press.running.newsroom();
        newsroom.deleteAccount.run(newsroom.readers
                .byEmail(EmailAddress.parse(email).orElseThrow())
                .orElseThrow());
    }

    @Test
    void whoever_leaves_takes_questions_and_votes_along() throws Exception {
        String room = announced("Leaving");
        String path = "/live/leaving/";
        Person lea = evening.member("lea@guest.example");
        Person tom = evening.member("tom@guest.example");
        tom.post(path + "questions", "question", "Who stays?");
        lea.post(path + "questions", "question", "Who leaves?");
        lea.post(path + "questions/" + question("Who stays?") + "/vote");
        evening.member("max@guest.example").post(path + "questions/" + question("Who stays?") + "/vote");
        assertThat(evening.one("select votes from live_question where body = 'Who stays?'"))
                .isEqualTo("2");
        long id = Long.parseLong(question("Who leaves?"));
        String before = heard(tom, path, "", asks("Who leaves?")).getLast().id();
        try (var browser = new Browser()) {
            Page open = browser.person(1280, 900);
            Studio.signIn(evening, open, "tom@guest.example");
            open.navigate(evening.press.url() + path);
            Page desk = browser.person(1280, 900);
            Studio.signIn(evening, desk, "edda@masthead.example");
            desk.navigate(evening.press.url() + room + "/questions");
            for (Page one : List.of(open, desk))
                assertThat(one.getByText("Who leaves?").last()).isVisible();
            leaves("lea@guest.example");
            for (Page one : List.of(open, desk)) {
                assertThat(one.getByText("Who leaves?")).hasCount(0);
                assertThat(one.getByText("Who stays?").last()).isVisible();
            }
        }
        assertThat(heard(tom, path, before, told -> told.data().path("gone").asBoolean())
                        .getLast()
                        .data()
                        .path("id")
                        .asLong())
                .as("whose connection was away hears of it, too")
                .isEqualTo(id);
        assertThat(question("Who leaves?")).isEmpty();
        assertThat(evening.one("select votes from live_question where body = 'Who stays?'"))
                .isEqualTo("1");
        assertThat(Jsoup.parse(tom.get(path).body()).text())
                .contains("Who stays?")
                .doesNotContain("Who leaves?");
    }

    @Test
    void the_waiting_room_counts_down_by_the_viewers_own_clock() throws Exception {
        announced("From afar");
        evening.member("mei@guest.example");
        Instant starts = Instant.parse(
                        evening.one(
                                "select to_char(starts_at at time zone 'UTC', 'YYYY-MM-DD\"T\"HH24:MI:SS\"Z\"') from live_session where slug = 'from-afar'"))
                .truncatedTo(ChronoUnit.MINUTES);
        try (var browser = new Browser()) {
            for (String zone : List.of("Asia/Tokyo", "America/St_Johns")) {
                Page mei = browser.person(375, 812, zone);
                mei.navigate(evening.link("mei@guest.example"));
                mei.getByRole(AriaRole.BUTTON).first().waitFor();
                mei.locator("main form[method=post] button").first().click();
                mei.waitForLoadState();
                mei.navigate(evening.press.url() + "/live/from-afar/");
                assertThat(mei.locator("[data-here]"))
                        .containsText(DateTimeFormatter.ofPattern("d MMMM yyyy 'at' HH:mm", Locale.UK)
                                .format(starts.atZone(ZoneId.of(zone))));
                assertThat(mei.locator("[data-rest]")).containsText("in 30 hours");
                assertThat(mei.locator(".event-facts")).containsText("(Europe/Zurich)");
                LiveWalkTest.look(mei, "waiting-" + zone.replace('/', '-'));
                mei.close();
            }
            assertThat(browser.complaints).isEmpty();
        }
    }
}
