package press.masthead.signin;

import java.net.IDN;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import press.masthead.platform.storage.Vault;
import press.masthead.platform.web.Problem;
import press.masthead.readers.EmailAddress;

/**
 * The identity providers that someone has set up, each with its secret encrypted.
 *
 * <p>Single sign-on of a team is these steps: {@link #add} with the team's number and the domains that it has proved to be
 * its own (a provider is believed about nobody else), {@link ProviderPages#begin} with a purpose of the team's own, such as
 * {@code test}, to send the manager there, {@link Arrival} to receive what came back, {@link #open} when that was right.
 * From then on {@link #forAddress} finds it and people are sent by {@code /signin/oidc/NUMBER}.
 */
public final class IdentityProviders {
    private static final String COLUMNS =
            "select id, name, issuer, client_id, domains, team_id, open from identity_provider ";

    private final Jdbi jdbi;
    private final Clock clock;
    private final Vault vault;

    public IdentityProviders(Jdbi jdbi, Clock clock, Vault vault) {
        this.jdbi = jdbi;
        this.clock = clock;
        this.vault = vault;
    }

    /**
     * What someone has filled in.
     *
     * @param secret in plain; never shown again
     */
    public record Details(
            String name, String issuer, String clientId, String secret, List<String> domains, Optional<Long> teamId) {
        @Override
        public String toString() {
            return name + " at " + issuer;
        }
    }

    /** Keeps it, closed; returns its number. */
    public long add(Handle handle, Details details) {
        long id = handle.createQuery("""
                        insert into identity_provider (name, issuer, client_id, client_secret, domains, team_id, created_at)
                        values (:name, :issuer, :client, '', :domains, :team, :now) returning id
                        """)
                .bind("name", details.name().strip())
                .bind("issuer", issuer(details.issuer()))
                .bind("client", details.clientId().strip())
                .bindArray("domains", String.class, domains(details.domains()))
                .bind("team", details.teamId())
                .bind("now", clock.instant())
                .mapTo(Long.class)
                .one();
        keepSecret(handle, id, details.secret());
        return id;
    }

    /**
     * Writes its details anew and closes it, for what was tested was another. An empty secret leaves the one there is, unless
     * the issuer has changed: another server must not be handed what the first was given.
     */
    public void change(Handle handle, long id, Details details) {
        boolean moved =
                !byId(id).orElseThrow(IdentityProviders::missing).issuer().equals(issuer(details.issuer()));
        if (moved && details.secret().isBlank()) throw Problem.invalid("A new address needs its own secret.");
        handle.createUpdate("""
                        update identity_provider set name = :name, issuer = :issuer, client_id = :client, domains = :domains,
                               open = false
                        where id = :id
                        """)
                .bind("id", id)
                .bind("name", details.name().strip())
                .bind("issuer", issuer(details.issuer()))
                .bind("client", details.clientId().strip())
                .bindArray("domains", String.class, domains(details.domains()))
                .execute();
        if (moved) handle.execute("delete from identity where provider_id = ?", id);
        if (!details.secret().isBlank()) keepSecret(handle, id, details.secret());
    }

    private void keepSecret(Handle handle, long id, String secret) {
        handle.createUpdate("update identity_provider set client_secret = :secret where id = :id")
                .bind("id", id)
                .bind(
                        "secret",
                        vault.seal("identity-provider:" + id, secret.strip().getBytes(StandardCharsets.UTF_8)))
                .execute();
    }

    /** Whether people may sign in by it. */
    public void open(Handle handle, long id, boolean open) {
        handle.execute("update identity_provider set open = ? where id = ?", open, id);
    }

    public void remove(Handle handle, long id) {
        handle.execute("delete from identity_provider where id = ?", id);
    }

    public Optional<IdentityProvider> byId(long id) {
        return jdbi.withHandle(handle -> handle.createQuery(COLUMNS + "where id = :id")
                .bind("id", id)
                .mapTo(IdentityProvider.class)
                .findOne());
    }

    public List<IdentityProvider> ofTeam(long team) {
        return jdbi.withHandle(handle -> handle.createQuery(COLUMNS + "where team_id = :team order by id")
                .bind("team", team)
                .mapTo(IdentityProvider.class)
                .list());
    }

    /** The open one that speaks for this address; of several the oldest. */
    public Optional<IdentityProvider> forAddress(EmailAddress email) {
        String domain = email.key().substring(email.key().lastIndexOf('@') + 1);
        return jdbi.withHandle(handle -> handle.createQuery(
                        COLUMNS + "where open and domains @> array[cast(:domain as text)] order by id limit 1")
                .bind("domain", domain)
                .mapTo(IdentityProvider.class)
                .findOne());
    }

    /** @throws Problem where the key has changed since it was kept */
    String secret(long id) {
        byte[] sealed = jdbi.withHandle(
                handle -> handle.createQuery("select client_secret from identity_provider where id = :id")
                        .bind("id", id)
                        .mapTo(byte[].class)
                        .findOne()
                        .orElseThrow(IdentityProviders::missing));
        return vault.open("identity-provider:" + id, sealed)
                .map(plain -> new String(plain, StandardCharsets.UTF_8))
                .orElseThrow(
                        () -> Problem.unavailable(
                                "The secret for this sign-in can't be read any more. Whoever set it up has to enter it again."));
    }

    private static Problem missing() {
        return Problem.notFound("There is no such sign-in.");
    }

    private static String issuer(String typed) {
        return typed.strip();
    }

    private static List<String> domains(List<String> typed) {
        return typed.stream()
                .map(domain -> IDN.toASCII(domain.strip().toLowerCase(Locale.ROOT)))
                .filter(domain -> !domain.isEmpty())
                .distinct()
                .toList();
    }
}
