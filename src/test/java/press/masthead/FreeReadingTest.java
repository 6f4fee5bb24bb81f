package press.masthead;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.time.ZoneId;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;
import org.jsoup.Jsoup;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import press.masthead.access.Audience;
import press.masthead.access.FreeTime;
import press.masthead.access.Rule;
import press.masthead.account.TestClock;
import press.masthead.publication.FreeReading;
import press.masthead.readers.EmailAddress;

/** Reading what is sold without paying: a few stories a month, stories that members give, times at which all is free. */
class FreeReadingTest {
    private static final TestClock CLOCK = new TestClock("2026-11-20T10:00:00Z");
    private static Press press;

    @BeforeAll
    static void start() throws IOException {
        press = Press.started(CLOCK).holdingLetters();
    }

    @AfterAll
    static void stop() {
        press.close();
    }

    @BeforeEach
    void begin() {
        CLOCK.set(java.time.Instant.parse("2026-11-20T10:00:00Z"));
        press.running.newsroom().publication.save(new FreeReading(3, 5, java.util.Set.of("article"), 10));
        press.running.newsroom().database.jdbi().useHandle(handle -> handle.execute("truncate gift cascade"));
        press.running.newsroom().database.jdbi().useHandle(handle -> handle.execute("delete from rate"));
    }

    private static final String HIDDEN = "Beyond the line stands ";

    /** A published story; its hidden sentence ends with its slug. */
    private static String story(String slug, Rule rule) {
        return Stage.story(press, slug, "article", rule, "<p>The opening.</p>", "<p>" + HIDDEN + slug + ".</p>");
    }

    private static Rule metered() {
        return new Rule(Audience.MEMBER, java.util.Set.of(), FreeTime.NEVER, true);
    }

    private static Press.Person signedIn(String name) throws Exception {
        var person = press.person();
        person.post(press.running
                .newsroom()
                .signIn
                .linkFor(EmailAddress.parse(name + "@reader.example").orElseThrow()));
        return person;
    }

    @Test
    void a_visitor_reads_three_stories_of_a_month_and_the_fourth_stops_at_the_line() throws Exception {
        for (String slug : List.of("m-one", "m-two", "m-three", "m-four")) story(slug, metered());
        var visitor = press.person();
        assertThat(visitor.get("/m-one/").body())
                .contains("3 stories a month are free", "Read this one free")
                .doesNotContain(HIDDEN);
        assertThat(visitor.post("/m-one/free").body()).contains(HIDDEN + "m-one", "1 of 3 free stories this month");
        assertThat(visitor.get("/m-two/").body())
                .contains("1 of 3 free stories read this month")
                .doesNotContain(HIDDEN);
        assertThat(visitor.post("/m-two/free").body()).contains("2 of 3 free stories this month");
        // The same story twice counts once.
        assertThat(visitor.post("/m-one/free").body()).contains(HIDDEN + "m-one", "1 of 3 free stories this month");
        assertThat(visitor.post("/m-three/free").body()).contains(HIDDEN + "m-three", "3 of 3 free stories");
        assertThat(visitor.post("/m-four/free").body())
                .contains("You have read your 3 free stories this month.")
                .doesNotContain(HIDDEN);
        // What was opened stays open until the month is over, by the publication's clock.
        assertThat(visitor.get("/m-two/").body()).contains(HIDDEN + "m-two");
        CLOCK.set(java.time.LocalDate.of(2026, 12, 1)
                .atStartOfDay(ZoneId.of("Europe/Brussels"))
                .toInstant());
        assertThat(visitor.get("/m-two/").body()).doesNotContain(HIDDEN).contains("3 stories a month are free");
        assertThat(visitor.post("/m-four/free").body()).contains(HIDDEN + "m-four", "1 of 3");
        press.running.newsroom().meters.forgetOld();
        assertThat(count("select count(*) from meter where month < '2026-12-01'"))
                .isZero();
    }

