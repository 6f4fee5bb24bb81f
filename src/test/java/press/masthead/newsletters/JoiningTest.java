package press.masthead.newsletters;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import press.masthead.account.TestSite;
import press.masthead.account.Visitor;
import press.masthead.account.Visitor.Reply;

class JoiningTest {
    private static final TestSite site = new TestSite();
    private static final long morning = site.newsletter("morning", "Morning Parallel");
    private static final long evening = site.newsletter("evening", "Evening Parallel");

    @AfterAll
    static void close() {
        site.close();
    }

    private static List<String> lettersOf(long reader) {
        return site.hub.choices(reader).stream()
                .filter(NewsletterHub.Choice::chosen)
                .map(NewsletterHub.Choice::slug)
                .toList();
    }

    private static Reply ask(Visitor visitor, String email, String newsletter) {
        site.clock.pass(Duration.ofHours(2)); // past every limit of the tests before
        return visitor.post("/newsletters/join", "email", email, "newsletter", newsletter, "source", "story");
    }

    private static long idOf(String email) {
        return site.count("select coalesce(max(id), 0) from reader where email_key = '" + email + "'");
    }

    @Test
    void an_address_gets_nothing_until_it_has_said_yes_and_is_then_signed_in() {
        Visitor nora = site.visitor();
        assertThat(ask(nora, "nora@reader.example", "morning").text("text")).contains("nora@reader.example");
        assertThat(idOf("nora@reader.example")).isZero();

        String link = site.lastLetter("nora@reader.example").link();
        assertThat(nora.get(link).page().at("/actions/0/action").asText()).isEqualTo(link);
        assertThat(idOf("nora@reader.example")).as("a visit confirms nothing").isZero();

        assertThat(nora.post(link).location()).isEqualTo("/newsletters/?welcome");
        assertThat(lettersOf(idOf("nora@reader.example"))).containsExactly("morning");
        assertThat(nora.get("/newsletters/").text("email")).isEqualTo("nora@reader.example");

        nora.post("/newsletters/choose", "newsletter", "evening", "newsletter", "morning");
        assertThat(lettersOf(idOf("nora@reader.example"))).containsExactlyInAnyOrder("morning", "evening");
        assertThat(site.count("select count(*) from subscription_event where wording <> '' and what = 'confirmed'"))
                .isPositive();
    }

    @Test
    void a_confirmation_link_used_twice_says_so_and_signs_nobody_in() {
        ask(site.visitor(), "otto@reader.example", "morning");
        String link = site.lastLetter("otto@reader.example").link();
        assertThat(site.visitor().post(link).status()).isEqualTo(303);
        Reply second = site.visitor().post(link);
        assertThat(second.status()).isEqualTo(410);
        assertThat(second.text("text")).contains("already used");
        assertThat(second.setCookie()).isEmpty();
    }

    @Test
    void a_confirmation_link_ends_after_a_day() {
        ask(site.visitor(), "pia@reader.example", "morning");
        String link = site.lastLetter("pia@reader.example").link();
        site.clock.pass(Duration.ofHours(24));
        assertThat(site.visitor().post(link).status()).isEqualTo(410);
        assertThat(idOf("pia@reader.example")).isZero();
    }

    @Test
    void the_same_answer_for_known_and_unknown() {
        site.reader("known@reader.example");
        Reply known = ask(site.visitor(), "known@reader.example", "morning");
        Reply unknown = ask(site.visitor(), "never@reader.example", "morning");
        assertThat(known.status()).isEqualTo(unknown.status());
        assertThat(known.body().replace("known@", "x@"))
                .isEqualTo(unknown.body().replace("never@", "x@"));
        assertThat(site.lastLetter("known@reader.example").subject())
                .isEqualTo(site.lastLetter("never@reader.example").subject());
    }

    @Test
    void a_malformed_address_is_refused_and_what_was_typed_is_kept() {
        Reply reply = ask(site.visitor(), "nora@reader", "evening");
        assertThat(reply.status()).isEqualTo(422);
        assertThat(reply.text("error")).contains("does not look like an e-mail address");
        assertThat(reply.text("email")).isEqualTo("nora@reader");
        assertThat(reply.page().findValues("newsletters").getFirst())
                .filteredOn(letter -> letter.path("slug").asText().equals("evening"))
                .allMatch(letter -> letter.path("chosen").asBoolean());
    }

    @Test
    void a_form_sent_in_place_is_answered_with_a_message() {
        Reply good = ask(site.visitor().asking("application/json"), "quin@reader.example", "morning");
        assertThat(good.type()).startsWith("application/json");
        assertThat(good.text("message")).contains("quin@reader.example");
        assertThat(ask(site.visitor().asking("application/json"), "quin", "morning")
                        .text("message"))
                .contains("does not look like");
    }

    @Test
    void a_get_never_unsubscribes() {
        long reader = joined("rosa@reader.example");
        String link = site.links.path(morning, reader);
        for (int i = 0; i < 3; i++)
            assertThat(site.visitor().get(link).status()).isEqualTo(200);
        assertThat(lettersOf(reader)).contains("morning");
    }

    @Test
    void one_post_leaves_one_newsletter_only() {
        long reader = joined("sven@reader.example");
        Reply reply = site.visitor().post(site.links.path(morning, reader), "List-Unsubscribe", "One-Click");
        assertThat(reply.status()).isEqualTo(200);
        assertThat(lettersOf(reader)).containsExactly("evening");
        assertThat(site.visitor()
                        .post(site.links.path(morning, reader), "List-Unsubscribe", "One-Click")
                        .status())
                .isEqualTo(200);
        assertThat(lettersOf(reader)).containsExactly("evening");
        assertThat(site.count(
                        "select count(*) from subscription_event where cause = 'one_click' and reader_id = " + reader))
                .isOne();
    }

    @Test
    void leaving_can_be_undone_for_a_day() {
        long reader = joined("tara@reader.example");
        String link = site.links.path(evening, reader);
        site.visitor().post(link);
        assertThat(site.visitor().post(link + "/undo").status()).isEqualTo(200);
        assertThat(lettersOf(reader)).contains("evening");
        site.visitor().post(link);
        site.clock.pass(Duration.ofDays(2));
        assertThat(site.visitor().post(link + "/undo").status()).isEqualTo(410);
        assertThat(lettersOf(reader)).doesNotContain("evening");
    }

    @Test
    void a_link_that_was_changed_is_nobodys() {
        long reader = joined("ulla@reader.example");
        String link = site.links.path(morning, reader);
        char other = link.charAt(20) == 'A' ? 'B' : 'A';
        String forged = link.substring(0, 20) + other + link.substring(21);
        assertThat(site.visitor().post(forged).status()).isEqualTo(404);
        assertThat(lettersOf(reader)).contains("morning");
    }

    private static long joined(String email) {
        long reader = site.reader(email);
        var because = new Subscriptions.Because("hub", "", "2026-11");
        site.jdbi.useTransaction(
                handle -> site.subscriptions.join(handle, reader, List.of("morning", "evening"), "hub", because));
        return reader;
    }
}
