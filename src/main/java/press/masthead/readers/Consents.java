package press.masthead.readers;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;

/**
 * What people have agreed to: the exact words, when, on which page and from which network (GDPR, article 7, 1). Only ever
 * added to. A reader's own deletion removes it with everything else, and calls {@link #allowErasure} first.
 */
public final class Consents {
    private final Jdbi jdbi;
    private final Clock clock;

    public Consents(Jdbi jdbi, Clock clock) {
        this.jdbi = jdbi;
        this.clock = clock;
    }

    /** What a text is about. */
    public enum Kind {
        NEWSLETTERS,
        MEMBERSHIP,
        PRIVACY
    }

    /**
     * Words that someone has seen beside the button that they pressed.
     *
     * @param version such as {@code 2026-11}, for people who look for it; the words themselves tell versions apart
     */
    public record Text(Kind kind, String version, String wording) {
        byte[] hash() {
            try {
                return MessageDigest.getInstance("SHA-256")
                        .digest((kind + "\n" + version + "\n" + wording).getBytes(StandardCharsets.UTF_8));
            } catch (NoSuchAlgorithmException e) {
                throw new IllegalStateException("every JDK has SHA-256", e);
            }
        }
    }

    /**
     * Writes down that they agreed, in the transaction in which what they agreed to happens.
     *
     * @param place the page or letter, such as {@code /pro/}
     * @param network as {@code Network.of} gives it
     */
    public void agree(Handle handle, long reader, Text text, String place, String network) {
        add(handle, Optional.of(reader), Optional.empty(), text, place, network);
    }

    /**
     * As above, for a gift's giver, who need have no account.
     *
     * @param giver none where nobody was signed in; the row then belongs to the gift alone
     */
    public void agreeToGive(Handle handle, long gift, Optional<Long> giver, Text text, String place, String network) {
        add(handle, giver, Optional.of(gift), text, place, network);
    }

    private void add(
            Handle handle, Optional<Long> reader, Optional<Long> gift, Text text, String place, String network) {
        keep(handle, text);
        Optional<Text> privacy = privacy(handle);
        privacy.ifPresent(page -> keep(handle, page));
        handle.createUpdate("""
                        insert into consent (reader_id, gift_id, text_hash, privacy_hash, at, place, network)
                        values (:reader, :gift, :hash, :privacy, :now, :place, :network)
                        """)
                .bind("reader", reader)
                .bind("gift", gift)
                .bind("privacy", privacy.map(Text::hash))
                .bind("hash", text.hash())
                .bind("now", clock.instant())
                .bind("place", place)
                .bind("network", network)
                .execute();
    }

    private void keep(Handle handle, Text text) {
        handle.createUpdate("""
                        insert into consent_text (hash, kind, version, wording, since)
                        values (:hash, :kind, :version, :wording, :now) on conflict (hash) do nothing
                        """)
                .bind("hash", text.hash())
                .bind("kind", text.kind().name().toLowerCase(Locale.ROOT))
                .bind("version", text.version())
                .bind("wording", text.wording())
                .bind("now", clock.instant())
                .execute();
    }

    /** The publication's page at {@code /privacy/} as it stands, under the number of its revision; nothing where there is none. */
    private static Optional<Text> privacy(Handle handle) {
        return handle.createQuery("""
                        select revision, title || E'\\n' || opening as wording from story
                        where slug = 'privacy' and kind = 'page' and state = 'published'
                        """)
                .map((row, ctx) ->
                        new Text(Kind.PRIVACY, Integer.toString(row.getInt("revision")), row.getString("wording")))
                .findOne();
    }

    /** As above, in a transaction of its own. */
    public void agree(long reader, Text text, String place, String network) {
        jdbi.useTransaction(handle -> agree(handle, reader, text, place, network));
    }

    /**
     * One line of what someone agreed to.
     *
     * @param privacy the revision of the privacy page that stood there then; empty where there was none
     */
    public record Agreed(
            Instant at, Kind kind, String version, String wording, String privacy, String place, String network) {}

    /** All of a reader's, the newest first; with what they agreed to when they gave something and were not signed in. */
    public List<Agreed> of(long reader) {
        return jdbi.withHandle(handle -> of(handle, reader));
    }

    /** As {@link #of(long)}, as one moment of a transaction sees it. */
    public static List<Agreed> of(Handle handle, long reader) {
        return handle.createQuery("""
                        select c.at, t.kind, t.version, t.wording, coalesce(p.version, '') as privacy, c.place, c.network
                        from consent c join consent_text t on t.hash = c.text_hash
                        left join consent_text p on p.hash = c.privacy_hash
                        where c.reader_id = :reader
                           or c.id in (select c.id from consent c join gift_membership g on g.id = c.gift_id
                                       join reader r on lower(g.giver_email) = lower(r.email)
                                       where r.id = :reader and c.reader_id is null)
                        order by c.id desc
                        """)
                .bind("reader", reader)
                .mapTo(Agreed.class)
                .list();
    }

    /** To the end of this transaction the ledger lets a whole person go. */
    public static void allowErasure(Handle handle) {
        handle.execute("set local masthead.erasure = 'yes'");
    }
}
