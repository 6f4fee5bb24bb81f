package press.masthead;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import press.masthead.platform.mail.TestSmtp;
import press.masthead.readers.EmailAddress;

/** Who comes through a team's door over HTTP, and what a form with something wrong in it is told. */
class TeamDoorTest {
    private static Press press;

    @BeforeAll
    static void start() throws IOException {
        press = Press.started();
    }

    @AfterAll
    static void stop() {
        press.close();
    }

    private static Press.Person signedIn(String email) throws Exception {
        var person = press.person();
        person.post(press.running
                .newsroom()
                .signIn
                .linkFor(EmailAddress.parse(email).orElseThrow()));
        return person;
    }

    private static String value(String sql) {
        return press.running
                .newsroom()
                .database
                .jdbi()
                .withHandle(handle -> String.valueOf(
                        handle.createQuery(sql).mapTo(String.class).findOne().orElse("")));
    }

    /** The path in the letter to someone, as it lies in the mailbox. */
    private static String link(String to) throws Exception {
        return link(to, "/seat/domain/");
    }

    private static String link(String to, String before) throws Exception {
        var path = java.util.regex.Pattern.compile(before + "[A-Za-z0-9_-]{43}");
        var found = new String[1];
        var reader = press.person();
        TestSmtp.await(() -> {
            try {
                for (var letter : new ObjectMapper()
                        .readTree(reader.get("/mailbox/api/letters").body())) {
                    var match = path.matcher(letter.get("text").asText());
                    if (letter.get("to").asText().equals(to) && match.find()) found[0] = match.group();
                }
            } catch (IOException | InterruptedException e) {
                throw new AssertionError(e);
            }
            return found[0] != null;
        });
        return found[0];
    }

    private static String bank() {
        return value("select id from team where name = 'Sarrin Maritime Bank'");
    }

    private static String ministry() {
        return value("select id from team where name like 'Ministry%'");
    }

    @Test
    void a_manager_touching_another_team_finds_nothing_and_changes_nothing() throws Exception {
        var dina = signedIn("dina@ministry.example");
        assertThat(dina.get("/team/").body())
                .contains("Ministry of Ports and Waterways", "Leila Brandt", "noor@ministry.example");
        String seat = value("select id from seat where email_key = 'oskar@bank.example'");
        String rows = "select count(*) || ' ' || count(ended_at) from seat where team_id = " + bank();
        String before = value(rows);
        for (String path : List.of(
                "",
                "invite/",
                "domains/",
                "usage/",
                "usage.csv",
                "contract/",
                "sign-on/",
                "sign-on/test",
                "seats/" + seat + "/"))
            assertThat(dina.get("/team/" + bank() + "/" + path).statusCode())
                    .as(path)
                    .isEqualTo(404);
        for (String path : List.of(
                "invite",
                "managers",
                "managers/remove",
                "contract/renew",
                "contract/seats",
                "domains",
                "sign-on",
                "sign-on/open",
                "seats/" + seat + "/end",
                "seats/" + seat + "/again",
                "seats/" + seat + "/hand-on"))
            assertThat(dina.post(
                                    "/team/" + bank() + "/" + path,
                                    "addresses",
                                    "eve@bank.example",
                                    "email",
                                    "eve@bank.example",
                                    "more",
                                    "5",
                                    "sure",
                                    "yes",
                                    "domain",
                                    "evil.example")
                            .statusCode())
                    .as(path)
                    .isEqualTo(404);
        // The other's number under one's own team.
        assertThat(dina.get("/team/" + ministry() + "/seats/" + seat + "/").statusCode())
                .isEqualTo(404);
        assertThat(dina.post("/team/" + ministry() + "/seats/" + seat + "/end").statusCode())
                .isEqualTo(404);
        assertThat(value(rows)).isEqualTo(before);
        String number = value(
                "select number from invoice i join contract c on c.id = i.contract_id where c.team_id = " + bank());
        assertThat(dina.get("/team/" + ministry() + "/contract/invoices/" + number)
                        .statusCode())
                .isEqualTo(404);
    }

