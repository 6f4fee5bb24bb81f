package press.masthead.teams;

import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import press.masthead.readers.EmailAddress;
import press.masthead.readers.Reader;

/** Who reads together: the other people on the teams that someone sits on or manages. */
public final class Colleagues {
    /** People of a team: who has taken a seat and still sits on it, and who manages it. */
    private static final String PEOPLE = """
            select s.team_id, s.reader_id from seat s where s.ended_at is null and s.taken_at is not null and s.reader_id is not null
            union select m.team_id, m.reader_id from team_manager m
            """;

    private final Jdbi jdbi;
    private final Teams teams;
    private final Seats seats;
    private final Domains domains;
    private final TeamLetters letters;

    public Colleagues(Jdbi jdbi, Teams teams, Seats seats, Domains domains, TeamLetters letters) {
        this.jdbi = jdbi;
        this.teams = teams;
        this.seats = seats;
        this.domains = domains;
        this.letters = letters;
    }

    /** @param name may be empty */
    public record Colleague(long readerId, String email, String name) {
        public String shownName() {
            return name.isBlank() ? email : name;
        }
    }

    /** Whether someone has a team at all. */
    public boolean any(long reader) {
        return jdbi.withHandle(handle -> handle.createQuery("""
                        select exists (select from seat where reader_id = :reader and ended_at is null and taken_at is not null)
                            or exists (select from team_manager where reader_id = :reader)
                        """)
                .bind("reader", reader)
                .mapTo(Boolean.class)
                .one());
    }

    /** A team that someone reads with. */
    public record OfTeam(long id, String name) {}

    /** The teams that someone sits on or manages, by name. */
    public List<OfTeam> teamsOf(long reader) {
        return jdbi.withHandle(handle -> handle.createQuery("with people as (" + PEOPLE + """
                        )
                        select t.id, t.name from people p join team t on t.id = p.team_id where p.reader_id = :reader order by lower(t.name), t.id
                        """)
                .bind("reader", reader)
                .mapTo(OfTeam.class)
                .list());
    }

    /** The others on their teams, by name. */
    public List<Colleague> of(long reader, int most) {
        return jdbi.withHandle(handle -> handle.createQuery("with people as (" + PEOPLE + """
                        )
                        select distinct r.id as reader_id, r.email, r.name, lower(coalesce(nullif(btrim(r.name), ''), r.email)) as by
                        from people mine join people other on other.team_id = mine.team_id and other.reader_id <> mine.reader_id
                        join reader r on r.id = other.reader_id
                        where mine.reader_id = :reader order by 4, 1 limit :most
                        """)
                .bind("reader", reader)
                .bind("most", most)
                .mapTo(Colleague.class)
                .list());
    }

    /** Who an address is to someone. */
    public sealed interface Known {
        /** On the same team. */
        record One(Colleague colleague) implements Known {}

        /** Of the team's own domain or invited to it, and without a seat so far. */
        record Seatless(long team, String teamName, int free) implements Known {}

        /** Nobody of theirs. */
        record Outsider() implements Known {}
    }

    public Known find(Reader reader, EmailAddress email) {
        return jdbi.withHandle(handle -> handle.createQuery("with people as (" + PEOPLE + """
                        )
                        select r.id as reader_id, r.email, r.name
                        from people mine join people other on other.team_id = mine.team_id
                        join reader r on r.id = other.reader_id
                        where mine.reader_id = :reader and r.email_key = :key limit 1
                        """)
                .bind("reader", reader.id())
                .bind("key", email.key())
                .mapTo(Colleague.class)
                .findOne()
                .<Known>map(Known.One::new)
                .or(() -> seatless(handle, reader, email))
                .orElseGet(Known.Outsider::new));
    }

    private Optional<Known> seatless(Handle handle, Reader reader, EmailAddress email) {
        Optional<Long> invited = handle.createQuery("with people as (" + PEOPLE + """
                        )
                        select s.team_id from people mine join seat s on s.team_id = mine.team_id
                        where mine.reader_id = :reader and s.email_key = :key and s.ended_at is null and s.taken_at is null limit 1
                        """)
                .bind("reader", reader.id())
                .bind("key", email.key())
                .mapTo(Long.class)
                .findOne();
        return invited.or(() -> domains.homeOf(handle, email)
                        .map(Domains.Home::teamId)
                        .filter(team -> isOn(handle, team, reader.id())))
                .flatMap(teams::find)
                .map(team -> {
                    Room room = seats.room(handle, team.id());
                    int free = invited.isPresent() ? 1 : room.left();
                    return new Known.Seatless(team.id(), team.name(), free);
                });
    }

    private static boolean isOn(Handle handle, long team, long reader) {
        return handle.createQuery("select exists (select from (" + PEOPLE
                        + ") people where team_id = :team and reader_id = :reader)")
                .bind("team", team)
                .bind("reader", reader)
                .mapTo(Boolean.class)
                .one();
    }

    /** Asks whoever manages the team to give that address a seat, so that it can read what it was to be sent. */
    public void askForSeat(Reader reader, Known.Seatless whom, EmailAddress email, String title) {
        jdbi.useTransaction(handle -> teams.find(whom.team())
                .ifPresent(team -> teams.managers(handle, team.id())
                        .forEach(manager -> letters.shared(
                                handle,
                                team,
                                new TeamLetters.To(manager.email(), manager.name()),
                                Invite.shown(reader),
                                email.typed(),
                                title,
                                whom.free()))));
    }
}
