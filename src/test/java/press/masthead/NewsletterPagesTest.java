package press.masthead;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URI;
import java.util.LinkedHashSet;
import org.jsoup.Jsoup;
import org.jsoup.nodes.Document;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import press.masthead.platform.mail.TestSmtp;
import press.masthead.readers.EmailAddress;

/** A newsletter's own page and the letters that it has sent, as readers find them. */
class NewsletterPagesTest {
    private static Press press;
    private static Press.Person visitor;

    /** The newsletter that a test is about, each its own; the number and the page of the latest letter that it sent. */
    private String page = "";

    private String letter = "";
    private int newsletter;
    private int edition;

    @BeforeAll
    static void start() throws Exception {
        press = Press.started();
        visitor = press.person();
    }

    @AfterAll
    static void stop() {
        press.close();
    }

    private void about(String slug) {
        newsletter = number("select id from newsletter where slug = '%s'".formatted(slug));
        edition = number("select id from edition where newsletter_id = %d and state = 'sent' order by day desc limit 1"
                .formatted(newsletter));
        page = "/newsletters/" + slug + "/";
        letter = page + day() + "/";
    }

    private String day() {
        return press.running
                .newsroom()
                .database
                .jdbi()
                .withHandle(handle -> handle.createQuery("select day::text from edition where id = :id")
                        .bind("id", edition)
                        .mapTo(String.class)
                        .one());
    }

    @Test
    void a_newsletters_page_says_what_it_is_and_shows_the_latest_letter_and_those_before() throws Exception {
        about("security-brief");
        Document seen = look(visitor, page);
        assertThat(seen.select("h1").text()).isEqualTo("Security Brief");
        int count = number("select reader_count from newsletter where id = " + newsletter);
        String readers = count == 1 ? "1 reader" : count + " readers";
        assertThat(count).isPositive();
        assertThat(seen.select("main").text())
                .contains("Weekday mornings at 6:30, Brussels time", readers, "Stories lately by", "The latest letter");
        assertThat(seen.select(".letter-facts a[href^=/author/]")).isNotEmpty();
        assertThat(seen.select(".edition-story h3 a")).hasSizeGreaterThan(1);
        assertThat(seen.select(".letter-list li a")).hasSize(2);
        assertThat(seen.select("form[data-join] input[name=newsletter]").attr("value"))
                .isEqualTo("security-brief");
        for (var earlier : seen.select(".letter-list li a"))
            assertThat(visitor.get(earlier.attr("href")).statusCode()).isEqualTo(200);

        assertThat(look(visitor, "/newsletters/")
                        .select(".pick-sample[href='" + page + "']")
                        .text())
                .isEqualTo("See the latest Security Brief");
        assertThat(visitor.get("/sitemap.xml").body()).contains(page + "</loc>", letter + "</loc>");
    }

    @Test
    void a_letter_that_was_just_sent_is_a_page_that_its_readers_find_from_the_letter_itself() throws Exception {
        about("morning");
        change(
                "update edition set state = 'drafted', sent_at = null, mailing_id = null where day = date '%s' and newsletter_id = %s"
                        .formatted(day(), newsletter));
        assertThat(visitor.get(letter).statusCode()).isEqualTo(404);
        assertThat(visitor.get(page).body()).doesNotContain(letter);

        var room = press.running.newsroom();
        room.sendEdition.send(edition, number("select revision from edition where id = " + edition));
        String mailbox = "/mailbox/api/letters?to=ben@reader.example";
        TestSmtp.await(() -> text(visitor, mailbox).contains(letter));
        assertThat(text(visitor, mailbox)).contains("Read in the browser");
        TestSmtp.await(() -> text(visitor, page).contains(letter));
        Document seen = look(visitor, letter);
        assertThat(seen.select(".edition-story h2 a")).isNotEmpty();
        assertThat(seen.html()).doesNotContain("/unsubscribe/", "Good morning, ", "reader.example");
    }

