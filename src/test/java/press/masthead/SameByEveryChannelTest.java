package press.masthead;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import org.apache.pdfbox.Loader;
import org.apache.pdfbox.text.PDFTextStripper;
import org.jdbi.v3.core.Jdbi;
import org.jsoup.Jsoup;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import press.masthead.access.Answer;
import press.masthead.access.Audience;
import press.masthead.access.FreeTime;
import press.masthead.access.Gift;
import press.masthead.access.Meter;
import press.masthead.access.Paywall;
import press.masthead.access.Rule;
import press.masthead.access.Standing;
import press.masthead.account.TestClock;
import press.masthead.publication.FreeReading;
import press.masthead.readers.EmailAddress;
import press.masthead.readers.Reader;
import press.masthead.search.Place;

/**
 * Random rules, damaged ones among them, at random moments: the hidden words of a story reach exactly the people to whom the paywall
 * opens it, on its page and on the page that staff see as them; and by every channel that carries no body they reach nobody.
 */
class SameByEveryChannelTest {
    private static final List<String> KINDS = List.of("article", "memo", "report");
    /** Two words that stand together nowhere else; the search is asked for the first and must never show the second. */
    private static final String HIDDEN = "Zanthir Quobblemere";

    /** Where the stories are filed, and each place's list and feeds. */
    private static final List<String> FILED =
            List.of("/", "/topic/energy/", "/industry/green-energy/", "/author/channel-writer/");

    private static final List<String> FEEDS = List.of("", "rss/", "atom/", "feed.json");

    private final TestClock clock = new TestClock("2027-01-04T10:00:00Z");
    private final Random random = new Random(20_261_125);

    /** Someone with a browser, and what is known of them without asking a page. */
    private record Person(Press.Person browser, Optional<Reader> reader, boolean counted, boolean gifted) {}

