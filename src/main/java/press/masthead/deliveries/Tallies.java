package press.masthead.deliveries;

import org.jdbi.v3.core.Handle;

/** The counts of letters by state, moved in the transaction that moves the letters. */
final class Tallies {
    /** Whoever is no hand: the deciding transaction, people, the reconciler. */
    static final long NO_HAND = 0;

    private Tallies() {}

    static void begin(Handle handle, long mailing, long owed) {
        handle.createUpdate("insert into tally (mailing_id, hand_id, owed) values (:mailing, 0, :owed)")
                .bind("mailing", mailing)
                .bind("owed", owed)
                .execute();
    }

    /** Moves so many letters from one state to another. */
    static void move(Handle handle, long mailing, LetterState from, LetterState to, long letters) {
        if (letters == 0 || from == to) return;
        handle.createUpdate("""
                        update tally set
                            owed      = owed      + case :to when 'owed'      then :n else 0 end - case :from when 'owed'      then :n else 0 end,
                            sending   = sending   + case :to when 'sending'   then :n else 0 end - case :from when 'sending'   then :n else 0 end,
                            accepted  = accepted  + case :to when 'accepted'  then :n else 0 end - case :from when 'accepted'  then :n else 0 end,
                            deferred  = deferred  + case :to when 'deferred'  then :n else 0 end - case :from when 'deferred'  then :n else 0 end,
                            refused   = refused   + case :to when 'refused'   then :n else 0 end - case :from when 'refused'   then :n else 0 end,
                            doubtful  = doubtful  + case :to when 'doubtful'  then :n else 0 end - case :from when 'doubtful'  then :n else 0 end,
                            cancelled = cancelled + case :to when 'cancelled' then :n else 0 end - case :from when 'cancelled' then :n else 0 end
                         where mailing_id = :mailing and hand_id = 0
                        """)
                .bind("mailing", mailing)
                .bind("from", from)
                .bind("to", to)
                .bind("n", letters)
                .execute();
    }

    static boolean anyAccepted(Handle handle, long mailing) {
        return handle.createQuery("select exists (select from tally where mailing_id = :mailing and accepted > 0)")
                .bind("mailing", mailing)
                .mapTo(Boolean.class)
                .one();
    }

    /** Replaces what was kept by what the rows say. */
    static void replace(Handle handle, long mailing) {
        handle.createUpdate("delete from tally where mailing_id = :mailing")
                .bind("mailing", mailing)
                .execute();
        handle.createUpdate("""
                        insert into tally (mailing_id, hand_id, owed, sending, accepted, deferred, refused, doubtful, cancelled,
                                           first_at, last_at)
                        select :mailing, 0,
                               count(*) filter (where state = 'owed'),      count(*) filter (where state = 'sending'),
                               count(*) filter (where state = 'accepted'),  count(*) filter (where state = 'deferred'),
                               count(*) filter (where state = 'refused'),   count(*) filter (where state = 'doubtful'),
                               count(*) filter (where state = 'cancelled'), min(taken_at), max(settled_at)
                          from letter where mailing_id = :mailing
                        """).bind("mailing", mailing).execute();
    }
}
