package press.masthead.subscriptions;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import press.masthead.account.TestSite;
import press.masthead.account.Visitor;
import press.masthead.account.Visitor.Reply;
import press.masthead.readers.EmailAddress;

class JoiningTest {
    private static final TestSite site = new TestSite();

    @BeforeAll
    static void newsletters() {
        site.newsletter("morning", "Morning Parallel");
        site.newsletter("energy-daily", "Energy Daily");
        site.newsletter("week-in-review", "The Week in Review");
    }

    @AfterAll
    static void close() {
        site.close();
    }

    @BeforeEach
    void later() {
        site.clock.pass(Duration.ofHours(2)); // past every limit of the tests before
    }

    private static List<String> newslettersOf(String email) {
        return site.jdbi.withHandle(handle ->
                handle.createQuery("""
                        select n.slug from subscription s join newsletter n on n.id = s.newsletter_id
                        join reader r on r.id = s.reader_id where r.email_key = :email order by n.id
                        """).bind("email", email).mapTo(String.class).list());
    }

    private static List<String> eventsOf(String email) {
        return site.jdbi.withHandle(handle ->
                handle.createQuery("""
                        select e.what || ' ' || n.slug || ' ' || e.cause from subscription_event e
                        join newsletter n on n.id = e.newsletter_id join reader r on r.id = e.reader_id
                        where r.email_key = :email order by e.id
                        """).bind("email", email).mapTo(String.class).list());
    }

    @Test
    void an_address_joins_when_it_has_said_yes_and_not_before() {
        Visitor eli = site.visitor();
        Reply asked = eli.post(
                "/newsletters/join",
                "email",
                "eli@reader.example",
                "newsletter",
                "morning",
                "newsletter",
                "energy-daily",
                "source",
                "story");
        assertThat(asked.status()).isEqualTo(200);
        assertThat(site.readers.byEmail(EmailAddress.parse("eli@reader.example").orElseThrow()))
                .isEmpty();
        String link = site.lastLetter("eli@reader.example").link();
        Reply page = eli.get(link);
        assertThat(page.status()).isEqualTo(200);
        assertThat(page.page().at("/actions/0/action").asText()).isEqualTo(link);
        assertThat(newslettersOf("eli@reader.example")).isEmpty();
        Reply confirmed = eli.post(link);
        assertThat(confirmed.location()).isEqualTo("/newsletters/?welcome");
        assertThat(newslettersOf("eli@reader.example")).containsExactly("morning", "energy-daily");
        assertThat(eventsOf("eli@reader.example"))
                .containsExactlyInAnyOrder(
                        "asked morning story",
                        "asked energy-daily story",
                        "confirmed morning story",
                        "confirmed energy-daily story",
                        "joined morning story",
                        "joined energy-daily story");
        assertThat(
                        site.count(
                                "select count(*) from subscription_event where network = '' or wording = '' and what <> 'left'"))
                .isZero();
    }

    @Test
    void after_confirming_more_newsletters_are_chosen_at_once() {
        site.visitor().post("/newsletters/join", "email", "more@reader.example", "newsletter", "morning");
        Visitor more = site.visitor();
        more.post(site.lastLetter("more@reader.example").link());
        Reply hub = more.get("/newsletters/?welcome");
        assertThat(hub.text("notice")).startsWith("Your address is confirmed.");
        assertThat(hub.page().at("/groups/0/newsletters/0/chosen").asBoolean()).isTrue();
        assertThat(hub.page().at("/groups/0/newsletters/1/chosen").asBoolean()).isFalse();
        more.post("/newsletters/choose", "newsletter", "energy-daily", "newsletter", "week-in-review");
        assertThat(newslettersOf("more@reader.example")).containsExactly("energy-daily", "week-in-review");
        assertThat(eventsOf("more@reader.example")).contains("left morning hub", "joined energy-daily hub");
    }

    @Test
    void a_confirmed_reader_who_is_signed_in_joins_at_once() {
        site.reader("cleo@reader.example");
        Visitor cleo = site.signedIn("cleo@reader.example");
        Reply reply = cleo.post(
                "/newsletters/join", "email", "Cleo@reader.example", "newsletter", "morning", "source", "topic");
        assertThat(reply.text("title")).isEqualTo("You are on the list");
        assertThat(newslettersOf("cleo@reader.example")).containsExactly("morning");
        assertThat(site.letters("cleo@reader.example")).isEmpty();
    }

    @Test
    void another_address_than_ones_own_has_to_say_yes_itself() {
        site.reader("dina@ministry.example");
        site.signedIn("dina@ministry.example")
                .post("/newsletters/join", "email", "colleague@ministry.example", "newsletter", "morning");
        assertThat(newslettersOf("dina@ministry.example")).isEmpty();
        assertThat(site.letters("colleague@ministry.example")).hasSize(1);
    }

    @Test
    void a_known_address_gets_the_same_answer_and_the_same_letter() {
        site.reader("known@reader.example");
        Reply known =
                site.visitor().post("/newsletters/join", "email", "known@reader.example", "newsletter", "morning");
        Reply other =
                site.visitor().post("/newsletters/join", "email", "other@reader.example", "newsletter", "morning");
        assertThat(other.body().replace("other@", "known@")).isEqualTo(known.body());
        assertThat(site.lastLetter("other@reader.example").subject())
                .isEqualTo(site.lastLetter("known@reader.example").subject())
                .isEqualTo("Confirm: Morning Parallel");
    }

