package press.masthead.teams;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import press.masthead.platform.web.Secret;
import press.masthead.readers.EmailAddress;

/** The domains that teams are at home at, and how it was shown. */
public final class Domains {
    /** How long the letter to who minds a domain is good. */
    static final Duration LETTER = Duration.ofDays(7);

    private static final String SELECT = """
            select id, team_id, domain, proof, joining = 'auto' as by_themselves, sent_to, verified_at, verified_by from team_domain
            """;

    private final Jdbi jdbi;
    private final Clock clock;

    public Domains(Jdbi jdbi, Clock clock) {
        this.jdbi = jdbi;
        this.clock = clock;
    }

    /**
     * One domain of a team.
     *
     * @param proof what the DNS is to say; no secret
     * @param byThemselves whether people of it sit down without a manager's word
     */
    record Domain(
            long id,
            long teamId,
            String domain,
            String proof,
            boolean byThemselves,
            String sentTo,
            Optional<Instant> verifiedAt,
            String verifiedBy) {
        /** The name at which the TXT record may stand, besides the domain itself. */
        String recordName() {
            return "_masthead." + domain;
        }
    }

    List<Domain> of(long team) {
        return jdbi.withHandle(handle -> handle.createQuery(SELECT + "where team_id = :team order by domain")
                .bind("team", team)
                .mapTo(Domain.class)
                .list());
    }

    Optional<Domain> find(long team, long id) {
        return jdbi.withHandle(handle -> handle.createQuery(SELECT + "where team_id = :team and id = :id")
                .bind("team", team)
                .bind("id", id)
                .mapTo(Domain.class)
                .findOne());
    }

    /** False when the team named it before. */
    boolean add(long team, String domain) {
        String proof = "masthead-team=" + Secret.fresh().reveal().substring(0, 22);
        return jdbi.withHandle(handle -> handle.createUpdate("""
                        insert into team_domain (team_id, domain, proof, created_at) values (:team, :domain, :proof, :now)
                        on conflict do nothing
                        """)
                        .bind("team", team)
                        .bind("domain", domain)
                        .bind("proof", proof)
                        .bind("now", clock.instant())
                        .execute()
                == 1);
    }

    void remove(long team, long id) {
        jdbi.useHandle(handle -> handle.createUpdate("delete from team_domain where team_id = :team and id = :id")
                .bind("team", team)
                .bind("id", id)
                .execute());
    }

    void joining(long team, long id, boolean byThemselves) {
        jdbi.useHandle(handle -> handle.createUpdate("""
                        update team_domain set joining = case when :auto then 'auto' else 'approval' end where team_id = :team and id = :id
                        """)
                .bind("team", team)
                .bind("id", id)
                .bind("auto", byThemselves)
                .execute());
    }

    /** Keeps the hash of the letter's secret; the letter before is worth nothing any more. */
    void sent(Handle handle, long id, String to, Secret secret) {
        handle.createUpdate(
                        "update team_domain set token_hash = :hash, sent_to = :to, expires_at = :until where id = :id")
                .bind("id", id)
                .bind("to", to)
                .bind("hash", secret.hash())
                .bind("until", clock.instant().plus(LETTER))
                .execute();
    }

    /** The domain that a letter's link is about, while it is good. */
    Optional<Domain> asked(Secret secret) {
        return jdbi.withHandle(handle -> handle.createQuery(SELECT + "where token_hash = :hash and expires_at > :now")
                .bind("hash", secret.hash())
                .bind("now", clock.instant())
                .mapTo(Domain.class)
                .findOne());
    }

    /** False when another team has shown before that it is at home there. */
    boolean verify(long id, String how) {
        return jdbi.withHandle(handle -> handle.createUpdate("""
                        update team_domain d set verified_at = :now, verified_by = :how, token_hash = null
                        where id = :id and not exists (
                          select from team_domain o where o.domain = d.domain and o.verified_at is not null and o.id <> d.id)
                        """)
                        .bind("id", id)
                        .bind("how", how)
                        .bind("now", clock.instant())
                        .execute()
                == 1);
    }

    /** The team that an address is at home with. */
    record Home(long teamId, String team, boolean joinsByThemselves) {}

    Optional<Home> homeOf(EmailAddress email) {
        return jdbi.withHandle(handle -> homeOf(handle, email));
    }

    Optional<Home> homeOf(Handle handle, EmailAddress email) {
        return handle.createQuery("""
                        select t.id as team_id, t.name as team, d.joining = 'auto' as joins_by_themselves
                        from team_domain d join team t on t.id = d.team_id
                        where d.domain = :domain and d.verified_at is not null
                        """)
                .bind("domain", email.key().substring(email.key().lastIndexOf('@') + 1))
                .mapTo(Home.class)
                .findOne();
    }
}
