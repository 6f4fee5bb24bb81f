package press.masthead;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.regex.Pattern;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.statement.SqlLogger;
import org.jdbi.v3.core.statement.StatementContext;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import press.masthead.readers.EmailAddress;

/**
 * With 200,000 members, 2,000 memos, 50,000 things followed and 100,000 saved, what a member's pages and the alerts ask goes through
 * indexes and reads no whole table that grows. Each question is put to PostgreSQL's planner exactly as it was sent.
 */
class GrownMembershipTest {
    private static final int MEMBERS = 200_000;
    private static final Pattern WHOLE = Pattern.compile("Seq Scan on (\\w+)");
    /** Tables that are filled here with what a grown newsroom has; where there are some dozens of rows, to read them all is cheapest. */
    private static final List<String> GROWING = List.of(
            "reader",
            "membership",
            "follow",
            "alert_choice",
            "member_read",
            "bookmark",
            "note",
            "industry_rank",
            "industry_asked",
            "story",
            "story_topic",
            "story_industry",
            "story_author",
            "story_country",
            "member_review",
            "letter");

    private static Press press;
    private static Jdbi jdbi;
    private static final ConcurrentLinkedQueue<String> ASKED = new ConcurrentLinkedQueue<>();

    @BeforeAll
    static void grow() throws IOException {
        press = Press.started();
        jdbi = press.running.newsroom().database.jdbi();
        jdbi.useHandle(handle -> handle.createScript("""
                insert into reader (email, email_key, name, created_at, confirmed_at)
                select 'crowd' || i || '@reader.example', 'crowd' || i || '@reader.example', 'Crowd ' || i, now(), now()
                from generate_series(1, %1$d) i;
                insert into membership (reader_id, price_id, payment, started_at, until)
                select r.id, (select min(id) from price), 'complimentary', now() - interval '30 days', now() + interval '300 days'
                from reader r where r.email_key like 'crowd%%';
                insert into story (slug, title, kind, access, opening, rest, details, state, published_at, created_at, updated_at)
                select 'grown-' || i, 'Grown memo ' || i, 'memo', 'member', '<p>The market moved.</p>', '<p>More.</p>', '{"key_points": ["One."]}',
                       'published', now() - i * interval '40 minutes', now(), now()
                from generate_series(1, 2000) i;
                insert into story_topic (story_id, topic_id, published_at)
                select s.id, t.id, s.published_at from story s join topic t on t.id = (select min(id) from topic) + s.id %% 12 where s.slug like 'grown-%%';
                insert into story_industry (story_id, industry_id, published_at)
                select s.id, n.id, s.published_at from story s join industry n on n.id = (select min(id) from industry) + s.id %% 9 where s.slug like 'grown-%%';
                insert into story_author (story_id, author_id)
                select s.id, a.id from story s join author a on a.id = (select min(id) from author) + s.id %% 5 where s.slug like 'grown-%%';
                insert into story_country (story_id, country, published_at)
                select s.id, (array['NO','SE','JP','BR'])[1 + s.id %% 4], s.published_at from story s where s.slug like 'grown-%%';
                insert into follow (reader_id, country, since)
                select r.id, (array['NO','SE','JP','BR'])[1 + r.id %% 4], now() from reader r where r.email_key like 'crowd%%' order by r.id limit 20000;
                insert into follow (reader_id, topic_id, since)
                select r.id, (select min(id) from topic) + r.id %% 12, now() from reader r where r.email_key like 'crowd%%' order by r.id limit 20000;
                insert into follow (reader_id, author_id, since)
                select r.id, (select min(id) from author) + r.id %% 5, now() from reader r where r.email_key like 'crowd%%' order by r.id limit 10000;
                insert into alert_choice (reader_id, how, at, zone, since, next_at)
                select f.reader_id, case when f.reader_id %% 3 = 0 then 'daily' else 'at_once' end, '07:00', 'UTC', now() - interval '1 day',
                       case when f.reader_id %% 3 = 0 then now() + f.reader_id %% 86000 * interval '1 second' end
                from (select distinct reader_id from follow) f on conflict do nothing;
                insert into member_read (reader_id, story_id, at)
                select r.id, s.id, now() from (select id from reader where email_key like 'crowd%%' order by id limit 10000) r
                join lateral (select id from story where slug like 'grown-%%' and id %% 100 = r.id %% 100) s on true;
                insert into industry_rank (reader_id, industry_id, rank)
                select r.id, n.id, n.position + 1 from (select id from reader where email_key like 'crowd%%' order by id limit 20000) r
                cross join industry n where n.position < 3;
                insert into bookmark (reader_id, story_id, at)
                select r.id, s.id, now() from (select id from reader where email_key like 'crowd%%' order by id limit 5000) r
                join lateral (select id from story where slug like 'grown-%%' and id %% 100 = (r.id + 1) %% 100) s on true;
                insert into note (reader_id, story_id, text, updated_at) select reader_id, story_id, 'A note.', now() from bookmark;
                """.formatted(MEMBERS)).execute());
        jdbi.useHandle(handle -> handle.execute("vacuum analyze"));
        jdbi.setSqlLogger(new SqlLogger() {
            @Override
            public void logAfterExecution(StatementContext context) {
                // the timetable's own threads are the platform's; pages are made on virtual ones
                if (Thread.currentThread().isVirtual()
                        || Thread.currentThread().getName().equals("main"))
                    ASKED.add(String.valueOf(context.getStatement()).replaceFirst("^\\S+ wrapping ", ""));
            }
        });
    }