    @Test
    void the_form_in_a_story_is_answered_in_place() {
        Reply good = site.visitor()
                .asking("application/json")
                .post("/newsletters/join", "email", "faye@reader.example", "newsletter", "morning");
        assertThat(good.type()).startsWith("application/json");
        assertThat(good.text("message")).contains("faye@reader.example");
        Reply bad = site.visitor()
                .asking("application/json")
                .post("/newsletters/join", "email", "faye at home", "newsletter", "morning");
        assertThat(bad.status()).isEqualTo(422);
        assertThat(bad.text("message")).startsWith("That does not look like");
    }

    @Test
    void a_malformed_address_and_the_ticks_are_kept() {
        Reply reply = site.visitor()
                .post("/newsletters/join", "email", "gus at home", "newsletter", "energy-daily", "source", "hub");
        assertThat(reply.status()).isEqualTo(422);
        assertThat(reply.text("email")).isEqualTo("gus at home");
        assertThat(reply.text("error")).isEqualTo("That does not look like an e-mail address. Please check it.");
        assertThat(reply.page().at("/groups/0/newsletters/1/chosen").asBoolean())
                .isTrue();
        assertThat(reply.page().at("/groups/0/newsletters/0/chosen").asBoolean())
                .isFalse();
    }

    @Test
    void nothing_ticked_is_said() {
        Reply reply = site.visitor().post("/newsletters/join", "email", "gus@reader.example", "newsletter", "no-such");
        assertThat(reply.status()).isEqualTo(422);
        assertThat(reply.text("error")).isEqualTo("Please choose at least one newsletter.");
    }

    @Test
    void an_address_is_asked_five_times_an_hour_at_most() {
        for (int i = 0; i < 6; i++) {
            Reply reply =
                    site.visitor().post("/newsletters/join", "email", "often@reader.example", "newsletter", "morning");
            assertThat(reply.status()).isEqualTo(i < 5 ? 200 : 429);
        }
        assertThat(site.letters("often@reader.example")).hasSize(5);
    }

    @Test
    void a_confirmation_works_once_and_for_a_day() {
        site.visitor().post("/newsletters/join", "email", "once@reader.example", "newsletter", "morning");
        String link = site.lastLetter("once@reader.example").link();
        site.visitor().post("/newsletters/join", "email", "once@reader.example", "newsletter", "energy-daily");
        String late = site.lastLetter("once@reader.example").link();
        assertThat(site.visitor().post(link).status()).isEqualTo(303);
        Reply again = site.visitor().post(link);
        assertThat(again.status()).isEqualTo(410);
        assertThat(again.setCookie()).isEmpty();
        site.clock.pass(Duration.ofHours(24));
        assertThat(site.visitor().post(late).status()).isEqualTo(410);
        assertThat(site.visitor().get(late).text("text")).startsWith("This link has expired.");
        assertThat(newslettersOf("once@reader.example")).containsExactly("morning");
    }

    @Test
    void an_address_with_capitals_is_the_same_person() {
        long una = site.reader("una@reader.example");
        site.visitor().post("/newsletters/join", "email", "UNA@Reader.Example", "newsletter", "morning");
        site.visitor().post(site.lastLetter("una@reader.example").link());
        assertThat(site.count("select count(*) from subscription where reader_id = " + una))
                .isOne();
    }

    @Test
    void readers_who_choose_at_one_moment_are_all_counted() throws Exception {
        var visitors = new ArrayList<Visitor>();
        for (int i = 0; i < 12; i++) {
            site.reader("many" + i + "@reader.example");
            visitors.add(site.signedIn("many" + i + "@reader.example"));
        }
        var replies = new ArrayList<Future<Reply>>();
        try (var hands = Executors.newVirtualThreadPerTaskExecutor()) {
            for (Visitor visitor : visitors)
                replies.add(hands.submit(() -> {
                    visitor.post("/newsletters/choose", "newsletter", "week-in-review", "newsletter", "morning");
                    return visitor.post("/newsletters/choose", "newsletter", "week-in-review");
                }));
        }
        for (var reply : replies) assertThat(reply.get().status()).isEqualTo(303);
        assertThat(site.count("select count(*) from newsletter n where reader_count <>"
                        + " (select count(*) from subscription where newsletter_id = n.id)"))
                .isZero();
    }

    @Test
    void what_was_never_confirmed_is_forgotten() {
        site.visitor().post("/newsletters/join", "email", "gone@reader.example", "newsletter", "morning");
        site.clock.pass(Duration.ofDays(3));
        site.joining.forgetOld();
        assertThat(site.count("select count(*) from joining where email = 'gone@reader.example'"))
                .isZero();
    }

    @Test
    void a_visitor_who_saves_a_choice_signs_in_first() {
        assertThat(site.visitor()
                        .post("/newsletters/choose", "newsletter", "morning")
                        .location())
                .isEqualTo("/signin?next=/newsletters/");
    }
}
