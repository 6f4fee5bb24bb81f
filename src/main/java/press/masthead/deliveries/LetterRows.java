package press.masthead.deliveries;

import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.Handle;

/**
 * The two statements of a hand for one mailing: take letters, and write down what became of them. They name the mailing's own
 * partition, and the size of a batch stands in their text: so PostgreSQL plans each of them once for a connection, and not
 * for every 25 letters anew over every partition there is.
 */
final class LetterRows {
    private static final String TAKE = """
            with due as (
                select l.id, l.state as was
                  from %1$s l
                 where l.state in ('owed', 'deferred') and l.next_attempt <= :now
                   and (l.next_attempt, l.id) > (:fromTime, :fromLetter)
                   and exists (select from mailing m where m.id = :mailing and m.state = 'sending' and m.deadline > :now)
                 order by l.next_attempt, l.id
                 limit %2$d
                   for update skip locked),
            taken as (
                update %1$s l set state = 'sending', hand_id = :hand, taken_at = :now
                  from due
                 where l.id = due.id and l.mailing_id = :mailing
             returning l.id, l.reader_id, l.address, l.name, l.variant, l.token, l.personal::text as personal, l.attempts,
                       l.next_attempt, due.was),
            told as (
                insert into tally as t (mailing_id, hand_id, owed, deferred, sending, first_at)
                select :mailing, :hand, -count(*) filter (where was = 'owed'), -count(*) filter (where was = 'deferred'),
                       count(*), :now
                  from taken
                having count(*) > 0
                on conflict (mailing_id, hand_id) do update
                   set owed = t.owed + excluded.owed, deferred = t.deferred + excluded.deferred,
                       sending = t.sending + excluded.sending)
            select id, reader_id, address, name, variant, token, personal, attempts, next_attempt from taken
             order by next_attempt, id
            """;

    private static final String SETTLE = """
            with answer as (
                select * from unnest(:ids, :states, :attempts, :nexts, :codes, :replies)
                           as a (id, state, attempt, next_attempt, code, reply)),
            changed as (
                update %1$s l
                   set state = a.state, attempts = l.attempts + a.attempt, next_attempt = a.next_attempt,
                       code = nullif(a.code, 0), reply = a.reply, settled_at = :now
                  from answer a
                 where l.mailing_id = :mailing and l.id = a.id and l.hand_id = :hand and l.state = :was
             returning l.state),
            told as (
                insert into tally as t
                    (mailing_id, hand_id, sending, doubtful, owed, accepted, deferred, refused, cancelled, last_at)
                select :mailing, :hand,
                       case :was when 'sending' then -count(*) else 0 end,
                       case :was when 'doubtful' then -count(*) else 0 end + count(*) filter (where state = 'doubtful'),
                       count(*) filter (where state = 'owed'), count(*) filter (where state = 'accepted'),
                       count(*) filter (where state = 'deferred'), count(*) filter (where state = 'refused'),
                       count(*) filter (where state = 'cancelled'), :now
                  from changed
                having count(*) > 0
                on conflict (mailing_id, hand_id) do update
                   set sending = t.sending + excluded.sending, doubtful = t.doubtful + excluded.doubtful,
                       owed = t.owed + excluded.owed, accepted = t.accepted + excluded.accepted,
                       deferred = t.deferred + excluded.deferred, refused = t.refused + excluded.refused,
                       cancelled = t.cancelled + excluded.cancelled, last_at = excluded.last_at)
            select count(*) from changed
            """;

    private final long mailing;
    private final String take;
    private final String settle;

    LetterRows(long mailing, int batch) {
        this.mailing = mailing;
        String partition = "letter_" + mailing;
        take = TAKE.formatted(partition, batch);
        settle = SETTLE.formatted(partition);
    }

    /** A letter in a hand. */
    record Taken(
            long id,
            long readerId,
            String address,
            String name,
            String variant,
            String token,
            Optional<String> personal,
            int attempts,
            Instant nextAttempt) {}

    /**
     * Behind which letter a hand looks for the next ones. Else each taking would begin with every index entry of letters that
     * have left already, and they stay as long as somebody's old transaction (a backup) could want to see them.
     */
    record Place(Instant nextAttempt, long letter) {
        static final Place START = new Place(Instant.EPOCH, 0);

        static Place behind(List<Taken> taken) {
            Taken last = taken.getLast();
            return new Place(last.nextAttempt(), last.id());
        }
    }

    /** What became of one; {@code attempt} is 1 when it counts as one. */
    record Became(long id, LetterState state, int attempt, Instant nextAttempt, int code, String reply) {}

    /** Takes a batch of letters that are due and stand behind a place, unless the mailing is held or late. */
    List<Taken> take(Handle handle, long hand, Place from, Instant now) {
        return handle.createQuery(take)
                .bind("mailing", mailing)
                .bind("hand", hand)
                .bind("fromTime", from.nextAttempt())
                .bind("fromLetter", from.letter())
                .bind("now", now)
                .mapTo(Taken.class)
                .list();
    }

    /**
     * Makes owed again what stands with a hand that has nothing in it: the database gave it these letters, and its answer was
     * lost.
     */
    void giveBack(Handle handle, long hand, Instant now) {
        List<Became> held = handle
                .createQuery(
                        "select id from letter where mailing_id = :mailing and hand_id = :hand and state = 'sending'")
                .bind("mailing", mailing)
                .bind("hand", hand)
                .mapTo(Long.class)
                .stream()
                .map(id -> new Became(id, LetterState.OWED, 0, now, 0, ""))
                .toList();
        if (!held.isEmpty()) settle(handle, hand, held, now);
    }

    /** Writes down answers. A letter that was thought doubtful meanwhile gets its answer too; one that a person decided on does not. */
    void settle(Handle handle, long hand, List<Became> answers, Instant now) {
        if (settle(handle, hand, answers, now, LetterState.SENDING) < answers.size()) {
            settle(handle, hand, answers, now, LetterState.DOUBTFUL);
        }
    }

    private long settle(Handle handle, long hand, List<Became> answers, Instant now, LetterState was) {
        return handle.createQuery(settle)
                .bind("mailing", mailing)
                .bind("hand", hand)
                .bind("was", was)
                .bind("now", now)
                .bindArray("ids", Long.class, answers.stream().map(Became::id).toArray())
                .bindArray(
                        "states",
                        String.class,
                        answers.stream().map(a -> LetterNames.of(a.state())).toArray())
                .bindArray(
                        "attempts",
                        Integer.class,
                        answers.stream().map(Became::attempt).toArray())
                .bindArray(
                        "nexts",
                        OffsetDateTime.class,
                        answers.stream()
                                .map(a -> a.nextAttempt().atOffset(ZoneOffset.UTC))
                                .toArray())
                .bindArray(
                        "codes",
                        Integer.class,
                        answers.stream().map(Became::code).toArray())
                .bindArray(
                        "replies",
                        String.class,
                        answers.stream().map(Became::reply).toArray())
                .mapTo(Long.class)
                .one();
    }
}
