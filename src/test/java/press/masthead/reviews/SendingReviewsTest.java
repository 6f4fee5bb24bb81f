package press.masthead.reviews;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import jakarta.mail.Session;
import jakarta.mail.internet.MimeMessage;
import jakarta.mail.internet.MimeMultipart;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Properties;
import org.junit.jupiter.api.Test;
import press.masthead.briefing.SameEvent;
import press.masthead.platform.web.Problem;

class SendingReviewsTest {
    @Test
    void each_member_gets_a_letter_of_their_own() throws Exception {
        try (var room = new ReviewRoom()) {
            long grid = room.story("Grid operators wait", 1, "energy");
            long swap = room.story("Lenders trade water", 2, "banking");
            long fab = room.story("A fab without customers", 3, "chips", "banking");
            long cleo = room.member("cleo", "banking", "energy");
            long otto = room.member("otto", "chips");
            long edition = room.edition("2026-11-27");

            room.send(edition);

            assertThat(room.parts(edition, cleo))
                    .containsExactly(
                            "i" + industry(room, "banking"),
                            "l" + swap,
                            "s" + fab,
                            "i" + industry(room, "energy"),
                            "s" + grid);
            assertThat(room.parts(edition, otto)).startsWith("i" + industry(room, "chips"), "l" + fab, "a");
            MimeMessage letter = new MimeMessage(
                    Session.getInstance(new Properties()),
                    new ByteArrayInputStream(room.letter(edition, cleo).getBytes(StandardCharsets.UTF_8)));
            assertThat(letter.getSubject()).isEqualTo("Lenders trade water");
            assertThat(letter.getHeader("List-Unsubscribe-Post")).containsExactly("List-Unsubscribe=One-Click");
            String text = (String)
                    ((MimeMultipart) letter.getContent()).getBodyPart(0).getContent();
            assertThat(text)
                    .containsSubsequence(
                            "Hello, cleo.",
                            "BANKING",
                            "Lenders trade water",
                            "A fab without customers",
                            "ENERGY",
                            "Grid operators wait",
                            "/unsubscribe/");
            String html = (String)
                    ((MimeMultipart) letter.getContent()).getBodyPart(1).getContent();
            assertThat(html)
                    .containsSubsequence("Banking</h2>", "Lenders trade water", "Energy</h2>", "Grid operators wait");
        }
    }

    private static long industry(ReviewRoom room, String slug) {
        return room.number("select id from industry where slug = '" + slug + "'");
    }

    @Test
    void next_week_brings_none_of_it_again_nor_what_was_read_or_sent_otherwise() {
        try (var room = new ReviewRoom()) {
            long first = room.story("First of the week", 1, "energy");
            long cleo = room.member("cleo", "energy");
            long edition = room.edition("2026-11-27");
            room.send(edition);
            assertThat(room.parts(edition, cleo)).contains("l" + first);

            room.clock.pass(Duration.ofDays(7));
            long read = room.story("Read on the site", 1, "energy");
            long carried = room.story("Carried by the morning", 2, "energy");
            long fresh = room.story("Still unknown to her", 3, "energy");
            room.run("insert into member_read (reader_id, story_id, at) values (%d, %d, now())".formatted(cleo, read));
            room.run("""
                    with morning as (
                      insert into newsletter (slug, name, sender_name, slot, days, at, zone) values ('morning', 'Morning', 'M', 'am', '{mon}', '07:00', 'UTC')
                      returning id),
                    gets as (insert into subscription (newsletter_id, reader_id, since) select id, %d, '2026-01-01' from morning),
                    edition as (
                      insert into edition (newsletter_id, day, due_at, drafted_at, since, state)
                      select id, '2026-12-03', '2026-12-03 06:00Z', now(), now(), 'sent' from morning returning id)
                    insert into edition_item (edition_id, story_id, position) select id, %d, 1 from edition
                    """.formatted(cleo, carried));
            long next = room.edition("2026-12-04");
            room.send(next);

            assertThat(room.parts(next, cleo)).containsExactly("i" + industry(room, "energy"), "l" + fresh);
        }
    }

    @Test
    void who_ranked_nothing_gets_what_members_like_and_is_asked_to_choose() {
        try (var room = new ReviewRoom()) {
            room.story("About energy", 1, "energy");
            room.story("About chips", 1, "chips");
            room.member("cleo", "chips");
            long ben = room.member("ben");
            long edition = room.edition("2026-11-27");
            room.send(edition);

            assertThat(room.parts(edition, ben))
                    .startsWith("i" + industry(room, "chips"))
                    .endsWith("n");
        }
    }

