package press.masthead.signin;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalLong;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import press.masthead.platform.storage.Vault;
import press.masthead.platform.web.Limits;
import press.masthead.platform.web.Problem;

/** The second thing that someone of the staff shows: six digits of an app, or one of the recovery codes that were printed. */
public final class Factors {
    private static final int RECOVERY_CODES = 10;
    private static final String LETTERS = "abcdefghjkmnpqrstuvwxyz23456789";
    private static final SecureRandom RANDOM = new SecureRandom();

    private final Jdbi jdbi;
    private final Clock clock;
    private final Vault vault;
    private final Limits limits;

    public Factors(Jdbi jdbi, Clock clock, Vault vault, Limits limits) {
        this.jdbi = jdbi;
        this.clock = clock;
        this.vault = vault;
        this.limits = limits;
    }

    /** What someone of the staff has. */
    public record Has(boolean app, boolean passkey, long recoveryCodes) {
        public boolean any() {
            return app || passkey;
        }
    }

    public Has of(long reader) {
        return jdbi.withHandle(handle ->
                handle.createQuery("""
                        select exists (select from code_app where reader_id = :reader and confirmed_at is not null) as app,
                               exists (select from passkey where reader_id = :reader) as passkey,
                               (select count(*) from recovery_code where reader_id = :reader and used_at is null) as recovery_codes
                        """).bind("reader", reader).mapTo(Has.class).one());
    }

    /** A fresh secret for an app; good for nothing until {@link #confirm}. An app that is set up stays as it is till then. */
    byte[] begin(long reader) {
        if (of(reader).app()) throw Problem.stale("You have an app with codes already. Remove it first.");
        byte[] secret = new byte[20];
        RANDOM.nextBytes(secret);
        jdbi.useHandle(handle -> handle.createUpdate("""
                        insert into code_app (reader_id, secret, created_at) values (:reader, :secret, :now)
                        on conflict (reader_id) do update set secret = excluded.secret, created_at = excluded.created_at, last_step = 0
                        where code_app.confirmed_at is null
                        """)
                .bind("reader", reader)
                .bind("secret", vault.seal("code-app:" + reader, secret))
                .bind("now", clock.instant())
                .execute());
        return secret;
    }

    private record App(byte[] secret, boolean confirmed, long lastStep) {}

    private Optional<App> app(Handle handle, long reader) {
        return handle.createQuery("""
                        select secret, confirmed_at is not null as confirmed, last_step from code_app
                        where reader_id = :reader for update
                        """).bind("reader", reader).mapTo(App.class).findOne();
    }

    /** The secret that waits to be confirmed. */
    Optional<byte[]> pending(long reader) {
        return jdbi.inTransaction(handle -> app(handle, reader)
                .filter(app -> !app.confirmed())
                .flatMap(app -> vault.open("code-app:" + reader, app.secret())));
    }

    /**
     * The app has shown a right code, so it is set up. Returns recovery codes, which are told this once.
     *
     * @throws Problem for a wrong one
     */
    List<String> confirm(long reader, String code) {
        spend(reader);
        return jdbi.inTransaction(handle -> {
            if (!matches(handle, reader, code, false))
                throw Problem.invalid("That is not the code that the app should show. Please try the next one.");
            handle.createUpdate("update code_app set confirmed_at = :now where reader_id = :reader")
                    .bind("now", clock.instant())
                    .bind("reader", reader)
                    .execute();
            return freshRecoveryCodes(handle, reader);
        });
    }

    private boolean matches(Handle handle, long reader, String code, boolean confirmed) {
        Optional<App> app = app(handle, reader).filter(found -> found.confirmed() == confirmed);
        if (app.isEmpty()) return false;
        byte[] secret = vault.open("code-app:" + reader, app.get().secret())
                .orElseThrow(() -> Problem.unavailable(
                        "Codes can't be checked at the moment. Please tell whoever runs this site."));
        OptionalLong step = Totp.step(secret, code, clock.instant(), app.get().lastStep());
        step.ifPresent(used -> handle.execute("update code_app set last_step = ? where reader_id = ?", used, reader));
        return step.isPresent();
    }

    /**
     * Checks a code of the app, or a recovery code, which is used up.
     *
     * @throws Problem for a wrong one, and after too many
     */
    void check(long reader, String typed) {
        spend(reader);
        String digits = Codes.read(typed);
        boolean right = jdbi.inTransaction(handle -> (!digits.isEmpty() && matches(handle, reader, digits, true))
                || usesRecoveryCode(handle, reader, typed));
        if (!right) throw Problem.invalid("That is not a code that works now. Please try the next one.");
    }

    private void spend(long reader) {
        limits.spend("signin:factor:" + reader, 10, Duration.ofMinutes(15));
    }

    private boolean usesRecoveryCode(Handle handle, long reader, String typed) {
        return handle.createUpdate("""
                        update recovery_code set used_at = :now
                        where reader_id = :reader and code_hash = :hash and used_at is null
                        """)
                        .bind("now", clock.instant())
                        .bind("reader", reader)
                        .bind("hash", hash(reader, typed))
                        .execute()
                == 1;
    }

    /** Ten new ones; those from before are worth nothing. */
    List<String> freshRecoveryCodes(long reader) {
        return jdbi.inTransaction(handle -> freshRecoveryCodes(handle, reader));
    }

    private List<String> freshRecoveryCodes(Handle handle, long reader) {
        handle.execute("delete from recovery_code where reader_id = ?", reader);
        var codes = new ArrayList<String>();
        for (int i = 0; i < RECOVERY_CODES; i++) {
            String code = recoveryCode();
            codes.add(code);
            handle.createUpdate("insert into recovery_code (reader_id, code_hash) values (:reader, :hash)")
                    .bind("reader", reader)
                    .bind("hash", hash(reader, code))
                    .execute();
        }
        return codes;
    }

    /** Sixteen letters, some 79 bits: too many to guess, and a hash of them too many to try. */
    private static String recoveryCode() {
        var code = new StringBuilder();
        for (int i = 0; i < 16; i++) {
            if (i > 0 && i % 4 == 0) code.append('-');
            code.append(LETTERS.charAt(RANDOM.nextInt(LETTERS.length())));
        }
        return code.toString();
    }

    private static byte[] hash(long reader, String typed) {
        String plain = typed.toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9]", "");
        try {
            return MessageDigest.getInstance("SHA-256").digest((reader + ":" + plain).getBytes(StandardCharsets.UTF_8));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }

    void removeApp(long reader) {
        jdbi.useTransaction(handle -> {
            handle.execute("delete from code_app where reader_id = ?", reader);
            handle.execute("delete from recovery_code where reader_id = ?", reader);
        });
    }

    /** Takes all of someone's away and signs them out: they set up new ones when they come back. */
    public void reset(Handle handle, long reader) {
        for (String table : List.of("passkey", "code_app", "recovery_code", "session"))
            handle.execute("delete from " + table + " where reader_id = ?", reader);
    }
}
