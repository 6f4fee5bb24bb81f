package press.masthead.signin;

import io.javalin.http.Context;
import io.javalin.http.Cookie;
import io.javalin.http.SameSite;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.function.LongFunction;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.jspecify.annotations.Nullable;
import press.masthead.access.Standings;
import press.masthead.access.Visit;
import press.masthead.platform.web.Network;
import press.masthead.platform.web.Secret;
import press.masthead.readers.Reader;

/** Who is signed in, as rows; the cookie carries a secret and nothing else. */
public final class Sessions {
    static final String COOKIE = "masthead_session";
    private static final Duration LIFE = Duration.ofDays(30);
    private static final Duration FRESH = Duration.ofHours(1);
    private static final Duration BETWEEN_TOUCHES = Duration.ofHours(1);

    private final Jdbi jdbi;
    private final Clock clock;
    private final Standings standings;
    private final KnownDevices devices;
    private final StaffFactor staffFactor;
    private final LongFunction<Optional<IdentityProvider>> house;
    private final boolean secure;

    /**
     * @param house by which provider someone has to come in, if their team wants that
     * @param secure whether readers reach the site by https, so that the cookie must travel by nothing else
     */
    public Sessions(
            Jdbi jdbi,
            Clock clock,
            Standings standings,
            KnownDevices devices,
            StaffFactor staffFactor,
            LongFunction<Optional<IdentityProvider>> house,
            boolean secure) {
        this.jdbi = jdbi;
        this.clock = clock;
        this.standings = standings;
        this.devices = devices;
        this.staffFactor = staffFactor;
        this.house = house;
        this.secure = secure;
    }

    private record Known(
            byte[] tokenHash,
            Instant seenAt,
            Instant freshAt,
            boolean strong,
            long id,
            String email,
            String name,
            String language,
            @Nullable Instant confirmedAt,
            Reader.@Nullable Role role,
            @Nullable Instant employedAt,
            boolean hasFactor) {
        Reader as(Reader.@Nullable Role allowed) {
            return new Reader(
                    id, email, name, language, Optional.ofNullable(confirmedAt), Optional.ofNullable(allowed));
        }
    }

    /** Runs before every handler. A request without our cookie asks nothing of the database. */
    public void recognise(Context ctx) {
        String cookie = ctx.cookie(COOKIE);
        if (cookie == null) return;
        Secret.read(cookie)
                .flatMap(this::find)
                .ifPresentOrElse(known -> welcome(ctx, cookie, known), () -> forget(ctx));
    }

    private Optional<Known> find(Secret secret) {
        return jdbi.withHandle(handle -> handle.createQuery("""
                        select s.token_hash, s.seen_at, coalesce(s.fresh_at, s.created_at) as fresh_at, s.strong,
                               r.id, r.email, r.name, r.language, r.confirmed_at, staff.role, staff.employed_at,
                               staff.reader_id is not null
                               and (exists (select from passkey p where p.reader_id = r.id)
                                    or exists (select from code_app a where a.reader_id = r.id and a.confirmed_at is not null))
                               as has_factor
                        from session s
                        join reader r on r.id = s.reader_id
                        left join staff on staff.reader_id = r.id
                        where s.token_hash = :hash and s.expires_at > :now
                          and (s.how = 'console' or not exists (
                            select from house h where h.reader_id = r.id and h.provider_id is distinct from s.provider_id))
                        """)
                .bind("hash", secret.hash())
                .bind("now", clock.instant())
                .mapTo(Known.class)
                .findOne());
    }

    private void welcome(Context ctx, String cookie, Known known) {
        Reader reader = known.as(admitted(ctx, known));
        new Visit(Optional.of(reader), standings.of(reader)).keepIn(ctx);
        Fresh.say(ctx, known.freshAt().isAfter(clock.instant().minus(FRESH)));
        if (known.seenAt().isAfter(clock.instant().minus(BETWEEN_TOUCHES))) return;
        jdbi.useHandle(handle -> handle.createUpdate(
                        "update session set seen_at = :now, expires_at = :until where token_hash = :hash")
                .bind("now", clock.instant())
                .bind("until", clock.instant().plus(LIFE))
                .bind("hash", known.tokenHash())
                .execute());
        give(ctx, cookie, LIFE);
    }

