package press.masthead;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import org.jdbi.v3.core.Jdbi;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import press.masthead.account.DeleteAccount;
import press.masthead.deliveries.ForgetReader;
import press.masthead.platform.mail.TestSmtp;
import press.masthead.readers.EmailAddress;

/** What a person may have of their data: all of it, and nothing of it left. */
class OwnDataTest {
    private static Press press;

    @BeforeAll
    static void start() throws IOException {
        press = Press.started();
    }

    @AfterAll
    static void stop() {
        press.close();
    }

    private static Newsroom newsroom() {
        return press.running.newsroom();
    }

    private static Jdbi jdbi() {
        return newsroom().database.jdbi();
    }

    private static Press.Person signedIn(String email) throws Exception {
        var person = press.person();
        String link = newsroom().signIn.linkFor(EmailAddress.parse(email).orElseThrow());
        assertThat(person.post(link).statusCode()).isEqualTo(200);
        return person;
    }

    private static void olderSessions(String email, String age) {
        jdbi().useHandle(handle -> handle.execute(
                "update session set created_at = created_at - cast(? as interval) where reader_id = (select id from reader where email_key = ?)",
                age,
                email));
    }

    @Test
    void the_copy_holds_everything_as_a_page_and_as_json() throws Exception {
        var cleo = signedIn("cleo@reader.example");
        cleo.post("/account/industries", "rank-banking", "2", "rank-oil-gas", "1");
        assertThat(cleo.get("/account/export").body()).contains("Download your data", "action=\"/account/export\"");
        var reply = cleo.download("/account/export");
        assertThat(reply.statusCode()).isEqualTo(200);
        assertThat(reply.headers().firstValue("Content-Type")).hasValue("application/zip");
        assertThat(reply.headers().firstValue("Content-Disposition").orElse("")).startsWith("attachment");
        Map<String, byte[]> files = files(reply.body());
        assertThat(files.keySet()).containsExactlyInAnyOrder("your-data.html", "your-data.json");
        JsonNode data = new ObjectMapper().readTree(files.get("your-data.json"));
        assertThat(data.at("/person/email").asText()).isEqualTo("cleo@reader.example");
        assertThat(data.at("/person/name").asText()).isEqualTo("Cleo Marchetti");
        assertThat(data.at("/newsletters").size()).isEqualTo(4);
        assertThat(data.at("/industries/0/rank").asInt()).isOne();
        assertThat(data.at("/memberships/0/payment").asText()).isEqualTo("invoice");
        assertThat(data.at("/membership_history/0/what").asText()).isEqualTo("started");
        assertThat(data.at("/invoices/0/amount").asLong()).isEqualTo(30_000);
        assertThat(data.at("/invoices/0/paid_at").asText()).startsWith("20");
        assertThat(data.at("/invoices/0/voided_at").isNull()).isTrue();
        assertThat(data.at("/signed_in").size()).isPositive();
        String page = new String(files.get("your-data.html"), StandardCharsets.UTF_8);
        assertThat(page)
                .contains("Cleo Marchetti", "USD 300.00", "Morning Parallel")
                .doesNotContain("faye@");
    }

    @Test
    void the_copy_and_the_deletion_want_someone_who_signed_in_within_the_hour() throws Exception {
        var faye = signedIn("faye@reader.example");
        olderSessions("faye@reader.example", "61 minutes");
        for (String path : List.of("/account/export", "/account/delete")) {
            assertThat(faye.get(path).statusCode()).isEqualTo(403);
            var refused = faye.post(path, "sure", "yes");
            assertThat(refused.statusCode()).isEqualTo(403);
            assertThat(refused.body()).contains("First, is it you?", "/account/confirm");
        }
        assertThat(faye.post("/account/confirm", "next", "/account/export").body())
                .contains("faye@reader.example");
        assertThat(faye.post("/account/confirm", "next", "//evil.example/").statusCode())
                .isEqualTo(422);
        String[] link = {""};
        TestSmtp.await(() -> {
            link[0] = linkTo("faye@reader.example");
            return !link[0].isEmpty();
        });
        assertThat(faye.post(link[0]).body()).as("back at the step").contains("Download your data");
        assertThat(faye.download("/account/export").statusCode()).isEqualTo(200);
        assertThat(press.person().post("/account/export").body()).contains("We send a link to your address");
    }

