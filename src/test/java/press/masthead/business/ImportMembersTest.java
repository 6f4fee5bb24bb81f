package press.masthead.business;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import press.masthead.account.TestSite;
import press.masthead.plans.Membership;
import press.masthead.plans.Payment;
import press.masthead.platform.web.Problem;

/** Members come with a file from elsewhere, and go again if that was a mistake. It is 23 November 2026 in Brussels. */
class ImportMembersTest {
    private final TestSite site = new TestSite();
    private final ImportMembers imports = new ImportMembers(
            site.jdbi, site.clock, () -> site.publication.settings().zone());
    private final Movements movements = new Movements(site.jdbi, site.clock, site.letterhead::zone);

    @BeforeEach
    void inBrussels() {
        site.jdbi.useHandle(
                handle -> handle.execute("insert into setting (name, value) values ('zone', 'Europe/Brussels')"));
    }

    @AfterEach
    void close() {
        site.close();
    }

    private ImportMembers.Report look(String file) {
        return imports.look(file.getBytes(StandardCharsets.UTF_8), "members.csv", Map.of());
    }

    private ImportMembers.Report take(String file) {
        return imports.run(look(file).id(), done -> {});
    }

    private List<String> problems(long id) {
        var text = new StringWriter();
        imports.problems(id, new PrintWriter(text));
        return text.toString().lines().toList();
    }

    private Membership membership(String email) {
        return site.memberships.find(site.person(email).id()).orElseThrow();
    }

    private List<String> days() {
        return site.jdbi.withHandle(
                handle -> handle.createQuery("""
                        select concat_ws(' ', day, stock, what, currency, plan_id, "interval", payment, members, moves, yearly)
                        from business_day where moves <> 0 order by 1
                        """).mapTo(String.class).list());
    }

    @Test
    void a_file_is_looked_at_first_then_its_people_read_as_members_and_nobody_gets_a_letter() {
        long daily = site.newsletter("daily", "The Daily");
        var looked = look("""
                E-mail,Full name,Plan,Expires,Payment,Source,Newsletters,Joined
                mo@reader.example,Mo Tarn,PRO,2027-03-31,invoice,old system,daily,2024-05-01
                nora@reader.example,Nora,,2027-06-30,complimentary,,,
                """);
        assertThat(looked.members()).isEqualTo(2);
        assertThat(site.count("select count(*) from membership")).isZero();
        assertThat(site.count("select count(*) from reader")).isZero();

        var steps = new ArrayList<Integer>();
        imports.run(looked.id(), steps::add);
        assertThat(steps).containsExactly(3);
        var mo = membership("mo@reader.example");
        assertThat(mo.state(site.clock.instant())).isEqualTo(Membership.State.ACTIVE);
        assertThat(mo.startedAt()).isEqualTo("2024-04-30T22:00:00Z");
        assertThat(mo.until()).as("to the midnight of the last day in Brussels").isEqualTo("2027-03-31T22:00:00Z");
        assertThat(mo.trialEndsAt()).isEmpty();
        assertThat(membership("nora@reader.example").payment()).isEqualTo(Payment.COMPLIMENTARY);
        assertThat(site.count("select count(*) from membership_event where cause = 'import'"))
                .isEqualTo(2);
        assertThat(site.count("select count(*) from subscription where newsletter_id = " + daily))
                .isEqualTo(1);
        assertThat(site.count("select reader_count from newsletter where id = " + daily))
                .isEqualTo(1);
        assertThat(site.count("select count(*) from outbox")).as("letters").isZero();
        assertThat(site.count("select count(*) from trial_given"))
                .as("free days used up")
                .isZero();
        assertThat(site.count("select count(*) from invoice")).isZero();
    }

    @Test
    void who_pays_by_invoice_is_invoiced_when_what_was_paid_elsewhere_is_over_and_the_books_agree_all_along() {
        take(
                "address,until,pays by\nmo@reader.example,2026-12-10,invoice\nnora@reader.example,2026-12-10,complimentary\n");
        movements.run();
        var check = new CheckBooks(
                site.jdbi, site.clock, site.outbox, site.html, () -> site.letterhead, java.util.Optional.empty());
        assertThat(check.now(java.util.Optional.empty())).isEmpty();
        site.clock.pass(Duration.ofDays(18));
        site.timetable();
        movements.run();
        assertThat(site.invoices.of(site.person("mo@reader.example").id())).hasSize(1);
        assertThat(membership("nora@reader.example").state(site.clock.instant()))
                .isEqualTo(Membership.State.ENDED);
        assertThat(check.now(java.util.Optional.empty())).isEmpty();
    }

