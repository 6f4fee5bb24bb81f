package press.masthead;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import org.jsoup.Jsoup;
import org.jsoup.nodes.Document;
import org.jsoup.nodes.Element;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.AfterParameterizedClassInvocation;
import org.junit.jupiter.params.BeforeParameterizedClassInvocation;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;
import press.masthead.Press.Person;
import press.masthead.search.Place;

/**
 * Sessions and events are found as stories are: what everyone is told of them by everyone, what was asked and answered by those alone who
 * may watch; and by no channel that carries no more than the announcement. Whether the index lies here or in a cluster.
 */
@ParameterizedClass
@EnumSource(Place.class)
class LiveFoundTest {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final int ROUNDS = 12;
    /** Two words that stand together nowhere else: a search is asked for the first and must not show the second. */
    private static final String HIDDEN = "Zanthir Quobblemere";

    @SuppressWarnings("NullAway.Init") // set before each place's turn
    private static Evening evening;

    LiveFoundTest(Place place) {
        assertThat(place).isNotNull();
    }

    @BeforeParameterizedClassInvocation
    static void open(Place place) throws Exception {
        evening = new Evening(place.settings(), Clock.systemUTC());
        soon(evening.press.running.newsroom().searchIndex::isReady);
    }

    @AfterParameterizedClassInvocation
    static void close() {
        evening.close();
    }

    private static void soon(BooleanSupplier right) {
        Instant end = Instant.now().plus(Duration.ofSeconds(30));
        while (Instant.now().isBefore(end) && !right.getAsBoolean()) LockSupport.parkNanos(20_000_000);
        assertThat(right.getAsBoolean()).isTrue();
    }

    private static long session(String title, String announcement, String... other) throws Exception {
        Person edda = evening.editor();
        var fields = new LinkedHashMap<>(Map.of(
                "title",
                title,
                "announcement",
                announcement,
                "starts",
                Evening.field(LocalDateTime.now(Evening.GENEVA).plusDays(1)),
                "zone",
                "Europe/Zurich",
                "access",
                "member"));
        for (int n = 0; n < other.length; n += 2) fields.put(other[n], other[n + 1]);
        var pairs = new ArrayList<String>();
        fields.forEach((name, value) -> pairs.addAll(List.of(name, value)));
        String path =
                edda.post("/desk/live/new", pairs.toArray(String[]::new)).uri().getPath();
        assertThat(edda.post(path + "/announce").statusCode()).isEqualTo(200);
        return Long.parseLong(path.replaceAll("\\D", ""));
    }

    private static void end(long id) {
        evening.jdbi.useHandle(handle -> handle.execute(
                "update live_session set state = 'ended', began_at = now() - interval '1 hour', ended_at = now() where id = ?",
                id));
    }

