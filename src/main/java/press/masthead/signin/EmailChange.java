package press.masthead.signin;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.BiConsumer;
import java.util.function.Supplier;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import press.masthead.platform.mail.Letter;
import press.masthead.platform.mail.Letterhead;
import press.masthead.platform.mail.Outbox;
import press.masthead.platform.web.Html;
import press.masthead.platform.web.Limits;
import press.masthead.platform.web.Problem;
import press.masthead.platform.web.Secret;
import press.masthead.readers.EmailAddress;
import press.masthead.readers.Reader;
import press.masthead.readers.Readers;

/**
 * Someone moves to another address. The new one confirms by a letter; the old one is told and can take it back for a week.
 * Both end every session, so that whoever did it must show again who they are.
 */
public final class EmailChange {
    private static final Duration TO_CONFIRM = Duration.ofHours(24);
    private static final Duration TO_UNDO = Duration.ofDays(7);

    private final Jdbi jdbi;
    private final Clock clock;
    private final Readers readers;
    private final Sessions sessions;
    private final Outbox outbox;
    private final Html html;
    private final Limits limits;
    private final BiConsumer<Long, EmailAddress> mayMove;
    private final Supplier<Letterhead> letterhead;

    /** @param mayMove throws where something holds this reader at the address that they have */
    public EmailChange(
            Jdbi jdbi,
            Clock clock,
            Readers readers,
            Sessions sessions,
            Outbox outbox,
            Html html,
            Limits limits,
            BiConsumer<Long, EmailAddress> mayMove,
            Supplier<Letterhead> letterhead) {
        this.jdbi = jdbi;
        this.clock = clock;
        this.readers = readers;
        this.sessions = sessions;
        this.outbox = outbox;
        this.html = html;
        this.limits = limits;
        this.mayMove = mayMove;
        this.letterhead = letterhead;
    }

    /**
     * Sends the letter to the new address. To one that has an account already goes another letter, and the answer is the
     * same, so nobody learns who is known here.
     */
    void ask(Reader reader, EmailAddress to) {
        if (to.key().equals(EmailAddress.kept(reader.email()).key()))
            throw Problem.invalid("That is your address already.");
        mayMove.accept(reader.id(), to);
        limits.spend("email-change:" + reader.id(), 5, Duration.ofDays(1));
        limits.spend("signin:address:" + to.key(), 5, Duration.ofHours(1));
        Letterhead from = letterhead.get().to(Optional.of(reader.language()));
        Secret secret = Secret.fresh();
        boolean taken = readers.byEmail(to).isPresent();
        jdbi.useTransaction(handle -> {
            handle.execute("delete from email_change where reader_id = ? and done_at is null", reader.id());
            // For one that is taken too, so that the work is the same: its secret is then in no letter.
            keep(handle, reader, to, secret);
            outbox.put(
                    handle, (taken ? alreadyKnown(from) : please(from, secret, reader)).to(to.typed(), "", from, html));
        });
    }

    private void keep(Handle handle, Reader reader, EmailAddress to, Secret secret) {
        handle.createUpdate("""
                        insert into email_change (reader_id, old_email, new_email, token_hash, asked_at, expires_at)
                        values (:reader, :old, :new, :hash, :now, :until)
                        """)
                .bind("reader", reader.id())
                .bind("old", reader.email())
                .bind("new", to.typed())
                .bind("hash", secret.hash())
                .bind("now", clock.instant())
                .bind("until", clock.instant().plus(TO_CONFIRM))
                .execute();
    }

    /** A move that waits for a yes, or that can still be taken back. */
    record Move(long id, long readerId, String oldEmail, String newEmail, Instant askedAt) {}

    /** The move that the letter to the new address is about. */
    Optional<Move> waiting(Secret secret) {
        return find("token_hash = :hash and done_at is null and expires_at > :now", secret);
    }

    /** The move that the letter to the old address is about. */
    Optional<Move> undoable(Secret secret) {
        return find("undo_hash = :hash and undone_at is null and undo_until > :now", secret);
    }

    private Optional<Move> find(String which, Secret secret) {
        return jdbi.withHandle(handle -> handle.createQuery(
                        "select id, reader_id, old_email, new_email, asked_at from email_change where " + which)
                .bind("hash", secret.hash())
                .bind("now", clock.instant())
                .mapTo(Move.class)
                .findOne());
    }