    /** Their role, if this session has shown enough for it. Without it they are a reader, whatever a page forgets to ask. */
    private Reader.@Nullable Role admitted(Context ctx, Known known) {
        if (known.role() == null || known.employedAt() == null) return null;
        if (staffFactor.opens(known.strong(), known.hasFactor(), known.employedAt(), clock.instant()))
            return known.role();
        Visit.keepWaiting(ctx);
        return null;
    }

    /** Their team wants them to come in by its own sign-in; answered by {@link SignInPages#byHouse}. */
    public static final class ByHouse extends RuntimeException {
        final transient IdentityProvider provider;
        final String next;

        ByHouse(IdentityProvider provider, String next) {
            super("their team wants its own sign-in", null, false, false);
            this.provider = provider;
            this.next = next;
        }
    }

    /** Signs the reader in on this device under a new secret, after a link; the one that came with the request ends. */
    public void begin(Context ctx, long reader) {
        begin(ctx, reader, How.LINK, "");
    }

    /** @param next where they wanted to go, for whoever must take another way there */
    void begin(Context ctx, long reader, How how, String next) {
        begin(ctx, reader, how, Optional.empty(), next);
    }

    /** Of someone for whom this provider has vouched. */
    void beginBy(Context ctx, long reader, IdentityProvider provider, String next) {
        begin(ctx, reader, How.PROVIDER, Optional.of(provider.id()), next);
    }

    private void begin(Context ctx, long reader, How how, Optional<Long> by, String next) {
        if (how != How.CONSOLE)
            house.apply(reader)
                    .filter(wanted -> !by.equals(Optional.of(wanted.id())))
                    .ifPresent(wanted -> {
                        throw new ByHouse(wanted, next);
                    });
        end(ctx);
        Secret secret = Secret.fresh();
        Secret end = Secret.fresh();
        Secret browser = KnownDevices.of(ctx, secure);
        String device = Device.named(ctx.userAgent());
        String network = Network.of(ctx);
        String country = Network.country(ctx);
        jdbi.useTransaction(handle -> {
            handle.createUpdate("""
                            insert into session (token_hash, reader_id, created_at, seen_at, expires_at, device, network, country,
                                                 how, strong, end_hash, provider_id)
                            values (:hash, :reader, :now, :now, :until, :device, :network, :country, :how, :strong, :end, :by)
                            """)
                    .bind("hash", secret.hash())
                    .bind("reader", reader)
                    .bind("now", clock.instant())
                    .bind("until", clock.instant().plus(LIFE))
                    .bind("device", device)
                    .bind("network", network)
                    .bind("country", country)
                    .bind("how", how.word())
                    .bind("strong", how.strong())
                    .bind("end", end.hash())
                    .bind("by", by)
                    .execute();
            devices.meet(handle, reader, browser, device, Network.place(network, country), end);
        });
        give(ctx, secret.reveal(), LIFE);
    }

    /**
     * They have shown once more who they are: fresh for an hour, under a new secret.
     *
     * @param strong whether that is enough for the newsroom; a session that was strong stays so
     */
    void renew(Context ctx, boolean strong) {
        Secret old = Secret.read(ctx.cookie(COOKIE)).orElseThrow();
        Secret secret = Secret.fresh();
        jdbi.useHandle(handle -> handle.createUpdate("""
                        update session set token_hash = :new, fresh_at = :now, strong = strong or :strong where token_hash = :old
                        """)
                .bind("new", secret.hash())
                .bind("old", old.hash())
                .bind("now", clock.instant())
                .bind("strong", strong)
                .execute());
        give(ctx, secret.reveal(), LIFE);
    }

