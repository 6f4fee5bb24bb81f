package press.masthead.memos;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import press.masthead.deliveries.Leaving;
import press.masthead.deliveries.LetterState;
import press.masthead.plans.Memberships;

/** The newsroom sees whom a memo was told of, who is still to hear of it, and who will not, with the reason. */
class AlertReachTest {
    @Test
    void it_tells_who_hears_at_once_who_waits_who_was_reached_and_who_is_no_member_any_more() {
        try (var room = new MemoRoom()) {
            var reach = new AlertReach(room.jdbi, new Memberships(room.jdbi, room.clock), room.clock);
            room.member("cleo", "country/no");
            long lapsed = room.member("lapsed", "topic/energy");
            room.member("broken", "country/no", "topic/energy");
            for (String name : List.of("dina", "noor", "read"))
                room.follows.daily(room.member(name, "country/no"), "18:00", "UTC");
            room.member("elsewhere", "country/se");
            room.clock.pass(Duration.ofSeconds(1));
            long id = room.draft("The cable");
            assertThat(reach.wouldBe(reach.memo(id).orElseThrow())).isEqualTo(3);

            room.publish(id);
            assertThat(reach.memo(id).orElseThrow().decidedAt()).isEmpty();
            room.alerts.run();
            room.run("update membership set ended_at = '2026-11-25 09:00Z' where reader_id = " + lapsed);
            room.run(
                    "insert into member_read (reader_id, story_id, at) select id, %d, now() from reader where email = 'read@reader.example'"
                            .formatted(id));
            room.run("update letter set address = 'no address' where address = 'broken@reader.example'");
            var memo = reach.memo(id).orElseThrow();
            assertThat(reach.atOnce(memo)).isEqualTo(new AlertReach.Way(3, 3, 0, 0, 0));
            assertThat(reach.waiting(memo))
                    .as("who has read it waits no longer")
                    .isEqualTo(2);

            Leaving.of(room.database, room.clock);
            assertThat(reach.atOnce(memo)).isEqualTo(new AlertReach.Way(3, 0, 1, 1, 1));
            assertThat(reach.fallen(memo, 9))
                    .extracting(AlertReach.Fallen::state, AlertReach.Fallen::reply)
                    .containsExactly(
                            org.assertj.core.groups.Tuple.tuple(
                                    LetterState.CANCELLED, "Their membership had ended when it was to leave."),
                            org.assertj.core.groups.Tuple.tuple(LetterState.REFUSED, "This is not an e-mail address."));

            room.at("2026-11-25T18:00:00Z");
            room.memo("Another one");
            room.alerts.run();
            room.clock.pass(Duration.ofSeconds(1));
            room.daily.run();
            assertThat(reach.waiting(memo)).isZero();
            assertThat(reach.daily(memo)).isEqualTo(new AlertReach.Way(2, 2, 0, 0, 0));
            Leaving.of(room.database, room.clock);
            assertThat(reach.daily(memo).accepted()).isEqualTo(2);
        }
    }
}
