package press.masthead.tickets;

import java.time.Clock;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;

/** All tickets. Numbers are given with the event's row locked. */
public final class Tickets {
    private static final String SELECT = """
            select id, event_id, registration_id, number, reader_id, name, email, why, cancelled_at is null as good from ticket
            """;

    private final Jdbi jdbi;
    private final Clock clock;

    public Tickets(Jdbi jdbi, Clock clock) {
        this.jdbi = jdbi;
        this.clock = clock;
    }

    Ticket issue(Handle handle, long event, long registration, Optional<Long> reader, String name, String email) {
        return handle.createQuery("""
                        insert into ticket (event_id, registration_id, number, reader_id, name, email, issued_at)
                        values (:event, :registration, (select coalesce(max(number), 0) + 1 from ticket where event_id = :event),
                                :reader, :name, :email, :now)
                        returning id, event_id, registration_id, number, reader_id, name, email, why, true as good
                        """)
                .bind("event", event)
                .bind("registration", registration)
                .bind("reader", reader)
                .bind("name", name)
                .bind("email", email)
                .bind("now", clock.instant())
                .mapTo(Ticket.class)
                .one();
    }

    void cancel(Handle handle, long ticket, String why) {
        handle.createUpdate("update ticket set cancelled_at = :now, why = :why where id = :id and cancelled_at is null")
                .bind("id", ticket)
                .bind("why", why)
                .bind("now", clock.instant())
                .execute();
    }

    /** Those of one registration that are good. */
    List<Ticket> of(Handle handle, long registration) {
        return handle.createQuery(
                        SELECT + "where registration_id = :registration and cancelled_at is null order by number")
                .bind("registration", registration)
                .mapTo(Ticket.class)
                .list();
    }

    /**
     * The good ones that this reader may open: those of their registration that nobody else has by now, and the one that somebody
     * handed on to them. A number that is not theirs is nobody's.
     */
    public List<Ticket> of(long event, long reader) {
        return jdbi.withHandle(handle -> handle.createQuery(SELECT + """
                        where event_id = :event and cancelled_at is null
                          and (reader_id = :reader or reader_id is null and registration_id in (
                               select id from registration where event_id = :event and reader_id = :reader and state = 'confirmed'))
                        order by number
                        """)
                .bind("event", event)
                .bind("reader", reader)
                .mapTo(Ticket.class)
                .list());
    }

    /** All of an event's, cancelled ones too, by number. */
    public List<Ticket> all(long event) {
        return jdbi.withHandle(handle -> handle.createQuery(SELECT + "where event_id = :event order by number")
                .bind("event", event)
                .mapTo(Ticket.class)
                .list());
    }

    /** How this reader stands with an event that is to come: {@code confirmed}, {@code waiting}, {@code offered} or {@code held}. */
    public record Coming(String slug, String state) {}

    public List<Coming> coming(long reader) {
        return jdbi.withHandle(handle -> handle.createQuery("""
                        select e.slug, r.state from registration r join event e on e.id = r.event_id
                        where r.reader_id = :reader and r.state in ('waiting', 'offered', 'held') and e.ends_at > :now and e.state = 'published'
                        union
                        select e.slug, 'confirmed' from ticket t join event e on e.id = t.event_id
                        where t.reader_id = :reader and t.cancelled_at is null and e.ends_at > :now and e.state = 'published'
                        """)
                .bind("reader", reader)
                .bind("now", clock.instant())
                .mapTo(Coming.class)
                .list());
    }
}
