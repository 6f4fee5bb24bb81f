package press.masthead.teams;

import java.time.Clock;
import java.time.Instant;
import java.util.Optional;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import press.masthead.readers.EmailAddress;
import press.masthead.signin.IdentityProvider;
import press.masthead.signin.IdentityProviders;
import press.masthead.signin.Vouched;

/** A team's single sign-on: its provider, the last test of it, and whether its people must come in that way. */
public final class SignOn {
    private final Jdbi jdbi;
    private final Clock clock;
    private final IdentityProviders providers;

    public SignOn(Jdbi jdbi, Clock clock, IdentityProviders providers) {
        this.jdbi = jdbi;
        this.clock = clock;
        this.providers = providers;
    }

    /** What came back from the last test; empty texts where none has. */
    record Tested(
            boolean required, Optional<Instant> testedAt, String testedSubject, String testedEmail, String testedName) {
        static final Tested NEVER = new Tested(false, Optional.empty(), "", "", "");
    }

    Optional<IdentityProvider> of(long team) {
        return providers.ofTeam(team).stream().findFirst();
    }

    Tested tested(long team) {
        return jdbi.withHandle(handle -> handle.createQuery(
                        "select required, tested_at, tested_subject, tested_email, tested_name from team_sign_on where team_id = :team")
                .bind("team", team)
                .mapTo(Tested.class)
                .findOne()
                .orElse(Tested.NEVER));
    }

    /** Keeps the provider as typed, switched off and untried. */
    void keep(long team, IdentityProviders.Details details) {
        Optional<IdentityProvider> before = of(team);
        jdbi.useTransaction(handle -> {
            long id;
            if (before.isPresent()) {
                id = before.get().id();
                providers.change(handle, id, details);
            } else id = providers.add(handle, details);
            handle.createUpdate("""
                            insert into team_sign_on (team_id, provider_id) values (:team, :provider)
                            on conflict (team_id) do update set provider_id = excluded.provider_id, required = false, tested_at = null,
                              tested_subject = '', tested_email = '', tested_name = ''
                            """).bind("team", team).bind("provider", id).execute();
        });
    }

    void cameBack(long team, Vouched vouched) {
        jdbi.useHandle(handle -> handle.createUpdate("""
                        update team_sign_on set tested_at = :now, tested_subject = :subject, tested_email = :email, tested_name = :name
                        where team_id = :team and provider_id = :provider
                        """)
                .bind("team", team)
                .bind("provider", vouched.provider().id())
                .bind("now", clock.instant())
                .bind("subject", vouched.subject())
                .bind("email", vouched.email().typed())
                .bind("name", vouched.name())
                .execute());
    }

    /** Switches it on, which only a test allows, or off. False where it was never tried. */
    boolean open(long team, boolean open) {
        IdentityProvider provider = of(team).orElseThrow();
        return jdbi.inTransaction(handle -> {
            boolean tried = handle.createQuery(
                            "select exists (select from team_sign_on where team_id = :team and tested_at is not null)")
                    .bind("team", team)
                    .mapTo(Boolean.class)
                    .one();
            if (open && !tried) return false;
            providers.open(handle, provider.id(), open);
            if (!open) require(handle, team, false);
            return true;
        });
    }

    void require(long team, boolean required) {
        jdbi.useHandle(handle -> require(handle, team, required));
    }

    private static void require(Handle handle, long team, boolean required) {
        handle.execute("update team_sign_on set required = ? where team_id = ?", required, team);
    }

    void remove(long team) {
        of(team).ifPresent(provider -> jdbi.useTransaction(handle -> providers.remove(handle, provider.id())));
    }

    /** The provider by which everyone with an address at this one's domain must come in, if its team wants that. */
    Optional<IdentityProvider> required(EmailAddress email) {
        return jdbi.withHandle(handle -> handle.createQuery("""
                        select p.id from team_domain d join team_sign_on o on o.team_id = d.team_id and o.required
                        join identity_provider p on p.id = o.provider_id and p.open
                        where d.domain = :domain and d.verified_at is not null
                        """)
                        .bind("domain", email.key().substring(email.key().lastIndexOf('@') + 1))
                        .mapTo(Long.class)
                        .findOne())
                .flatMap(providers::byId);
    }

    /** The same for someone who has shown who they are. Those who manage the team and those who work here come in as they like. */
    public Optional<IdentityProvider> requiredOf(long reader) {
        return jdbi.withHandle(handle -> handle.createQuery("""
                        select p.id from reader r
                        join team_domain d on d.domain = substring(r.email_key from '[^@]*$') and d.verified_at is not null
                        join team_sign_on o on o.team_id = d.team_id and o.required
                        join identity_provider p on p.id = o.provider_id and p.open
                        where r.id = :reader
                          and not exists (select from team_manager m where m.team_id = o.team_id and m.reader_id = r.id)
                          and not exists (select from staff s where s.reader_id = r.id)
                        """)
                        .bind("reader", reader)
                        .mapTo(Long.class)
                        .findOne())
                .flatMap(providers::byId);
    }

    /** Whether this address is one of those who manage the team: a provider that fails must not lock a team out for good. */
    boolean keepsTheLetter(EmailAddress email, long team) {
        return jdbi.withHandle(handle -> handle.createQuery("""
                        select exists (select from team_manager m join reader r on r.id = m.reader_id
                                       where m.team_id = :team and r.email_key = :key)
                        """)
                .bind("team", team)
                .bind("key", email.key())
                .mapTo(Boolean.class)
                .one());
    }
}