    @Test
    void visitors_sign_in_first_readers_manage_nothing_and_reporters_mind_no_business() throws Exception {
        assertThat(press.person().get("/team/1/").uri().getPath()).isEqualTo("/signin/");
        assertThat(press.person()
                        .post("/team/" + ministry() + "/invite", "addresses", "eve@x.example")
                        .statusCode())
                .isEqualTo(403);
        assertThat(signedIn("cleo@reader.example")
                        .get("/team/" + ministry() + "/")
                        .statusCode())
                .isEqualTo(404);
        var ivo = signedIn("ivo@parallel.example");
        for (String path :
                List.of("/desk/teams", "/desk/teams/enquiries", "/desk/teams/1", "/desk/teams/contracts/new"))
            assertThat(ivo.get(path).statusCode()).as(path).isEqualTo(403);
        assertThat(ivo.post("/desk/teams/enquiries/1/move", "to", "won").statusCode())
                .isEqualTo(403);
        assertThat(ivo.get("/desk/stories").body()).doesNotContain("/desk/teams");
    }

    @Test
    void a_manager_who_was_removed_is_none_on_the_next_request() throws Exception {
        var dina = signedIn("dina@ministry.example");
        dina.post("/team/" + ministry() + "/managers", "email", "amara@ministry.example");
        var amara = signedIn("amara@ministry.example");
        assertThat(amara.get("/team/" + ministry() + "/").statusCode()).isEqualTo(200);
        String id = value("select id from reader where email_key = 'amara@ministry.example'");
        dina.post("/team/" + ministry() + "/managers/remove", "id", id);
        assertThat(amara.get("/team/" + ministry() + "/").statusCode()).isEqualTo(404);
        assertThat(amara.post("/team/" + ministry() + "/invite", "addresses", "eve@x.example")
                        .statusCode())
                .isEqualTo(404);
    }

    @Test
    void an_enquiry_with_something_missing_says_so_at_each_field_and_keeps_what_was_typed() throws Exception {
        var person = press.person();
        var answer = person.post(
                "/pro/teams",
                "organisation",
                "Port <Authority>",
                "seats",
                "many",
                "name",
                "Noor",
                "email",
                "noor@",
                "words",
                "Hello",
                "seen",
                "1");
        assertThat(answer.statusCode()).isEqualTo(422);
        assertThat(answer.body())
                .contains(
                        "Please give a number from 1 to 99,999.",
                        "That does not look like an e-mail address.",
                        "Port &lt;Authority&gt;",
                        "Hello");
    }

    @Test
    void a_program_that_fills_everything_or_is_too_fast_is_asked_once_more_and_nothing_is_lost() throws Exception {
        var person = press.person();
        String now = Long.toString(System.currentTimeMillis());
        String[] typed = {
            "organisation",
            "Port Authority",
            "seats",
            "12",
            "name",
            "Noor",
            "email",
            "noor@authority.example",
            "words",
            "Hello"
        };
        var fast = person.post("/pro/teams", with(typed, "seen", now));
        assertThat(fast.statusCode()).isEqualTo(422);
        assertThat(fast.body()).contains("press Send once more", "Port Authority", now);
        assertThat(person.post("/pro/teams", with(typed, "seen", "1", "website", "http://spam.example"))
                        .statusCode())
                .isEqualTo(422);
        assertThat(value("select count(*) from enquiry where email = 'noor@authority.example'"))
                .isEqualTo("0");
        assertThat(person.post("/pro/teams", with(typed, "seen", "1")).body()).contains("Thank you");
        assertThat(value("select count(*) from enquiry where email = 'noor@authority.example'"))
                .isEqualTo("1");
        for (int i = 0; i < 2; i++) person.post("/pro/teams", with(typed, "seen", "1"));
        var often = person.post("/pro/teams", with(typed, "seen", "1"));
        assertThat(often.statusCode()).isEqualTo(429);
        assertThat(often.headers().firstValue("Retry-After")).isPresent();
    }

