package press.masthead.subscriptions;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import press.masthead.platform.mail.Letter;
import press.masthead.platform.mail.LetterWords;
import press.masthead.platform.mail.Letterhead;
import press.masthead.platform.mail.Outbox;
import press.masthead.platform.web.Html;
import press.masthead.platform.web.Limits;
import press.masthead.platform.web.Secret;
import press.masthead.readers.Consents;
import press.masthead.readers.EmailAddress;
import press.masthead.readers.Readers;
import press.masthead.subscriptions.Subscriptions.Because;

/**
 * Signing up for newsletters by double opt-in: someone gives an address, the address says yes. Nothing here looks whether
 * the address is known before it has said so, so an answer can't tell.
 */
public final class Joining {
    /** Names the words under which readers consent; a change of the words is a new name. */
    static final String WORDING = "2026-11";

    private static final String FREE =
            "It is free, and each newsletter has a link at its foot that ends it with one click.";
    private static final String PART =
            "It is part of your membership, and each letter has a link at its foot that ends it with one click.";
    private static final Duration LINK_LIFE = Duration.ofHours(24);

    private final Jdbi jdbi;
    private final Clock clock;
    private final Readers readers;
    private final Consents consents;
    private final Subscriptions subscriptions;
    private final Outbox outbox;
    private final Html html;
    private final Limits limits;
    private final Supplier<Letterhead> letterhead;

    public Joining(
            Jdbi jdbi,
            Clock clock,
            Readers readers,
            Consents consents,
            Subscriptions subscriptions,
            Outbox outbox,
            Html html,
            Limits limits,
            Supplier<Letterhead> letterhead) {
        this.jdbi = jdbi;
        this.clock = clock;
        this.readers = readers;
        this.consents = consents;
        this.subscriptions = subscriptions;
        this.outbox = outbox;
        this.html = html;
        this.limits = limits;
        this.letterhead = letterhead;
    }

    private record Newsletter(long id, String name) {}

    /** Sends the letter that asks the address to say yes. */
    void ask(EmailAddress email, List<String> slugs, String source, String network) {
        limits.spend("join:network:" + network, 60, Duration.ofHours(1));
        limits.spend("join:address:" + email.key(), 5, Duration.ofHours(1));
        Secret secret = Secret.fresh();
        // To whoever it is in the newsroom's language, so that nothing tells whether the address is known.
        Letterhead from = letterhead.get().to(Optional.empty());
        jdbi.useTransaction(handle -> {
            List<Newsletter> asked = newsletters(handle, slugs);
            keep(handle, secret, email, asked, source, network);
            outbox.put(handle, letter(from, secret, asked).to(email.typed(), "", from, html));
        });
    }

    private static List<Newsletter> newsletters(Handle handle, List<String> slugs) {
        return handle.createQuery(
                        "select id, name from newsletter where slug = any(:slugs) and active order by position, id")
                .bindArray("slugs", String.class, slugs)
                .mapTo(Newsletter.class)
                .list();
    }

    private void keep(
            Handle handle, Secret secret, EmailAddress email, List<Newsletter> asked, String source, String network) {
        handle.createUpdate("""
                        insert into joining (token_hash, email, newsletters, source, network, wording, created_at, expires_at)
                        values (:hash, :email, :newsletters, :source, :network, :wording, :now, :until)
                        """)
                .bind("hash", secret.hash())
                .bind("email", email.typed())
                .bindArray(
                        "newsletters",
                        Long.class,
                        asked.stream().map(Newsletter::id).toList())
                .bind("source", source)
                .bind("network", network)
                .bind("wording", WORDING)
                .bind("now", clock.instant())
                .bind("until", clock.instant().plus(LINK_LIFE))
                .execute();
    }

    private static Letter letter(Letterhead from, Secret secret, List<Newsletter> asked) {
        List<String> names = asked.stream().map(Newsletter::name).toList();
        boolean one = names.size() == 1;
        String all = from.words() == LetterWords.ENGLISH ? and(names) : String.join(from.t(", "), names);
        return new Letter(
                one
                        ? from.t("Confirm: {newsletter}", "newsletter", all)
                        : from.t("Confirm: your newsletters from {name}", "name", from.name()),
                from.t("Please confirm your address"),
                List.of(
                        one
                                ? from.t(
                                        "You asked for {newsletter}. One press of the button and the next one is yours.",
                                        "newsletter",
                                        all)
                                : from.t(
                                        "You asked for {newsletters}. One press of the button and the next ones are yours.",
                                        "newsletters",
                                        all),
                        from.t(FREE)),
                one ? from.t("Yes, send me {newsletter}", "newsletter", all) : from.t("Yes, send me these newsletters"),
                from.at("/newsletters/confirm/" + secret.reveal()),
                List.of(
                        from.t(
                                "The link works for 24 hours. If you did not ask for this, do nothing: without your confirmation we send no newsletter and forget your address.")));
    }

    /** "A", "A and B", "A, B and C". */
    static String and(List<String> names) {
        if (names.size() < 2) return String.join("", names);
        return String.join(", ", names.subList(0, names.size() - 1)) + " and " + names.getLast();
    }

    /** What a link is worth at this moment. */
    sealed interface Request {
        record Open(String email, List<String> names) implements Request {}

        record Used() implements Request {}

        record Expired() implements Request {}
    }

    private record Row(String email, List<String> names, boolean used, Instant expiresAt) {}