    @Test
    void a_signed_in_reader_has_five_wherever_they_read_and_a_member_is_never_counted() throws Exception {
        for (int i = 1; i <= 6; i++) story("r-" + i, metered());
        var eli = signedIn("eli");
        for (int i = 1; i <= 5; i++)
            assertThat(eli.post("/r-" + i + "/free").body()).contains(HIDDEN, i + " of 5 free stories");
        var eliOnThePhone = signedIn("eli");
        assertThat(eliOnThePhone.get("/r-2/").body()).contains(HIDDEN);
        assertThat(eliOnThePhone.post("/r-6/free").body()).doesNotContain(HIDDEN);
        long rows = count("select count(*) from meter");
        assertThat(signedIn("cleo").post("/r-6/free").body())
                .contains(HIDDEN)
                .doesNotContain("free stories this month");
        assertThat(count("select count(*) from meter")).isEqualTo(rows);
    }

    @Test
    void many_tabs_at_once_never_open_one_more_than_the_month_has() throws Exception {
        for (int i = 0; i < 12; i++) story("tab-" + i, metered());
        var visitor = press.person();
        visitor.post("/tab-0/free");
        try (var tabs = Executors.newVirtualThreadPerTaskExecutor()) {
            IntStream.range(0, 48).forEach(i -> tabs.submit(() -> visitor.post("/tab-" + i % 12 + "/free")));
        }
        long open = 0;
        for (int i = 0; i < 12; i++) if (visitor.get("/tab-" + i + "/").body().contains(HIDDEN)) open++;
        assertThat(open).isEqualTo(3);
    }

    @Test
    void who_brings_no_cookie_back_gets_the_teaser_and_a_look_counts_nothing() throws Exception {
        story("scanned", metered());
        long rows = count("select count(*) from meter");
        try (var scanner = HttpClient.newHttpClient()) {
            for (int i = 0; i < 3; i++)
                for (String method : List.of("GET", "HEAD"))
                    assertThat(ask(scanner, method, "/scanned/").body()).doesNotContain(HIDDEN);
            assertThat(count("select count(*) from meter")).isEqualTo(rows);
            var pressed = ask(scanner, "POST", "/scanned/free");
            assertThat(pressed.statusCode()).isEqualTo(303);
            assertThat(pressed.headers().firstValue("Set-Cookie").orElse(""))
                    .contains("masthead_device=", "HttpOnly", "SameSite=Lax");
            assertThat(ask(scanner, "GET", "/scanned/").body()).doesNotContain(HIDDEN);
        }
        assertThat(count("select count(*) from meter where device is not null and octet_length(device) <> 32"))
                .isZero();
    }

    @Test
    void an_opened_page_reaches_nobody_else_and_a_teaser_kept_for_all_not_who_has_opened_it() throws Exception {
        story("poison", metered());
        try (var anyone = HttpClient.newHttpClient()) {
            var teaser = ask(anyone, "GET", "/poison/");
            // The word that something was published may come after the first page was made, which is not kept then.
            String etag = "";
            for (int i = 0; i < 50 && etag.isEmpty(); i++)
                etag = ask(anyone, "GET", "/poison/")
                        .headers()
                        .firstValue("ETag")
                        .orElse("");
            assertThat(etag).isNotEmpty();
            var visitor = press.person();
            var opened = visitor.post("/poison/free");
            assertThat(opened.body()).contains(HIDDEN);
            assertThat(opened.headers().firstValue("Cache-Control")).contains("private, no-store");
            assertThat(ask(anyone, "GET", "/poison/").body()).isEqualTo(teaser.body());
            var again = visitor.bytes("/poison/", "If-None-Match", etag);
            assertThat(again.statusCode()).isEqualTo(200);
            assertThat(new String(again.body(), java.nio.charset.StandardCharsets.UTF_8))
                    .contains(HIDDEN);
            var range = visitor.bytes("/poison/", "Range", "bytes=0-50");
            assertThat(range.headers().firstValue("Cache-Control")).contains("private, no-store");
            var part = anyone.send(
                    HttpRequest.newBuilder(URI.create(press.url() + "/poison/"))
                            .header("Range", "bytes=200-")
                            .build(),
                    BodyHandlers.ofString());
            assertThat(part.body()).doesNotContain(HIDDEN);
        }
    }

