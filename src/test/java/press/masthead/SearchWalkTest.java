package press.masthead;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import org.jsoup.Jsoup;
import org.jsoup.nodes.Document;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.AfterParameterizedClassInvocation;
import org.junit.jupiter.params.BeforeParameterizedClassInvocation;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;
import press.masthead.Press.Person;
import press.masthead.access.Audience;
import press.masthead.access.FreeTime;
import press.masthead.access.Rule;
import press.masthead.readers.EmailAddress;
import press.masthead.search.Place;
import press.masthead.stories.Draft;
import press.masthead.stories.Drafts;

/**
 * Somebody looks for a story: finds it as soon as it is out, by words and narrowed, and never by what they may not read; whether the
 * index lies here or in a cluster.
 */
@ParameterizedClass
@EnumSource(Place.class)
class SearchWalkTest {
    private static final String ZARQUON = "zarquonite";

    @SuppressWarnings("NullAway.Init") // set before each place's turn
    private static Press press;

    @SuppressWarnings("NullAway.Init")
    private static Person visitor;

    SearchWalkTest(Place place) {
        assertThat(place).isNotNull();
    }

    @BeforeParameterizedClassInvocation
    static void start(Place place) throws Exception {
        press = Press.started(place.settings());
        visitor = press.person();
        soon(Duration.ofSeconds(30), press.running.newsroom().searchIndex::isReady);
    }

    /** So many searches a minute are answered; these tests are one person in a few seconds. */
    @BeforeEach
    void aMinuteLater() {
        press.running.newsroom().database.jdbi().useHandle(handle -> handle.execute("delete from rate"));
    }

    @AfterParameterizedClassInvocation
    static void stop() {
        press.close();
    }

    private static Rule plan(String plan) {
        return new Rule(Audience.PLAN, Set.of(plan), FreeTime.NEVER, true);
    }

    private static long publish(String slug, String title, String body, String kind, Rule rule) {
        var newsroom = press.running.newsroom();
        return newsroom.database.jdbi().inTransaction(handle -> {
            var draft = new Draft(
                    kind,
                    slug,
                    title,
                    "A standfirst.",
                    body,
                    "en",
                    "ltr",
                    "",
                    Optional.empty(),
                    rule,
                    false,
                    List.of("energy"),
                    List.of("banking"),
                    List.of("NO"),
                    List.of(),
                    "");
            long id = ((Drafts.Saved) newsroom.drafts.create(handle, draft, null)).id();
            newsroom.drafts.publishing().publish(handle, id, null);
            return id;
        });
    }

    private static Document search(Person person, String query) throws Exception {
        var answer = person.get("/search/?q=" + query);
        assertThat(answer.statusCode()).isEqualTo(200);
        return Jsoup.parse(answer.body());
    }

    private static List<String> titles(Person person, String query) throws Exception {
        return search(person, query).select(".list-rows article h2").eachText();
    }

    /** Within two seconds, or not at all. */
    private static void soon(BooleanSupplier right) {
        soon(Duration.ofSeconds(2), right);
    }

    private static void soon(Duration within, BooleanSupplier right) {
        Instant end = Instant.now().plus(within);
        boolean is = right.getAsBoolean();
        while (!is && Instant.now().isBefore(end)) {
            LockSupport.parkNanos(150_000_000); // so many searches a minute, and no more, are answered
            is = right.getAsBoolean();
        }
        assertThat(is).isTrue();
    }

