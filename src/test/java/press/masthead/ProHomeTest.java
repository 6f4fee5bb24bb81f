package press.masthead;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Queue;
import org.jdbi.v3.core.Jdbi;
import org.jsoup.Jsoup;
import org.jsoup.nodes.Document;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import press.masthead.Press.Person;
import press.masthead.readers.EmailAddress;

/** /pro/: a member's own front page, and for everyone else the page that sells it. */
class ProHomeTest {
    private static Press press;

    @BeforeAll
    static void start() throws Exception {
        press = Press.started();
    }

    @AfterAll
    static void stop() {
        press.close();
    }

    private static Jdbi jdbi() {
        return press.running.newsroom().database.jdbi();
    }

    private static Person signedIn(String email) throws Exception {
        Person person = press.person();
        person.post(press.running
                .newsroom()
                .signIn
                .linkFor(EmailAddress.parse(email).orElseThrow()));
        return person;
    }

    private static Document home(Person person) throws Exception {
        return Jsoup.parse(person.get("/pro/").body());
    }

    @Test
    void a_member_s_page_goes_by_their_ranking_and_brings_the_unread_first_and_nothing_twice() throws Exception {
        Person cleo = signedIn("cleo@reader.example");
        Document before = home(cleo);
        assertThat(before.select("h1").text()).isEqualTo("Cleo’s front page");
        assertThat(before.select(".home-block h2").eachText())
                .containsExactly("Green energy", "Oil and gas", "Banking");
        List<String> titles = before.select(".home-block h3").eachText();
        assertThat(titles).hasSizeGreaterThan(5).doesNotHaveDuplicates();
        assertThat(before.select(".home-nudge")).isEmpty();

        String first = before.expectFirst(".home-block h3 a").attr("href").replace("/", "");
        jdbi().useHandle(handle -> handle.execute("""
                insert into member_read (reader_id, story_id, at) select r.id, s.id, now() from reader r, story s
                where r.email_key = 'cleo@reader.example' and s.slug = ? on conflict do nothing
                """, first));
        Document after = home(cleo);
        assertThat(after.expectFirst(".home-block h3 a").attr("href")).isNotEqualTo("/" + first + "/");
        for (var block : after.select(".home-block")) {
            List<Boolean> seen = block.select("li").stream()
                    .map(item -> item.hasClass("is-seen"))
                    .toList();
            assertThat(seen).as(block.select("h2").text()).isSorted();
        }
    }

    @Test
    void what_is_followed_and_saved_stands_there_and_empty_lists_say_what_to_do() throws Exception {
        Person ben = signedIn("ben@reader.example");
        Document empty = home(ben);
        assertThat(empty.select(".home-nudge a").attr("href")).isEqualTo("/pro/industries/");
        assertThat(empty.select("#following").text()).contains("Follow a topic, a country");
        assertThat(empty.select("#saved").text()).contains("Press Save");

        ben.post("/follow/author/lena-horvat", "follow", "yes");
        ben.post("/saved/ilmar-flat-rounds", "save", "yes");
        Document full = home(ben);
        assertThat(full.select("#following h3 a").eachAttr("href")).contains("/accord-swap-price-of-water/");
        assertThat(full.select("#saved h3 a").eachAttr("href")).containsExactly("/ilmar-flat-rounds/");
        assertThat(full.select("#reports article")).isNotEmpty();
        assertThat(full.text()).doesNotContain("the Tessary Threshold");
    }

    @Test
    void a_member_of_a_team_begins_with_the_team_s_order() throws Exception {
        jdbi().useHandle(handle -> handle.execute("""
                insert into team_industry_rank (team_id, industry_id, rank)
                select t.id, i.id, 1 from team t, industry i where t.name like 'Ministry%' and i.slug = 'supply-chain' on conflict do nothing
                """));
        assertThat(home(signedIn("noor@ministry.example"))
                        .select(".home-block h2")
                        .eachText())
                .containsExactly("Supply chain");
    }

    @Test
    void the_page_asks_the_same_number_of_questions_whatever_is_ranked_and_followed() throws Exception {
        Person faye = signedIn("faye@reader.example");
        home(faye);
        var asked = Stage.askedByRequests(press.running.newsroom().database);
        long few = questions(asked, faye);
        assertThat(few).isPositive();
        jdbi().useHandle(handle -> {
            handle.execute("""
                    insert into follow (reader_id, topic_id, since) select r.id, t.id, now() from reader r, topic t where r.email_key = 'faye@reader.example'
                    """);
            handle.execute("""
                    insert into follow (reader_id, author_id, since) select r.id, a.id, now() from reader r, author a where r.email_key = 'faye@reader.example'
                    """);
            handle.execute("""
                    insert into industry_rank (reader_id, industry_id, rank)
                    select r.id, i.id, row_number() over (order by i.id) from reader r, industry i where r.email_key = 'faye@reader.example'
                    """);
            handle.execute("""
                    insert into bookmark (reader_id, story_id, at) select r.id, s.id, now() from reader r, story s where r.email_key = 'faye@reader.example' and s.kind <> 'page'
                    """);
        });
        home(faye);
        assertThat(questions(asked, faye)).isLessThanOrEqualTo(few + 2);
    }

    /** The fewest of several looks: what every page shares is asked anew each minute. */
    private static long questions(Queue<String> asked, Person person) throws Exception {
        int fewest = Integer.MAX_VALUE;
        for (int i = 0; i < 3; i++) {
            asked.clear();
            home(person);
            fewest = Math.min(fewest, asked.size());
        }
        return fewest;
    }

    @Test
    void everyone_else_sees_true_samples_with_not_a_word_that_is_sold() throws Exception {
        for (Person person : List.of(press.person(), signedIn("eli@reader.example"))) {
            Document page = home(person);
            assertThat(page.select(".sample-memo h3").text()).isNotBlank();
            assertThat(page.select(".sample-memo .memo-front li")).hasSizeGreaterThan(1);
            assertThat(page.select(".sample-review h3")).hasSize(3);
            assertThat(page.select(".sample .card-report")).hasSize(1);
            assertThat(page.select(".sample .event-row h3 a").attr("href")).startsWith("/events/");
            assertThat(page.text()).contains("USD 25", "Cancel any time", "For your whole team");
            for (String hidden : List.of("the Tessary Threshold", "exchange rate in annex C", "the Orvane Discount"))
                assertThat(page.text()).doesNotContain(hidden);
        }
    }

    @Test
    void a_member_who_asks_for_a_plan_sees_the_plans() throws Exception {
        assertThat(signedIn("cleo@reader.example").get("/pro/?interval=year").body())
                .contains("You are a member. See your account");
    }
}
