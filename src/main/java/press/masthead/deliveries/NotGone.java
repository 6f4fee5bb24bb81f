package press.masthead.deliveries;

import java.time.Instant;
import java.util.Collection;
import java.util.List;
import org.jdbi.v3.core.Handle;

/** Letters of an open mailing that no hand holds yet: taken back or changed. What a hand holds at this moment arrives all the same. */
public final class NotGone {
    private static final int AT_ONCE = 5_000;

    private NotGone() {}

    /**
     * Takes one reader's letter back.
     *
     * @param why for whoever looks at the letter
     */
    public static void takeBack(Handle handle, long mailing, long reader, String why, Instant now) {
        List<Long> letters = handle.createQuery("""
                        select id from letter where mailing_id = :mailing and reader_id = :reader and state in ('owed', 'deferred')
                        """)
                .bind("mailing", mailing)
                .bind("reader", reader)
                .mapTo(Long.class)
                .list();
        takeBack(handle, mailing, letters, why, now);
    }

    public static void takeBack(Handle handle, long mailing, Collection<Long> letters, String why, Instant now) {
        for (LetterState state : List.of(LetterState.OWED, LetterState.DEFERRED)) {
            int cancelled = handle.createUpdate("""
                            update letter set state = 'cancelled', hand_id = null, settled_at = :now, reply = :why
                            where mailing_id = :mailing and id = any(:letters) and state = :state
                            """)
                    .bind("mailing", mailing)
                    .bindArray("letters", Long.class, List.copyOf(letters))
                    .bind("state", LetterNames.of(state))
                    .bind("why", why)
                    .bind("now", now)
                    .execute();
            Tallies.move(handle, mailing, state, LetterState.CANCELLED, cancelled);
        }
    }

    /** A letter and what stands in one of its slots. */
    public record Names(long id, String value) {}

    /** Locks letters whose slot holds any of these words, parted by blanks; some thousands at most, to be asked for again. */
    public static List<Names> naming(Handle handle, long mailing, String slot, Collection<String> words) {
        return handle.createQuery("""
                        select id, personal ->> :slot as value from letter
                        where mailing_id = :mailing and state in ('owed', 'deferred')
                          and string_to_array(personal ->> :slot, ' ') && cast(:words as text[])
                        order by id limit :most for update skip locked
                        """)
                .bind("slot", slot)
                .bind("mailing", mailing)
                .bindArray("words", String.class, List.copyOf(words))
                .bind("most", AT_ONCE)
                .mapTo(Names.class)
                .list();
    }

    /** Has a slot of each of these letters hold something else. */
    public static void change(Handle handle, long mailing, String slot, List<Names> letters) {
        handle.createUpdate("""
                        update letter l set personal = jsonb_set(l.personal, array[:slot], to_jsonb(n.value))
                        from unnest(:ids, :values) as n (id, value) where l.mailing_id = :mailing and l.id = n.id
                        """)
                .bind("slot", slot)
                .bind("mailing", mailing)
                .bindArray("ids", Long.class, letters.stream().map(Names::id).toArray())
                .bindArray(
                        "values",
                        String.class,
                        letters.stream().map(Names::value).toArray())
                .execute();
    }
}
