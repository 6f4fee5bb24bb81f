package press.masthead;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.List;
import org.jdbi.v3.core.Jdbi;
import org.jsoup.Jsoup;
import org.jsoup.nodes.Element;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import press.masthead.readers.EmailAddress;

/** Readers as the newsroom looks them up and looks after them. */
class ReaderDeskTest {
    private static Press press;
    private static Press.Person ada;

    @BeforeAll
    static void start() throws Exception {
        press = Press.started();
        ada = signedIn("ada@parallel.example");
    }

    @AfterAll
    static void stop() {
        press.close();
    }

    private static Jdbi jdbi() {
        return press.running.newsroom().database.jdbi();
    }

    private static Press.Person signedIn(String email) throws IOException, InterruptedException {
        var person = press.person();
        String link = press.running
                .newsroom()
                .signIn
                .linkFor(EmailAddress.parse(email).orElseThrow());
        person.post(link);
        return person;
    }

    private static long id(String email) {
        return jdbi().withHandle(handle -> handle.createQuery("select id from reader where email_key = :email")
                .bind("email", email)
                .mapTo(Long.class)
                .one());
    }

    private static long number(String sql) {
        return jdbi().withHandle(
                        handle -> handle.createQuery(sql).mapTo(Long.class).one());
    }

    private static String page(String email) throws Exception {
        return Jsoup.parse(ada.get("/desk/readers/" + id(email)).body())
                .select("main")
                .text();
    }

    private static LocalDate today() {
        return LocalDate.now(ZoneId.of("Europe/Brussels"));
    }

    private static List<String> found(String words) throws Exception {
        return Jsoup.parse(ada.get("/desk/readers?q=" + java.net.URLEncoder.encode(words, "UTF-8"))
                        .body())
                .select("a[data-row-link]")
                .eachText();
    }

    @Test
    void readers_are_found_by_the_beginning_of_any_part_of_a_name_or_an_address() throws Exception {
        assertThat(found("Marchetti")).containsExactly("Cleo Marchetti");
        assertThat(found("cle mar")).containsExactly("Cleo Marchetti");
        assertThat(found("CLEO@READER.example")).containsExactly("Cleo Marchetti");
        assertThat(found("ministry.ex")).contains("Dina Farouq").doesNotContain("Cleo Marchetti");
        assertThat(found("archetti")).isEmpty();
        assertThat(found("% ' :* & !")).isEmpty();
        assertThat(found("")).hasSizeGreaterThan(8);
        assertThat(ada.get("/desk/readers?q=%3Cb%3Ex").body())
                .contains("&lt;b&gt;x")
                .doesNotContain("<b>x");
    }

    @Test
    void a_search_among_many_uses_its_index_and_pages_hold_fifty() throws Exception {
        jdbi().useHandle(handle -> {
            handle.execute("""
                    insert into reader (email, email_key, name, created_at)
                    select 'many' || n || '@crowd.example', 'many' || n || '@crowd.example', 'Person Crowd' || n, now()
                    from generate_series(1, 20000) n
                    """);
            handle.execute("analyze reader");
            List<String> plan = handle.createQuery("""
                            explain with found as materialized (
                              select id from reader where reader_words(name, email_key) @@ to_tsquery('simple', 'march:*'))
                            select * from reader r where r.id in (select id from found) order by r.id desc limit 51
                            """).mapTo(String.class).list();
            assertThat(String.join("\n", plan)).contains("reader_words").doesNotContain("Seq Scan on reader r");
        });
        try {
            var first = Jsoup.parse(ada.get("/desk/readers?q=crowd").body());
            assertThat(first.select("a[data-row-link]")).hasSize(50);
            Element next = first.expectFirst("a[rel=next]");
            var second = Jsoup.parse(ada.get(next.attr("href")).body());
            assertThat(second.select("a[data-row-link]")).hasSize(50);
            assertThat(second.select("a[data-row-link]").eachAttr("href"))
                    .doesNotContainAnyElementsOf(
                            first.select("a[data-row-link]").eachAttr("href"));
            assertThat(second.expectFirst("a[rel=prev]").attr("href")).isEqualTo("/desk/readers?q=crowd");
        } finally {
            jdbi().useHandle(handle -> handle.execute("delete from reader where email_key like 'many%'"));
        }
    }

    @Test
    void the_list_says_where_everyone_stands() throws Exception {
        var list = Jsoup.parse(ada.get("/desk/readers").body());
        assertThat(list.select("tr:contains(Ada Rosmere) .badge").text()).isEqualTo("owner");
        assertThat(list.select("tr:contains(Dina Farouq) .badge").text()).isEqualTo("member");
        assertThat(list.select("tr:contains(Faye Okello) .badge").text()).isEqualTo("cancelled");
        assertThat(list.select("tr:contains(Hana Lindqvist) .badge").text()).isEqualTo("ended");
        assertThat(list.select("tr:contains(Gus Pellerin) .badge").text()).isEqualTo("not confirmed");
    }

