package press.masthead.platform.mail;

import java.time.Clock;
import org.jdbi.v3.core.Handle;

/**
 * Letters to one person (a sign-in link, a confirmation, a receipt), put down in the transaction that makes them due and
 * carried off by {@code CarryPost}. Editions do not pass here: they are deliveries.
 */
public final class Outbox {
    /** Every node is told on this channel when something was put down. */
    public static final String NOTICE = "post";

    private final Clock clock;

    public Outbox(Clock clock) {
        this.clock = clock;
    }

    /**
     * One letter.
     *
     * @param to the address
     * @param name the person's name, or empty
     * @param subject one line
     * @param text the letter as plain text
     * @param html the same as HTML
     */
    public record Note(String to, String name, String subject, String text, String html) {}

    /**
     * A calendar entry that travels with a letter (RFC 6047).
     *
     * @param method REQUEST, CANCEL or PUBLISH, as the entry itself says (RFC 5546)
     * @param ics the entry, in lines that end in CRLF
     */
    public record Entry(String method, String ics) {
        private static final Entry NONE = new Entry("", "");
    }

    /** Puts the letter down; it leaves once the caller's transaction has committed. */
    public void put(Handle handle, Note note) {
        put(handle, note, false, "", Entry.NONE, true);
    }

    /** As {@link #put(Handle, Note)}, with an entry for the reader's calendar. */
    public void put(Handle handle, Note note, Entry entry) {
        put(handle, note, false, "", entry, true);
    }

    /** As {@link #put(Handle, Note)}, or only the same question and no letter: so that who waits can't tell which. */
    public void putIf(Handle handle, Note note, boolean wanted) {
        put(handle, note, false, "", Entry.NONE, wanted);
    }

    /**
     * As {@link #put(Handle, Note)}, on behalf of someone else.
     *
     * @param replyTo the address that answers go to
     */
    public void put(Handle handle, Note note, String replyTo) {
        put(handle, note, false, replyTo, Entry.NONE, true);
    }

    /** As {@link #put}, to someone whom we keep nothing about: the address is forgotten when the letter has gone. */
    public void putAndForget(Handle handle, Note note) {
        put(handle, note, true, "", Entry.NONE, true);
    }

    private void put(Handle handle, Note note, boolean forget, String replyTo, Entry entry, boolean wanted) {
        handle.createUpdate("""
                        insert into outbox (to_address, to_name, subject, body_text, body_html, created_at, next_try_at, forget, reply_to,
                                            calendar_method, calendar)
                        select :to, :name, :subject, :text, :html, :now, :now, :forget, :replyTo, :method, :ics where :wanted
                        """)
                .bind("wanted", wanted)
                .bind("forget", forget)
                .bind("method", entry.method())
                .bind("ics", entry.ics())
                .bind("replyTo", replyTo)
                .bind("to", note.to())
                .bind("name", note.name())
                .bind("subject", note.subject())
                .bind("text", note.text())
                .bind("html", note.html())
                .bind("now", clock.instant())
                .execute();
        // Also where there is no letter: what is done for the two must not differ.
        handle.execute("select pg_notify(?, '')", NOTICE);
    }
}