    @ParameterizedTest
    @CsvSource({"HERE, 220", "CLUSTER, 40"})
    void hidden_words_reach_those_whom_the_paywall_opens_and_by_every_channel_the_same(Place place, int rounds)
            throws Exception {
        try (var press = Press.started(place.settings(), clock)) {
            var newsroom = press.running.newsroom();
            Jdbi jdbi = newsroom.database.jdbi();
            newsroom.publication.save(new FreeReading(3, 5, Set.copyOf(KINDS), 100));
            jdbi.useHandle(handle -> handle.execute("alter table story drop constraint story_access_check"));
            for (String kind : KINDS)
                Stage.story(
                        press,
                        "channel-" + kind,
                        kind,
                        new Rule(Audience.MEMBER, Set.of(), FreeTime.NEVER, true),
                        "<p>An opening on weather.</p>",
                        "<p>" + HIDDEN + " is what they agreed.</p>");
            jdbi.useHandle(handle -> handle.execute(
                    "update story set details = jsonb_build_object('key_points', jsonb_build_array(cast(? as text))) where slug = 'channel-memo'",
                    HIDDEN));
            file(jdbi);
            Map<String, Person> cast = cast(press, jdbi);
            Press.Person ada = press.person();
            ada.post(newsroom.newsroomLink());
            Map<String, String> gifts = new LinkedHashMap<>();
            for (String kind : KINDS) {
                String slug = "channel-" + kind;
                String link = Stage.gift(ada.json("/" + slug + "/gift").body());
                gifts.put(slug, link);
                Objects.requireNonNull(cast.get("friend"))
                        .browser()
                        .post("/" + slug + "/gift/open", "gift", link.substring(link.indexOf('=') + 1));
            }
            String edition = jdbi.withHandle(handle -> handle.createQuery("select min(id)::text from edition")
                    .mapTo(String.class)
                    .findOne()
                    .orElse("0"));
            String review = jdbi.withHandle(handle ->
                    handle.createQuery("""
                            select min(e.id)::text from edition e join newsletter n on n.id = e.newsletter_id where n.slug = 'weekly-review'
                            """).mapTo(String.class).findOne().orElse("0"));
            var bodiless = new ArrayList<>(List.of(
                    "/",
                    "/memos/",
                    "/reports/",
                    "/search/?q=Zanthir",
                    "/search/?q=story+of+channel",
                    "/sitemap.xml",
                    "/sitemap-news.xml",
                    "/archive/2027/1/",
                    "/channel-memo-that-is-not-there/",
                    "/pro/",
                    "/pro/review/",
                    "/pro/industries/preview/",
                    "/account/following/"));
            for (String of : FILED) for (String feed : FEEDS) bodiless.add(of + feed);
            List<String> letters = List.of(
                    "/desk/editions/" + edition + "/look",
                    "/desk/editions/" + edition + "/found?q=channel",
                    "/desk/editions/" + edition + "/preview?as=members",
                    "/desk/editions/" + edition + "/preview?as=everyone",
                    "/desk/editions/" + edition + "/preview.txt?as=members",
                    "/desk/editions/" + edition + "/preview.txt?as=everyone",
                    "/desk/reviews/" + review,
                    "/desk/reviews/" + review + "/member?address=cleo@reader.example",
                    "/desk/stories?q=Zanthir");
            // Where the story itself was seen, so that a channel that lost it is not taken for one that keeps its
            // secret.
            Set<String> carried = new TreeSet<>();
            Map<String, Rule> rules = new HashMap<>();
            for (String kind : KINDS)
                rules.put("channel-" + kind, new Rule(Audience.MEMBER, Set.of(), FreeTime.NEVER, true));
            int cases = 0;
            int opened = 0;
            int papers = 0;
            int alerted = 0;
            for (int round = 0; round < rounds; round++) {
                clock.pass(Duration.ofMinutes(random.nextInt(1, 120)));
                String slug = "channel-" + KINDS.get(random.nextInt(KINDS.size()));
                Rule rule = writeRandomRule(jdbi, slug);
                rules.put(slug, rule);
                long id = jdbi.withHandle(handle -> handle.createQuery("select id from story where slug = :slug")
                        .bind("slug", slug)
                        .mapTo(Long.class)
                        .one());
                boolean inMeter = random.nextBoolean();
                jdbi.useHandle(handle -> {
                    handle.execute(
                            "update meter set stories = ?", (Object) (inMeter ? new Long[] {id} : new Long[] {0L}));
                    handle.execute("delete from rate");
                });
                newsroom.pageCache.retire();
                for (var one : cast.entrySet()) {
                    Person person = one.getValue();
                    Standing standing = person.reader()
                            .<Standing>map(newsroom.memberships::of)
                            .orElseGet(Standing.Visitor::new);
                    Meter meter = person.counted() && inMeter ? new Meter.Counted(1, 3) : Meter.OFF;
                    Gift gift = person.gifted() ? new Gift.Opened() : Gift.NONE;
                    boolean open = Paywall.ask(standing, rule, clock.instant(), meter, gift) instanceof Answer.Open;
                    String path = person.gifted() ? gifts.getOrDefault(slug, "") : "/" + slug + "/";
                    String as = "round %d: %s at %s under %s".formatted(round, one.getKey(), clock.instant(), rule);
                    String page = person.browser().get(path).body();
                    assertThat(page.contains(HIDDEN)).as(as).isEqualTo(open);
                    assertThat(Jsoup.parse(page).head().html()).as(as).doesNotContain(HIDDEN);
                    cases++;
                    if (open) opened++;
                    // A paper is for whoever has a right of their own, and for nobody as a sample or a gift.
                    if (slug.equals("channel-memo") && random.nextInt(5) == 0) {
                        boolean byRight = person.reader().isPresent()
                                && Paywall.ask(standing, rule, clock.instant(), Meter.OFF, Gift.NONE)
                                        instanceof Answer.Open;
                        var paper = person.browser().bytes("/channel-memo/memo.pdf");
                        boolean pdf = new String(paper.body(), 0, 4, StandardCharsets.ISO_8859_1).equals("%PDF");
                        assertThat(pdf).as("a PDF, " + as).isEqualTo(byRight);
                        if (pdf) {
                            papers++;
                            try (var document = Loader.loadPDF(paper.body())) {
                                assertThat(new PDFTextStripper()
                                                .getText(document)
                                                .replaceAll("\\s+", " "))
                                        .as("a PDF, " + as)
                                        .contains(HIDDEN);
                            }
                        } else
                            assertThat(new String(paper.body(), StandardCharsets.UTF_8))
                                    .as("no PDF, " + as)
                                    .doesNotContain("Quobblemere");
                        cases++;
                    }
                    // The staff's page as that reader comes from the same place.
                    if (person.reader().isPresent() && random.nextInt(3) == 0) {
                        String seen = ada.get("/desk/stories/" + id + "/access/page?who=reader&address="
                                        + person.reader().get().email())
                                .body();
                        assertThat(seen.contains(HIDDEN))
                                .as("as seen by staff, " + as)
                                .isEqualTo(open);
                        cases++;
                    }
                    if (random.nextInt(3) == 0) {
                        String channel = bodiless.get(random.nextInt(bodiless.size()));
                        var answer = person.browser().get(channel);
                        assertThat(answer.statusCode()).as(channel).isLessThan(500);
                        if (channel.startsWith("/search/"))
                            quotedByRight(answer.body(), rules, standing, clock.instant(), as);
                        else assertThat(answer.body()).as(channel + ", " + as).doesNotContain("Quobblemere");
                        if (answer.body().contains("The story of channel-")) carried.add(channel);
                        cases++;
                    }
                }
                if (random.nextInt(3) == 0) {
                    toAColleague(press, jdbi, slug);
                    cases++;
                }
                if (slug.equals("channel-memo") && random.nextInt(2) == 0) {
                    alerted += alerts(press, jdbi, cast, id, rule);
                    cases++;
                }
                String letter = letters.get(random.nextInt(letters.size()));
                var frozen = ada.get(letter);
                assertThat(frozen.statusCode()).as(letter).isEqualTo(200);
                assertThat(frozen.body()).as(letter).doesNotContain("Quobblemere");
                cases++;
            }
            assertThat(cases).isGreaterThanOrEqualTo(rounds * 9);
            assertThat(papers).as("papers that members took").isGreaterThan(rounds / 44);
            assertThat(alerted).as("alerts that followers were owed").isGreaterThan(rounds / 11);
            assertThat(opened).isBetween(cases / 10, cases * 9 / 10);
            var carriers = new ArrayList<>(List.of("/memos/", "/reports/", "/search/?q=story+of+channel"));
            for (String of : FILED) for (String feed : FEEDS) carriers.add(of + feed);
            // Not each of them is drawn in each of the random walks; each is asked for once more.
            for (String channel : carriers) {
                String body = press.person().get(channel).body();
                assertThat(body).as(channel).contains("The story of channel-").doesNotContain("Quobblemere");
            }
            assertThat(carried).hasSizeGreaterThan(8);
        }
    }

