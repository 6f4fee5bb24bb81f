package press.masthead.reviews;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.jdbi.v3.core.statement.SqlLogger;
import org.jdbi.v3.core.statement.StatementContext;
import org.junit.jupiter.api.Test;
import press.masthead.deliveries.HandSettings;
import press.masthead.deliveries.Leaving;
import press.masthead.deliveries.Reconciler;
import press.masthead.editions.Composition.For;
import press.masthead.platform.mail.TestSmtp;
import press.masthead.platform.web.Problem;
import press.masthead.subscriptions.Subscriptions;

/** What happens to a week's reviews between composing and sending, in odd weeks, and for somebody who only looks. */
class BetweenTest {
    @Test
    void a_piece_that_is_withdrawn_goes_out_of_letters_that_have_not_left() {
        try (var room = new ReviewRoom()) {
            long gone = room.story("Withdrawn at noon", 1, "energy");
            long kept = room.story("Stays where it is", 2, "banking");
            long cleo = room.member("cleo", "energy", "banking");
            long edition = room.edition("2026-11-27");
            room.send(edition);
            assertThat(room.letter(edition, cleo)).contains("Withdrawn at noon");

            room.run("update story set state = 'withdrawn' where id = " + gone);
            var takeOut = new TakeOutWithdrawn(room.jdbi, room.clock);
            takeOut.run();
            takeOut.run();

            assertThat(room.parts(edition, cleo)).containsExactly("i" + room.industry("banking"), "s" + kept);
            assertThat(room.letter(edition, cleo))
                    .contains("Subject: Stays where it is")
                    .doesNotContain("Withdrawn at noon");

            room.run("update story set state = 'withdrawn' where id = " + kept);
            takeOut.run();
            assertThat(room.text("select state || ': ' || reply from letter where reader_id = " + cleo))
                    .isEqualTo("cancelled: All of its pieces were withdrawn.");
            assertThat(room.text("select owed || ' ' || cancelled from tally where hand_id = 0"))
                    .isEqualTo("0 1");
        }
    }

    @Test
    void whoever_leaves_meanwhile_gets_no_letter_and_the_others_do() {
        try (var room = new ReviewRoom()) {
            room.story("About energy", 1, "energy");
            long cleo = room.member("cleo", "energy");
            long otto = room.member("otto", "energy");
            long edition = room.edition("2026-11-27");
            room.send(edition);

            new Subscriptions(room.jdbi, room.clock)
                    .leave(room.newsletter, cleo, new Subscriptions.Because("one_click", "", ""));

            assertThat(room.text("select state || ': ' || reply from letter where reader_id = " + cleo))
                    .isEqualTo("cancelled: They left before it did.");
            assertThat(room.text("select state from letter where reader_id = " + otto))
                    .isEqualTo("owed");
        }
    }

    @Test
    void whose_membership_ends_before_their_letter_leaves_gets_none_and_the_row_says_why() {
        try (var room = new ReviewRoom()) {
            long gold = room.story("For gold alone", 1, "energy");
            room.story("About energy", 1, "energy");
            room.run("update story set access = 'plan', plans = '{gold}' where id = " + gold);
            room.run("insert into plan (slug, name) values ('gold', 'Gold')");
            room.run(
                    "insert into price (plan_id, amount, currency, interval) select id, 1, 'USD', 'year' from plan where slug = 'gold'");
            long cleo = room.member("cleo", "energy");
            long lapsed = room.member("lapsed", "energy");
            long lesser = room.member("lesser", "energy");
            room.gold(lesser);
            long seated = room.member("seated", "energy");
            room.run("delete from membership where reader_id = " + seated);
            room.team("2026-01-01", seated);
            long edition = room.edition("2026-11-27");
            room.send(edition);
            assertThat(room.parts(edition, lesser)).contains("s" + gold);
            assertThat(room.number("select count(*) from letter")).isEqualTo(4);

            room.clock.pass(Duration.ofMinutes(5));
            room.run("update membership set ended_at = '2026-11-27 06:04Z' where reader_id = " + lapsed);
            room.run("update membership set price_id = (select min(id) from price) where reader_id = " + lesser);
            room.run("update seat set ended_at = '2026-11-27 06:04Z' where reader_id = " + seated);
            var left = Leaving.of(room.database, room.clock);

            assertThat(left).extracting(TestSmtp.Received::to).containsExactly("cleo@reader.example");
            for (long gone : List.of(lapsed, seated))
                assertThat(room.text("select state || ': ' || reply from letter where reader_id = " + gone))
                        .isEqualTo("cancelled: Their membership had ended when it was to leave.");
            assertThat(room.text("select state || ': ' || reply from letter where reader_id = " + lesser))
                    .isEqualTo("cancelled: Their plan no longer had all that is in it when it was to leave.");
            assertThat(room.text(
                            "select sum(accepted) || ' ' || sum(cancelled) || ' ' || sum(owed + sending) from tally"))
                    .isEqualTo("1 3 0");
            new Reconciler(room.jdbi, room.clock, HandSettings.USUAL).run();
            assertThat(room.text("select state from mailing"))
                    .as("settled, and nothing is missing")
                    .isEqualTo("sent");
            assertThat(cleo).isPositive();
        }
    }

