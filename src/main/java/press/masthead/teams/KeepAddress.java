package press.masthead.teams;

import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import press.masthead.platform.web.Problem;
import press.masthead.readers.EmailAddress;

/**
 * Whoever sits on a seat by an address whose team has its people sign in its own way keeps that address while they sit. With a
 * private one they would go on reading after the company has closed their account there.
 */
public final class KeepAddress {
    private final Jdbi jdbi;
    private final Seats seats;

    public KeepAddress(Jdbi jdbi, Seats seats) {
        this.jdbi = jdbi;
        this.seats = seats;
    }

    private record Held(long seat, long teamId, String team) {}

    /**
     * Lets a reader's account move to another address, or writes down in the seat's history that it was refused.
     *
     * @throws Problem 409 with whom to ask
     */
    public void check(long reader, EmailAddress to) {
        Optional<Problem> refused = jdbi.inTransaction(handle -> {
            Optional<Held> held = held(handle, reader, to);
            held.ifPresent(seat -> seats.note(handle, seat.seat(), "address_kept", Optional.of(reader), ""));
            return held.map(seat -> refusal(handle, reader, seat));
        });
        if (refused.isPresent()) throw refused.get();
    }

    private static Optional<Held> held(Handle handle, long reader, EmailAddress to) {
        return handle.createQuery("""
                        select k.id as seat, t.id as team_id, t.name as team
                        from reader r
                        join team_domain d on d.domain = substring(r.email_key from '[^@]*$') and d.verified_at is not null
                        join team_sign_on o on o.team_id = d.team_id and o.required
                        join identity_provider p on p.id = o.provider_id and p.open
                        join seat k on k.team_id = d.team_id and k.reader_id = r.id and k.ended_at is null
                        join team t on t.id = d.team_id
                        where r.id = :reader
                          and not exists (select from team_domain other where other.team_id = d.team_id
                                            and other.verified_at is not null and other.domain = :domain)
                        limit 1
                        """)
                .bind("reader", reader)
                .bind("domain", to.key().substring(to.key().lastIndexOf('@') + 1))
                .mapTo(Held.class)
                .findOne();
    }

    private static Problem refusal(Handle handle, long reader, Held held) {
        List<String> managers = handle.createQuery("""
                        select case when r.name = '' then r.email else r.name || ' (' || r.email || ')' end
                        from team_manager m join reader r on r.id = m.reader_id
                        where m.team_id = :team and r.id <> :reader order by m.since, r.id limit 1
                        """)
                .bind("team", held.teamId())
                .bind("reader", reader)
                .mapTo(String.class)
                .list();
        String whom = managers.isEmpty() ? "us" : managers.getFirst();
        return Problem.stale("Your seat of " + held.team() + " goes with your address at work. Please ask " + whom
                + " to take the seat back first; then you can move your account.");
    }
}