    /** A member of a team sends the story on: the letter has what everyone may read, whoever gets it. */
    private static void toAColleague(Press press, Jdbi jdbi, String slug) throws Exception {
        Press.Person dina = press.person();
        dina.post(press.running
                .newsroom()
                .signIn
                .linkFor(EmailAddress.parse("dina@ministry.example").orElseThrow()));
        // Kept from leaving, so that its words are still there to be looked at.
        jdbi.useHandle(
                handle -> handle.execute(
                        "create or replace function kept() returns trigger language plpgsql as $$ begin "
                                + "insert into seen_letter values (new.subject || ' ' || new.body_text || ' ' || new.body_html); return new; end $$"));
        jdbi.useHandle(handle -> handle.execute("create table if not exists seen_letter (words text)"));
        jdbi.useHandle(handle -> handle.execute(
                "create or replace trigger kept after insert on outbox for each row execute function kept()"));
        var sent = dina.post("/" + slug + "/colleague", "to", "noor@ministry.example", "line", "Please read.");
        assertThat(sent.body()).as("sent to a colleague").contains("Sent to ");
        String words = jdbi.withHandle(handle -> handle.createQuery(
                        "with gone as (delete from seen_letter returning words) select string_agg(words, ' ') from gone where words like '%sends you%'")
                .mapTo(String.class)
                .one());
        assertThat(words).contains("The story of " + slug, "Please read.").doesNotContain("Quobblemere");
    }