    @Test
    void a_kept_page_asks_nothing_of_the_database_also_where_stories_are_counted() throws Exception {
        story("kept-open", Rule.of(Audience.PUBLIC));
        story("kept-metered", metered());
        var visitor = press.person();
        visitor.post("/kept-metered/free");
        try (var anyone = HttpClient.newHttpClient()) {
            for (String path : List.of("/kept-open/", "/kept-metered/")) {
                ask(anyone, "GET", path);
                ask(anyone, "GET", path);
            }
            var asked = Stage.askedByRequests(press.running.newsroom().database);
            ask(anyone, "GET", "/kept-open/?made=anew");
            assertThat(asked).as("a page that is not kept does ask").isNotEmpty();
            asked.clear();
            for (int i = 0; i < 50; i++) {
                ask(anyone, "GET", "/kept-open/");
                ask(anyone, "GET", "/kept-metered/");
                visitor.get("/kept-open/");
            }
            // The word that something was published may come late: then a page is made anew, once.
            assertThat(asked).hasSizeLessThan(50);
        }
    }

    @Test
    void a_member_gives_a_story_and_whoever_has_the_link_opens_that_story_alone() throws Exception {
        story("given", Rule.of(Audience.MEMBER));
        story("not-given", Rule.of(Audience.MEMBER));
        var cleo = signedIn("cleo");
        assertThat(cleo.get("/given/").body()).contains("Give this story to someone");
        assertThat(signedIn("eli").get("/given/").body()).doesNotContain("Give this story to someone");
        assertThat(signedIn("eli").post("/given/gift").statusCode()).isEqualTo(403);
        String link = Stage.gift(cleo.json("/given/gift").body());
        var friend = press.person();
        var looked = friend.get(link);
        assertThat(looked.body())
                .contains("A member gave you this story", "noindex", press.url() + "/given/\"")
                .doesNotContain(HIDDEN);
        assertThat(looked.headers().firstValue("Cache-Control")).contains("private, no-store");
        assertThat(Jsoup.parse(looked.body()).select("link[rel=canonical]").attr("href"))
                .isEqualTo(press.url() + "/given/");
        String token = link.substring(link.indexOf('=') + 1);
        assertThat(count("select count(*) from gift where encode(token_hash, 'hex') like '%" + token + "%'"))
                .isZero();
        assertThat(friend.post("/given/gift/open", "gift", token).body())
                .contains(HIDDEN + "given", "A gift from a member", "/pro/?next=");
        assertThat(friend.get("/given/").body()).doesNotContain(HIDDEN);
        assertThat(friend.post("/not-given/gift/open", "gift", token).body())
                .contains("This gift link no longer works.")
                .doesNotContain(HIDDEN);
        // A device counts once, and looking counts nothing.
        friend.post("/given/gift/open", "gift", token);
        assertThat(cleo.get("/account/gifts").body()).contains("opened once");
        var named = Stage.gift(cleo.json("/given/gift", "named", "yes").body());
        assertThat(friend.get(named).body()).contains("Cleo gave you this story");
    }

    @Test
    void a_gift_ends_when_it_is_taken_back_when_its_time_is_over_and_after_a_hundred_devices() throws Exception {
        story("ending", Rule.of(Audience.MEMBER));
        var cleo = signedIn("cleo");
        String back = Stage.gift(cleo.json("/ending/gift").body());
        long id = count("select max(id) from gift");
        assertThat(signedIn("eli").post("/account/gifts/" + id + "/end").statusCode())
                .isEqualTo(404);
        assertThat(press.person().post("/account/gifts/" + id + "/end").statusCode())
                .isEqualTo(403);
        assertThat(press.person().get(back).body()).contains("gave you this story");
        cleo.post("/account/gifts/" + id + "/end");
        assertThat(press.person().get(back).body()).contains("This gift link no longer works.");

        String full = Stage.gift(cleo.json("/ending/gift").body());
        press.running
                .newsroom()
                .database
                .jdbi()
                .useHandle(handle -> handle.execute("update gift set opens = 99 where revoked_at is null"));
        var last = press.person();
        var late = press.person();
        String token = full.substring(full.indexOf('=') + 1);
        assertThat(last.post("/ending/gift/open", "gift", token).body()).contains(HIDDEN);
        assertThat(late.post("/ending/gift/open", "gift", token).body()).doesNotContain(HIDDEN);
        assertThat(last.get(full).body()).contains(HIDDEN);
        CLOCK.pass(Duration.ofDays(31));
        assertThat(last.get(full).body()).doesNotContain(HIDDEN);
    }