    @AfterAll
    static void stop() {
        press.close();
    }

    /** Each question that was asked since, with its plan. */
    private static Map<String, String> plans() {
        var plans = new LinkedHashMap<String, String>();
        for (String sql : List.copyOf(ASKED)) {
            if (!sql.strip().matches("(?is)(select|with).*")
                    || sql.contains("pg_notify")
                    || sql.contains("pg_advisory")) continue;
            plans.computeIfAbsent(sql, GrownMembershipTest::explain);
        }
        ASKED.clear();
        return plans;
    }

    /** The driver tells its statements without the type of arrays, which unnest has to know. */
    private static String typed(String sql) {
        return sql.replaceAll("\\('(\\{\"[A-Za-z][^']*})'\\)", "('$1'::text[])")
                .replaceAll("unnest\\(\\('(\\{(?:\"\\d+\",?)*})'\\)\\)", "unnest('$1'::bigint[])");
    }

    private static String explain(String sql) {
        return jdbi.withHandle(handle -> {
            try (var statement = handle.getConnection().createStatement();
                    var rows = statement.executeQuery("explain " + typed(sql))) {
                var lines = new StringBuilder();
                while (rows.next()) lines.append(rows.getString(1)).append('\n');
                return lines.toString();
            } catch (java.sql.SQLException e) {
                throw new AssertionError(sql, e);
            }
        });
    }

    private static void assertNoneReadsAWholeTable(String of) {
        Map<String, String> plans = plans();
        assertThat(plans).as(of).isNotEmpty();
        if (System.getenv("MASTHEAD_PLANS") != null)
            plans.forEach((sql, plan) -> System.out.println("== " + of + "\n" + sql + "\n" + plan));
        var softly = new org.assertj.core.api.SoftAssertions();
        plans.forEach(
                (sql, plan) -> softly.assertThat(WHOLE.matcher(plan).results().map(found -> found.group(1)))
                        .as(of + ": " + sql + "\n" + plan)
                        .doesNotContainAnyElementsOf(GROWING));
        softly.assertAll();
    }

    @Test
    void a_member_s_pages_read_no_whole_table() throws Exception {
        Press.Person member = press.person();
        member.post(press.running
                .newsroom()
                .signIn
                .linkFor(EmailAddress.parse("crowd77@reader.example").orElseThrow()));
        member.post("/pro/industries/", "rank", "banking", "rank", "green-energy");
        for (String page : List.of(
                "/pro/", "/account/following/", "/account/saved/", "/country/no/", "/grown-40/", "/pro/review/")) {
            // a week's candidates are looked for once in half a minute, for everyone who looks at a review
            if (page.equals("/pro/review/")) member.get(page);
            ASKED.clear();
            assertThat(member.get(page).statusCode()).as(page).isLessThan(500);
            assertNoneReadsAWholeTable(page);
        }
    }

    @Test
    void telling_followers_of_a_memo_reads_no_whole_table() {
        var newsroom = press.running.newsroom();
        jdbi.useHandle(handle -> handle.execute(
                "insert into memo_alert (story_id, noted_at) select id, now() from story where slug = 'grown-3'"));
        ASKED.clear();
        newsroom.sendAlerts.run();
        assertNoneReadsAWholeTable("an alert");
        jdbi.useHandle(handle ->
                handle.execute("update alert_choice set next_at = now() where how = 'daily' and reader_id % 30 = 0"));
        ASKED.clear();
        newsroom.sendDailyLetters.run();
        assertNoneReadsAWholeTable("daily letters");
    }
}
