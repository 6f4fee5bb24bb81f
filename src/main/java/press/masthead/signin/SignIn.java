package press.masthead.signin;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
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

/** Signing in by a link in a letter, which works once. */
public final class SignIn {
    static final Duration LINK_LIFE = Duration.ofMinutes(15);
    private static final Duration LAUNCHER_LINK_LIFE = Duration.ofHours(12);

    private final Jdbi jdbi;
    private final Clock clock;
    private final Readers readers;
    private final Outbox outbox;
    private final Html html;
    private final Limits limits;
    private final Supplier<Letterhead> letterhead;
    private final Codes codes;

    public SignIn(
            Jdbi jdbi,
            Clock clock,
            Readers readers,
            Outbox outbox,
            Html html,
            Limits limits,
            Supplier<Letterhead> letterhead) {
        this.jdbi = jdbi;
        this.clock = clock;
        this.readers = readers;
        this.outbox = outbox;
        this.html = html;
        this.limits = limits;
        this.letterhead = letterhead;
        this.codes = new Codes(jdbi, clock);
    }

    /**
     * Sends a letter to the address: a link and a code when it has an account, else a word that it has none and how to join.
     * Whoever asks learns nothing from the answer, and the work is the same but for one small row.
     *
     * @param next a path on this site to open after signing in, or empty
     * @param browser what the browser that asks will keep; only there the code works
     */
    void ask(EmailAddress email, String next, String network, Secret browser) {
        limits.spend("signin:network:" + network, 30, Duration.ofHours(1));
        limits.spend("signin:address:" + email.key(), 5, Duration.ofHours(1));
        Optional<Reader> reader = readers.byEmail(email);
        Letterhead from = letterhead.get().to(reader.map(Reader::language));
        Secret secret = Secret.fresh();
        String code = Codes.fresh();
        // An address without an account belongs to someone who did not ask for letters: one a day is enough.
        Letter letter = reader.isPresent() ? link(from, secret, code) : noAccount(from);
        String to = reader.map(Reader::email).orElse(email.typed());
        Outbox.Note note = letter.to(to, reader.map(Reader::name).orElse(""), from, html);
        boolean wanted = reader.isPresent() || limits.allows("signin:stranger:" + email.key(), 1, Duration.ofDays(1));
        jdbi.useTransaction(handle -> {
            reader.ifPresent(known -> keep(handle, secret, Optional.of(known), email, next, LINK_LIFE, false));
            codes.keep(handle, browser, reader.map(known -> secret.hash()), code);
            outbox.putIf(handle, note, wanted);
        });
    }

    /** A link for the person who starts the server, who has no mailbox at hand; good once, for twelve hours. */
    public String linkFor(EmailAddress email) {
        Reader reader = readers.byEmail(email)
                .orElseThrow(() -> new IllegalArgumentException("nobody has the address " + email.typed()));
        Secret secret = Secret.fresh();
        jdbi.useTransaction(handle -> keep(handle, secret, Optional.of(reader), email, "", LAUNCHER_LINK_LIFE, true));
        return letterhead.get().at("/signin/" + secret.reveal());
    }

    /**
     * Sends a link to an address whether or not it has an account; using it makes one. For whoever wants something that
     * needs an account, such as a trial.
     *
     * @param purpose what the letter says they asked for, such as "to try Parallel PRO"
     * @param next a path on this site to open then
     */
    public void welcome(EmailAddress email, String next, String network, String purpose, String... values) {
        limits.spend("signin:network:" + network, 30, Duration.ofHours(1));
        limits.spend("signin:address:" + email.key(), 5, Duration.ofHours(1));
        Optional<Reader> reader = readers.byEmail(email);
        Letterhead from = letterhead.get().to(reader.map(Reader::language));
        Secret secret = Secret.fresh();
        String to = reader.map(Reader::email).orElse(email.typed());
        Outbox.Note note = welcomeLetter(from, secret, from.t(purpose, values))
                .to(to, reader.map(Reader::name).orElse(""), from, html);
        jdbi.useTransaction(handle -> {
            keep(handle, secret, reader, email, next, LINK_LIFE, false);
            outbox.put(handle, note);
        });
    }

