package press.masthead.teams;

import java.time.Clock;
import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;

/** Teams and who manages them. */
public final class Teams {
    private final Jdbi jdbi;
    private final Clock clock;

    public Teams(Jdbi jdbi, Clock clock) {
        this.jdbi = jdbi;
        this.clock = clock;
    }

    long begin(Handle handle, String name, ZoneId zone) {
        return handle.createQuery("insert into team (name, zone, created_at) values (:name, :zone, :now) returning id")
                .bind("name", name)
                .bind("zone", zone.getId())
                .bind("now", clock.instant())
                .mapTo(Long.class)
                .one();
    }

    Optional<Team> find(long id) {
        return jdbi.withHandle(handle -> find(handle, id));
    }

    Optional<Team> find(Handle handle, long id) {
        return handle.createQuery("select id, name, zone from team where id = :id")
                .bind("id", id)
                .mapTo(Team.class)
                .findOne();
    }

    /** The team, if this reader manages it at this moment. Every page of a manager asks anew. */
    Optional<Team> managed(long reader, long team) {
        return jdbi.withHandle(handle -> handle.createQuery("""
                        select t.id, t.name, t.zone from team_manager m join team t on t.id = m.team_id
                        where m.reader_id = :reader and m.team_id = :team
                        """)
                .bind("reader", reader)
                .bind("team", team)
                .mapTo(Team.class)
                .findOne());
    }

    List<Team> managedBy(long reader) {
        return jdbi.withHandle(handle ->
                handle.createQuery("""
                        select t.id, t.name, t.zone from team_manager m join team t on t.id = m.team_id
                        where m.reader_id = :reader order by lower(t.name), t.id
                        """).bind("reader", reader).mapTo(Team.class).list());
    }

    /** Until the end of the transaction nobody else changes this team's seats. */
    Team hold(Handle handle, long team) {
        return handle.createQuery("select id, name, zone from team where id = :team for no key update")
                .bind("team", team)
                .mapTo(Team.class)
                .one();
    }

    /** @param name may be empty */
    record Person(long id, String email, String name, Instant since, boolean present) {
        String shownName() {
            return name.isBlank() ? email : name;
        }
    }

    List<Person> managers(long team) {
        return jdbi.withHandle(handle -> managers(handle, team));
    }

    List<Person> managers(Handle handle, long team) {
        return handle.createQuery("""
                        select r.id, r.email, r.name, m.since, r.confirmed_at is not null as present
                        from team_manager m join reader r on r.id = m.reader_id
                        where m.team_id = :team order by m.since, r.id
                        """).bind("team", team).mapTo(Person.class).list();
    }

    /** False when they managed it before. */
    boolean appoint(Handle handle, long team, long reader) {
        return handle.createUpdate("""
                        insert into team_manager (team_id, reader_id, since) values (:team, :reader, :now)
                        on conflict do nothing
                        """)
                        .bind("team", team)
                        .bind("reader", reader)
                        .bind("now", clock.instant())
                        .execute()
                == 1;
    }

    /** From their next request on they manage nothing here. False for whoever did not, and for the last one. */
    boolean dismiss(Handle handle, long team, long reader) {
        hold(handle, team);
        return handle.createUpdate("""
                        delete from team_manager where team_id = :team and reader_id = :reader
                        and exists (select from team_manager where team_id = :team and reader_id <> :reader)
                        """)
                        .bind("team", team)
                        .bind("reader", reader)
                        .execute()
                == 1;
    }

    /**
     * A team in the newsroom's list.
     *
     * @param until of its last contract
     */
    record Listed(
            long id,
            String name,
            String zone,
            Optional<Instant> until,
            Optional<Instant> graceUntil,
            int seats,
            int used,
            boolean owes) {}

    /** Teams in the order of their names, those before the word left out. */
    List<Listed> list(String after, int most) {
        return jdbi.withHandle(handle -> handle.createQuery("""
                        select t.id, t.name, t.zone, c.until, c.grace_until, coalesce(c.seats, 0) as seats,
                               (select count(*) from seat s where s.team_id = t.id and s.ended_at is null
                                  and s.taken_at is not null and s.courtesy_until is null) as used,
                               exists (select from contract k join invoice i on i.contract_id = k.id
                                       where k.team_id = t.id and i.paid_at is null and i.voided_at is null and i.due_at < :now) as owes
                        from team t
                        left join lateral (select until, grace_until, seats from contract where team_id = t.id
                                           order by since desc limit 1) c on true
                        where lower(t.name) > :after order by lower(t.name), t.id limit :most
                        """)
                .bind("now", clock.instant())
                .bind("after", after)
                .bind("most", most)
                .mapTo(Listed.class)
                .list());
    }
}
