package press.masthead.deliveries;

import java.time.Clock;
import java.util.List;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;

/** Takes someone who deleted their account out of the ledgers: what has not left is cancelled, what has left keeps its state and no name. */
public final class ForgetReader {
    private static final List<LetterState> NOT_GONE =
            List.of(LetterState.OWED, LetterState.DEFERRED, LetterState.DOUBTFUL);

    private final Jdbi jdbi;
    private final Clock clock;

    public ForgetReader(Jdbi jdbi, Clock clock) {
        this.jdbi = jdbi;
        this.clock = clock;
    }

    /** Out of the mailings that are under way, in the caller's transaction: no further letter is taken for them. */
    public void fromOpenMailings(Handle handle, long reader) {
        for (long mailing : handle.createQuery("select id from mailing where state in ('sending', 'held') order by id")
                .mapTo(Long.class)
                .list()) from(handle, mailing, reader);
    }

    /** Out of every mailing whose letters are still kept, one transaction each. Twice is the same as once. */
    public void fromAll(long reader) {
        List<Long> kept = jdbi.withHandle(handle -> handle.createQuery(
                        "select id from mailing where to_regclass('letter_' || id) is not null order by id")
                .mapTo(Long.class)
                .list());
        for (long mailing : kept) jdbi.useTransaction(handle -> from(handle, mailing, reader));
    }

    private void from(Handle handle, long mailing, long reader) {
        for (LetterState state : NOT_GONE) {
            int cancelled = handle.createUpdate("""
                            update letter set state = 'cancelled', hand_id = null, settled_at = :now
                            where mailing_id = :mailing and reader_id = :reader and state = :state
                            """)
                    .bind("mailing", mailing)
                    .bind("reader", reader)
                    .bind("state", state)
                    .bind("now", clock.instant())
                    .execute();
            Tallies.move(handle, mailing, state, LetterState.CANCELLED, cancelled);
        }
        handle.createUpdate("""
                        update letter set reader_id = 0, address = '', name = '', token = '', personal = null, reply = ''
                        where mailing_id = :mailing and reader_id = :reader
                        """).bind("mailing", mailing).bind("reader", reader).execute();
    }
}
