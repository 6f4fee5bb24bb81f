package press.masthead.demo;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalTime;
import java.time.ZoneId;
import org.jdbi.v3.core.Handle;

/** A live session of the sample that is announced, with what members have asked ahead of it. */
final class SampleSession {
    private static final ZoneId ZONE = ZoneId.of("Europe/Brussels");

    private SampleSession() {}

    static void write(Handle handle, Instant now) {
        Instant starts = now.atZone(ZONE)
                .toLocalDate()
                .plusDays(6)
                .atTime(LocalTime.of(16, 0))
                .atZone(ZONE)
                .toInstant();
        handle.createUpdate("""
                        insert into live_session (slug, title, announcement, starts_at, zone, access, state, created_at)
                        values ('the-winter-in-cables', 'The winter in cables',
                                'Two cables cut in a month, and a ship that was where it should not have been. Lena Horvat has read the repair logs and answers for an hour.',
                                :starts, :zone, 'member', 'announced', :before)
                        """)
                .bind("starts", starts)
                .bind("zone", ZONE.getId())
                .bind("before", now.minus(Duration.ofDays(1)))
                .execute();
        asks(
                handle,
                now.minus(Duration.ofHours(20)),
                "cleo",
                false,
                "Who pays for a repair when nobody admits the cut?");
        asks(
                handle,
                now.minus(Duration.ofHours(9)),
                "ben",
                true,
                "How long can the islands do without the second cable?");
        asks(handle, now.minus(Duration.ofHours(3)), "faye", false, "Is burying them deeper worth what it costs?");
        votes(handle, "ben", "Who pays for%");
        votes(handle, "faye", "Who pays for%");
        votes(handle, "cleo", "How long can%");
    }

    private static void asks(Handle handle, Instant at, String who, boolean anonymous, String question) {
        handle.createUpdate("""
                        insert into live_question (session_id, reader_id, anonymous, body, state, asked_at)
                        select s.id, r.id, :anonymous, :question, 'open', :at from live_session s, reader r
                        where s.slug = 'the-winter-in-cables' and r.email_key = :who || '@reader.example'
                        """)
                .bind("anonymous", anonymous)
                .bind("question", question)
                .bind("at", at)
                .bind("who", who)
                .execute();
    }

    private static void votes(Handle handle, String who, String question) {
        handle.createUpdate("""
                        with voted as (
                          insert into live_vote (question_id, reader_id)
                          select q.id, r.id from live_question q, reader r where q.body like :question and r.email_key = :who || '@reader.example'
                          returning question_id)
                        update live_question set votes = votes + 1 where id in (select question_id from voted)
                        """).bind("question", question).bind("who", who).execute();
    }
}