    @Test
    void one_line_says_what_a_reader_may_read_and_the_paywall_agrees() throws Exception {
        String memo = "/accord-swap-price-of-water/";
        String beyond = "the Tessary Threshold";
        assertThat(page("dina@ministry.example"))
                .contains("May read: Everything. The membership runs on by itself on ");
        assertThat(page("faye@reader.example")).contains("May read: Everything, until ");
        for (String email : List.of("dina@ministry.example", "faye@reader.example", "idris@reader.example")) {
            assertThat(signedIn(email).get(memo).body()).contains(beyond);
        }
        assertThat(page("hana@reader.example")).contains("May read: What is public and what asks for a sign-in.");
        assertThat(signedIn("hana@reader.example").get(memo).body()).doesNotContain(beyond);
        assertThat(page("lena@parallel.example")).contains("May read: Everything, because they work here.");
    }

    @Test
    void a_readers_page_shows_membership_history_invoices_newsletters_and_devices() throws Exception {
        signedIn("dina@ministry.example");
        String page = page("dina@ministry.example");
        assertThat(page)
                .contains("Dina Farouq", "dina@ministry.example", "USD 300.00 a year, by invoice", "MH-0000", "Paid")
                .contains("Joined", "Morning Parallel", "Security Brief", "last seen");
    }

    @Test
    void letters_come_apart_so_that_the_page_does_not_wait_for_them() throws Exception {
        press.person().post("/signin", "email", "cleo@reader.example");
        long cleo = id("cleo@reader.example");
        assertThat(ada.get("/desk/readers/" + cleo).body()).contains("hx-get=\"/desk/readers/" + cleo + "/letters\"");
        assertThat(ada.get("/desk/readers/" + cleo + "/letters").body())
                .contains("Sign in to The Parallel", "personal");
    }

    @Test
    void the_owner_gives_a_membership_with_a_cause_and_ends_it() throws Exception {
        String gus = "/desk/readers/" + id("gus@reader.example");
        LocalDate day = today().plusDays(20);
        var refused = ada.post(gus + "/give", "until", today().minusDays(1).toString(), "why", "Speaker");
        assertThat(refused.statusCode()).isEqualTo(422);
        assertThat(refused.body()).contains("not over yet", "value=\"Speaker\"");
        assertThat(ada.post(gus + "/give", "until", "soon", "why", "Speaker").body())
                .contains("Please give a day", "value=\"soon\"");
        assertThat(ada.post(gus + "/give", "until", day.toString(), "why", " ").body())
                .contains("Please say why");
        String given = ada.post(gus + "/give", "until", day.toString(), "why", "Speaker")
                .body();
        assertThat(given).contains("Given. A letter tells them.", "Speaker", "Ada Rosmere", "nothing to pay");
        assertThat(page("gus@reader.example")).contains("May read: Everything");
        assertThat(ada.post(gus + "/end", "why", "moved away").body()).contains("Ended.", "moved away");
        assertThat(page("gus@reader.example")).contains("May read: What is public");
        assertThat(ada.post(gus + "/end").statusCode()).isEqualTo(409);
    }

    @Test
    void the_owner_marks_an_invoice_as_paid_and_the_receipt_goes_out() throws Exception {
        String email = "eli@reader.example";
        jdbi().useHandle(handle ->
                handle.execute("insert into trial_given (seal, at) values (trial_seal(?), now())", email));
        signedIn(email).post("/pro/trial");
        long number = number("select max(number) from invoice where email = '" + email + "'");
        String path = "/desk/readers/" + id(email) + "/invoices/" + number + "/paid";
        assertThat(page(email)).contains("Open", "Mark as paid");
        var future = ada.post(path, "on", today().plusDays(2).toString());
        assertThat(future.statusCode()).isEqualTo(422);
        assertThat(future.body()).contains("lies in the future");
        assertThat(ada.post(
                                "/desk/readers/" + id("faye@reader.example") + "/invoices/" + number + "/paid",
                                "on",
                                today().toString())
                        .statusCode())
                .as("under another reader")
                .isEqualTo(404);
        assertThat(ada.post(path, "on", today().toString()).body()).contains("Marked as paid.");
        assertThat(ada.post(path, "on", today().toString()).statusCode()).isEqualTo(409);
        assertThat(signedIn(email).get("/account/").body()).contains("state-active", "Paid");
        assertThat(number("select count(*) from outbox where to_address = '" + email
                        + "' and subject like 'Receipt for invoice%'"))
                .isOne();
    }

    @Test
    void a_reporter_sees_a_reader_and_changes_nothing_and_a_reader_sees_no_desk() throws Exception {
        var ivo = signedIn("ivo@parallel.example");
        String idris = "/desk/readers/" + id("idris@reader.example");
        assertThat(ivo.get(idris).body())
                .contains("Idris Vantongeren")
                .doesNotContain("Give a membership", "End the given");
        assertThat(ivo.post(idris + "/end").statusCode()).isEqualTo(403);
        assertThat(ivo.post(idris + "/give", "until", today().plusDays(300).toString(), "why", "x")
                        .statusCode())
                .isEqualTo(403);
        var eli = signedIn("eli@reader.example");
        assertThat(eli.get("/desk/readers").body()).doesNotContain("Idris");
        assertThat(eli.get(idris).body()).doesNotContain("Idris");
        assertThat(eli.post(idris + "/end").statusCode()).isEqualTo(403);
        assertThat(page("idris@reader.example")).contains("given");
    }

    @Test
    void a_reader_who_is_not_there_is_not_found() throws Exception {
        assertThat(ada.get("/desk/readers/99999999").statusCode()).isEqualTo(404);
        assertThat(ada.get("/desk/readers/none").statusCode()).isEqualTo(404);
    }
}