    /** The path of the newest sign-in link that lies in the mailbox for this address; empty while there is none. */
    private static String linkTo(String email) {
        try {
            String letters =
                    press.person().get("/mailbox/api/letters?to=" + email).body();
            var found = java.util.regex.Pattern.compile("(/signin/[A-Za-z0-9_-]{43})")
                    .matcher(letters);
            return found.find() ? found.group(1) : "";
        } catch (IOException | InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    @Test
    void after_a_deletion_no_table_knows_the_address_but_what_the_page_has_named() throws Exception {
        String email = "dina@ministry.example";
        String name = "Dina Farouq";
        var dina = signedIn(email);
        traces(dina, email);
        assertThat(holding(email)).as("else this test proves nothing").hasSizeGreaterThan(7);

        String page = dina.get("/account/delete").body();
        assertThat(page).contains("be brought back", "MH-0000", "10 years", "sealed mark");
        assertThat(dina.post("/account/delete").body()).contains("Delete your account?");
        assertThat(holding(email)).containsKey("reader");
        assertThat(dina.post("/account/delete", "sure", "yes").body()).contains("Your account is deleted");
        assertThat(dina.get("/account/").body()).contains("We send a link to your address");

        var later = Clock.offset(newsroom().clock, Duration.ofMinutes(3));
        new DeleteAccount(
                        jdbi(),
                        later,
                        newsroom().memberships,
                        newsroom().endMemberships,
                        newsroom().subscriptions,
                        new ForgetReader(jdbi(), later),
                        newsroom().outbox,
                        newsroom().html,
                        newsroom()::letterhead)
                .finish();
        TestSmtp.await(() -> holding(email).keySet().equals(java.util.Set.of("invoice", "caught_letter")));
        assertThat(holding(email))
                .as("the invoice that is named on the page, and the last letter in the built-in mailbox")
                .containsExactlyInAnyOrderEntriesOf(Map.of("invoice", 1L, "caught_letter", 1L));
        assertThat(holding(name)).containsOnlyKeys("invoice");
        assertThat(count("select count(*) from caught_letter where recipient = '" + email
                        + "' and subject like 'Your account at%is deleted'"))
                .isOne();
        assertThat(count("select count(*) from membership where reader_id is null and ended_at is not null"))
                .as("the books keep the membership without its member")
                .isPositive();
        assertThat(
                        count(
                                "select count(*) from subscription_event where what = 'left' and reader_id = 0 and network = ''"))
                .isPositive();
        assertThat(
                        count(
                                "select count(*) from newsletter n where reader_count <> (select count(*) from subscription s where s.newsletter_id = n.id)"))
                .as("newsletters whose count of readers is wrong")
                .isZero();
        long mailing = count("select max(id) from mailing");
        var progress = newsroom().deliveries.progress(mailing).orElseThrow();
        assertThat(progress.cancelled()).as("the letter that had not left").isOne();
    }

    /** Leaves the address wherever it can be left. */
    private static void traces(Press.Person dina, String email) throws Exception {
        press.person().post("/signin", "email", email);
        press.person().post("/newsletters/join", "email", "Dina@Ministry.example", "newsletter", "evening");
        jdbi().useTransaction(handle -> {
            handle.execute(
                    "insert into sign_in_link (token_hash, newcomer, created_at, expires_at) values ('\\x01', 'Dina@ministry.example', now(), now() + interval '1 minute')");
            handle.execute(
                    "insert into mailing (kind, reference, subject, return_path, domain, mark, created_at, starts_at, deadline, state) values ('edition', 'x', 'Held', 'b@x.example', 'x.example', 'm', now(), now(), now() + interval '1 day', 'held')");
            long mailing = handle.createQuery("select max(id) from mailing")
                    .mapTo(Long.class)
                    .one();
            handle.execute("create table letter_" + mailing + " partition of letter for values in (" + mailing + ")");
            handle.execute(
                    "insert into letter (mailing_id, id, reader_id, address, name, variant, token, state, next_attempt, reply)"
                            + " select " + mailing
                            + ", 1, id, email, name, 'all', 't', 'deferred', now(), '450 ' || email || ' is busy' from reader where email_key = 'dina@ministry.example'");
            handle.execute("update mailing set expected = 1 where id = ?", mailing);
            handle.execute("insert into tally (mailing_id, hand_id, deferred) values (?, 0, 1)", mailing);
        });
        dina.post("/account/newsletters", "newsletter", "morning", "newsletter", "evening");
        TestSmtp.await(() ->
                count("select count(*) from caught_letter where lower(recipient) = 'dina@ministry.example'") >= 2);
    }

    private static long count(String sql) {
        return jdbi().withHandle(
                        handle -> handle.createQuery(sql).mapTo(Long.class).one());
    }

    /** How many rows of which tables hold these words, whatever the case, as text or as bytes. */
    private static Map<String, Long> holding(String words) {
        var found = new TreeMap<String, Long>();
        String hex = HexFormat.of().formatHex(words.getBytes(StandardCharsets.UTF_8));
        List<String> tables = jdbi().withHandle(
                        handle -> handle.createQuery("""
                        select c.oid::regclass::text from pg_class c join pg_namespace n on n.oid = c.relnamespace
                        where n.nspname = 'public' and c.relkind = 'r'
                        """).mapTo(String.class).list());
        for (String table : tables) {
            long rows = jdbi().withHandle(handle -> handle.createQuery("select count(*) from " + table
                            + " t where t::text ilike '%' || :words || '%' or t::text ilike '%' || :hex || '%'")
                    .bind("words", words)
                    .bind("hex", hex)
                    .mapTo(Long.class)
                    .one());
            if (rows > 0) found.put(table, rows);
        }
        return found;
    }

    private static Map<String, byte[]> files(byte[] zip) throws IOException {
        var files = new HashMap<String, byte[]>();
        try (var in = new ZipInputStream(new ByteArrayInputStream(zip))) {
            for (ZipEntry entry = in.getNextEntry(); entry != null; entry = in.getNextEntry())
                files.put(entry.getName(), in.readAllBytes());
        }
        return files;
    }

    @Test
    void who_works_here_is_not_deleted_by_one_press() throws Exception {
        var ivo = signedIn("ivo@parallel.example");
        var reply = ivo.post("/account/delete", "sure", "yes");
        assertThat(reply.statusCode()).isEqualTo(409);
        assertThat(reply.body()).contains("You work here.");
        assertThat(count("select count(*) from reader where email_key = 'ivo@parallel.example'"))
                .isOne();
    }

    @Test
    void someone_deleted_gets_no_second_free_week_within_the_year_and_is_forgotten_after_it() throws Exception {
        String email = "uma@reader.example";
        jdbi().useHandle(handle -> handle.execute(
                "insert into reader (email, email_key, created_at, confirmed_at) values (?, ?, now(), now())",
                email,
                email));
        var uma = signedIn(email);
        assertThat(uma.post("/pro/trial").body()).contains("state-trialing");
        uma.post("/account/delete", "sure", "yes");
        assertThat(count("select count(*) from reader where email_key = '" + email + "'"))
                .isZero();
        jdbi().useHandle(handle -> handle.execute(
                "insert into reader (email, email_key, created_at, confirmed_at) values (?, ?, now(), now())",
                email,
                email));
        var again = signedIn(email);
        assertThat(again.get("/pro/").body()).contains("Join for USD 300");
        long kept = count("select count(*) from trial_given");
        new press.masthead.plans.Memberships(jdbi(), Clock.offset(newsroom().clock, Duration.ofDays(366)))
                .forgetSeals();
        assertThat(count("select count(*) from trial_given")).isEqualTo(kept - 1);
        assertThat(again.get("/pro/").body()).contains("Start your free week");
    }

    @Test
    void industries_are_saved_in_the_order_of_their_numbers() throws Exception {
        var eli = signedIn("eli@reader.example");
        var saved = eli.post(
                "/account/industries",
                "rank-banking",
                "7",
                "rank-oil-gas",
                "3",
                "rank-supply-chain",
                "",
                "rank-nothing",
                "1");
        assertThat(saved.body()).contains("Your industries are saved.");
        assertThat(ranks("eli@reader.example")).containsExactly("oil-gas 1", "banking 2");
        var refused = eli.post("/account/industries", "rank-banking", "first", "rank-oil-gas", "2");
        assertThat(refused.statusCode()).isEqualTo(422);
        assertThat(refused.body()).contains("whole numbers from 1 to 99", "value=\"first\"");
        assertThat(ranks("eli@reader.example")).containsExactly("oil-gas 1", "banking 2");
        eli.post("/account/industries");
        assertThat(ranks("eli@reader.example")).isEmpty();
    }

    private static List<String> ranks(String email) {
        return jdbi().withHandle(handle ->
                handle.createQuery("""
                        select i.slug || ' ' || k.rank from industry_rank k join industry i on i.id = k.industry_id
                        join reader r on r.id = k.reader_id where r.email_key = :email order by k.rank
                        """).bind("email", email).mapTo(String.class).list());
    }

    @Test
    void a_name_is_saved_and_one_that_is_too_long_is_kept_in_the_form() throws Exception {
        var hana = signedIn("hana@reader.example");
        assertThat(hana.post("/account/details", "name", " Hana L. ").body())
                .contains("Your name is saved.", "value=\"Hana L.\"");
        var refused = hana.post("/account/details", "name", "x".repeat(121));
        assertThat(refused.statusCode()).isEqualTo(422);
        assertThat(refused.body()).contains("at most 120 letters", "x".repeat(121));
    }

    @Test
    void a_device_is_signed_out_from_another_and_nobody_elses_can_be() throws Exception {
        var phone = signedIn("idris@reader.example");
        var laptop = signedIn("idris@reader.example");
        String account = laptop.get("/account/").body();
        assertThat(account).contains("Signed in", "Last seen", "This one");
        String key = account.replaceAll("(?s).*name=\"id\" value=\"([0-9a-f]{64})\".*", "$1");
        var eli = signedIn("eli@reader.example");
        eli.post("/account/sessions/end", "id", key);
        assertThat(phone.get("/account/").body()).contains("idris@reader.example");
        laptop.post("/account/sessions/end", "id", key);
        assertThat(phone.get("/account/").body()).contains("We send a link to your address");
        assertThat(laptop.get("/account/").body()).contains("idris@reader.example");
    }
}
