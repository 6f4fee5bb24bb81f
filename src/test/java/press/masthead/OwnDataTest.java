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
            assertThat(refused.body()).contains("First, is it you?", "name=\"sure\" value=\"yes\"");
        }
        assertThat(faye.post("/signin/fresh/letter", "fresh-path", "//evil.example/")
                        .statusCode())
                .isEqualTo(422);
        assertThat(faye.post("/signin/fresh/letter", "fresh-path", "/account/export", "fresh-method", "POST")
                        .body())
                .contains("faye@reader.example", "autocomplete=\"one-time-code\"");
        String[] code = {""};
        TestSmtp.await(() -> {
            code[0] = codeTo("faye@reader.example");
            return !code[0].isEmpty();
        });
        assertThat(faye.post("/signin/fresh", "fresh-path", "/account/export", "fresh-code", "000000")
                        .statusCode())
                .isEqualTo(422);
        assertThat(faye.post("/signin/fresh", "fresh-path", "/account/export", "fresh-code", code[0])
                        .body())
                .as("back at the step")
                .contains("Download your data");
        assertThat(faye.download("/account/export").statusCode()).isEqualTo(200);
        assertThat(press.person().get("/account/export").body()).contains("We send a link to your address");
        assertThat(press.person().post("/account/export").statusCode()).isEqualTo(403);
    }

    /** The code of the newest sign-in letter that lies in the mailbox for this address; empty while there is none. */
    private static String codeTo(String email) {
        try {
            String letters =
                    press.person().get("/mailbox/api/letters?to=" + email).body();
            var found = java.util.regex.Pattern.compile("asks for it: (\\d{3} \\d{3})")
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
                        newsroom().giveBack,
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
        assertThat(
                        count(
                                "select count(*) from business_difference where about = 'Invoice of Dina' and reader_id is null"))
                .as("what the check of the books found, without whose it was")
                .isOne();
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
            handle.execute("""
                    with checked as (insert into business_check (started_at) values (now()) returning id)
                    insert into business_difference (check_id, position, kind, reader_id, about)
                    select checked.id, 0, 'other_amount', r.id, 'Invoice of Dina' from checked, reader r
                    where r.email_key = 'dina@ministry.example'
                    """);
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
        uma.post("/pro/trial");
        assertThat(uma.get("/account/").body()).contains("state-trialing");
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
        assertThat(count("select count(*) from trial_given")).isLessThan(kept);
        assertThat(count("select count(*) from trial_given where forget_at is not null"))
                .isZero();
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
        String account = laptop.get("/account/devices/").body();
        assertThat(account).contains("Signed in", "Last seen", "This one", "this machine");
        String key = account.replaceAll("(?s).*name=\"id\" value=\"([0-9a-f]{64})\".*", "$1");
        var eli = signedIn("eli@reader.example");
        eli.post("/account/sessions/end", "id", key);
        assertThat(phone.get("/account/").body()).contains("idris@reader.example");
        laptop.post("/account/sessions/end", "id", key);
        assertThat(phone.get("/account/").body()).contains("We send a link to your address");
        assertThat(laptop.get("/account/").body()).contains("idris@reader.example");
    }

    /**
     * Every column that says who someone is, and where the copy shows it: a field of its JSON, or why it is none of the
     * copy's. Whoever adds a table about people writes a line here, and what the line promises into Holdings and, unless the
     * table lets go by itself, into DeleteAccount.
     */
    private static final Map<String, String> ABOUT_PEOPLE = Map.ofEntries(
            Map.entry("session.reader_id", "/signed_in"),
            Map.entry("device.reader_id", "/devices"),
            Map.entry("passkey.reader_id", "/passkeys"),
            Map.entry("code_app.reader_id", "/code_apps"),
            Map.entry("recovery_code.reader_id", "/code_apps"),
            Map.entry("identity.reader_id", "/identities"),
            Map.entry("email_change.reader_id", "/address_changes"),
            Map.entry("consent.reader_id", "/agreed"),
            Map.entry("subscription.reader_id", "/newsletters"),
            Map.entry("subscription_event.reader_id", "/consents"),
            Map.entry("letter.reader_id", "/letters"),
            Map.entry("membership.reader_id", "/memberships"),
            Map.entry("industry_rank.reader_id", "/industries"),
            Map.entry("bookmark.reader_id", "/saved"),
            Map.entry("note.reader_id", "/notes"),
            Map.entry("follow.reader_id", "/following"),
            Map.entry("alert_choice.reader_id", "/memo_alerts"),
            Map.entry("industry_asked.reader_id", "/asked_for_industries"),
            Map.entry("offer_use.reader_id", "/offers"),
            Map.entry("billing_details.reader_id", "/billing"),
            Map.entry("seat.reader_id", "/seats"),
            Map.entry("seat_request.reader_id", "/seat_requests"),
            Map.entry("team_manager.reader_id", "/teams_managed"),
            Map.entry("gift.reader_id", "/stories_given_away"),
            Map.entry("meter.reader_id", "/free_stories"),
            Map.entry("report_download.reader_id", "/reports_taken"),
            Map.entry("registration.reader_id", "/events"),
            Map.entry("ticket.reader_id", "/event_tickets"),
            Map.entry("archive_question.reader_id", "/archive_questions"),
            Map.entry("archive_use.reader_id", "/archive_use"),
            Map.entry("live_question.reader_id", "/live_questions"),
            Map.entry("live_vote.reader_id", "/live_votes"),
            Map.entry("live_minute.reader_id", "/live_watched"),
            Map.entry("live_reminder.reader_id", "/live_reminders"),
            Map.entry("live_mute.reader_id", "/live_no_questions_in"),
            Map.entry("live_take.by", "the work of the staff"),
            Map.entry("live_stream_key.made_by", "the work of the staff"),
            Map.entry("door_opening.by", "the work of the staff"),
            Map.entry("enquiry.owner_id", "the work of the staff"),
            Map.entry("enquiry_event.by", "the work of the staff"),
            Map.entry("contract_event.by", "the work of those who mind a team"),
            Map.entry("seat_event.by", "the work of those who mind a team"),
            Map.entry("seat_invite.by", "the work of those who mind a team"),
            Map.entry("seat_request.decided_by", "the work of those who mind a team"),
            Map.entry("staff.reader_id", "/person/role"),
            Map.entry("sign_in_link.reader_id", "a secret of a quarter of an hour"),
            Map.entry("passkey_holder.reader_id", "a random number for authenticators"),
            Map.entry("passkey_try.reader_id", "a challenge of five minutes"),
            Map.entry("erasure.reader_id", "only of those who are gone"),
            Map.entry("picture.created_by", "the work of the staff"),
            Map.entry("story_revision.saved_by", "the work of the staff"),
            Map.entry("story_event.by", "the work of the staff"),
            Map.entry("audit_event.by", "the work of the staff"),
            Map.entry("edition.edited_by", "the work of the staff"),
            Map.entry("membership_event.by", "the work of the staff"),
            Map.entry("member_import.by", "the work of the staff"),
            Map.entry("member_import_taken.reader_id", "/memberships"),
            Map.entry("member_read.reader_id", "/read"),
            Map.entry("member_review.reader_id", "/reviews"),
            Map.entry("review_foreword.by", "the work of the staff"),
            Map.entry("review_pin.by", "the work of the staff"),
            Map.entry("review_ban.by", "the work of the staff"),
            Map.entry("gift_membership.giver_id", "/gift_memberships"),
            Map.entry("gift_membership.redeemed_by", "/gift_memberships"),
            Map.entry("bank_line.added_by", "the work of the staff"),
            Map.entry("stripe_customer.reader_id", "/payment_provider"),
            Map.entry("currency_rate.by", "the work of the staff"),
            Map.entry("business_check.asked_by", "the work of the staff"),
            Map.entry("business_difference.reader_id", "which books the nightly check found at odds"),
            Map.entry("credit_note.by", "the work of the staff"));

    private record PersonColumn(String name, String onDelete) {}

    private static List<PersonColumn> columnsAboutPeople() {
        return jdbi().withHandle(handle ->
                handle.createQuery("""
                        select c.conrelid::regclass || '.' || a.attname as name, c.confdeltype::text as on_delete
                        from pg_constraint c join pg_attribute a on a.attrelid = c.conrelid and a.attnum = c.conkey[1]
                        join pg_class t on t.oid = c.conrelid
                        where c.contype = 'f' and c.confrelid = 'reader'::regclass and not t.relispartition
                        union
                        select t.relname || '.' || a.attname, '' from pg_attribute a join pg_class t on t.oid = a.attrelid
                        join pg_namespace n on n.oid = t.relnamespace
                        where n.nspname = 'public' and t.relkind in ('r', 'p') and not t.relispartition
                          and a.attname = 'reader_id' and not exists (
                            select from pg_constraint c where c.contype = 'f' and c.conrelid = t.oid
                              and c.confrelid = 'reader'::regclass and a.attnum = any(c.conkey))
                        """).mapTo(PersonColumn.class).list());
    }

    @Test
    void every_table_about_people_is_in_the_copy_and_lets_go_of_them() throws Exception {
        var ben = signedIn("ben@reader.example");
        byte[] zip = ben.download("/account/export").body();
        JsonNode data = new ObjectMapper().readTree(files(zip).get("your-data.json"));
        for (PersonColumn column : columnsAboutPeople()) {
            String where = ABOUT_PEOPLE.getOrDefault(column.name(), "");
            assertThat(where)
                    .as(column.name() + " says who someone is: does the copy show it?")
                    .isNotEmpty();
            if (where.startsWith("/"))
                assertThat(data.at(where).isMissingNode())
                        .as(column.name() + " at " + where)
                        .isFalse();
            if (!column.onDelete().isEmpty())
                assertThat(column.onDelete())
                        .as(column.name() + " lets go of a deleted reader")
                        .isIn("c", "n");
            else
                assertThat(column.name())
                        .as("without a reference the deletion has to see to it: DeleteAccount, ForgetReader")
                        .isIn(
                                "subscription_event.reader_id",
                                "letter.reader_id",
                                "member_review.reader_id",
                                "member_import_taken.reader_id",
                                "business_difference.reader_id",
                                "erasure.reader_id");
        }
    }

    @Test
    void the_copy_of_someone_with_a_hundred_thousand_letters_is_ready_within_a_minute() throws Exception {
        var eli = signedIn("eli@reader.example");
        jdbi().useHandle(handle -> handle.execute("""
                insert into outbox (to_address, subject, body_text, body_html, state, created_at, next_try_at, settled_at)
                select 'eli@reader.example', 'Letter ' || n, '', '', 'accepted', now(), now(), now() from generate_series(1, 100000) n
                """));
        long before = System.nanoTime();
        byte[] zip = eli.download("/account/export").body();
        assertThat(Duration.ofNanos(System.nanoTime() - before)).isLessThan(Duration.ofMinutes(1));
        JsonNode data = new ObjectMapper().readTree(files(zip).get("your-data.json"));
        assertThat(data.at("/letters").size()).isGreaterThanOrEqualTo(100_000);
        jdbi().useHandle(handle -> handle.execute("delete from outbox where subject like 'Letter %'"));
    }

    @Test
    void what_someone_agreed_to_stands_with_its_words_and_is_not_changed_afterwards() throws Exception {
        String email = "vera@reader.example";
        var vera = press.person();
        vera.post("/newsletters/join", "email", email, "newsletter", "morning");
        String[] link = {""};
        TestSmtp.await(() -> {
            try {
                var found = java.util.regex.Pattern.compile("(/newsletters/confirm/[A-Za-z0-9_-]{43})")
                        .matcher(press.person()
                                .get("/mailbox/api/letters?to=" + email)
                                .body());
                link[0] = found.find() ? found.group(1) : "";
            } catch (IOException | InterruptedException e) {
                throw new AssertionError(e);
            }
            return !link[0].isEmpty();
        });
        vera.post(link[0]);
        vera.post("/pro/trial");
        assertThat(vera.get("/account/data/").body())
                .contains(
                        "Yes, send me Morning Parallel. It is free",
                        "Cancel any time, by yourself.",
                        "/newsletters/confirm/",
                        "this machine");
        for (String attack : List.of(
                "update consent set at = now()",
                "delete from consent",
                "update consent_text set wording = 'anything'",
                "delete from reader where email_key = '" + email + "'"))
            org.assertj.core.api.Assertions.assertThatThrownBy(() -> jdbi().useHandle(handle -> handle.execute(attack)))
                    .as(attack)
                    .hasMessageContaining("is not changed afterwards");
        JsonNode data = new ObjectMapper()
                .readTree(files(vera.download("/account/export").body()).get("your-data.json"));
        assertThat(data.at("/agreed").size()).isEqualTo(2);
        assertThat(vera.post("/account/delete", "sure", "yes").body()).contains("Your account is deleted");
        assertThat(count("select count(*) from consent c left join reader r on r.id = c.reader_id where r.id is null"))
                .isZero();
    }
}