    Request look(Secret secret) {
        return jdbi.withHandle(handle -> handle.createQuery("""
                        select j.email, j.used_at is not null as used, j.expires_at,
                               array(select n.name from newsletter n where n.id = any(j.newsletters) order by n.position, n.id) as names
                        from joining j where j.token_hash = :hash
                        """)
                .bind("hash", secret.hash())
                .mapTo(Row.class)
                .findOne()
                .<Request>map(row -> {
                    if (row.used()) return new Request.Used();
                    if (!row.expiresAt().isAfter(clock.instant())) return new Request.Expired();
                    return new Request.Open(row.email(), row.names());
                })
                .orElseGet(Request.Expired::new));
    }

    private record Taken(
            String email,
            List<String> slugs,
            List<String> names,
            List<Long> newsletters,
            String source,
            String network,
            String wording,
            Instant createdAt) {}

    /** The address says yes. Returns the reader, once; empty when the link was used or has expired. */
    Optional<Long> confirm(Secret secret, String network) {
        return jdbi.inTransaction(handle -> handle.createQuery("""
                        update joining j set used_at = :now
                        where token_hash = :hash and used_at is null and expires_at > :now
                        returning email, newsletters, source, network, wording, created_at,
                                  array(select n.slug from newsletter n where n.id = any(j.newsletters)) as slugs,
                                  array(select n.name from newsletter n where n.id = any(j.newsletters) order by n.position, n.id) as names
                        """)
                .bind("now", clock.instant())
                .bind("hash", secret.hash())
                .mapTo(Taken.class)
                .findOne()
                .map(taken -> settle(handle, taken, network)));
    }

    private long settle(Handle handle, Taken taken, String network) {
        long reader = readers.meet(handle, EmailAddress.kept(taken.email()));
        readers.confirm(handle, reader);
        record(handle, reader, taken, "asked", taken.createdAt(), taken.network());
        record(handle, reader, taken, "confirmed", clock.instant(), network);
        consents.agree(handle, reader, agreed(taken.names()), "/newsletters/confirm/", network);
        subscriptions.join(
                handle, reader, taken.slugs(), taken.source(), new Because(taken.source(), network, taken.wording()));
        return reader;
    }

    private static void record(Handle handle, long reader, Taken taken, String what, Instant at, String network) {
        handle.createUpdate("""
                        insert into subscription_event (newsletter_id, reader_id, what, cause, at, network, wording)
                        select unnest(:newsletters), :reader, :what, :cause, :at, :network, :wording
                        """)
                .bindArray("newsletters", Long.class, taken.newsletters())
                .bind("reader", reader)
                .bind("what", what)
                .bind("cause", taken.source())
                .bind("at", at)
                .bind("network", network)
                .bind("wording", taken.wording())
                .execute();
    }

    /** The words of letter and page together, as they stood there. */
    static Consents.Text agreed(List<String> names) {
        return new Consents.Text(Consents.Kind.NEWSLETTERS, WORDING, "Yes, send me " + and(names) + ". " + FREE);
    }

    /** Someone whose address is known to be theirs joins at once. */
    void joinAtOnce(long reader, List<String> slugs, String source, String network) {
        jdbi.useTransaction(handle -> {
            List<String> names =
                    newsletters(handle, slugs).stream().map(Newsletter::name).toList();
            if (!names.isEmpty()) consents.agree(handle, reader, agreed(names), "/newsletters/", network);
            subscriptions.join(handle, reader, slugs, source, new Because(source, network, WORDING));
        });
    }

    /** The words beside the button by which a member takes letters that are part of what they pay for. */
    public static String partOfMembership(List<String> names) {
        return "Yes, send me " + and(names) + ". " + PART;
    }

    /**
     * A member takes letters that are part of their membership, in the caller's transaction.
     *
     * @param wording what stood beside the button, as {@link #partOfMembership} says it
     * @param place the page with that button
     */
    public void joinOwn(Handle handle, long reader, List<String> slugs, String wording, String place, String network) {
        consents.agree(handle, reader, new Consents.Text(Consents.Kind.NEWSLETTERS, WORDING, wording), place, network);
        subscriptions.join(handle, reader, slugs, "industries", new Because("industries", network, WORDING));
    }

    /** The reader gets what is ticked of what was shown and nothing else; what is new to them they agree to. */
    void choose(long reader, List<String> shown, List<String> ticked, Because because, String place) {
        jdbi.useTransaction(handle -> {
            List<String> fresh = handle.createQuery("""
                            select n.name from newsletter n
                            where n.slug = any(:ticked) and n.slug = any(:shown) and n.active
                              and not exists (select from subscription s where s.newsletter_id = n.id and s.reader_id = :reader)
                            order by n.id
                            """)
                    .bindArray("ticked", String.class, ticked)
                    .bindArray("shown", String.class, shown)
                    .bind("reader", reader)
                    .mapTo(String.class)
                    .list();
            if (!fresh.isEmpty()) consents.agree(handle, reader, agreed(fresh), place, because.network());
            subscriptions.choose(handle, reader, shown, ticked, because);
        });
    }

    /** Forgets addresses that were not confirmed, a day after their link expired; for the timetable. */
    public void forgetOld() {
        jdbi.useHandle(handle -> handle.createUpdate("delete from joining where expires_at < :before")
                .bind("before", clock.instant().minus(Duration.ofDays(1)))
                .execute());
    }
}