    @Test
    void a_member_gives_no_more_than_the_month_has_and_nobody_lists_the_gifts_of_another() throws Exception {
        story("plenty", Rule.of(Audience.MEMBER));
        press.running.newsroom().publication.save(new FreeReading(3, 5, java.util.Set.of("article"), 2));
        var cleo = signedIn("cleo");
        try (var presses = Executors.newVirtualThreadPerTaskExecutor()) {
            for (int i = 0; i < 8; i++) presses.submit(() -> cleo.json("/plenty/gift"));
        }
        assertThat(count("select count(*) from gift")).isEqualTo(2);
        var refused = cleo.json("/plenty/gift");
        assertThat(refused.statusCode()).isEqualTo(422);
        assertThat(refused.body()).contains("from the first of next month");
        assertThat(cleo.get("/account/gifts").body()).contains("plenty");
        assertThat(signedIn("eli").get("/account/gifts").body()).doesNotContain("/plenty/");
        assertThat(press.person().get("/account/gifts").uri().getPath()).isEqualTo("/signin/");
    }

    @Test
    void gifts_that_are_guessed_are_refused_after_a_while_and_say_nothing_before() throws Exception {
        story("guessed", Rule.of(Audience.MEMBER));
        var guesser = press.person();
        String guess = "A".repeat(43);
        String first = guesser.get("/guessed/?gift=" + guess).body();
        assertThat(first).contains("This gift link no longer works.").doesNotContain(HIDDEN);
        assertThat(guesser.get("/guessed/?gift=x").body()).isEqualTo(first);
        int status = 200;
        for (int i = 0; i < 130 && status == 200; i++)
            status = guesser.get("/guessed/?gift=" + guess).statusCode();
        assertThat(status).isEqualTo(429);
        assertThat(guesser.get("/guessed/").statusCode()).isEqualTo(200);
    }

    @Test
    void a_text_that_is_free_until_a_moment_closes_at_that_moment_kept_page_or_not() throws Exception {
        var end = CLOCK.instant().plusSeconds(30);
        story(
                "until",
                new Rule(
                        Audience.MEMBER,
                        java.util.Set.of(),
                        new FreeTime(
                                java.util.Optional.empty(),
                                java.util.Optional.of(end),
                                java.util.Optional.of(ZoneId.of("UTC"))),
                        false));
        story(
                "from",
                new Rule(
                        Audience.MEMBER,
                        java.util.Set.of(),
                        new FreeTime(
                                java.util.Optional.of(end),
                                java.util.Optional.empty(),
                                java.util.Optional.of(ZoneId.of("UTC"))),
                        false));
        try (var anyone = HttpClient.newHttpClient()) {
            for (int i = 0; i < 3; i++) {
                assertThat(ask(anyone, "GET", "/until/").body()).contains(HIDDEN, "\"isAccessibleForFree\":true");
                assertThat(ask(anyone, "GET", "/from/").body())
                        .doesNotContain(HIDDEN)
                        .contains("\"isAccessibleForFree\":false");
            }
            CLOCK.set(end);
            assertThat(ask(anyone, "GET", "/until/").body())
                    .doesNotContain(HIDDEN)
                    .contains("\"isAccessibleForFree\":false", "\"cssSelector\":\".paywalled\"");
            assertThat(ask(anyone, "GET", "/from/").body()).contains(HIDDEN, "\"isAccessibleForFree\":true");
        }
        press.running.newsroom().publishDue.run();
        assertThat(count("select count(*) from story where rule_turns_at <= '" + end + "'"))
                .isZero();
    }

    @Test
    void the_part_that_is_not_free_carries_the_class_that_structured_data_names() throws Exception {
        story("marked", metered());
        var page = Jsoup.parse(signedIn("cleo").get("/marked/").body());
        assertThat(page.select(".story-body > .paywalled").text()).contains(HIDDEN + "marked");
        assertThat(page.select(".story-body > p:first-child.paywalled")).isEmpty();
        assertThat(page.select("script[type=application/ld+json]").html())
                .contains("\"isAccessibleForFree\":false", "\"cssSelector\":\".paywalled\"");
    }

