package press.masthead.deliveries;

import java.time.Clock;
import java.util.List;
import org.jdbi.v3.core.Handle;
import press.masthead.platform.mail.FrozenMessage;

/** Letters that could not be made, because the frozen message lacks a leaf that they name. They are held until a person decides. */
public final class Unmade {
    /** Their reply begins so. */
    static final String REASON = "This letter can't be made";

    private static final String OF = "mailing_id = :mailing and state = 'deferred' and starts_with(reply, :reason)";

    private final Clock clock;

    public Unmade(Clock clock) {
        this.clock = clock;
    }

    /** How many they are. */
    public static long count(Handle handle, long mailing) {
        return handle.createQuery("select count(*) from letter where " + OF)
                .bind("mailing", mailing)
                .bind("reason", REASON)
                .mapTo(Long.class)
                .one();
    }

    /** What stands in one of their slots, each value once. */
    public static List<String> values(Handle handle, long mailing, String slot) {
        return handle.createQuery("select distinct coalesce(personal ->> :slot, '') from letter where " + OF)
                .bind("slot", slot)
                .bind("mailing", mailing)
                .bind("reason", REASON)
                .mapTo(String.class)
                .list();
    }

    /** The message of a variant, as it was frozen. */
    public static FrozenMessage message(Handle handle, long mailing, String variant) {
        return handle.createQuery("select message from mailing_variant where mailing_id = :mailing and name = :name")
                .bind("mailing", mailing)
                .bind("name", variant)
                .mapTo(byte[].class)
                .findOne()
                .map(FrozenMessage::of)
                .orElseThrow();
    }

    /**
     * They are owed again, and made from this message. It is written down beside the one that the others were made from, which
     * hands may hold in memory.
     *
     * @return how many they are
     */
    public long mend(Handle handle, long mailing, String variant, FrozenMessage message) {
        String name = handle.createQuery("""
                        insert into mailing_variant (mailing_id, name, message, reserved, instead)
                        select v.mailing_id, v.name || '-' || (select count(*) + 1 from mailing_variant where mailing_id = :mailing), :message,
                               v.reserved, v.instead
                        from mailing_variant v where v.mailing_id = :mailing and v.name = :variant
                        returning name
                        """)
                .bind("mailing", mailing)
                .bind("variant", variant)
                .bind("message", message.toBytes())
                .mapTo(String.class)
                .one();
        long mended = handle.createUpdate("""
                        update letter set variant = :name, state = 'owed', next_attempt = :now, reply = 'made again by a person''s word'
                        where %s
                        """.formatted(OF))
                .bind("name", name)
                .bind("now", clock.instant())
                .bind("mailing", mailing)
                .bind("reason", REASON)
                .execute();
        Tallies.move(handle, mailing, LetterState.DEFERRED, LetterState.OWED, mended);
        return mended;
    }
}
