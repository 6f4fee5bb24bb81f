package press.masthead;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.function.BooleanSupplier;
import org.jdbi.v3.core.Jdbi;
import org.jsoup.Jsoup;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import press.masthead.account.TestClock;
import press.masthead.plans.Because;
import press.masthead.platform.mail.TestSmtp;
import press.masthead.readers.EmailAddress;

/** Free days once for each person, however they write their address; periods by the calendar; money with its own digits: as pages tell it. */
class OneTrialTest {
    private static final TestClock clock = new TestClock("2027-01-20T10:00:00Z");

    private static Press press;
    private static Jdbi jdbi;

    @BeforeAll
    static void start() throws IOException {
        press = Press.started(clock).holdingLetters();
        jdbi = press.running.newsroom().database.jdbi();
    }

    @AfterAll
    static void stop() {
        press.close();
    }

    @BeforeEach
    void forget() {
        jdbi.useHandle(handle -> handle.execute("delete from rate"));
        clock.set(Instant.parse("2027-01-20T10:00:00Z"));
    }

    private static String one(String sql) {
        return jdbi.withHandle(
                handle -> handle.createQuery(sql).mapTo(String.class).findOne().orElse(""));
    }

    /** Someone with this address, by the letter that the form sends them. */
    private static Press.Person comes(String email) throws Exception {
        var person = press.person();
        press.running.newsroom().signIn.welcome(EmailAddress.parse(email).orElseThrow(), "", "test", "to try it");
        String link = one(
                "select substring(body_text from '/signin/[A-Za-z0-9_-]{43}') from outbox order by id desc limit 1");
        person.post(link);
        return person;
    }

    private static String text(Press.Person person, String path) throws Exception {
        return Jsoup.parse(person.get(path).body()).body().text();
    }

    private static String price(String currency, String interval) {
        return one("select id::text from price where active and currency = '" + currency + "' and \"interval\" = '"
                + interval + "' order by id limit 1");
    }

    /** To this moment, with what the timetable does on the way. */
    private static void until(String instant) {
        Instant goal = Instant.parse(instant);
        while (clock.instant().isBefore(goal)) {
            Duration left = Duration.between(clock.instant(), goal);
            clock.pass(left.compareTo(Duration.ofHours(6)) > 0 ? Duration.ofHours(6) : left);
            timetable();
        }
    }

    private static void timetable() {
        var newsroom = press.running.newsroom();
        newsroom.remindTrials.run();
        newsroom.endTrials.run();
        newsroom.endMemberships.run();
    }

    /** The server's own timetable may hold a row just then, which ours passes over: it is asked again until this is so. */
    private static void untilSo(BooleanSupplier so) {
        TestSmtp.await(() -> {
            timetable();
            return so.getAsBoolean();
        });
    }

    @Test
    void another_case_or_width_is_the_same_account() throws Exception {
        var otto = comes("otto@writes.example");
        otto.post("/pro/trial");
        assertThat(text(otto, "/account/")).contains("free week");
        for (String spelled : List.of("OTTO@Writes.Example", "ｏｔｔｏ@writes.example", " otto@WRITES.example ")) {
            var again = comes(spelled);
            assertThat(text(again, "/account/")).as(spelled).contains("otto@writes.example", "free week");
            var refused = again.post("/pro/trial");
            assertThat(refused.statusCode()).as(spelled).isEqualTo(409);
            assertThat(refused.body()).contains("You are a member already.");
        }
        assertThat(one("select count(*) from reader where email_key like '%@writes.example'"))
                .isEqualTo("1");
        var owner = comes("post@bücher.example");
        owner.post("/pro/trial");
        assertThat(comes("post@xn--bcher-kva.example").post("/pro/trial").statusCode())
                .as("a domain in its own letters and in plain ones")
                .isEqualTo(409);
    }

    @Test
    void another_spelling_of_the_same_mailbox_gets_no_second_free_week() throws Exception {
        comes("otto.lang@gmail.com").post("/pro/trial");
        comes("ada@notes.example").post("/pro/trial");
        for (String spelled : List.of(
                "ottolang@gmail.com",
                "o.t.t.o.lang+news@gmail.com",
                "otto.lang@googlemail.com",
                "ada+again@notes.example")) {
            var again = comes(spelled);
            assertThat(text(again, "/pro/"))
                    .as(spelled)
                    .contains("Join for USD 300")
                    .doesNotContain("Start your free week");
            again.post("/pro/trial");
            assertThat(one(
                            "select (m.trial_ends_at is null)::text from membership m join reader r on r.id = m.reader_id where r.email_key = '"
                                    + spelled + "'"))
                    .as(spelled + " is a member, and pays from the first day")
                    .isEqualTo("true");
        }
        // Elsewhere a dot makes another mailbox.
        assertThat(text(comes("a.da@notes.example"), "/pro/")).contains("Start your free week");
    }

    @Test
    void an_address_that_passes_for_another_by_letters_of_another_alphabet_is_refused() throws Exception {
        String before = one("select count(*) from outbox");
        for (String typed : List.of(
                "clеo@reader.example", // a Cyrillic е
                "сleo@reader.example", // a Cyrillic с
                "cleo@reаder.example", // a Cyrillic а in the domain
                "cleο@reader.example", // a Greek omicron
                "cleo@xn--reder-3ve.example")) // the same in plain letters
        for (String form : List.of("/pro/trial", "/newsletters/join", "/signin/read")) {
                var answer = press.person().post(form, "email", typed, "newsletter", "morning");
                assertThat(answer.statusCode()).as(form + " " + typed).isEqualTo(422);
                assertThat(Jsoup.parse(answer.body()).text())
                        .as(form)
                        .contains("That does not look like an e-mail address. Please check it.");
            }
        assertThat(one("select count(*) from outbox")).isEqualTo(before);
        // Signing in makes no account, and answers as to anybody: who had such an address before may still come in.
        assertThat(press.person()
                        .post("/signin", "email", "clеo@reader.example")
                        .body())
                .contains("Check your e-mail");
        // One alphabet throughout is somebody's own.
        for (String typed : List.of("иван@почта.example", "γιώργος@reader.example", "yuki山@reader.example"))
            assertThat(press.person().post("/signin", "email", typed).statusCode())
                    .as(typed)
                    .isEqualTo(200);
    }