    /** Tells of the memo anew: a letter with its hidden key point is owed to the followers whom the paywall opens it, and to no other. */
    private int alerts(Press press, Jdbi jdbi, Map<String, Person> cast, long id, Rule rule) {
        var newsroom = press.running.newsroom();
        jdbi.useHandle(handle -> {
            handle.execute("update mailing set reference = reference || '-' || id where kind = 'memo'");
            handle.execute("delete from memo_alert where story_id = ?", id);
            handle.execute("insert into memo_alert (story_id, noted_at) values (?, now())", id);
            for (Person person : cast.values())
                if (person.reader().isPresent()) {
                    long reader = person.reader().get().id();
                    handle.execute(
                            "insert into follow (reader_id, topic_id, since) select ?, id, now() from topic where slug = 'energy' on conflict do nothing",
                            reader);
                    handle.execute(
                            "insert into alert_choice (reader_id, how, at, zone, since) values (?, 'at_once', '07:00', 'UTC', now()) on conflict do nothing",
                            reader);
                }
        });
        newsroom.sendAlerts.run();
        var may = new TreeSet<String>();
        for (Person person : cast.values())
            person.reader().ifPresent(reader -> {
                Standing standing = newsroom.memberships.of(reader);
                if (Paywall.ask(standing, Audience.MEMBER) instanceof Answer.Open
                        && Paywall.ask(standing, rule, clock.instant(), Meter.OFF, Gift.NONE) instanceof Answer.Open)
                    may.add(reader.email());
            });
        List<String> owed = jdbi.withHandle(handle ->
                handle.createQuery("""
                        select l.address from memo_alert m join letter l on l.mailing_id = m.mailing_id
                        where m.story_id = :id and l.state <> 'cancelled' order by 1
                        """).bind("id", id).mapTo(String.class).list());
        assertThat(owed).as("alerted under " + rule).containsExactlyElementsOf(may);
        return owed.size();
    }

    /** Under a topic, an industry and an author, so that their pages and feeds carry them too. */
    private static void file(Jdbi jdbi) {
        jdbi.useHandle(handle -> {
            handle.execute("insert into author (slug, name) values ('channel-writer', 'A Writer')");
            handle.execute("""
                    insert into story_author (story_id, author_id)
                    select s.id, a.id from story s, author a where s.slug like 'channel-%' and a.slug = 'channel-writer'
                    """);
            handle.execute("""
                    insert into story_topic (story_id, topic_id, published_at)
                    select s.id, t.id, s.published_at from story s, topic t where s.slug like 'channel-%' and t.slug = 'energy'
                    """);
            handle.execute("""
                    insert into story_industry (story_id, industry_id, published_at)
                    select s.id, i.id, s.published_at from story s, industry i where s.slug like 'channel-%' and i.slug = 'green-energy'
                    """);
        });
    }

    private Map<String, Person> cast(Press press, Jdbi jdbi) throws Exception {
        jdbi.useHandle(handle -> {
            handle.execute("insert into plan (slug, name) values ('atlas', 'Atlas')");
            handle.execute("""
                    insert into price (plan_id, amount, currency, "interval", trial_days, active)
                    select id, 1000, 'EUR', 'month', 0, false from plan where slug = 'atlas'
                    """);
            for (String name : List.of("tess", "uma"))
                handle.execute(
                        "insert into reader (email, email_key, created_at, confirmed_at) values (?, ?, ?, ?)",
                        name + "@reader.example",
                        name + "@reader.example",
                        clock.instant(),
                        clock.instant());
            given(handle, "tess", "atlas", clock.instant().plus(Duration.ofDays(200)));
            // A membership that ends in the middle of the rounds.
            given(handle, "uma", "atlas", clock.instant().plus(Duration.ofDays(4)));
        });
        var cast = new LinkedHashMap<String, Person>();
        cast.put("visitor", new Person(press.person(), Optional.empty(), false, false));
        var counted = press.person();
        counted.post("/channel-article/free");
        cast.put("a visitor who is counted", new Person(counted, Optional.empty(), true, false));
        cast.put("friend", new Person(press.person(), Optional.empty(), false, true));
        for (String name : List.of("eli", "ben", "cleo", "tess", "uma")) {
            var browser = press.person();
            browser.post(press.running
                    .newsroom()
                    .signIn
                    .linkFor(EmailAddress.parse(name + "@reader.example").orElseThrow()));
            boolean isCounted = name.equals("eli");
            if (isCounted) browser.post("/channel-article/free");
            Reader reader = press.running
                    .newsroom()
                    .readers
                    .byEmail(EmailAddress.parse(name + "@reader.example").orElseThrow())
                    .orElseThrow();
            cast.put(name, new Person(browser, Optional.of(reader), isCounted, false));
        }
        assertThat(jdbi.<Long, RuntimeException>withHandle(handle -> handle.createQuery("select count(*) from meter")
                        .mapTo(Long.class)
                        .one()))
                .isEqualTo(2);
        return cast;
    }

