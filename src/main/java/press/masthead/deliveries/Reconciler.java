package press.masthead.deliveries;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.stream.Collectors;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Makes the books agree, on a clock: names what dead hands held, holds what is late, and calls a mailing sent only when the
 * rows themselves say that expected minus settled is 0. On several nodes at once it comes out the same.
 */
public final class Reconciler implements Runnable {
    private static final Logger LOG = LoggerFactory.getLogger(Reconciler.class);

    private final Jdbi jdbi;
    private final Clock clock;
    private final HandSettings settings;

    public Reconciler(Jdbi jdbi, Clock clock, HandSettings settings) {
        this.jdbi = jdbi;
        this.clock = clock;
        this.settings = settings;
    }

    @Override
    public void run() {
        for (long mailing : open()) {
            jdbi.useTransaction(handle -> reconcile(handle, mailing));
        }
        jdbi.useTransaction(handle -> {
            // kept for a day, since a node that was only paused finds its hands again
            handle.execute("delete from hand where seen_at < clock_timestamp() - interval '1 day'");
            handle.createUpdate(
                            "update mailing set trouble = '' where state in ('sending', 'held') and trouble_at < :before")
                    .bind("before", clock.instant().minus(Duration.ofMinutes(5)))
                    .execute();
        });
    }

    private List<Long> open() {
        return jdbi.withHandle(
                handle -> handle.createQuery("select id from mailing where state in ('sending', 'held') order by id")
                        .mapTo(Long.class)
                        .list());
    }

    /** Asked of the tallies first: the letters of a large mailing are not looked through every time while it is sent. */
    private boolean someAreHeldByTheDead(Handle handle, long mailing) {
        return handle.createQuery("""
                        select exists (select from tally t where t.mailing_id = :mailing and t.sending > 0
                          and not exists (select from hand h where h.id = t.hand_id
                                          and h.seen_at > clock_timestamp() - make_interval(secs => :silence)))
                        """)
                .bind("mailing", mailing)
                .bind("silence", settings.silence().toMillis() / 1000.0)
                .mapTo(Boolean.class)
                .one();
    }

    /** Hands whose node has been silent too long, or that signed off with letters in them, are gone: those may have arrived or not. */
    private void doubtWhatTheDeadHeld(Handle handle, long mailing) {
        long doubted = handle.createUpdate("""
                        update letter l set state = 'doubtful', settled_at = :now,
                               reply = 'The program was stopped while this letter was on its way.'
                        where l.mailing_id = :mailing and l.state = 'sending'
                          and not exists (select from hand h where h.id = l.hand_id
                                          and h.seen_at > clock_timestamp() - make_interval(secs => :silence))
                        """)
                .bind("mailing", mailing)
                .bind("silence", settings.silence().toMillis() / 1000.0)
                .bind("now", clock.instant())
                .execute();
        Tallies.move(handle, mailing, LetterState.SENDING, LetterState.DOUBTFUL, doubted);
        if (doubted > 0)
            LOG.warn("mailing {}: {} letters are doubtful, because what held them is gone", mailing, doubted);
    }

    private record Books(
            MailingState state,
            long expected,
            Instant deadline,
            long owed,
            long sending,
            long deferred,
            long doubtful) {
        long unsettled() {
            return owed + sending + deferred + doubtful;
        }
    }

