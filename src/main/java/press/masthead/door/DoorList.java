package press.masthead.door;

import java.util.List;
import org.jdbi.v3.core.Handle;

/** The tickets that a phone at the door carries. */
final class DoorList {
    private DoorList() {}

    static List<Guest> of(Handle handle, long event) {
        return handle.createQuery("""
                        select t.id, t.number, coalesce(nullif(btrim(t.name), ''), case when t.reader_id is not null then split_part(t.email, '@', 1) else '' end) as name,
                               case when t.reader_id is null then coalesce(nullif(btrim(p.name), ''), split_part(p.email, '@', 1), '') else '' end as host,
                               t.why, t.cancelled_at as ended_at
                        from ticket t join registration r on r.id = t.registration_id left join reader p on p.id = r.reader_id
                        where t.event_id = :event order by t.number
                        """).bind("event", event).mapTo(Guest.class).list();
    }

    /** Changes whenever a ticket was issued or ended: then the list on a phone is old. */
    static String version(Handle handle, long event) {
        return handle.createQuery("""
                        select count(*) || '-' || count(cancelled_at) from ticket where event_id = :event
                        """).bind("event", event).mapTo(String.class).one();
    }
}
