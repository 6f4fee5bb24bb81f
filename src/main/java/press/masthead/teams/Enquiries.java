package press.masthead.teams;

import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import press.masthead.readers.Reader;

/** Enquiries about seats, and each step with them. */
public final class Enquiries {
    private static final String SELECT = """
            select e.id, e.at, e.name, e.email, e.organisation, e.seats, e.words, e.state, e.moved_at, e.owner_id,
                   coalesce(nullif(r.name, ''), r.email, '') as owner, e.next_step, e.next_day
            from enquiry e left join reader r on r.id = e.owner_id
            """;

    private final Jdbi jdbi;
    private final Clock clock;

    public Enquiries(Jdbi jdbi, Clock clock) {
        this.jdbi = jdbi;
        this.clock = clock;
    }

    /** What someone entered. */
    public record Asked(String name, String email, String organisation, int seats, String words) {}

    long add(Handle handle, Asked asked, Optional<Long> by) {
        long id = handle.createQuery("""
                        insert into enquiry (at, moved_at, name, email, organisation, seats, words)
                        values (:now, :now, :name, :email, :organisation, :seats, :words) returning id
                        """)
                .bindMethods(asked)
                .bind("now", clock.instant())
                .mapTo(Long.class)
                .one();
        note(handle, id, "came", by, "");
        return id;
    }

    Optional<Enquiry> find(long id) {
        return jdbi.withHandle(handle -> find(handle, id));
    }

    Optional<Enquiry> find(Handle handle, long id) {
        return handle.createQuery(SELECT + "where e.id = :id")
                .bind("id", id)
                .mapTo(Enquiry.class)
                .findOne();
    }

    /** One column, the next steps first, then what moved last. */
    List<Enquiry> in(Enquiry.State state, int most) {
        return jdbi.withHandle(handle -> handle.createQuery(SELECT + """
                        where e.id in (select id from enquiry where state = :state order by moved_at desc, id desc limit :most)
                        order by e.next_day nulls last, e.moved_at desc, e.id desc
                        """)
                .bind("state", state)
                .bind("most", most)
                .mapTo(Enquiry.class)
                .list());
    }

    /** False when it stood there already. */
    boolean move(long id, Enquiry.State to, Reader staff) {
        return jdbi.inTransaction(handle -> move(handle, id, to, staff));
    }

    private boolean move(Handle handle, long id, Enquiry.State to, Reader staff) {
        int moved = handle.createUpdate(
                        "update enquiry set state = :to, moved_at = :now where id = :id and state <> :to")
                .bind("id", id)
                .bind("to", to)
                .bind("now", clock.instant())
                .execute();
        if (moved == 1) note(handle, id, "moved", Optional.of(staff.id()), to.shown());
        return moved == 1;
    }

    /** It became a contract. */
    void won(Handle handle, long id, Reader staff, String team) {
        move(handle, id, Enquiry.State.WON, staff);
        note(handle, id, "contract", Optional.of(staff.id()), team);
    }

    void write(long id, Reader staff, String words) {
        jdbi.useHandle(handle -> note(handle, id, "noted", Optional.of(staff.id()), words));
    }

    /** What is next, when, and whose it is; the day's reminder is due again. */
    void plan(long id, Reader staff, String step, Optional<LocalDate> day, Optional<Long> owner) {
        jdbi.useTransaction(handle -> {
            Enquiry before = find(handle, id).orElseThrow();
            handle.createUpdate("""
                            update enquiry set next_step = :step, next_day = :day, owner_id = :owner, reminded_at = null where id = :id
                            """)
                    .bind("id", id)
                    .bind("step", step)
                    .bind("day", day)
                    .bind("owner", owner)
                    .execute();
            if (!before.nextStep().equals(step) || !before.nextDay().equals(day))
                note(
                        handle,
                        id,
                        "step",
                        Optional.of(staff.id()),
                        step + day.map(on -> ", " + on).orElse(""));
            if (!before.ownerId().equals(owner))
                note(
                        handle,
                        id,
                        "owner",
                        Optional.of(staff.id()),
                        find(handle, id).orElseThrow().owner());
        });
    }

    private void note(Handle handle, long id, String what, Optional<Long> by, String note) {
        handle.createUpdate(
                        "insert into enquiry_event (enquiry_id, at, by, what, note) values (:id, :now, :by, :what, :note)")
                .bind("id", id)
                .bind("now", clock.instant())
                .bind("by", by)
                .bind("what", what)
                .bind("note", note)
                .execute();
    }

    record Event(Instant at, String by, String what, String note) {}

    List<Event> history(long id) {
        return jdbi.withHandle(handle ->
                handle.createQuery("""
                        select e.at, coalesce(nullif(r.name, ''), r.email, '') as by, e.what, e.note
                        from enquiry_event e left join reader r on r.id = e.by where e.enquiry_id = :id order by e.id desc
                        """).bind("id", id).mapTo(Event.class).list());
    }

    /** Those who mind the business: the business staff, else the owners. */
    List<TeamLetters.To> business(Handle handle) {
        return handle.createQuery("""
                        select r.email, r.name from staff s join reader r on r.id = s.reader_id
                        where s.role = case when exists (select from staff where role = 'business') then 'business' else 'owner' end
                        order by r.id
                        """).mapTo(TeamLetters.To.class).list();
    }

    /** Someone whose an enquiry can be. */
    record Owner(long id, String name) {}

    List<Owner> owners() {
        return jdbi.withHandle(
                handle -> handle.createQuery("""
                        select r.id, coalesce(nullif(r.name, ''), r.email) as name from staff s join reader r on r.id = s.reader_id
                        where s.role in ('owner', 'business') order by 2
                        """).mapTo(Owner.class).list());
    }

    /** Takes the next one whose day has come and that nobody was reminded of; another node takes another. */
    Optional<Enquiry> due(Handle handle, LocalDate today) {
        return handle.createQuery("""
                        with taken as (
                          update enquiry set reminded_at = :now where id = (
                            select id from enquiry where reminded_at is null and next_day <= :today and state not in ('won', 'lost')
                            order by next_day limit 1 for update skip locked) returning id)
                        """ + SELECT + "join taken on taken.id = e.id")
                .bind("now", clock.instant())
                .bind("today", today)
                .mapTo(Enquiry.class)
                .findOne();
    }
}