    @Test
    void the_31st_of_january_plus_a_month_is_the_last_of_february_and_then_the_31st_again() throws Exception {
        until("2027-01-24T09:00:00Z");
        var mara = comes("mara@months.example");
        mara.post("/pro/trial", "price", price("USD", "month"));
        assertThat(text(mara, "/account/membership/")).contains("31 January 2027");
        until("2027-01-31T12:00:00Z");
        untilSo(() -> period("mara@months.example").equals("2027-01-31 2027-02-28"));
        var invoice = one("select max(number)::text from invoice where email = 'mara@months.example'");
        assertThat(text(mara, "/account/invoices/" + invoice)).contains("31 January 2027", "28 February 2027");
        pay("mara@months.example");
        until("2027-02-28T12:00:00Z");
        untilSo(() -> period("mara@months.example").equals("2027-02-28 2027-03-31"));
        pay("mara@months.example");
        until("2027-03-31T12:00:00Z");
        untilSo(() -> period("mara@months.example").equals("2027-03-31 2027-04-30"));
    }

    private static String period(String email) {
        return one(
                "select (period_from at time zone 'Europe/Brussels')::date || ' ' || (period_until at time zone 'Europe/Brussels')::date"
                        + " from invoice where email = '" + email + "' order by number desc limit 1");
    }

    private static void pay(String email) {
        jdbi.useTransaction(handle -> press.running
                .newsroom()
                .markPaid
                .run(
                        handle,
                        Long.parseLong(one("select max(number)::text from invoice where email = '" + email + "'")),
                        java.time.LocalDate.ofInstant(clock.instant(), java.time.ZoneOffset.UTC),
                        Because.TIMETABLE));
    }

    @Test
    void a_free_week_that_ends_in_the_night_when_the_clocks_change_is_neither_short_nor_long() throws Exception {
        // In Brussels the 28th of March 2027 has no half past two: the week ends at half past three by the new clock.
        endsAt("spring@nights.example", "2027-03-21T01:30:00Z", "2027-03-28T01:30:00Z", "28 March 2027");
        // The 31st of October has two; the first of them counts.
        endsAt("autumn@nights.example", "2027-10-24T00:30:00Z", "2027-10-31T00:30:00Z", "31 October 2027");
    }

    private static void endsAt(String email, String begin, String end, String day) throws Exception {
        clock.set(Instant.parse(begin));
        var nora = comes(email);
        nora.post("/pro/trial");
        assertThat(text(nora, "/account/membership/")).contains(day);
        assertThat(one("select extract(epoch from m.trial_ends_at)::bigint::text from membership m"
                        + " join reader r on r.id = m.reader_id where r.email_key = '" + email + "'"))
                .isEqualTo(Long.toString(Instant.parse(end).getEpochSecond()));
        until(Instant.parse(end).minusSeconds(60).toString());
        assertThat(text(nora, "/account/")).contains("free week");
        until(Instant.parse(end).plusSeconds(60).toString());
        untilSo(() -> one("select count(*) from invoice where email = '" + email + "'")
                .equals("1"));
        assertThat(text(nora, "/account/")).doesNotContain("free week").contains("USD 300");
    }

    @Test
    void yen_have_no_digits_behind_the_point_and_dinars_three_from_the_plan_to_the_paper() throws Exception {
        jdbi.useHandle(handle -> handle.execute("""
                insert into price (plan_id, amount, currency, "interval", trial_days, active)
                select id, 7505, 'KWD', 'month', 7, true from plan where slug = 'pro'
                """));
        String yen = one(
                "select to_char(amount, 'FM999,999') from price where active and currency = 'JPY' and \"interval\" = 'year' limit 1");
        for (String[] case_ : new String[][] {{"JPY", "year", yen}, {"KWD", "month", "7.505"}}) {
            String money = case_[0] + " " + case_[2];
            var kim = comes("kim-" + case_[0].toLowerCase(java.util.Locale.ROOT) + "@money.example");
            assertThat(text(kim, "/pro/?currency=" + case_[0] + "&interval=" + case_[1]))
                    .contains(money);
            kim.post("/pro/trial", "price", price(case_[0], case_[1]));
            assertThat(text(kim, "/account/membership/")).contains(money);
            until(clock.instant().plus(Duration.ofDays(8)).toString());
            String email = "kim-" + case_[0].toLowerCase(java.util.Locale.ROOT) + "@money.example";
            String invoice = "select max(number)::text from invoice where email = '" + email + "'";
            TestSmtp.await(() -> !one(invoice).isEmpty());
            String number = one(invoice);
            assertThat(text(kim, "/account/invoices/" + number)).contains(money);
            byte[] paper = kim.bytes("/account/invoices/" + number + "/pdf").body();
            try (var document = org.apache.pdfbox.Loader.loadPDF(paper)) {
                assertThat(new org.apache.pdfbox.text.PDFTextStripper().getText(document))
                        .contains(money);
            }
        }
    }
}
