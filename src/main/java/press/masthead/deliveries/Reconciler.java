package press.masthead.deliveries;

import java.time.Clock;
import java.time.Instant;
import java.util.List;
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
        buryDeadHands();
        for (long mailing : open()) {
            jdbi.useTransaction(handle -> reconcile(handle, mailing));
        }
    }

    private List<Long> open() {
        return jdbi.withHandle(
                handle -> handle.createQuery("select id from mailing where state in ('sending', 'held') order by id")
                        .mapTo(Long.class)
                        .list());
    }

    private record Doubted(long mailingId, long letters) {}

    /** Hands whose node has been silent too long are gone; what they held may have arrived or not. */
    private void buryDeadHands() {
        jdbi.useTransaction(handle -> {
            List<Long> dead = handle.createQuery("""
                            select id from hand where seen_at < clock_timestamp() - make_interval(secs => :silence)
                            for update skip locked
                            """)
                    .bind("silence", settings.silence().toMillis() / 1000.0)
                    .mapTo(Long.class)
                    .list();
            if (dead.isEmpty()) return;
            List<Doubted> doubted = handle.createQuery("""
                            with left_behind as (
                              update letter l set state = 'doubtful', settled_at = :now,
                                     reply = 'The program was stopped while this letter was on its way.'
                              where l.state = 'sending' and l.hand_id = any(:dead)
                                and l.mailing_id in (select id from mailing where state in ('sending', 'held'))
                              returning l.mailing_id)
                            select mailing_id, count(*) as letters from left_behind group by mailing_id
                            """)
                    .bind("now", clock.instant())
                    .bindArray("dead", Long.class, dead.toArray())
                    .mapTo(Doubted.class)
                    .list();
            for (Doubted some : doubted) {
                Tallies.move(handle, some.mailingId(), LetterState.SENDING, LetterState.DOUBTFUL, some.letters());
                LOG.warn(
                        "mailing {}: {} letters are doubtful, because what held them is gone",
                        some.mailingId(),
                        some.letters());
            }
            handle.createUpdate("delete from hand where id = any(:dead)")
                    .bindArray("dead", Long.class, dead.toArray())
                    .execute();
        });
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
                    "%d letters were expected and %d are settled; the tallies have been made anew from the letters."
                            .formatted(expected, settled);
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
}
