package press.masthead;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import press.masthead.readers.EmailAddress;

/** A team shows by a text in its DNS that a domain is its own: the page, the real client, a real name server. */
class DomainProofTest {
    private static final String NOT_YET = "The text is not there yet.";

    private static NameServer dns;
    private static Press press;
    private static Press.Person petra;
    private static String team;

    @BeforeAll
    static void start() throws Exception {
        dns = new NameServer();
        press = Press.started(Map.of("MASTHEAD_DNS", dns.address()));
        petra = press.person();
        petra.post(press.running
                .newsroom()
                .signIn
                .linkFor(EmailAddress.parse("petra@bank.example").orElseThrow()));
        team = value("select id from team where name = 'Sarrin Maritime Bank'");
    }

    @AfterAll
    static void stop() throws IOException {
        press.close();
        dns.close();
    }

    @BeforeEach
    void anew() throws Exception {
        dns.forgets();
        press.running.newsroom().database.jdbi().useHandle(handle -> {
            handle.execute("delete from team_domain where domain = 'sarrin.example'");
            handle.execute("delete from rate");
        });
        petra.post("/team/" + team + "/domains", "domain", "sarrin.example");
    }

    private static String value(String sql) {
        return press.running
                .newsroom()
                .database
                .jdbi()
                .withHandle(handle ->
                        handle.createQuery(sql).mapTo(String.class).findOne().orElse(""));
    }

    private static String proof() {
        return value("select proof from team_domain where domain = 'sarrin.example'");
    }

    private static HttpResponse<String> check() throws Exception {
        String id = value("select id from team_domain where domain = 'sarrin.example'");
        return petra.post("/team/" + team + "/domains/" + id + "/check");
    }

    private static void confirmed(HttpResponse<String> answer) {
        assertThat(answer.body()).contains("sarrin.example is confirmed.");
        assertThat(value("select verified_by from team_domain where domain = 'sarrin.example'"))
                .isEqualTo("dns");
    }

    private static void notYet(HttpResponse<String> answer) {
        assertThat(answer.statusCode()).isEqualTo(422);
        assertThat(answer.body()).contains(NOT_YET);
        assertThat(value("select count(verified_at) from team_domain where domain = 'sarrin.example'"))
                .isEqualTo("0");
    }

    @Test
    void the_right_text_at_the_domain_itself_or_at_its_own_name_confirms_it() throws Exception {
        dns.says("sarrin.example", proof());
        confirmed(check());
        anew();
        dns.says("_masthead.sarrin.example", proof());
        confirmed(check());
    }

    @Test
    void the_right_text_is_found_among_others() throws Exception {
        dns.says("sarrin.example", "v=spf1 include:mail.example -all", proof(), "another=\"word\" \\ sign");
        confirmed(check());
    }

    @Test
    void another_text_or_more_than_the_right_one_confirms_nothing() throws Exception {
        dns.says("sarrin.example", "masthead-team=" + "A".repeat(22));
        notYet(check());
        dns.says("sarrin.example", proof() + "x", "x" + proof(), proof().substring(0, 20));
        notYet(check());
        dns.says("sarrin.example", proof().toUpperCase(java.util.Locale.ROOT));
        notYet(check());
    }

    @Test
    void a_text_in_several_strings_is_one_text() throws Exception {
        dns.saysInParts("sarrin.example", proof().substring(0, 9), "", proof().substring(9, 30), proof().substring(30));
        confirmed(check());
    }

    @Test
    void texts_too_long_for_one_packet_are_asked_for_by_a_stream() throws Exception {
        int before = dns.byStream.get();
        dns.says("sarrin.example", "a ".repeat(120), "b".repeat(250), "c".repeat(250), proof());
        confirmed(check());
        assertThat(dns.byStream.get()).isGreaterThan(before);
    }

    @Test
    void a_domain_that_is_not_there_or_has_no_text_is_not_there_yet() throws Exception {
        notYet(check());
        dns.saysNothing("sarrin.example");
        notYet(check());
    }

    @Test
    void a_name_server_that_fails_or_says_nothing_is_told_in_one_sentence_and_in_time() throws Exception {
        String nobody = "No name server answered for sarrin.example. Please try again in a while.";
        dns.broken = true;
        var failed = check();
        assertThat(failed.statusCode()).isEqualTo(503);
        assertThat(failed.body()).contains(nobody);
        dns.forgets();
        dns.silent = true;
        long begun = System.nanoTime();
        var silent = check();
        assertThat(silent.statusCode()).isEqualTo(503);
        assertThat(silent.body()).contains(nobody);
        assertThat(Duration.ofNanos(System.nanoTime() - begun)).isLessThan(Duration.ofSeconds(9));
        // Nothing is lost: the domain and its text stand there as before.
        dns.forgets();
        dns.says("sarrin.example", proof());
        confirmed(check());
    }

    @Test
    void nothing_is_remembered_here_of_an_answer_that_may_be_kept_for_a_week() throws Exception {
        dns.says("sarrin.example", "an older text");
        dns.saysNothing("_masthead.sarrin.example");
        notYet(check());
        int asked = dns.asked.get();
        dns.says("sarrin.example", proof());
        confirmed(check());
        assertThat(dns.asked.get()).isGreaterThan(asked);
        // And the other way about: what was taken away again confirms no second domain.
        anew();
        dns.says("sarrin.example", "an older text");
        notYet(check());
    }
}