    @Test
    void members_blocks_are_read_by_members_and_by_nobody_else() throws Exception {
        about("evening");
        block("members", "The Orveth Clause", "Only those who pay read of the Orveth Clause.");
        block("everyone", "For all", "Everyone reads this line.");
        var cleo = signedIn("cleo@reader.example");
        for (String path : new String[] {letter, page}) {
            assertThat(text(visitor, path)).as(path).doesNotContain("Orveth Clause");
            assertThat(text(signedIn("eli@reader.example"), path)).as(path).doesNotContain("Orveth Clause");
        }
        assertThat(look(visitor, letter).text())
                .contains("Everyone reads this line.", "Members get more in this letter.");
        Document hers = look(cleo, letter);
        assertThat(hers.text()).contains("Only those who pay read of the Orveth Clause.", "For members");
        assertThat(hers.text()).doesNotContain("Members get more");
        // A member's page is not kept for the next visitor, and the sample is everyone's even for her.
        assertThat(text(visitor, letter)).doesNotContain("Orveth Clause");
        assertThat(text(cleo, page)).doesNotContain("Orveth Clause");
    }

    @Test
    void of_a_letter_for_members_a_visitor_gets_the_headlines_alone() throws Exception {
        about("energy-daily");
        block("everyone", "Between us", "This line is in a letter for members.");
        change("update edition set top = 'The editor speaks to members.' where id = " + edition);
        change("update newsletter set audience = 'members' where id = " + newsletter);
        for (String path : new String[] {letter, page, "/sitemap.xml"})
            assertThat(text(visitor, path)).as(path).doesNotContain("in a letter for members", "speaks to members");
        assertThat(look(visitor, letter).select(".edition-story")).isNotEmpty();
        assertThat(visitor.get("/sitemap.xml").body()).doesNotContain(letter);
        assertThat(look(signedIn("cleo@reader.example"), letter).text())
                .contains("The editor speaks to members.", "This line is in a letter for members.");
    }

    @Test
    void a_letter_from_right_to_left_runs_so_and_its_neighbours_do_not() throws Exception {
        about("climate-weekly");
        block("everyone", "هذا الصباح", "نص يكتب من اليمين إلى اليسار.");
        change("update edition set subject = 'رسالة الصباح', top = 'صباح الخير.\n\nGood morning.' where id = "
                + edition);
        Document seen = look(visitor, letter);
        assertThat(seen.select("h1[dir=rtl]").text()).isEqualTo("رسالة الصباح");
        assertThat(seen.select(".edition-line[dir=rtl]").text()).isEqualTo("صباح الخير.");
        assertThat(seen.select(".edition-line[dir=ltr]").text()).isEqualTo("Good morning.");
        assertThat(seen.select(".edition-words[dir=rtl] h2").text()).isEqualTo("هذا الصباح");
        assertThat(seen.select(".edition-story[dir=rtl]:not([lang=ar])")).isEmpty();
    }

    @Test
    void a_draft_is_seen_by_the_newsroom_alone() throws Exception {
        about("tech-ledger");
        change("update edition set state = 'drafted', sent_at = null where id = " + edition);
        assertThat(visitor.get(letter).statusCode()).isEqualTo(404);
        assertThat(signedIn("cleo@reader.example").get(letter).statusCode()).isEqualTo(404);
        assertThat(look(signedIn("ada@parallel.example"), letter).text())
                .contains("This letter has not been sent. Only the newsroom sees this page.");
        assertThat(visitor.get(letter).statusCode()).isEqualTo(404);
    }