    @Test
    void each_bad_line_is_told_with_its_number_and_reason_and_the_others_are_taken() {
        site.join.run(site.person("cleo@reader.example"));
        var report = take("""
                address,name,plan,until,pays by,newsletters,joined on
                good@reader.example,Good,pro,2027-01-31,,,
                ,Nobody,pro,2027-01-31,,,

                not an address,X,pro,2027-01-31,,,
                CLEO@reader.example,Cleo,pro,2027-01-31,,,
                GOOD@READER.example,Twice,pro,2027-01-31,,,
                a@reader.example,A,gold,31/31/2027,card,evening,2030-01-01
                b@reader.example,B,pro,2020-01-31,,,
                c@reader.example,C,pro,,,,
                "=d@reader.example",\\N,pro,31.1.2027,,,1.2.2025
                """);
        assertThat(report).isEqualTo(new ImportMembers.Report(report.id(), 9, 11, 2, 1, 6));
        assertThat(problems(report.id()))
                .containsExactly(
                        "Line,Reason,address,name,plan,until,pays by,newsletters,joined on",
                        "3,There is no address.,,Nobody,pro,2027-01-31,,,",
                        "5,This is no e-mail address.,not an address,X,pro,2027-01-31,,,",
                        "6,Is a member already and stays as they are.,CLEO@reader.example,Cleo,pro,2027-01-31,,,",
                        "7,The same address stands in line 2 already.,GOOD@READER.example,Twice,pro,2027-01-31,,,",
                        "8,\"There is no plan called \"\"gold\"\". \"\"card\"\" is neither invoice nor complimentary. "
                                + "\"\"31/31/2027\"\" is no date such as 2027-01-31. Joined on 2030-01-01, which is still to come. "
                                + "There is no newsletter called \"\"evening\"\".\",a@reader.example,A,gold,31/31/2027,card,evening,2030-01-01",
                        "9,It was over on 2020-01-31.,b@reader.example,B,pro,2020-01-31,,,",
                        "10,It does not say until when.,c@reader.example,C,pro,,,,");
        assertThat(membership("cleo@reader.example").trialEndsAt()).isPresent();
        assertThat(site.person("=d@reader.example").name()).isEqualTo("\\N");
    }

    @Test
    void spreadsheets_of_every_kind_are_read_and_what_is_no_table_is_told_in_a_sentence() {
        take("\uFEFFAdresse;Nom;Expires\r\n\"mo@reader.example\";\"Tarn; \"\"Mo\"\"\";2027-01-31\r\n");
        assertThat(site.person("mo@reader.example").name()).isEqualTo("Tarn; \"Mo\"");
        var latin = "mail,name,until\nzoe@reader.example,Zoë,2027-01-31".getBytes(Charset.forName("windows-1252"));
        imports.run(imports.look(latin, "old.csv", Map.of()).id(), done -> {});
        assertThat(site.person("zoe@reader.example").name()).isEqualTo("Zoë");
        var other = "Kontakt\tuntil\nkim@reader.example\t2027-01-31".getBytes(StandardCharsets.UTF_8);
        assertThatThrownBy(() -> imports.look(other, "x", Map.of()))
                .isInstanceOf(Problem.class)
                .hasMessage("No column of the file is known as the address. It has: Kontakt, until.");
        assertThat(imports.look(other, "x", Map.of("address", "Kontakt")).members())
                .isEqualTo(1);
        assertThatThrownBy(() -> imports.look(other, "x", Map.of("address", "Mail")))
                .hasMessageContaining("no column \"Mail\"");
        assertThatThrownBy(() -> imports.look(other, "x", Map.of("colour", "Kontakt")))
                .hasMessageContaining("no column \"colour\"");
        assertThatThrownBy(() -> look(" \n")).hasMessage("The file is empty.");
        assertThatThrownBy(() -> look("address,until\n")).hasMessage("The file has a head row and no members.");
        assertThatThrownBy(() -> look("address,until\n\"a@b.example,2027-01-31\n"))
                .hasMessageContaining("never closed");
    }