    @Test
    void the_number_of_questions_does_not_grow_with_the_letters_that_leave_at_once() {
        assertThat(questionsOfLeaving(24)).isEqualTo(questionsOfLeaving(2));
    }

    /** How often it is asked where readers stand, for so many letters that one hand takes at once. */
    private static int questionsOfLeaving(int members) {
        try (var room = new ReviewRoom()) {
            room.story("About energy", 1, "energy");
            for (int i = 0; i < members; i++) room.member("member" + i, "energy");
            room.send(room.edition("2026-11-27"));
            var count = new AtomicInteger();
            room.jdbi.setSqlLogger(new SqlLogger() {
                @Override
                public void logAfterExecution(StatementContext context) {
                    String sql = context.getRawSql();
                    if (sql != null && sql.contains("from entitlement")) count.incrementAndGet();
                }
            });
            assertThat(Leaving.of(room.database, room.clock)).hasSize(members);
            return count.get();
        }
    }

    @Test
    void a_piece_that_cannot_be_rendered_holds_only_the_letters_that_have_it() {
        try (var room = new ReviewRoom()) {
            long huge = room.story("Far too long", 1, "chips");
            room.story("About energy", 1, "energy");
            long cleo = room.member("cleo", "energy");
            long otto = room.member("otto", "chips");
            for (int i = 0; i < 8; i++) room.story("More on energy " + i, 1, "energy");
            room.run("update story set standfirst = repeat('word ', 9000) where id = " + huge);
            long edition = room.edition("2026-11-27");

            room.send(edition);

            assertThat(room.parts(edition, cleo)).doesNotContain("l" + huge, "s" + huge);
            assertThat(room.letter(edition, cleo)).contains("About energy");
            assertThatThrownBy(() -> room.letter(edition, otto)).hasMessageContaining("has no leaf l" + huge);

            // what a hand writes down when it comes to the letter
            room.run("""
                    update letter set state = 'deferred', reply = 'This letter can''t be made: its part could not be rendered.' where reader_id = %d
                    """.formatted(otto));
            room.run("update tally set owed = owed - 1, deferred = deferred + 1 where hand_id = 0");
            assertThatThrownBy(() -> room.mend(edition))
                    .isInstanceOf(Problem.class)
                    .hasMessageContaining("“Far too long” still can’t be made part of a letter")
                    .hasMessageContaining("too large");
            room.run("update story set standfirst = 'Short now' where id = " + huge);
            assertThat(room.mend(edition)).isEqualTo(1);
            assertThat(room.letter(edition, otto)).contains("Far too long", "Short now");
            assertThat(room.text("select owed || ' ' || deferred from tally where hand_id = 0"))
                    .isEqualTo("2 0");
        }
    }

    @Test
    void two_thousand_pieces_in_one_industry_make_a_review_of_twelve() {
        try (var room = new ReviewRoom()) {
            room.run("""
                    with added as (
                      insert into story (slug, title, standfirst, state, kind, published_at, created_at, updated_at, words, opening)
                      select 'piece-' || n, md5(n::text) || ' ' || md5((n * 7)::text), 'More', 'published', 'memo', '2026-11-26'::timestamptz - n * interval '1 minute', now(), now(), 480, ''
                      from generate_series(1, 2000) n returning id)
                    insert into story_industry (story_id, industry_id, published_at)
                    select added.id, i.id, now() from added, industry i where i.slug = 'chips'
                    """);
            long cleo = room.member("cleo", "chips", "energy");
            long edition = room.edition("2026-11-27");
            room.send(edition);

            assertThat(room.parts(edition, cleo)).hasSize(13).startsWith("i" + room.industry("chips"));
        }
    }