    private void keep(
            Handle handle,
            Secret secret,
            Optional<Reader> reader,
            EmailAddress email,
            String next,
            Duration life,
            boolean strong) {
        handle.createUpdate("""
                        insert into sign_in_link (token_hash, reader_id, newcomer, next, created_at, expires_at, strong)
                        values (:hash, :reader, :newcomer, :next, :now, :until, :strong)
                        """)
                .bind("hash", secret.hash())
                .bind("reader", reader.map(Reader::id))
                .bind("newcomer", reader.isPresent() ? Optional.<String>empty() : Optional.of(email.typed()))
                .bind("next", next)
                .bind("now", clock.instant())
                .bind("until", clock.instant().plus(life))
                .bind("strong", strong)
                .execute();
    }

    /** What a link is worth at this moment. */
    sealed interface Link {
        record Good(long readerId, String email, String next, boolean staff, boolean newcomer, boolean strong)
                implements Link {}

        /** {@code again}: whether another can be sent in its place. */
        record Used(boolean again) implements Link {}

        record Expired(boolean again) implements Link {}
    }

    private record Row(
            long readerId,
            String email,
            String next,
            boolean staff,
            boolean newcomer,
            boolean strong,
            boolean used,
            Instant expiresAt) {}

    /** Looks at a link and leaves it as it is: mail scanners open every link before its reader does. */
    Link look(Secret secret) {
        return look(secret.hash());
    }

    private Link look(byte[] hash) {
        return jdbi.withHandle(handle -> handle.createQuery("""
                        select coalesce(l.reader_id, 0) as reader_id, coalesce(r.email, l.newcomer) as email, l.next,
                               staff.reader_id is not null as staff, l.newcomer is not null as newcomer, l.strong,
                               l.used_at is not null as used, l.expires_at
                        from sign_in_link l left join reader r on r.id = l.reader_id
                        left join staff on staff.reader_id = r.id
                        where l.token_hash = :hash
                        """)
                .bind("hash", hash)
                .mapTo(Row.class)
                .findOne()
                .map(this::worth)
                .orElseGet(() -> new Link.Expired(false)));
    }

    private Link worth(Row row) {
        if (row.used()) return new Link.Used(true);
        if (!row.expiresAt().isAfter(clock.instant())) return new Link.Expired(true);
        return new Link.Good(row.readerId(), row.email(), row.next(), row.staff(), row.newcomer(), row.strong());
    }

    /** Uses a link up. Of two requests at the same moment one wins. */
    Link use(Secret secret) {
        return use(secret.hash());
    }

    private Link use(byte[] hash) {
        Link link = look(hash);
        return switch (link) {
            case Link.Used used -> used;
            case Link.Expired expired -> expired;
            case Link.Good good -> take(hash, good);
        };
    }

    /**
     * Tries the code of a letter, in the browser that asked for it; a right one uses the letter's link up.
     *
     * @return who is signed in
     * @throws Problem in one sentence, the same whether or not anyone has the address
     */
    Link.Good tryCode(Secret browser, String code, String network) {
        limits.spend("signin:code:" + network, 100, Duration.ofHours(1));
        return switch (codes.attempt(browser, code)) {
            case Codes.Worth.Right(byte[] link) when use(link) instanceof Link.Good good -> good;
            case Codes.Worth.Right right -> throw noCode();
            case Codes.Worth.Wrong(int left)
            when left > 0 ->
                throw Problem.invalid("That is not the code. Please look at the newest letter; "
                        + (left == 1 ? "one try is left." : left + " tries are left."));
            case Codes.Worth.Wrong wrong -> throw noCode();
        };
    }