    private static String[] with(String[] fields, String... more) {
        var all = java.util.Arrays.copyOf(fields, fields.length + more.length);
        System.arraycopy(more, 0, all, fields.length, more.length);
        return all;
    }

    @Test
    void a_contract_with_a_wrong_figure_is_refused_at_its_field_and_yen_have_no_digits() throws Exception {
        var ada = signedIn("ada@parallel.example");
        String[] right = {
            "team",
            "Quay Works",
            "zone",
            "Asia/Tokyo",
            "plan",
            "1",
            "seats",
            "3",
            "currency",
            "JPY",
            "from",
            "2026-12-01",
            "until",
            "2027-11-30",
            "terms",
            "30",
            "billingName",
            "Quay Works",
            "contactEmail",
            "a@quay.example",
            "manager",
            "m@quay.example"
        };
        var wrong = ada.post("/desk/teams/contracts/new", with(right, "price", "100.50"));
        assertThat(wrong.statusCode()).isEqualTo(422);
        assertThat(wrong.body()).contains("Please give a price such as 240.", "Quay Works");
        var nowhere = ada.post("/desk/teams/contracts/new", with(right, "price", "30,000"));
        assertThat(nowhere.statusCode()).isEqualTo(422);
        assertThat(nowhere.body()).contains("Please choose the country; the tax follows from it.");
        assertThat(ada.post("/desk/teams/contracts/new", with(right, "price", "30,000", "country", "JP"))
                        .body())
                .contains("JPY 90,000", "MC-");
        assertThat(value("select amount || ' ' || tax from invoice where company = 'Quay Works'"))
                .as("the price of the seats and Japan's 10 % on it, not the newsroom's own tax")
                .isEqualTo("99000 9000");
        assertThat(value("select since::text from contract where billing_name = 'Quay Works'"))
                .isNotEmpty();
    }

    @Test
    void free_mail_is_no_teams_own_domain_and_a_domain_is_confirmed_by_its_letter_once() throws Exception {
        var dina = signedIn("dina@ministry.example");
        String path = "/team/" + ministry() + "/domains";
        assertThat(dina.post(path, "domain", "gmail.com").body()).contains("Everyone can have an address at gmail.com");
        assertThat(dina.post(path, "domain", "not a domain").statusCode()).isEqualTo(422);
        dina.post(path, "domain", "harbours.example");
        String id = value("select id from team_domain where domain = 'harbours.example'");
        assertThat(dina.post(path + "/" + id + "/letter", "to", "eve@elsewhere.example")
                        .statusCode())
                .isEqualTo(422);
        dina.post(path + "/" + id + "/letter", "to", "postmaster@harbours.example");
        String link = link("postmaster@harbours.example");
        var postmaster = press.person();
        assertThat(postmaster.get(link).body())
                .contains("Is Ministry of Ports and Waterways at home at harbours.example?");
        assertThat(value("select count(verified_at) from team_domain where domain = 'harbours.example'"))
                .isEqualTo("0");
        assertThat(postmaster.post(link).body()).contains("harbours.example is confirmed");
        assertThat(postmaster.post(link).statusCode()).isEqualTo(410);
        // What one team has shown to be its own, another can't.
        var petra = signedIn("petra@bank.example");
        petra.post("/team/" + bank() + "/domains", "domain", "harbours.example");
        String other = value("select id from team_domain where domain = 'harbours.example' and team_id = " + bank());
        petra.post("/team/" + bank() + "/domains/" + other + "/letter", "to", "admin@harbours.example");
        String second = link("admin@harbours.example");
        assertThat(press.person().post(second).statusCode()).isEqualTo(409);
    }