    @Test
    void a_visitor_leaves_one_address_and_the_letters_link_leads_back_to_the_story() throws Exception {
        story("walled", Rule.of(Audience.SIGN_IN));
        var visitor = press.person();
        assertThat(visitor.get("/walled/").body()).contains("/signin/read").doesNotContain(HIDDEN);
        var wrong = visitor.json("/signin/read", "email", "nobody at all", "next", "/walled/");
        assertThat(wrong.statusCode()).isEqualTo(422);
        assertThat(wrong.body()).contains("does not look like an e-mail address");
        String fresh = visitor.json("/signin/read", "email", "Nova@New.example", "next", "/walled/")
                .body();
        String known = visitor.json("/signin/read", "email", "cleo@reader.example", "next", "/walled/")
                .body();
        assertThat(fresh.replace("Nova@New.example", "")).isEqualTo(known.replace("cleo@reader.example", ""));
        String letter = press.running
                .newsroom()
                .database
                .jdbi()
                .withHandle(handle -> handle.createQuery(
                                "select body_text from outbox where to_address = 'Nova@New.example' order by id desc limit 1")
                        .mapTo(String.class)
                        .one());
        var link = java.util.regex.Pattern.compile("/signin/[A-Za-z0-9_-]{43}").matcher(letter);
        assertThat(link.find()).isTrue();
        var back = visitor.post(link.group());
        assertThat(back.uri().getPath()).isEqualTo("/walled/");
        assertThat(back.body()).contains(HIDDEN + "walled");
    }

    @Test
    void an_editor_decides_how_much_is_free_and_a_number_that_is_none_is_told() throws Exception {
        var ada = press.person();
        ada.post(press.running.newsroom().newsroomLink());
        assertThat(ada.get("/desk/settings/access").body()).contains("Free reading");
        var wrong = ada.post("/desk/settings/access", "visitors", "many", "readers", "5", "gifts", "10");
        assertThat(wrong.statusCode()).isEqualTo(422);
        assertThat(wrong.body()).contains("a whole number from 0 to 100", "value=\"many\"");
        ada.post(
                "/desk/settings/access",
                "visitors",
                "1",
                "readers",
                "2",
                "gifts",
                "4",
                "kinds",
                "article",
                "kinds",
                "memo");
        assertThat(press.running.newsroom().publication.freeReading())
                .isEqualTo(new FreeReading(1, 2, java.util.Set.of("article", "memo"), 4));
    }

    @Test
    void staff_see_the_page_as_someone_gets_it_and_why() throws Exception {
        String slug = story("seen", metered());
        long id = count("select id from story where slug = '" + slug + "'");
        var ada = press.person();
        ada.post(press.running.newsroom().newsroomLink());
        String at = "/desk/stories/" + id + "/access";
        assertThat(ada.get(at).body()).contains("Up to the membership line", "for members, and nobody is signed in");
        assertThat(ada.get(at + "/page?who=visitor").body())
                .contains("3 stories a month are free")
                .doesNotContain(HIDDEN);
        assertThat(ada.get(at + "?who=plan:pro").body()).contains("All of it, because it is for members");
        assertThat(ada.get(at + "/page?who=plan:pro").body()).contains(HIDDEN);
        assertThat(ada.get(at + "?who=reader&address=cleo@reader.example").body())
                .contains("they are one until");
        assertThat(ada.get(at + "?who=reader&address=cleo@reader.example&at=2031-01-01T10:00")
                        .body())
                .contains("no membership at that time");
        assertThat(ada.get(at + "?who=reader&address=nobody@reader.example").statusCode())
                .isEqualTo(422);
        assertThat(press.person().get(at + "/page?who=plan:pro").uri().getPath())
                .isEqualTo("/signin/");
        assertThat(signedIn("cleo").get(at).statusCode()).isEqualTo(403);
    }

    private static long count(String sql) {
        return press.running
                .newsroom()
                .database
                .jdbi()
                .withHandle(handle -> handle.createQuery(sql).mapTo(Long.class).one());
    }

    private static java.net.http.HttpResponse<String> ask(HttpClient client, String method, String path)
            throws Exception {
        return client.send(
                HttpRequest.newBuilder(URI.create(press.url() + path))
                        .method(method, HttpRequest.BodyPublishers.noBody())
                        .build(),
                BodyHandlers.ofString());
    }
}