    private static boolean finds(Person person, String query, String title) {
        try {
            return titles(person, query).contains(title);
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }

    private static Person signedIn(String email) throws Exception {
        Person person = press.person();
        person.post(press.running
                .newsroom()
                .signIn
                .linkFor(EmailAddress.parse(email).orElseThrow()));
        return person;
    }

    @Test
    void a_story_is_found_within_two_seconds_of_being_published_and_gone_when_it_is_withdrawn() throws Exception {
        long id = publish(
                "gorblat",
                "Gorblats return to the fjord",
                "<p>A <em>gorblat</em> was seen at dawn.</p>",
                "article",
                Rule.of(Audience.PUBLIC));
        soon(() -> finds(visitor, "gorblat", "Gorblats return to the fjord"));
        var page = search(visitor, "gorblat+dawn");
        assertThat(page.expectFirst(".card-excerpt").text()).isEqualTo("A gorblat was seen at dawn.");
        assertThat(page.expectFirst(".card-excerpt").select("mark").eachText()).containsExactly("gorblat", "dawn");
        press.running
                .newsroom()
                .database
                .jdbi()
                .useHandle(handle -> handle.execute("update story set state = 'withdrawn' where id = ?", id));
        soon(() -> !finds(visitor, "gorblat", "Gorblats return to the fjord"));
    }

    @Test
    void nobody_finds_by_words_that_they_may_not_read() throws Exception {
        publish(
                "memo-water",
                "Water rights memo",
                "<p>An opening on rivers.</p><hr data-cut=\"\"><p>The secret word is " + ZARQUON + ", said twice: "
                        + ZARQUON + ". It is about xylophonists.</p>",
                "memo",
                plan("pro"));
        Person member = signedIn("cleo@reader.example");
        Person reader = signedIn("gus@reader.example");
        soon(() -> finds(visitor, "water+rights+rivers", "Water rights memo"));
        soon(() -> finds(member, ZARQUON, "Water rights memo"));
        assertThat(search(member, ZARQUON).select(".card-excerpt mark").text()).contains(ZARQUON);
        for (Person person : List.of(visitor, reader)) {
            for (String query : List.of(
                    ZARQUON,
                    "%22secret+word+is%22",
                    "xylophonists",
                    "zarquonit",
                    ZARQUON + "&order=newest",
                    ZARQUON + "&kind=memo",
                    "zarquonites")) {
                var page = search(person, query);
                assertThat(page.select(".list-rows article")).as(query).isEmpty();
                assertThat(page.select(".search-better a").text()).as(query).doesNotContain(ZARQUON);
            }
            var page = search(person, "water+rights+" + ZARQUON);
            assertThat(page.select(".list-rows").text()).doesNotContain(ZARQUON).contains("Water rights memo");
            assertThat(person.get("/search/suggest?q=zarq").body()).isEqualTo("[]");
        }
    }

    @Test
    void a_search_is_narrowed_and_put_in_another_order_without_a_script() throws Exception {
        publish("flimflam-one", "Flimflam of the banks", "<p>Flimflam.</p>", "article", Rule.of(Audience.PUBLIC));
        publish("flimflam-two", "Flimflam explained", "<p>Flimflam, flimflam.</p>", "memo", Rule.of(Audience.PUBLIC));
        soon(() -> finds(visitor, "flimflam", "Flimflam explained"));
        assertThat(titles(visitor, "flimflam&kind=memo")).containsExactly("Flimflam explained");
        assertThat(titles(visitor, "flimflam&topic=energy&industry=banking&country=NO"))
                .hasSize(2);
        assertThat(titles(visitor, "flimflam&topic=culture")).isEmpty();
        assertThat(titles(visitor, "flimflam&order=newest"))
                .containsExactly("Flimflam explained", "Flimflam of the banks");
        assertThat(titles(visitor, "flimflam&to=2001-01-01")).isEmpty();
        assertThat(titles(visitor, "flimflam&from=not-a-day&kind=%3Cscript%3E&page=-3"))
                .hasSize(2);
        var page = search(visitor, "flimflam&kind=memo&to=2999-01-01");
        assertThat(page.select("#kind option[selected]").attr("value")).isEqualTo("memo");
        assertThat(page.select("#to").attr("value")).isEqualTo("2999-01-01");
    }

    @Test
    void a_wrong_spelling_is_put_right_and_headlines_are_offered_while_typing() throws Exception {
        publish(
                "quokkas",
                "Quokkas of the southern island",
                "<p>Small and round.</p>",
                "article",
                Rule.of(Audience.PUBLIC));
        soon(() -> finds(visitor, "quokkas", "Quokkas of the southern island"));
        var page = search(visitor, "quokkkas");
        assertThat(page.select(".search-better a").text()).isEqualTo("quokkas");
        assertThat(page.select(".search-better a").attr("href")).isEqualTo("/search/?q=quokkas");
        assertThat(visitor.get("/search/suggest?q=southern+quok").body())
                .contains("Quokkas of the southern island", "/quokkas/");
        assertThat(visitor.get("/search/suggest?q=q").body()).isEqualTo("[]");
    }

    @Test
    void editors_pin_a_story_and_say_which_words_mean_the_same() throws Exception {
        publish("heron-late", "Herons by the canal", "<p>Herons.</p>", "article", Rule.of(Audience.PUBLIC));
        publish("heron-book", "The book of long birds", "<p>Nothing else.</p>", "article", Rule.of(Audience.PUBLIC));
        soon(() -> finds(visitor, "herons", "Herons by the canal"));
        Person editor = signedIn("lena@parallel.example");
        var refused = editor.post("/desk/search/pins", "asked", "herons", "story", "/no-such-story/");
        assertThat(refused.statusCode()).isEqualTo(422);
        assertThat(refused.body()).contains("There is no published story at this address.");
        editor.post("/desk/search/pins", "asked", "HÉRONS", "story", press.url() + "/heron-book/");
        assertThat(titles(visitor, "Herons")).startsWith("The book of long birds", "Herons by the canal");
        assertThat(titles(visitor, "ardeids")).isEmpty();
        assertThat(editor.post("/desk/search/same", "words", "ardeids").statusCode())
                .isEqualTo(422);
        editor.post("/desk/search/same", "words", "ardeids, herons");
        assertThat(titles(visitor, "ardeids")).containsExactly("Herons by the canal");
        var page = Jsoup.parse(editor.get("/desk/search").body());
        for (String form : page.select("form[action$=remove]").eachAttr("action")) editor.post(form);
        assertThat(titles(visitor, "ardeids")).isEmpty();
        assertThat(titles(visitor, "herons")).startsWith("Herons by the canal");
    }
}