    /** The new address says yes. Of two at one moment one moves. */
    void confirm(Move move) {
        mayMove.accept(move.readerId(), EmailAddress.kept(move.newEmail()));
        Letterhead from = letterhead.get().to(readers.byId(move.readerId()).map(Reader::language));
        Secret undo = Secret.fresh();
        jdbi.useTransaction(handle -> {
            int moved = handle.createUpdate("""
                            update email_change set done_at = :now, undo_hash = :undo, undo_until = :until
                            where id = :id and done_at is null
                            """)
                    .bind("id", move.id())
                    .bind("now", clock.instant())
                    .bind("undo", undo.hash())
                    .bind("until", clock.instant().plus(TO_UNDO))
                    .execute();
            if (moved == 0) throw Problem.stale("This was done already.");
            rename(handle, move.readerId(), move.newEmail());
            outbox.put(handle, moved(from, undo, move).to(move.oldEmail(), "", from, html));
        });
    }

    /** The old address takes it back: with it go the keys that were made since, for they may be a stranger's. */
    void undo(Move move) {
        jdbi.useTransaction(handle -> {
            int undone = handle.createUpdate(
                            "update email_change set undone_at = :now where id = :id and undone_at is null")
                    .bind("id", move.id())
                    .bind("now", clock.instant())
                    .execute();
            if (undone == 0) throw Problem.stale("This was done already.");
            rename(handle, move.readerId(), move.oldEmail());
            handle.execute(
                    "delete from passkey where reader_id = ? and created_at >= ?", move.readerId(), move.askedAt());
            handle.execute(
                    "delete from code_app where reader_id = ? and created_at >= ?", move.readerId(), move.askedAt());
            handle.execute("delete from email_change where reader_id = ? and id > ?", move.readerId(), move.id());
        });
    }

    private void rename(Handle handle, long reader, String to) {
        EmailAddress email = EmailAddress.kept(to);
        boolean taken = handle.createQuery(
                        "select exists (select from reader where email_key = :key and id <> :reader)")
                .bind("key", email.key())
                .bind("reader", reader)
                .mapTo(Boolean.class)
                .one();
        if (taken)
            throw Problem.stale("Another account has this address by now, so nothing was changed. Please write to us.");
        handle.createUpdate(
                        "update reader set email = :email, email_key = :key, confirmed_at = :now where id = :reader")
                .bind("email", email.typed())
                .bind("key", email.key())
                .bind("now", clock.instant())
                .bind("reader", reader)
                .execute();
        sessions.endAll(handle, reader);
        handle.execute("delete from sign_in_link where reader_id = ?", reader);
    }

    /** Forgets moves a month after they were asked for; for the timetable. */
    public void forgetOld() {
        jdbi.useHandle(handle -> handle.createUpdate("delete from email_change where asked_at < :before")
                .bind("before", clock.instant().minus(Duration.ofDays(30)))
                .execute());
    }

    private static Letter please(Letterhead from, Secret secret, Reader reader) {
        return new Letter(
                from.t("Confirm your new address for {name}", "name", from.name()),
                from.t("Is this your new address?"),
                List.of(from.t(
                        "Whoever has the account of {email} at {name} would like to move it to this address. Press the button, and from then on letters come here and you sign in with this address. The link works once, for 24 hours.",
                        "email",
                        reader.email(),
                        "name",
                        from.name())),
                from.t("Yes, this is my address"),
                from.at("/signin/address/" + secret.reveal()),
                List.of(from.t("If you did not ask for this, do nothing: nothing changes without this letter.")));
    }

    private static Letter alreadyKnown(Letterhead from) {
        return new Letter(
                from.t("This address has an account at {name}", "name", from.name()),
                from.t("You have an account already"),
                List.of(
                        from.t(
                                "Someone, perhaps you, wanted to move another account to this address. It has one already, and two can't be made one. Sign in with this address, or choose another.")),
                from.t("Sign in"),
                from.at("/signin/"),
                List.of(from.t("If it was not you, do nothing. Nothing was changed.")));
    }

    private static Letter moved(Letterhead from, Secret undo, Move move) {
        return new Letter(
                from.t("Your address at {name} was changed", "name", from.name()),
                from.t("Your account has a new address"),
                List.of(
                        from.t(
                                "Your account at {name} moved from this address to {email}. Everyone was signed out.",
                                "name",
                                from.name(),
                                "email",
                                move.newEmail()),
                        from.t(
                                "If that was you, there is nothing to do. If not, take it back within 7 days: press the button, and everything is as it was.")),
                from.t("Take it back"),
                from.at("/signin/undo/" + undo.reveal()),
                List.of(from.t("This is the last letter to this address unless you take it back.")));
    }
}