    @Test
    void where_a_team_wants_its_own_sign_in_no_letter_signs_anyone_in_but_its_managers() throws Exception {
        var jdbi = press.running.newsroom().database.jdbi();
        jdbi.useHandle(handle -> handle.execute("""
                with provider as (
                  insert into identity_provider (name, issuer, client_id, client_secret, domains, team_id, open, created_at)
                  select name, 'https://login.bank.example', 'c', '', '{bank.example}', id, true, now() from team where name = 'Sarrin Maritime Bank'
                  returning id, team_id),
                home as (
                  insert into team_domain (team_id, domain, proof, verified_at, created_at)
                  select team_id, 'bank.example', '', now(), now() from provider)
                insert into team_sign_on (team_id, provider_id, required, tested_at) select team_id, id, true, now() from provider
                """));
        String sent = "select count(*) from outbox where to_address = ";
        String before = value(sent + "'oskar@bank.example'");
        String oskar =
                press.person().post("/signin", "email", "oskar@bank.example").body();
        String nobody =
                press.person().post("/signin", "email", "nobody@bank.example").body();
        String petra =
                press.person().post("/signin", "email", "petra@bank.example").body();
        assertThat(oskar).contains("Please come in by Sarrin Maritime Bank", "/signin/oidc/");
        assertThat(nobody).isEqualTo(oskar);
        assertThat(petra).isEqualTo(oskar);
        assertThat(value(sent + "'oskar@bank.example'")).isEqualTo(before);
        assertThat(value(sent + "'petra@bank.example'")).isNotEqualTo("0");
        assertThat(press.person()
                        .post("/pro/trial", "email", "oskar@bank.example")
                        .body())
                .contains("Please come in by");
        assertThat(value(sent + "'oskar@bank.example'")).isEqualTo(before);
    }

    @Test
    void whoever_a_team_wants_by_its_own_sign_in_is_let_in_by_no_other_way() throws Exception {
        var newsroom = press.running.newsroom();
        newsroom.database.jdbi().useHandle(handle -> handle.execute("""
                with provider as (
                  insert into identity_provider (name, issuer, client_id, client_secret, domains, team_id, open, created_at)
                  select name, 'https://login.port.example', 'c', '', '{port.example}', id, true, now() from team where name like 'Ministry%'
                  returning id, team_id),
                home as (
                  insert into team_domain (team_id, domain, proof, verified_at, created_at)
                  select team_id, 'port.example', '', now(), now() from provider)
                insert into team_sign_on (team_id, provider_id, required, tested_at) select team_id, id, false, now() from provider
                """));
        var noor = press.person();
        assertThat(noor.post("/signin", "email", "noor@port.example").body())
                .as("where it is open and not required, both ways are shown")
                .contains("/signin/oidc/", "Send me a link instead");
        noor.post("/newsletters/join", "email", "noor@port.example", "newsletter", "morning");
        String confirm = link("noor@port.example", "/newsletters/confirm/");
        newsroom.signIn.welcome(EmailAddress.parse("noor@port.example").orElseThrow(), "", "test", "to sign in");
        String signIn = link("noor@port.example", "/signin/");
        newsroom.database
                .jdbi()
                .useHandle(handle ->
                        handle.execute("update team_sign_on set required = true where team_id = " + ministry()));

        var confirmed = noor.post(confirm);
        assertThat(confirmed.statusCode()).isEqualTo(403);
        assertThat(confirmed.body()).contains("Please come in by Ministry", "/signin/oidc/");
        assertThat(
                        value(
                                "select count(*) from subscription s join reader r on r.id = s.reader_id where r.email_key = 'noor@port.example'"))
                .as("what was asked for is done all the same")
                .isEqualTo("1");
        var refused = noor.post(signIn);
        assertThat(refused.statusCode()).isEqualTo(403);
        assertThat(refused.body()).contains("with their account at work");
        assertThat(
                        value(
                                "select count(*) from session s join reader r on r.id = s.reader_id where r.email_key = 'noor@port.example'"))
                .isEqualTo("0");

        newsroom.database
                .jdbi()
                .useHandle(handle -> handle.execute("delete from caught_letter where recipient = 'noor@port.example'"));
        newsroom.database
                .jdbi()
                .useHandle(
                        handle -> handle.execute(
                                "insert into team_manager (team_id, reader_id, since) select t.id, r.id, now() from team t, reader r where t.name like 'Ministry%' and r.email_key = 'noor@port.example'"));
        newsroom.signIn.welcome(EmailAddress.parse("noor@port.example").orElseThrow(), "", "test", "to sign in");
        assertThat(noor.post(link("noor@port.example", "/signin/")).body())
                .as("who manages the team keeps the letter")
                .contains("noor@port.example");
        newsroom.database
                .jdbi()
                .useHandle(handle ->
                        handle.execute("delete from identity_provider where issuer = 'https://login.port.example'"));
    }