    @Test
    void a_week_without_a_piece_for_the_first_industry_says_so_and_the_next_one_leads() {
        try (var room = new ReviewRoom()) {
            long swap = room.story("Lenders trade water", 1, "banking");
            long cleo = room.member("cleo", "energy", "banking");
            long edition = room.edition("2026-11-27");
            room.send(edition);

            assertThat(room.parts(edition, cleo))
                    .containsExactly("q" + room.industry("energy"), "i" + room.industry("banking"), "l" + swap);
            assertThat(room.letter(edition, cleo)).contains("Nothing new on Energy for you this week.");
        }
    }

    @Test
    void what_is_beyond_a_members_plan_is_not_in_their_review() {
        try (var room = new ReviewRoom()) {
            long gold = room.story("For gold alone", 1, "energy");
            long open = room.story("For every member", 2, "energy");
            room.run("update story set access = 'plan', plans = '{gold}' where id = " + gold);
            long cleo = room.member("cleo", "energy");
            long edition = room.edition("2026-11-27");
            room.send(edition);

            assertThat(room.parts(edition, cleo)).containsExactly("i" + room.industry("energy"), "l" + open);
        }
    }

    @Test
    void retired_and_merged_industries_are_passed_over_in_silence() {
        try (var room = new ReviewRoom()) {
            room.story("About energy", 1, "energy");
            room.story("About chips", 1, "chips");
            long cleo = room.member("cleo", "chips", "energy");
            room.run("update industry set retired_at = now() where slug = 'chips'");
            long edition = room.edition("2026-11-27");
            room.send(edition);

            assertThat(room.parts(edition, cleo)).startsWith("i" + room.industry("energy"));
            assertThat(room.letter(edition, cleo)).doesNotContain("Nothing new on");
        }
    }

    @Test
    void somebody_who_looks_sees_what_a_newcomer_gets_or_what_one_member_gets() {
        try (var room = new ReviewRoom()) {
            room.story("About energy", 1, "energy");
            room.story("About chips", 1, "chips");
            long cleo = room.member("cleo", "chips");
            long ada = room.member("ada", "energy");
            room.run("insert into staff (reader_id, role) values (" + ada + ", 'editor')");
            room.run("delete from membership where reader_id = " + ada);
            long stranger = room.member("gone", "energy");
            room.run("update membership set ended_at = '2026-11-01' where reader_id = " + stranger);
            long edition = room.edition("2026-11-27");

            assertThat(room.look(edition, new For.Newcomer()).orElseThrow().html())
                    .contains("Make this review yours", "About chips", "About energy");
            var own = room.look(edition, new For.One(cleo)).orElseThrow();
            assertThat(own.subject()).isEqualTo("About chips");
            assertThat(own.text()).contains("CHIPS").doesNotContain("Make this review yours");
            assertThat(room.look(edition, new For.One(stranger))).isEmpty();

            room.test(edition, ada, new For.One(ada));
            assertThat(room.text("select address || ' ' || (personal ->> 'subject') from letter"))
                    .isEqualTo("ada@reader.example [Test] About energy");
            assertThat(room.number("select count(*) from member_review"))
                    .as("a test is nobody's review")
                    .isZero();
        }
    }

    @Test
    void the_number_of_questions_does_not_grow_with_the_members() {
        int few;
        int many;
        try (var room = new ReviewRoom()) {
            few = statements(room, 2);
        }
        try (var room = new ReviewRoom()) {
            many = statements(room, 40);
        }
        assertThat(many).isEqualTo(few).isLessThan(50);
    }

    /** How many statements letting a week go takes, besides two COPY for each twenty thousand members. */
    private static int statements(ReviewRoom room, int members) {
        for (String industry : List.of("energy", "banking", "chips"))
            for (int i = 0; i < 5; i++) room.story(industry + " piece number " + i, 1, industry);
        for (int i = 0; i < members; i++) room.member("member" + i, i % 2 == 0 ? "energy" : "chips", "banking");
        long edition = room.edition("2026-11-27");
        var count = new AtomicInteger();
        room.jdbi.setSqlLogger(new SqlLogger() {
            @Override
            public void logAfterExecution(StatementContext context) {
                count.incrementAndGet();
            }
        });
        room.send(edition);
        assertThat(room.number("select count(*) from letter")).isEqualTo(members);
        return count.get();
    }
}