    private void given(org.jdbi.v3.core.Handle handle, String name, String plan, Instant until) {
        handle.execute("""
                insert into membership (reader_id, price_id, payment, started_at, until)
                select r.id, pr.id, 'complimentary', ?, ?
                from reader r, price pr join plan p on p.id = pr.plan_id
                where r.email_key = ? and p.slug = ? order by pr.id limit 1
                """, clock.instant(), until, name + "@reader.example", plan);
    }

    /** Puts a rule into the row as it could come to stand there, and reads it as the paywall would. */
    private Rule writeRandomRule(Jdbi jdbi, String slug) {
        List<String> words = List.of("public", "sign_in", "member", "member", "plan", "plan", "plan", "closed");
        List<String> damages = List.of("", " ", "PUBLIC", "public ", "plans", "members", "null", "pro", "ｐublic");
        String access = random.nextInt(6) == 0
                ? damages.get(random.nextInt(damages.size()))
                : words.get(random.nextInt(words.size()));
        var plans = new ArrayList<String>();
        for (String plan : List.of("pro", "atlas", "gone", "")) if (random.nextInt(3) == 0) plans.add(plan);
        Optional<Instant> from = near();
        Optional<Instant> until = near();
        boolean metered = random.nextBoolean();
        jdbi.useHandle(handle -> handle.createUpdate("""
                        update story set access = :access, plans = :plans, free_from = :from, free_until = :until, metered = :metered,
                          rule_turns_at = null where slug = :slug
                        """)
                .bind("access", access)
                .bindArray("plans", String.class, plans)
                .bind("from", from)
                .bind("until", until)
                .bind("metered", metered)
                .bind("slug", slug)
                .execute());
        return Rule.stored(access, plans, from, until, metered);
    }

    /** None, this very moment, or one to either side of it. */
    private Optional<Instant> near() {
        Function<Integer, Instant> away = minutes -> clock.instant().plus(Duration.ofMinutes(minutes));
        return switch (random.nextInt(6)) {
            case 0 -> Optional.of(clock.instant());
            case 1 -> Optional.of(away.apply(random.nextInt(1, 5_000)));
            case 2 -> Optional.of(away.apply(-random.nextInt(1, 5_000)));
            default -> Optional.empty();
        };
    }

    /** Search quotes the sentence that it found, to whoever may read it by right and nobody else. */
    private static void quotedByRight(
            String page, Map<String, Rule> rules, Standing standing, Instant moment, String as) {
        var results = Jsoup.parse(page);
        for (var result : results.select("article.card-row")) {
            if (!result.text().contains("Quobblemere")) continue;
            String slug = result.expectFirst("h2 a").attr("href").replace("/", "");
            assertThat(Paywall.ask(
                            standing, rules.getOrDefault(slug, Rule.of(Audience.CLOSED)), moment, Meter.OFF, Gift.NONE))
                    .as(slug + " is quoted, " + as)
                    .isInstanceOf(Answer.Open.class);
        }
        results.select("article.card-row").remove();
        assertThat(results.html()).as("around the results, " + as).doesNotContain("Quobblemere");
    }
}