    private static Problem noCode() {
        return Problem.invalid("This code no longer works. Please ask for a new letter.");
    }

    private Link take(byte[] hash, Link.Good link) {
        return jdbi.inTransaction(handle -> {
            int taken = handle.createUpdate(
                            "update sign_in_link set used_at = :now where token_hash = :hash and used_at is null")
                    .bind("now", clock.instant())
                    .bind("hash", hash)
                    .execute();
            if (taken == 0) return new Link.Used(true);
            long reader = link.newcomer() ? readers.meet(handle, EmailAddress.kept(link.email())) : link.readerId();
            readers.confirm(handle, reader);
            return new Link.Good(reader, link.email(), link.next(), link.staff(), link.newcomer(), link.strong());
        });
    }

    private record Old(String email, String next, boolean newcomer) {}

    /**
     * Sends a fresh link to the address that an old one was for, and leads to the same page. Nothing happens for a link that
     * is long forgotten.
     */
    void again(Secret secret, String network, Secret browser) {
        jdbi.withHandle(handle -> handle.createQuery("""
                        select coalesce(r.email, l.newcomer) as email, l.next, l.newcomer is not null as newcomer
                        from sign_in_link l left join reader r on r.id = l.reader_id
                        where l.token_hash = :hash
                        """)
                        .bind("hash", secret.hash())
                        .mapTo(Old.class)
                        .findOne())
                .ifPresent(old -> {
                    EmailAddress email = EmailAddress.kept(old.email());
                    if (old.newcomer()) welcome(email, old.next(), network, "for a new link");
                    else ask(email, old.next(), network, browser);
                });
    }

    /** Removes links a day after they expired; until then a page can say that a link is old. For the timetable. */
    public void forgetOld() {
        jdbi.useHandle(handle -> handle.createUpdate("delete from sign_in_link where expires_at < :before")
                .bind("before", clock.instant().minus(Duration.ofDays(1)))
                .execute());
        codes.forgetOld();
    }

    private static Letter link(Letterhead from, Secret secret, String code) {
        String signIn = from.t("Sign in to {name}", "name", from.name());
        return new Letter(
                signIn,
                from.t("Here is your way in"),
                List.of(
                        from.t("Press the button and you are signed in. The link works once, for the next 15 minutes."),
                        from.t(
                                "Do you want to sign in on another device? Enter this code there, on the page that asks for it: {code}",
                                "code",
                                Codes.spaced(code))),
                signIn,
                from.at("/signin/" + secret.reveal()),
                List.of(
                        from.t("Give the code to nobody: none of us will ever ask you for it."),
                        from.t(
                                "You get this letter because someone entered your address on our sign-in page. If it was not you, do nothing: nobody can sign in without this letter.")));
    }

    private static Letter welcomeLetter(Letterhead from, Secret secret, String purpose) {
        return new Letter(
                from.t("Confirm your address for {name}", "name", from.name()),
                from.t("Please confirm your address"),
                List.of(from.t(
                        "You asked {purpose}. Press the button to show that this address is yours, and go on. The link works once, for the next 15 minutes.",
                        "purpose",
                        purpose)),
                from.t("Confirm and go on"),
                from.at("/signin/" + secret.reveal()),
                List.of(from.t("If you did not ask for this, do nothing: nothing happens without this letter.")));
    }

    private static Letter noAccount(Letterhead from) {
        return new Letter(
                from.t("No account with this address at {name}", "name", from.name()),
                from.t("There is no account with this address"),
                List.of(
                        from.t(
                                "Someone, perhaps you, asked to sign in to {name} with this address, but we have no account for it.",
                                "name",
                                from.name()),
                        from.t(
                                "If you meant to, try the address that your newsletters go to, or choose a first newsletter now: that makes an account, and it is free.")),
                from.t("See the newsletters"),
                from.at("/newsletters/"),
                List.of(from.t("If it was not you, do nothing. We have not kept your address on any list.")));
    }
}