    private static String body(Person who, String path) {
        try {
            return who.get(path).body();
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }

    private static List<String> titles(Person who, String query) {
        try {
            evening.jdbi.useHandle(handle -> handle.execute("delete from rate"));
            return Jsoup.parse(who.get("/search/?q=" + query).body())
                    .select(".list-rows article h2")
                    .eachText();
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }

    @Test
    void what_was_asked_and_answered_is_found_by_those_alone_who_may_watch() throws Exception {
        long id = session("Grids in winter", "Lena Horvat on flobnix prices.");
        Person ana = evening.member("ana@guest.example");
        Person visitor = evening.press.person();
        soon(() -> titles(visitor, "flobnix").equals(List.of("Grids in winter")));
        ana.post("/live/grids-in-winter/questions", "question", "What of the snorgle reserve?");
        String question = evening.one("select id from live_question where body like 'What of the snorgle%'");
        evening.editor()
                .post("/desk/live/" + id + "/questions/" + question + "/write", "words", "It holds dramblewax.");
        end(id);
        soon(() -> titles(ana, "snorgle").equals(List.of("Grids in winter")));
        assertThat(titles(ana, "dramblewax")).containsExactly("Grids in winter");
        Document found =
                Jsoup.parse(ana.get("/search/?q=dramblewax&kind=session").body());
        assertThat(found.expectFirst(".card-excerpt").text()).contains("It holds dramblewax.");
        assertThat(found.expectFirst(".card-excerpt mark").text()).isEqualTo("dramblewax");
        assertThat(titles(visitor, "snorgle")).isEmpty();
        assertThat(titles(visitor, "dramblewax")).isEmpty();
        assertThat(visitor.get("/search/?q=dramblewax").body()).doesNotContain("dramblewax</a>?");
        evening.editor().post("/desk/live/" + id + "/questions/" + question + "/refuse");
        soon(() -> titles(ana, "dramblewax").isEmpty());
    }

    @Test
    void a_draft_is_not_found_and_an_event_is_by_what_everyone_is_told_of_it() throws Exception {
        Person edda = evening.editor();
        edda.post(
                "/desk/live/new",
                "title",
                "A yarbling draft",
                "announcement",
                "Nothing yet.",
                "starts",
                "2027-03-01T16:00",
                "zone",
                "Europe/Zurich",
                "access",
                "public");
        evening.published(
                edda,
                Evening.dinner(
                        LocalDateTime.now(Evening.GENEVA).plusDays(20),
                        "title",
                        "An evening of quintrells",
                        "place",
                        "Villa Grommet"));
        Person visitor = evening.press.person();
        soon(() -> titles(visitor, "quintrells").equals(List.of("An evening of quintrells")));
        assertThat(Jsoup.parse(visitor.get("/search/?q=quintrells&kind=event").body())
                        .select(".list-rows article h2"))
                .hasSize(1);
        assertThat(titles(visitor, "grommet")).as("the place is for guests").isEmpty();
        assertThat(titles(visitor, "yarbling")).isEmpty();
        assertThat(visitor.get("/search/suggest?q=an+evening+of+quin").body()).contains("An evening of quintrells");
    }

    /** The page's own words to search engines, of the kind named. */
    private static JsonNode data(Document page, String type) throws Exception {
        for (Element script : page.select("script[type=application/ld+json]")) {
            JsonNode json = JSON.readTree(script.data());
            if (json.path("@type").asText().equals(type)) return json;
        }
        return JSON.createObjectNode();
    }

    @Test
    void search_engines_are_told_of_a_session_and_of_its_recording_and_that_it_is_for_members() throws Exception {
        long id = session("Told to engines", "What the winter brings.\n\nAnd the spring.");
        Person visitor = evening.press.person();
        soon(() -> body(visitor, "/sitemap.xml").contains("/live/told-to-engines/</loc>"));
        assertThat(body(visitor, "/sitemap.xml")).contains("/live/</loc>");
        Document page = Jsoup.parse(visitor.get("/live/told-to-engines/").body());
        assertThat(page.select("meta[name=robots]")).isEmpty();
        assertThat(page.expectFirst("meta[property=og:title]").attr("content")).isEqualTo("Told to engines");
        assertThat(page.expectFirst("meta[property=og:description]").attr("content"))
                .isEqualTo("What the winter brings.");
        assertThat(page.select(".paywalled")).hasSize(1);
        JsonNode event = data(page, "Event");
        assertThat(event.path("eventAttendanceMode").asText()).endsWith("OnlineEventAttendanceMode");
        assertThat(event.path("isAccessibleForFree").asBoolean(true)).isFalse();
        assertThat(event.path("startDate").asText()).matches("\\d{4}-.*T.*[+-]\\d\\d:\\d\\d");
        assertThat(data(page, "VideoObject").isEmpty()).isTrue();

        evening.jdbi.useHandle(
                handle -> handle.execute("update live_session set state = 'ended', ended_at = now() where id = ?", id));
        assertThat(data(Jsoup.parse(visitor.get("/live/told-to-engines/").body()), "VideoObject")
                        .isEmpty())
                .as("there is no recording")
                .isTrue();
        Recorded.seconds(evening, id, 94);
        JsonNode video = data(Jsoup.parse(visitor.get("/live/told-to-engines/").body()), "VideoObject");
        assertThat(video.path("duration").asText()).isEqualTo("PT94S");
        assertThat(video.path("isAccessibleForFree").asBoolean(true)).isFalse();
        assertThat(video.path("hasPart").path("cssSelector").asText()).isEqualTo(".paywalled");
        assertThat(video.has("contentUrl")).isFalse();
    }

    @Test
    void hidden_words_of_a_session_reach_those_whom_its_rule_lets_in_and_by_every_channel_the_same() throws Exception {
        long id = session("Channel session", "An announcement on weather.", "anonymous", "yes");
        Person ana = evening.member("ana@guest.example");
        ana.post("/live/channel-session/questions", "question", HIDDEN + ", is it true?");
        end(id);
        evening.jdbi.useHandle(handle -> handle.execute("""
                insert into reader (email, email_key, created_at, confirmed_at)
                values ('reader@guest.example', 'reader@guest.example', now(), now()) on conflict do nothing
                """));
        Map<String, Person> cast = Map.of(
                "a visitor", evening.press.person(),
                "a reader", evening.signedIn("reader@guest.example"),
                "a member", ana,
                "an editor", evening.editor());
        String plan = evening.one(
                "select p.slug from membership m join price r on r.id = m.price_id join plan p on p.id = r.plan_id limit 1");
        var channels = List.of("/live/", "/", "/sitemap.xml", "/search/?q=weather", "/search/suggest?q=zanthir");
        var random = new Random(20_261_126);
        int opened = 0;
        for (int round = 0; round < ROUNDS; round++) {
            String access = List.of("public", "sign_in", "member", "plan", "plan", "nonsense")
                    .get(random.nextInt(6));
            String plans = random.nextBoolean() ? "{" + plan + "}" : "{other}";
            evening.jdbi.useHandle(handle -> handle.execute(
                    "update live_session set access = ?, plans = cast(? as text[]) where id = ?", access, plans, id));
            Set<String> let = switch (access) {
                case "public" -> cast.keySet();
                case "sign_in" -> Set.of("a reader", "a member", "an editor");
                case "member" -> Set.of("a member", "an editor");
                case "plan" -> plans.contains("other") ? Set.of("an editor") : Set.of("a member", "an editor");
                default -> Set.of("an editor");
            };
            for (var one : cast.entrySet()) {
                String as = "round %d: %s under %s %s".formatted(round, one.getKey(), access, plans);
                boolean may = let.contains(one.getKey());
                if (may) opened++;
                String page = one.getValue().get("/live/channel-session/").body();
                assertThat(page.contains(HIDDEN)).as(as).isEqualTo(may);
                assertThat(Jsoup.parse(page).head().html()).as(as).doesNotContain("Quobblemere");
                soon(() -> titles(one.getValue(), "Zanthir").contains("Channel session") == may);
                assertThat(one.getValue().get("/search/?q=Zanthir").body().contains("Quobblemere"))
                        .as("search, " + as)
                        .isEqualTo(may);
                for (String channel : channels)
                    assertThat(one.getValue().get(channel).body())
                            .as(channel + ", " + as)
                            .doesNotContain("Quobblemere");
            }
        }
        assertThat(opened).as("how often it was open").isGreaterThan(10);
    }
}
