package press.masthead;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import org.jdbi.v3.core.Jdbi;
import org.jsoup.Jsoup;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import press.masthead.platform.web.Secret;
import press.masthead.readers.EmailAddress;

/**
 * Whoever enters somebody else's address learns nothing: the same status, the same words, as many questions to the database and as
 * many letters, whether or not we know the address. Letters leave later and on a thread of their own.
 */
class StrangersTest {
    private static final String KNOWN = "cleo@reader.example";
    private static final String STRANGE = "zora@nowhere.example";

    private static Press press;
    private static Jdbi jdbi;
    private static Queue<String> asked;

    @BeforeAll
    static void start() throws IOException {
        press = Press.started();
        jdbi = press.running.newsroom().database.jdbi();
        asked = Stage.askedByRequests(press.running.newsroom().database);
    }

    @AfterAll
    static void stop() {
        press.close();
    }

    @BeforeEach
    void forget() {
        forgetRates();
    }

    private static void forgetRates() {
        jdbi.useHandle(handle -> handle.execute("delete from rate"));
    }

    /** All that someone outside can see or measure. */
    private record Told(int status, String words, int questions, long letters) {}

    private static long letters() {
        return jdbi.withHandle(handle -> handle.createQuery("select coalesce(max(id), 0) from outbox")
                .mapTo(Long.class)
                .one());
    }

    private static Told told(Press.Person person, String address, String path, String... fields) throws Exception {
        List<String> form = new ArrayList<>();
        for (String field : fields) form.add(field.equals("ADDRESS") ? address : field);
        long before = letters();
        asked.clear();
        HttpResponse<String> answer = person.post(path, form.toArray(new String[0]));
        return new Told(
                answer.statusCode(), answer.body().replace(address, "ADDRESS"), asked.size(), letters() - before);
    }

    private static void same(String path, String... fields) throws Exception {
        // Once before, so that what is made ready at the first request counts for neither.
        told(press.person(), "warm@nowhere.example", path, fields);
        // Some parts of every page are kept for a minute and then asked for anew, by whoever comes first.
        for (int attempt = 0; attempt < 3; attempt++) {
            forgetRates();
            Told known = told(press.person(), KNOWN, path, fields);
            Told strange = told(press.person(), attempt + STRANGE, path, fields);
            assertThat(known.questions()).as("something was asked at all").isPositive();
            if (strange.equals(known)) return;
            if (attempt == 2) assertThat(strange).as(path).isEqualTo(known);
        }
    }

    @Test
    void signing_in() throws Exception {
        same("/signin", "email", "ADDRESS", "next", "/memos/");
    }

    @Test
    void signing_in_a_second_time_the_same_day() throws Exception {
        told(press.person(), "warm@nowhere.example", "/signin", "email", "ADDRESS");
        for (int attempt = 0; attempt < 3; attempt++) {
            forgetRates();
            String strange = "twice" + attempt + "@nowhere.example";
            for (String first : List.of(KNOWN, strange)) told(press.person(), first, "/signin", "email", "ADDRESS");
            Told known = told(press.person(), KNOWN, "/signin", "email", "ADDRESS");
            Told other = told(press.person(), strange, "/signin", "email", "ADDRESS");
            assertThat(other.letters())
                    .as("one letter a day to someone who did not ask")
                    .isZero();
            // Nobody but the mailbox sees how many letters came.
            Told seen = new Told(other.status(), other.words(), other.questions(), known.letters());
            if (seen.equals(known)) return;
            if (attempt == 2) assertThat(seen).isEqualTo(known);
        }
    }

    @Test
    void a_code_that_is_wrong() throws Exception {
        var one = press.person();
        one.post("/signin", "email", KNOWN);
        var other = press.person();
        other.post("/signin", "email", STRANGE);
        for (int tries = 0; tries < 6; tries++)
            assertThat(told(other, STRANGE, "/signin/code", "code", "000 000", "email", "ADDRESS"))
                    .isEqualTo(told(one, KNOWN, "/signin/code", "code", "000 000", "email", "ADDRESS"));
    }

    @Test
    void beginning_a_trial() throws Exception {
        same("/pro/trial", "email", "ADDRESS");
    }

    @Test
    void signing_in_to_read_on() throws Exception {
        same("/signin/read", "email", "ADDRESS", "next", "/memos/");
    }

    @Test
    void asking_for_newsletters() throws Exception {
        same("/newsletters/join", "email", "ADDRESS", "newsletter", "morning");
    }

    @Test
    void giving_a_membership() throws Exception {
        String price = jdbi.withHandle(handle -> handle.createQuery(
                        "select id::text from price where active and currency = 'USD' and \"interval\" = 'month' order by id limit 1")
                .mapTo(String.class)
                .one());
        String[] fields = {
            "giver_email",
            "ivy@reader.example",
            "to_email",
            "ADDRESS",
            "price",
            price,
            "months",
            "12",
            "on",
            java.time.LocalDate.now().plusDays(9).toString()
        };
        Told known = told(press.person(), KNOWN, "/pro/gift/", fields);
        Told strange = told(press.person(), STRANGE, "/pro/gift/", fields);
        assertThat(known.words()).contains("Thank you for your gift");
        assertThat(numberless(strange)).isEqualTo(numberless(known));
    }

