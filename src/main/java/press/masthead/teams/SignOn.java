package press.masthead.teams;

import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import press.masthead.readers.EmailAddress;
import press.masthead.signin.IdentityProvider;
import press.masthead.signin.IdentityProviders;
import press.masthead.signin.Sessions;
import press.masthead.signin.Vouched;

/** A team's single sign-on: its provider, the last test of it, and whether its people must come in that way. */
public final class SignOn {
    private final Jdbi jdbi;
    private final Clock clock;
    private final IdentityProviders providers;
    private final Sessions sessions;

    public SignOn(Jdbi jdbi, Clock clock, IdentityProviders providers, Sessions sessions) {
        this.jdbi = jdbi;
        this.clock = clock;
        this.providers = providers;
        this.sessions = sessions;
    }

    /** What came back from the last test; empty texts where none has. */
    record Tested(
            boolean required,
            Optional<Instant> requiredAt,
            Optional<Instant> testedAt,
            String testedSubject,
            String testedEmail,
            String testedName) {
        static final Tested NEVER = new Tested(false, Optional.empty(), Optional.empty(), "", "", "");
    }

    Optional<IdentityProvider> of(long team) {
        return providers.ofTeam(team).stream().findFirst();
    }

    Tested tested(long team) {
        return jdbi.withHandle(handle -> handle.createQuery(
                        "select required, required_at, tested_at, tested_subject, tested_email, tested_name from team_sign_on where team_id = :team")
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
    boolean open(Handle handle, long team, boolean open) {
        IdentityProvider provider = of(team).orElseThrow();
        boolean tried = handle.createQuery(
                        "select exists (select from team_sign_on where team_id = :team and tested_at is not null)")
                .bind("team", team)
                .mapTo(Boolean.class)
                .one();
        if (open && !tried) return false;
        providers.open(handle, provider.id(), open);
        return true;
    }

    /**
     * From now on everyone at the team's domains must come in by its provider, and who came in another way is signed out. False
     * where that was so before.
     */
    boolean require(Handle handle, long team) {
        List<Long> newly = handle.createQuery("""
                        update team_sign_on set required = true, required_at = :now where team_id = :team and not required
                        returning provider_id
                        """)
                .bind("team", team)
                .bind("now", clock.instant())
                .mapTo(Long.class)
                .list();
        List<String> domains = handle.select(
                        "select domain from team_domain where team_id = ? and verified_at is not null", team)
                .mapTo(String.class)
                .list();
        newly.forEach(provider -> sessions.endOthers(handle, domains, provider));
        return !newly.isEmpty();
    }

    /** Lets everyone come in as they like again. False where they could. */
    boolean lift(Handle handle, long team) {
        return handle.execute(
                        "update team_sign_on set required = false, required_at = null where team_id = ? and required",
                        team)
                == 1;
    }

    /** How many on the team's seats, with an address at its domains, are signed in by another way than its provider. */
    long signedInOtherwise(long team) {
        return jdbi.withHandle(handle -> handle.createQuery("""
                        select count(distinct r.id)
                        from team_sign_on o
                        join seat k on k.team_id = o.team_id and k.ended_at is null
                        join reader r on r.id = k.reader_id
                        join team_domain d on d.domain = substring(r.email_key from '[^@]*$') and d.team_id = o.team_id and d.verified_at is not null
                        join session s on s.reader_id = r.id and s.expires_at > :now and s.provider_id is distinct from o.provider_id
                        where o.team_id = :team and s.how <> 'console' and not exists (select from staff where staff.reader_id = r.id)
                        """)
                .bind("team", team)
                .bind("now", clock.instant())
                .mapTo(Long.class)
                .one());
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

    /** The same for someone who has shown who they are; see the view. */
    public Optional<IdentityProvider> requiredOf(long reader) {
        return jdbi.withHandle(
                        handle -> handle.createQuery("select provider_id from house where reader_id = :reader limit 1")
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