    @Test
    void an_import_taken_back_leaves_everything_as_it_was_but_those_who_did_something_since() {
        long daily = site.newsletter("daily", "The Daily");
        site.join.run(site.person("ben@reader.example"));
        site.person("old@reader.example");
        movements.run();
        List<String> before = days();
        long people = site.count("select count(*) from reader");

        String file = """
                address,until,newsletters
                a@reader.example,2027-01-31,daily
                b@reader.example,2027-01-31,
                old@reader.example,2027-01-31,daily
                ben@reader.example,2027-01-31,
                """;
        var report = take(file);
        movements.run();
        List<String> with = days();
        assertThat(with).isNotEqualTo(before);
        movements.rebuild();
        assertThat(days()).as("followed or worked out anew").isEqualTo(with);
        assertThat(take(file))
                .as("again")
                .extracting(ImportMembers.Report::members, ImportMembers.Report::already)
                .containsExactly(0, 4);
        assertThat(site.count("select count(*) from membership")).isEqualTo(4);

        assertThat(imports.undo(report.id(), (done, of) -> {})).isEqualTo("3 memberships were taken back.");
        movements.run();
        assertThat(days()).isEqualTo(before);
        assertThat(site.count("select count(*) from reader")).isEqualTo(people);
        assertThat(site.count("select reader_count from newsletter where id = " + daily))
                .isZero();
        assertThatThrownBy(() -> imports.undo(report.id(), (done, of) -> {}))
                .hasMessageContaining("taken back already");

        var again = take(file);
        site.leave.cancel(site.person("a@reader.example"));
        assertThat(imports.undo(again.id(), (done, of) -> {}))
                .isEqualTo("2 memberships were taken back. 1 has changed since and stays.");
        assertThat(membership("a@reader.example").cancelledAt()).isPresent();
    }

    @Test
    void a_server_that_is_killed_in_the_midst_of_an_import_goes_on_with_it_and_nobody_comes_twice() {
        var file = new StringBuilder("address,until\n");
        for (int i = 0; i < 25_000; i++) file.append("m").append(i).append("@reader.example,2027-01-31\n");
        var looked = look(file.toString());
        // One hand is at work when the other one, and the program with it, is gone.
        assertThatThrownBy(() -> imports.run(looked.id(), done -> {
                    site.jdbi.useHandle(
                            handle -> handle.execute(
                                    "select pg_terminate_backend(pid) from pg_stat_activity where datname = current_database() and pid <> pg_backend_pid()"));
                    throw new IllegalStateException("killed");
                }))
                .hasMessageContaining("it goes on where it is");
        long half = site.count("select count(*) from membership");
        assertThat(half).isBetween(1L, 24_999L);
        assertThat(site.count("select count(*) from reader")).isEqualTo(half);

        imports.run();
        assertThat(site.count("select count(*) from membership")).isEqualTo(25_000);
        assertThat(site.count("select count(*) from membership_event")).isEqualTo(25_000);
        assertThat(site.count(
                        "select count(*) from member_import where state = 'done' and members = 25000 and already = 0"))
                .isEqualTo(1);
    }

    @Test
    void two_nodes_at_once_take_each_line_once() throws Exception {
        var file = new StringBuilder("address,until\n");
        for (int i = 0; i < 25_000; i++) file.append("m").append(i).append("@reader.example,2027-01-31\n");
        var looked = look(file.toString());
        var other = new ImportMembers(
                site.jdbi, site.clock, () -> site.publication.settings().zone());
        var there = Thread.ofVirtual().start(() -> other.run(looked.id(), done -> {}));
        assertThat(imports.run(looked.id(), done -> {}).members()).isEqualTo(25_000);
        there.join();
        assertThat(site.count("select count(*) from membership")).isEqualTo(25_000);
        assertThat(site.count("select count(*) from membership_event")).isEqualTo(25_000);
    }

    @Test
    void after_a_day_it_stays_and_after_a_month_its_lines_are_forgotten() {
        var report = take("address,until\na@reader.example,2027-01-31\n");
        site.clock.pass(Duration.ofHours(25));
        assertThatThrownBy(() -> imports.undo(report.id(), (done, of) -> {}))
                .hasMessageContaining("more than a day old");
        assertThatThrownBy(() -> imports.undo(999, (done, of) -> {})).hasMessageContaining("no import");
        site.clock.pass(Duration.ofDays(30));
        imports.forget();
        assertThat(site.count("select count(*) from member_import_line")).isZero();
        assertThat(site.count("select count(*) from membership")).isEqualTo(1);
    }
}
