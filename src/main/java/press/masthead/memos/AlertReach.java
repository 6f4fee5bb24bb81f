package press.masthead.memos;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import press.masthead.access.Rule;
import press.masthead.deliveries.LetterState;
import press.masthead.memos.Followers.Follower;
import press.masthead.plans.Memberships;

/** Whom a memo was told of: counted from the letters themselves, as long as they are kept. */
public final class AlertReach {
    /** A daily letter leaves within a day; after a night without a server it is later. */
    private static final Duration DAILY_WITHIN = Duration.ofDays(7);

    private final Jdbi jdbi;
    private final Memberships memberships;
    private final Clock clock;

    public AlertReach(Jdbi jdbi, Memberships memberships, Clock clock) {
        this.jdbi = jdbi;
        this.memberships = memberships;
        this.clock = clock;
    }

    /** A memo and what was decided about telling of it. */
    record Memo(
            long id,
            String title,
            String state,
            Optional<Instant> publishedAt,
            Optional<Instant> decidedAt,
            Optional<Long> mailingId) {
        boolean isOut() {
            return state.equals("published");
        }
    }

    /**
     * Letters that tell of it, by one way.
     *
     * @param open on their way: owed, in a hand, or to be tried again
     * @param failed refused by a server, or in doubt
     * @param cancelled settled without a letter, above all because a membership had ended
     */
    record Way(long all, long open, long accepted, long failed, long cancelled) {}

    /** A letter that did not reach a server's yes, and why. */
    record Fallen(String address, String name, LetterState state, String reply) {}

    Optional<Memo> memo(long id) {
        return jdbi.withHandle(handle ->
                handle.createQuery("""
                        select s.id, s.title, s.state, s.published_at, m.decided_at, m.mailing_id
                        from story s left join memo_alert m on m.story_id = s.id where s.id = :id and s.kind = 'memo'
                        """).bind("id", id).mapTo(Memo.class).findOne());
    }

    private static final String COUNTED = """
            select count(*) as all, count(*) filter (where state in ('owed', 'sending', 'deferred')) as open,
                   count(*) filter (where state = 'accepted') as accepted,
                   count(*) filter (where state in ('refused', 'doubtful')) as failed,
                   count(*) filter (where state = 'cancelled') as cancelled
            from letter where mailing_id = any(:mailings)
            """;
    private static final String OF_ITS_PARTS =
            " and string_to_array(personal ->> 'parts', ' ') @> array[cast(:part as text)]";

    Way atOnce(Memo memo) {
        return jdbi.withHandle(handle -> handle.createQuery(COUNTED)
                .bindArray("mailings", Long.class, memo.mailingId().stream().toList())
                .mapTo(Way.class)
                .one());
    }

    Way daily(Memo memo) {
        return jdbi.withHandle(handle -> handle.createQuery(COUNTED + OF_ITS_PARTS)
                .bindArray("mailings", Long.class, digests(handle, memo))
                .bind("part", "m" + memo.id())
                .mapTo(Way.class)
                .one());
    }

    /** The daily runs since it was decided; their partitions alone are looked at. */
    private static List<Long> digests(Handle handle, Memo memo) {
        if (memo.decidedAt().isEmpty()) return List.of();
        Instant decided = memo.decidedAt().get();
        return handle.createQuery("select mailing_id from memo_digest where at >= :from and at < :until")
                .bind("from", decided)
                .bind("until", decided.plus(DAILY_WITHIN))
                .mapTo(Long.class)
                .list();
    }

    /** Who is to hear of it with a daily letter that has not been put together yet: members who may read it and have not. */
    long waiting(Memo memo) {
        if (!memo.isOut() || memo.decidedAt().isEmpty()) return 0;
        return jdbi.withHandle(handle -> {
            Set<Long> readers = new HashSet<>();
            for (Follower one : Followers.daily(
                    handle,
                    memberships,
                    memo.id(),
                    rule(handle, memo),
                    memo.decidedAt().get(),
                    clock.instant())) readers.add(one.readerId());
            readers.removeAll(handle.createQuery(
                            "select reader_id from member_read where story_id = :story and reader_id = any(:readers)")
                    .bind("story", memo.id())
                    .bindArray("readers", Long.class, List.copyOf(readers))
                    .mapTo(Long.class)
                    .list());
            return (long) readers.size();
        });
    }

    /** Whom it would be told to at once if it came out at this moment. */
    long wouldBe(Memo memo) {
        return jdbi.withHandle(
                handle -> (long) Followers.atOnce(handle, memberships, memo.id(), rule(handle, memo), clock.instant())
                        .size());
    }

    private record Ruled(
            String access,
            List<String> plans,
            Optional<Instant> freeFrom,
            Optional<Instant> freeUntil,
            boolean metered) {}

    /** Its rule, also of one that is not out and so is no card yet. */
    private static Rule rule(Handle handle, Memo memo) {
        Ruled row = handle.createQuery("select access, plans, free_from, free_until, metered from story where id = :id")
                .bind("id", memo.id())
                .mapTo(Ruled.class)
                .one();
        return Rule.stored(row.access(), row.plans(), row.freeFrom(), row.freeUntil(), row.metered());
    }

    /** Letters that were refused, are in doubt, wait to be tried again or did not leave at all, with the reason; some of them. */
    List<Fallen> fallen(Memo memo, int most) {
        return jdbi.withHandle(handle -> handle.createQuery("""
                        select address, name, state, coalesce(reply, '') as reply from letter
                        where state in ('refused', 'doubtful', 'deferred', 'cancelled') and address <> ''
                          and (mailing_id = any(:alert)
                            or mailing_id = any(:digests) and string_to_array(personal ->> 'parts', ' ') @> array[cast(:part as text)])
                        order by state, address limit :most
                        """)
                .bindArray("alert", Long.class, memo.mailingId().stream().toList())
                .bindArray("digests", Long.class, digests(handle, memo))
                .bind("part", "m" + memo.id())
                .bind("most", most)
                .mapTo(Fallen.class)
                .list());
    }
}