    /** Each invoice has a number of its own. */
    private static Told numberless(Told told) {
        return new Told(
                told.status(), told.words().replaceAll("Invoice \\S+", "Invoice N"), told.questions(), told.letters());
    }

    @Test
    void taking_a_gift() throws Exception {
        Secret secret = Secret.fresh();
        jdbi.useHandle(handle -> handle.execute("""
                insert into gift_membership (giver_email, to_email, price_id, months, amount, deliver_on, bought_at, paid_at, token_hash, delivered_at)
                select 'ivy@reader.example', ?, min(id), 12, 100, now()::date, now(), now(), ?, now() from price
                """, STRANGE, secret.hash()));
        same("/gift/" + secret.reveal(), "email", "ADDRESS");
    }

    @Test
    void a_seat_that_is_kept_for_someone() throws Exception {
        Secret known = seat(KNOWN);
        Secret strange = seat(STRANGE);
        told(press.person(), STRANGE, "/seat/" + seat("warm@nowhere.example").reveal() + "/sign-in");
        Told one = told(press.person(), KNOWN, "/seat/" + known.reveal() + "/sign-in");
        Told other = told(press.person(), STRANGE, "/seat/" + strange.reveal() + "/sign-in");
        assertThat(secretless(other, strange).replace("z…@nowhere.example", "X"))
                .isEqualTo(secretless(one, known).replace("c…@reader.example", "X"));
    }

    private static String secretless(Told told, Secret secret) {
        return told.toString().replace(secret.reveal(), "SECRET");
    }

    private static Secret seat(String email) {
        Secret secret = Secret.fresh();
        jdbi.useHandle(handle -> handle.execute("""
                insert into seat (team_id, email, email_key, came_by, created_at, token_hash, sent_at, expires_at)
                select min(id), ?, ?, 'invitation', now(), ?, now(), now() + interval '9 days' from team
                """, email, email, secret.hash()));
        return secret;
    }

    @Test
    void inviting_someone_to_a_team() throws Exception {
        var petra = signedIn("petra@bank.example");
        String team = jdbi.withHandle(
                handle -> handle.createQuery("select id::text from team where name = 'Sarrin Maritime Bank'")
                        .mapTo(String.class)
                        .one());
        Told known = told(petra, "ben@reader.example", "/team/" + team + "/invite", "addresses", "ADDRESS");
        Told strange = told(petra, "yara@nowhere.example", "/team/" + team + "/invite", "addresses", "ADDRESS");
        assertThat(reportless(strange)).isEqualTo(reportless(known));
    }

    private static String reportless(Told told) {
        return told.toString().replaceAll("/invite/\\d+/", "/invite/N/");
    }

    @Test
    void moving_an_account_to_an_address() throws Exception {
        var eli = signedIn("eli@reader.example");
        Told known = told(eli, "faye@reader.example", "/account/address/", "email", "ADDRESS");
        Told strange = told(eli, "yara@nowhere.example", "/account/address/", "email", "ADDRESS");
        assertThat(known.words()).contains("Check the new mailbox");
        assertThat(strange).isEqualTo(known);
    }

    private static Press.Person signedIn(String email) throws Exception {
        var person = press.person();
        person.post(press.running
                .newsroom()
                .signIn
                .linkFor(EmailAddress.parse(email).orElseThrow()));
        return person;
    }

    /** A secret that nobody has, one that is used up and one that is old differ in nothing that says whose it was. */
    @Test
    void a_guessed_secret_finds_nothing_and_nobody() throws Exception {
        for (String path : List.of(
                "/signin/SECRET",
                "/signin/end/SECRET",
                "/signin/address/SECRET",
                "/signin/undo/SECRET",
                "/newsletters/confirm/SECRET",
                "/unsubscribe/SECRET",
                "/gift/SECRET",
                "/seat/SECRET",
                "/seat/domain/SECRET"))
            for (boolean post : new boolean[] {false, true}) {
                var answers = new ArrayList<String>();
                for (String guess : List.of(
                        "A".repeat(43), "b".repeat(42) + "A", Secret.fresh().reveal())) {
                    String at = path.replace("SECRET", guess);
                    var person = press.person();
                    var answer = post ? person.post(at) : person.get(at);
                    assertThat(answer.statusCode()).as(at).isLessThan(500);
                    assertThat(answer.body()).as(at).doesNotContain("@reader.example", "@nowhere.example");
                    var page = Jsoup.parse(answer.body());
                    // Beside it stand stories that share words with the address, as for anyone who is lost.
                    page.select("section.related").remove();
                    answers.add(answer.statusCode() + " "
                            + page.expectFirst("main").html().replace(guess, "SECRET"));
                }
                assertThat(answers).as(path).allMatch(answers.getFirst()::equals);
            }
    }
}
