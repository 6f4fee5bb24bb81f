package press.masthead.door;

import java.time.Clock;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;

/** What the phones at the door have told, and what follows from it. */
public final class Scans {
    /**
     * The last word on each scan. Of one ticket's the earliest stands, whichever phone told of it first; at the very same millisecond the
     * lower id. One that was shown after its ticket ended lets nobody in.
     */
    private static final String SETTLED = """
            select s.id, s.opening_id, s.ticket_id, s.at, s.said, s.how,
                   case when s.kind <> 'ticket' then s.kind
                        when t.cancelled_at <= s.at then 'cancelled'
                        when row_number() over (partition by s.ticket_id order by s.at, s.id) = 1 then 'in'
                        else 'already' end as verdict,
                   first_value(s.at) over (partition by s.ticket_id order by s.at, s.id) as first_at,
                   first_value(s.opening_id) over (partition by s.ticket_id order by s.at, s.id) as first_opening
            from door_scan s left join ticket t on t.id = s.ticket_id
            where s.event_id = :event
            """;

    private final Jdbi jdbi;
    private final Clock clock;

    public Scans(Jdbi jdbi, Clock clock) {
        this.jdbi = jdbi;
        this.clock = clock;
    }

    /** @param name as it is called among the others, such as "Door 2" */
    public record Opening(UUID id, long eventId, String name) {}

    /** Opens the door on one more phone. */
    public Opening open(Handle handle, long event, Optional<Long> by) {
        return handle.createQuery("""
                        insert into door_opening (id, event_id, by, name, opened_at, seen_at)
                        values (:id, :event, :by, 'Door ' || (select count(*) + 1 from door_opening where event_id = :event), :now, :now)
                        returning id, event_id, name
                        """)
                .bind("id", UUID.randomUUID())
                .bind("event", event)
                .bind("by", by)
                .bind("now", clock.instant())
                .mapTo(Opening.class)
                .one();
    }

    boolean isOpen(Handle handle, long event, UUID opening) {
        return handle.createUpdate("update door_opening set seen_at = :now where id = :id and event_id = :event")
                        .bind("id", opening)
                        .bind("event", event)
                        .bind("now", clock.instant())
                        .execute()
                == 1;
    }

    Map<UUID, String> names(Handle handle, long event) {
        return handle
                .createQuery("select id, event_id, name from door_opening where event_id = :event")
                .bind("event", event)
                .mapTo(Opening.class)
                .stream()
                .collect(Collectors.toMap(Opening::id, Opening::name));
    }

    /** @param ticketId 0 for none */
    record Told(UUID id, long ticketId, String kind, String how, Instant at, String said) {
        Told asForged() {
            return new Told(id, 0, "forged", how, at, said);
        }
    }

    /** Writes them down; one that was told before is known. */
    void add(Handle handle, long event, UUID opening, List<Told> scans) {
        if (scans.isEmpty()) return;
        var batch = handle.prepareBatch("""
                insert into door_scan (id, event_id, opening_id, ticket_id, kind, how, at, said, received_at)
                values (:id, :event, :opening, nullif(:ticket, 0), :kind, :how, :at, :said, :now) on conflict do nothing
                """);
        for (Told scan : scans)
            batch.bind("id", scan.id())
                    .bind("event", event)
                    .bind("opening", opening)
                    .bind("ticket", scan.ticketId())
                    .bind("kind", scan.kind())
                    .bind("how", scan.how())
                    .bind("at", scan.at())
                    .bind("said", scan.said())
                    .bind("now", clock.instant())
                    .add();
        batch.execute();
    }

    /** @param firstAt when the first scan of this ticket was, and at which door */
    public record Settled(
            UUID id,
            UUID openingId,
            Optional<Long> ticketId,
            Instant at,
            String said,
            String how,
            String verdict,
            Instant firstAt,
            UUID firstOpening) {}

    /** All of an event's, as they stand. */
    public List<Settled> settled(Handle handle, long event) {
        return handle.createQuery(SETTLED + " order by s.at, s.id")
                .bind("event", event)
                .mapTo(Settled.class)
                .list();
    }

    /** Those of the tickets that something new was told of from then on; what was no ticket, when it was told from then on. */
    List<Settled> settled(Handle handle, long event, Instant from) {
        return handle.createQuery(SETTLED + """
                         and (s.ticket_id in (select ticket_id from door_scan where event_id = :event and received_at >= :from)
                              or s.ticket_id is null and s.received_at >= :from)
                        order by s.at, s.id
                        """)
                .bind("event", event)
                .bind("from", from)
                .mapTo(Settled.class)
                .list();
    }

    /** Which of these tickets are this event's. */
    Set<Long> here(Handle handle, long event, Collection<Long> tickets) {
        return Set.copyOf(handle.createQuery("select id from ticket where event_id = :event and id = any(:tickets)")
                .bind("event", event)
                .bindArray("tickets", Long.class, List.copyOf(tickets))
                .mapTo(Long.class)
                .list());
    }

    public List<Settled> settled(long event) {
        return jdbi.withHandle(handle -> settled(handle, event));
    }
}