    @Test
    void what_leads_nowhere_is_said_and_what_moved_is_found() throws Exception {
        about("culture-letter");
        for (String path :
                new String[] {"/newsletters/nowhere/", page + "1999-01-01/", page + "2026-02-30/", page + "yesterday/"})
            assertThat(visitor.get(path).statusCode()).as(path).isEqualTo(404);
        assertThat(look(visitor, page + "1999-01-01/").select("h1").text())
                .isEqualTo("There is no page at this address");
        assertThat(visitor.get(page + "?before=2026-02-30").statusCode()).isEqualTo(200);
        change("insert into former_newsletter_slug values ('dawn', %d)".formatted(newsletter));
        assertThat(visitor.get(letter.replace("culture-letter", "dawn")).uri().getPath())
                .isEqualTo(letter);
        assertThat(visitor.get("/newsletters/dawn/").uri().getPath()).isEqualTo(page);
    }

    @Test
    void one_that_no_longer_comes_out_keeps_its_letters_and_one_without_any_says_so() throws Exception {
        about("markets-noon");
        change("update newsletter set active = false where id = " + newsletter);
        Document seen = look(visitor, page);
        assertThat(seen.text()).contains("This newsletter no longer comes out.");
        assertThat(seen.select("form[data-join]")).isEmpty();
        assertThat(visitor.get(letter).statusCode()).isEqualTo(200);

        about("cities-weekly");
        change("delete from edition where newsletter_id = " + newsletter);
        assertThat(look(visitor, page).text()).contains("The first letter has not been sent yet.");
        assertThat(look(visitor, "/newsletters/").select(".pick-sample[href='" + page + "']"))
                .isEmpty();
    }

    @Test
    void many_letters_are_listed_page_after_page() throws Exception {
        about("week-in-review");
        change("""
                insert into edition (newsletter_id, day, due_at, state, subject, drafted_at, since, sent_at)
                select %d, date '%s' - n, now(), 'sent', 'Letter ' || n, now(), now(), now() from generate_series(100, 150) n
                """.formatted(newsletter, day()));
        var found = new LinkedHashSet<String>();
        String next = page;
        for (int i = 0; i < 3 && !next.isEmpty(); i++) {
            Document seen = look(visitor, next);
            for (var letter : seen.select(".letter-list li a"))
                assertThat(found.add(letter.attr("href"))).isTrue();
            next = seen.select("a.more[href*=before]").attr("href");
        }
        assertThat(next).isEmpty();
        assertThat(found).hasSize(53);
    }

    @Test
    void someone_signed_in_joins_with_one_press_and_is_told_when_they_get_it() throws Exception {
        about("evening");
        var eli = signedIn("eli@reader.example");
        assertThat(look(eli, page).select("form[data-join] input[type=email]")).isEmpty();
        assertThat(eli.json("/newsletters/join", "newsletter", "evening", "source", "newsletter")
                        .statusCode())
                .isEqualTo(200);
        assertThat(look(eli, page).text()).contains("You get this newsletter.");
    }

    private void block(String audience, String title, String body) {
        change(
                "insert into edition_block (edition_id, position, kind, title, body, audience) values (%d, 2, 'text', '%s', '%s', '%s')"
                        .formatted(edition, title, body, audience));
    }

    /** What an editor would have done in the newsroom, pages forgotten as then. */
    private void change(String sql) {
        var room = press.running.newsroom();
        room.database.jdbi().useHandle(handle -> handle.execute(sql));
        room.site.forget();
        room.pageCache.retire();
    }

    private int number(String sql) {
        return press.running
                .newsroom()
                .database
                .jdbi()
                .withHandle(
                        handle -> handle.createQuery(sql).mapTo(Integer.class).one());
    }

    private Press.Person signedIn(String email) throws Exception {
        var person = press.person();
        person.post(URI.create(press.running
                        .newsroom()
                        .signIn
                        .linkFor(EmailAddress.parse(email).orElseThrow()))
                .getPath());
        return person;
    }

    private static Document look(Press.Person person, String path) {
        return Jsoup.parse(text(person, path));
    }

    private static String text(Press.Person person, String path) {
        try {
            return person.get(path).body();
        } catch (IOException | InterruptedException e) {
            throw new AssertionError(e);
        }
    }
}