    @Test
    void a_team_order_stands_in_until_there_is_an_own_one_and_the_letter_says_so() throws Exception {
        try (var room = new ReviewRoom()) {
            room.story("About energy", 1, "energy");
            room.story("About chips", 1, "chips");
            long lin = room.member("lin");
            long otto = room.member("otto", "energy");
            long gone = room.member("gone");
            room.team("2026-01-01", lin, otto);
            room.team("2026-01-01", gone);
            room.run("update seat set ended_at = '2026-11-01' where reader_id = " + gone);
            room.run(
                    "insert into team_industry_rank select id, (select id from industry where slug = 'chips'), 1 from team");
            long edition = room.edition("2026-11-27");
            room.send(edition);

            assertThat(room.parts(edition, lin))
                    .startsWith("i" + industry(room, "chips"))
                    .endsWith("t");
            assertThat(room.letter(edition, lin)).contains("Your team chose these industries");
            assertThat(room.parts(edition, otto)).startsWith("i" + industry(room, "energy"));
            assertThat(room.parts(edition, gone)).endsWith("n");
        }
    }

    @Test
    void a_banned_piece_is_in_nobodys_review_and_a_foreword_stands_above_its_industry() {
        try (var room = new ReviewRoom()) {
            long banned = room.story("Not this one", 1, "energy");
            long light = room.story("Light but pinned", 2, "energy");
            long heavy = room.story("Heavy", 1, "energy");
            long cleo = room.member("cleo", "energy");
            long edition = room.edition("2026-11-27");
            room.run("insert into review_ban (edition_id, story_id, at) values (%d, %d, now())"
                    .formatted(edition, banned));
            room.run("insert into review_pin (edition_id, industry_id, story_id, at) values (%d, %d, %d, now())"
                    .formatted(edition, industry(room, "energy"), light));
            room.run(
                    "insert into review_foreword (edition_id, industry_id, text, at) values (%d, %d, 'A week of waiting.', now())"
                            .formatted(edition, industry(room, "energy")));
            room.send(edition);

            assertThat(room.parts(edition, cleo))
                    .containsExactly("i" + industry(room, "energy"), "l" + light, "s" + heavy);
            assertThat(room.letter(edition, cleo))
                    .contains("A week of waiting.")
                    .doesNotContain("Not this one");
        }
    }

    @Test
    void readers_who_are_no_members_get_none_and_a_week_with_nothing_for_anybody_says_so() {
        try (var room = new ReviewRoom()) {
            long edition = room.edition("2026-11-27");
            long cleo = room.member("cleo", "energy");
            assertThatThrownBy(() -> room.send(edition))
                    .isInstanceOf(Problem.class)
                    .hasMessageContaining("nothing in this week's review");

            room.story("About energy", 1, "energy");
            long gone = room.member("gone", "energy");
            room.run("update membership set ended_at = '2026-11-01' where reader_id = " + gone);
            room.send(edition);

            assertThat(room.parts(edition, cleo)).hasSize(2);
            assertThat(room.parts(edition, gone)).isEmpty();
        }
    }

    @Test
    void a_memo_on_what_a_story_reports_is_the_same_event() {
        int[] events = SameEvent.of(java.util.List.of(
                new SameEvent.Text(
                        "Halden & Voss: who gets paid, and who only thinks so",
                        "Every uncovered depositor is to have 85 cents by Monday. For some of them it is a payment, for others a loan.",
                        java.time.Instant.EPOCH),
                new SameEvent.Text(
                        "Halden & Voss depositors will have 85 cents in the dollar by Monday",
                        "The Bank of Noravia says 387,000 small savers are whole.",
                        java.time.Instant.EPOCH),
                new SameEvent.Text(
                        "Delta floods lift rice to its highest price in four years",
                        "A third of the main crop is under water.",
                        java.time.Instant.EPOCH)));

        assertThat(events[0]).isEqualTo(events[1]).isNotEqualTo(events[2]);
    }

    @Test
    void two_stories_on_one_event_are_known_by_their_rarer_words() {
        int[] events = SameEvent.of(java.util.stream.Stream.of(
                        "Kolomar steel makers pay the first carbon levy",
                        "What the carbon levy means for steel in Kolomar",
                        "A night market on the river",
                        "Ferry to Calder stops in the ice",
                        "Who owns the night sky",
                        "Bees come back to the orchard")
                .map(title -> new SameEvent.Text(title, "", java.time.Instant.EPOCH))
                .toList());

        assertThat(events[0]).isEqualTo(events[1]);
        assertThat(java.util.Arrays.stream(events).distinct().count()).isEqualTo(5);
    }
}