    /** Signs this device out. */
    public void end(Context ctx) {
        Secret.read(ctx.cookie(COOKIE)).ifPresent(secret -> {
            jdbi.useHandle(handle -> handle.createUpdate("delete from session where token_hash = :hash")
                    .bind("hash", secret.hash())
                    .execute());
            forget(ctx);
        });
    }

    /** Which device the link in a letter would sign out. */
    Optional<String> endedBy(Secret link) {
        return jdbi.withHandle(handle -> handle.createQuery("select device from session where end_hash = :hash")
                .bind("hash", link.hash())
                .mapTo(String.class)
                .findOne());
    }

    /** Signs out the device that the link in a letter is about. */
    void endBy(Secret link) {
        jdbi.useHandle(handle -> handle.createUpdate("delete from session where end_hash = :hash")
                .bind("hash", link.hash())
                .execute());
    }

    /** Signs them out everywhere, this device too. */
    void endAll(Handle handle, long reader) {
        handle.execute("delete from session where reader_id = ?", reader);
    }

    /** Whether the session that asks began by this provider. */
    public boolean cameBy(Context ctx, long provider) {
        byte[] current = Secret.read(ctx.cookie(COOKIE)).map(Secret::hash).orElse(new byte[0]);
        return jdbi.withHandle(handle -> handle.createQuery(
                        "select exists (select from session where token_hash = :hash and provider_id = :provider)")
                .bind("hash", current)
                .bind("provider", provider)
                .mapTo(Boolean.class)
                .one());
    }

    /**
     * Ends every session of those with an address at these domains that began in another way than by this provider. Those who
     * work here keep theirs, and so does whoever runs the server.
     */
    public void endOthers(Handle handle, List<String> domains, long provider) {
        handle.createUpdate("""
                        delete from session s using reader r
                        where r.id = s.reader_id and substring(r.email_key from '[^@]*$') = any(:domains)
                          and s.provider_id is distinct from :provider and s.how <> 'console'
                          and not exists (select from staff where staff.reader_id = r.id)
                        """)
                .bindArray("domains", String.class, domains)
                .bind("provider", provider)
                .execute();
    }

    /**
     * One device that is signed in.
     *
     * @param key names the session in a form; worth nothing as a cookie
     * @param current whether it is the one that asks
     */
    public record Session(
            String key,
            Instant createdAt,
            Instant seenAt,
            String device,
            String network,
            String country,
            String how,
            boolean current) {
        /** Where it signed in, in plain words. */
        public String place() {
            return Network.place(network, country);
        }
    }

    /** Where this reader is signed in, the latest first. */
    public List<Session> of(Context ctx, long reader) {
        byte[] current = Secret.read(ctx.cookie(COOKIE)).map(Secret::hash).orElse(new byte[0]);
        return jdbi.withHandle(handle -> handle.createQuery("""
                        select encode(token_hash, 'hex') as key, created_at, seen_at, device, network, country, how,
                               token_hash = :current as current
                        from session where reader_id = :reader and expires_at > :now
                        order by current desc, seen_at desc
                        """)
                .bind("current", current)
                .bind("reader", reader)
                .bind("now", clock.instant())
                .mapTo(Session.class)
                .list());
    }

    /** Ends one session of this reader; a key that is not theirs ends nothing. */
    public void revoke(long reader, String key) {
        if (!key.matches("[0-9a-f]{64}")) return;
        jdbi.useHandle(
                handle -> handle.createUpdate("delete from session where reader_id = :reader and token_hash = :hash")
                        .bind("reader", reader)
                        .bind("hash", HexFormat.of().parseHex(key))
                        .execute());
    }

    /** Removes what has expired; for the timetable. */
    public void forgetOld() {
        jdbi.useHandle(handle -> handle.createUpdate("delete from session where expires_at < :now")
                .bind("now", clock.instant())
                .execute());
        devices.forgetOld();
    }

    private void give(Context ctx, String value, Duration life) {
        ctx.cookie(new Cookie(COOKIE, value, "/", Math.toIntExact(life.toSeconds()), secure, true, null, SameSite.LAX));
    }

    private void forget(Context ctx) {
        give(ctx, "", Duration.ZERO);
    }
}