    private void reconcile(Handle handle, long mailing) {
        Instant now = clock.instant();
        var found =
                handle.createQuery("""
                        select m.state, m.expected, m.deadline,
                               (select coalesce(sum(owed), 0) from tally where mailing_id = m.id)::bigint as owed,
                               (select coalesce(sum(sending), 0) from tally where mailing_id = m.id)::bigint as sending,
                               (select coalesce(sum(deferred), 0) from tally where mailing_id = m.id)::bigint as deferred,
                               (select coalesce(sum(doubtful), 0) from tally where mailing_id = m.id)::bigint as doubtful
                        from mailing m where m.id = :id and m.state in ('sending', 'held') for update skip locked
                        """).bind("id", mailing).mapTo(Books.class).findOne();
        if (found.isEmpty()) return;
        Books books = found.orElseThrow();
        if (books.unsettled() == 0) {
            close(handle, mailing, books.expected(), now);
            return;
        }
        if (books.sending() > 0 && someAreHeldByTheDead(handle, mailing)) doubtWhatTheDeadHeld(handle, mailing);
        if (books.doubtful() > 0) decideDoubt(handle, mailing, now);
        if (books.state() == MailingState.SENDING && !books.deadline().isAfter(now)) {
            handle.createUpdate("update mailing set state = 'held', held_because = :because where id = :id")
                    .bind("id", mailing)
                    .bind(
                            "because",
                            "It is late: %d letters had not left by the deadline.".formatted(books.unsettled()))
                    .execute();
        }
    }

    private void decideDoubt(Handle handle, long mailing, Instant now) {
        switch (settings.doubt()) {
            case WAIT_FOR_A_PERSON -> {}
            case SEND_AGAIN -> decide(handle, mailing, LetterState.OWED, now);
            case COUNT_AS_ACCEPTED -> decide(handle, mailing, LetterState.ACCEPTED, now);
        }
    }

    private void decide(Handle handle, long mailing, LetterState to, Instant now) {
        long moved = handle.createUpdate("""
                        update letter set state = :to, next_attempt = :now, reply = 'decided by the rule for doubtful letters'
                        where mailing_id = :mailing and state = 'doubtful' and settled_at <= :since
                        """)
                .bind("mailing", mailing)
                .bind("to", LetterNames.of(to))
                .bind("now", now)
                .bind("since", now.minus(settings.doubtAfter()))
                .execute();
        Tallies.move(handle, mailing, LetterState.DOUBTFUL, to, moved);
    }

    private record Unsettled(long id, String address, String state) {}

    /** The one place where rows are counted: once for each mailing, when its tallies say that nothing is left. */
    private void close(Handle handle, long mailing, long expected, Instant now) {
        long settled = handle.createQuery("""
                        select count(*) from letter
                        where mailing_id = :mailing and state in ('accepted', 'refused', 'cancelled')
                        """)
                .bind("mailing", mailing)
                .mapTo(Long.class)
                .one();
        Tallies.replace(handle, mailing);
        if (settled != expected) {
            String difference =
                    "%d letters were expected and %d are settled; the tallies have been made anew from the letters. %s"
                            .formatted(expected, settled, named(handle, mailing));
            LOG.warn("mailing {}: {}", mailing, difference);
            handle.createUpdate("update mailing set trouble = :trouble, trouble_at = :now where id = :id")
                    .bind("id", mailing)
                    .bind("trouble", difference)
                    .bind("now", now)
                    .execute();
            return;
        }
        handle.createUpdate(
                        "update mailing set state = 'sent', held_because = '', trouble = '', finished_at = :now where id = :id")
                .bind("id", mailing)
                .bind("now", now)
                .execute();
    }

    /** The first letters that make the difference: those not settled by state and address, those without a row by number, and rows that nobody decided. */
    private static String named(Handle handle, long mailing) {
        return handle.createQuery("""
                        select coalesce(l.id, n) as id, coalesce(l.address, '') as address,
                               case when n is null then 'never expected' else coalesce(l.state, 'lost') end as state
                        from generate_series(1, (select expected from mailing where id = :mailing)) n
                        full join (select id, address, state from letter where mailing_id = :mailing) l on l.id = n
                        where n is null or l.id is null or l.state in ('owed', 'sending', 'deferred', 'doubtful')
                        order by 1 limit 20
                        """).bind("mailing", mailing).mapTo(Unsettled.class).stream()
                .map(letter -> "letter " + letter.id() + " " + letter.address() + " (" + letter.state() + ")")
                .collect(Collectors.joining(", "));
    }
}