    @Test
    void usage_and_contract_are_papers_with_every_month_and_term() throws Exception {
        var dina = signedIn("dina@ministry.example");
        String usage = paper(dina.bytes("/team/" + ministry() + "/usage.pdf").body());
        assertThat(usage).contains("Ministry of Ports and Waterways", "fewer than 5", "Active readers");
        assertThat(usage).doesNotContain("Noor Vale");
        String contract =
                paper(dina.bytes("/team/" + ministry() + "/contract.pdf").body());
        assertThat(contract).contains("MC-0001", "PO-4740", "USD 216.00", "a Sunday");
        assertThat(signedIn("petra@bank.example")
                        .get("/team/" + ministry() + "/usage.pdf")
                        .statusCode())
                .isEqualTo(404);
        assertThat(signedIn("ada@parallel.example")
                        .bytes("/desk/teams/" + ministry() + "/contracts/1")
                        .statusCode())
                .isEqualTo(200);
        assertThat(dina.get("/team/" + ministry() + "/usage.csv").body())
                .startsWith("month,seats_used,active_readers,articles_read");
    }

    @Test
    void how_much_of_a_session_was_watched_is_for_the_teams_own_managers_alone() throws Exception {
        press.running.newsroom().database.jdbi().useTransaction(handle -> {
            handle.execute("""
                    insert into live_session (slug, title, starts_at, zone, state, created_at)
                    values ('counted-for-teams', '=Ask "the" desk', now() - interval '1 day', 'UTC', 'ended', now()),
                           ('watched-by-one', 'Watched by one', now() - interval '2 days', 'UTC', 'ended', now())
                    """);
            handle.execute("""
                    insert into live_minute (session_id, reader_id, minute)
                    select s.id, e.reader_id, date_trunc('minute', now() - interval '1 day') + n * interval '1 minute'
                    from seat e, live_session s, generate_series(1, 10) n
                    where e.team_id = ? and e.ended_at is null and e.taken_at < now() - interval '2 days'
                      and (s.slug = 'counted-for-teams' or s.slug = 'watched-by-one' and e.email_key = 'noor@ministry.example')
                    """, Long.parseLong(ministry()));
        });
        String people = value("select count(distinct reader_id) from live_minute");
        var csv = signedIn("dina@ministry.example").get("/team/" + ministry() + "/sessions.csv");
        assertThat(csv.headers().firstValue("Content-Type").orElse("")).startsWith("text/csv");
        assertThat(csv.body())
                .startsWith("begins,session,people,minutes\r\n")
                .contains(",\"'=Ask \"\"the\"\" desk\"," + people + "," + 10 * Long.parseLong(people) + "\r\n")
                .contains(",\"Watched by one\",fewer than 5,\r\n")
                .doesNotContain("noor");
        // A manager of another team, someone with a seat here, someone of the newsroom, someone who is not signed in.
        for (String other : List.of("petra@bank.example", "noor@ministry.example", "ada@parallel.example"))
            assertThat(signedIn(other)
                            .get("/team/" + ministry() + "/sessions.csv")
                            .statusCode())
                    .as(other)
                    .isEqualTo(404);
        var visitor = press.person().get("/team/" + ministry() + "/sessions.csv");
        assertThat(visitor.body()).doesNotContain("counted").doesNotContain("Ask");
    }

    private static String paper(byte[] pdf) throws IOException {
        try (var document = org.apache.pdfbox.Loader.loadPDF(pdf)) {
            return new org.apache.pdfbox.text.PDFTextStripper().getText(document);
        }
    }
}
