package press.masthead.events;

import java.time.Clock;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import press.masthead.readers.EmailAddress;

/** All events. */
public final class Events {
    private static final String ANNOUNCED = """
            select id, slug, title, announcement, city, starts_at, ends_at, zone, access, plans, by_invitation,
                   online_url <> '' as online, recording_url <> '' as has_recording, price, currency, state, note, published_at
            from event
            """;

    private final Jdbi jdbi;
    private final Clock clock;

    public Events(Jdbi jdbi, Clock clock) {
        this.jdbi = jdbi;
        this.clock = clock;
    }

    /** What everyone is told of one, drafts left out. */
    public Optional<Announcement> announced(String slug) {
        return announced(slug, false);
    }

    /** @param drafts whether one that is not published is found, too: for the newsroom */
    public Optional<Announcement> announced(String slug, boolean drafts) {
        return jdbi.withHandle(
                handle -> handle.createQuery(ANNOUNCED + "where slug = :slug and (state <> 'draft' or :drafts)")
                        .bind("slug", slug)
                        .bind("drafts", drafts)
                        .mapTo(Announcement.class)
                        .findOne());
    }

    /** Those of these numbers that are published. */
    public List<Announcement> announced(Collection<Long> ids) {
        if (ids.isEmpty()) return List.of();
        return jdbi.withHandle(handle -> handle.createQuery(ANNOUNCED + "where id = any(:ids) and state = 'published'")
                .bindArray("ids", Long.class, ids)
                .mapTo(Announcement.class)
                .list());
    }

    /** Those that are not over, the next one first. */
    public List<Announcement> upcoming(int most) {
        return jdbi.withHandle(handle -> handle.createQuery(
                        ANNOUNCED + "where state <> 'draft' and ends_at > :now order by starts_at, id limit :most")
                .bind("now", clock.instant())
                .bind("most", most)
                .mapTo(Announcement.class)
                .list());
    }

    /** Those that took place, the last one first. */
    public List<Announcement> past(int most) {
        return jdbi.withHandle(handle -> handle.createQuery(ANNOUNCED
                        + "where state = 'published' and ends_at <= :now order by starts_at desc, id desc limit :most")
                .bind("now", clock.instant())
                .bind("most", most)
                .mapTo(Announcement.class)
                .list());
    }

    /** The paths of those that are published, the newest first: for search engines. */
    public List<String> paths() {
        return jdbi.withHandle(handle -> handle.createQuery(
                        "select slug from event where state = 'published' order by starts_at desc limit 500")
                .mapTo(String.class)
                .map(Event::path)
                .list());
    }

    /** All of it, to whoever was admitted. */
    public Event whole(Announcement announcement, Admission.Admitted pass) {
        return find(announcement.id()).orElseThrow();
    }

    /** All of it, for the newsroom and for those who write to guests. */
    public Optional<Event> find(long id) {
        return jdbi.withHandle(handle -> find(handle, id));
    }

    public Optional<Event> find(Handle handle, long id) {
        return handle.createQuery("select * from event where id = :id")
                .bind("id", id)
                .mapTo(Event.class)
                .findOne();
    }

    /** The same, its row locked: whoever gives, takes or moves a seat does it behind this. */
    public Optional<Event> hold(Handle handle, long id) {
        return handle.createQuery("select * from event where id = :id for no key update")
                .bind("id", id)
                .mapTo(Event.class)
                .findOne();
    }

    /** The newsroom's list, those that come next first and then the past ones. */
    record Listed(
            long id,
            String slug,
            String title,
            String city,
            Instant startsAt,
            Instant endsAt,
            String zone,
            int capacity,
            String state,
            long taken,
            long waiting) {}

    List<Listed> all(int most) {
        return jdbi.withHandle(handle -> handle.createQuery("""
                        select e.id, e.slug, e.title, e.city, e.starts_at, e.ends_at, e.zone, e.capacity, e.state,
                               coalesce(sum(r.seats) filter (where r.state in ('held', 'offered', 'confirmed')), 0) as taken,
                               count(*) filter (where r.state = 'waiting') as waiting
                        from event e left join registration r on r.event_id = e.id
                        group by e.id order by e.ends_at <= :now, case when e.ends_at > :now then e.starts_at end, e.starts_at desc limit :most
                        """)
                .bind("now", clock.instant())
                .bind("most", most)
                .mapTo(Listed.class)
                .list());
    }

    /** Writes a new one down, as a draft; none where the address is another's. */
    Optional<Long> add(Handle handle, EventForm.Read form, String slug, String uid) {
        return handle.createQuery("""
                        insert into event (slug, title, announcement, city, starts_at, ends_at, zone, place, address, map_url, online_url,
                                           details, programme, speakers, access, plans, by_invitation, capacity, plus_one, questions,
                                           price, currency, offer_hours, uid, created_at)
                        values (:ownSlug, :title, :announcement, :city, :startsAt, :endsAt, :zone, :place, :address, :mapUrl, :onlineUrl,
                                :details, :programme, :speakers, :access, :plans, :byInvitation, :capacity, :plusOne, :questions,
                                :price, :currency, :offerHours, :uid, :now)
                        on conflict (slug) do nothing returning id
                        """)
                .bindMethods(form)
                .bindArray("plans", String.class, form.plans())
                .bindArray("questions", String.class, form.questions())
                .bind("ownSlug", slug)
                .bind("uid", uid)
                .bind("now", clock.instant())
                .mapTo(Long.class)
                .findOne();
    }

    void change(Handle handle, long id, EventForm.Read form, String slug) {
        handle.createUpdate("""
                        update event set slug = :ownSlug, title = :title, announcement = :announcement, city = :city, starts_at = :startsAt,
                          ends_at = :endsAt, zone = :zone, place = :place, address = :address, map_url = :mapUrl,
                          online_url = :onlineUrl, details = :details, programme = :programme, speakers = :speakers,
                          access = :access, plans = :plans, by_invitation = :byInvitation, capacity = :capacity,
                          plus_one = :plusOne, questions = :questions, price = :price, currency = :currency, offer_hours = :offerHours
                        where id = :id
                        """)
                .bindMethods(form)
                .bindArray("plans", String.class, form.plans())
                .bindArray("questions", String.class, form.questions())
                .bind("ownSlug", slug)
                .bind("id", id)
                .execute();
    }

    /** What calendars have of it is no longer right: the next version has a higher number. */
    public Event raise(Handle handle, long id) {
        return handle.createQuery("update event set sequence = sequence + 1 where id = :id returning *")
                .bind("id", id)
                .mapTo(Event.class)
                .one();
    }

    void publish(Handle handle, long id) {
        handle.createUpdate(
                        "update event set state = 'published', published_at = coalesce(published_at, :now) where id = :id and state = 'draft'")
                .bind("id", id)
                .bind("now", clock.instant())
                .execute();
    }

    Event callOff(Handle handle, long id, String note) {
        handle.createUpdate("update event set state = 'cancelled', note = :note, cancelled_at = :now where id = :id")
                .bind("id", id)
                .bind("note", note)
                .bind("now", clock.instant())
                .execute();
        return raise(handle, id);
    }

    void remember(Handle handle, long id, String recording, String papers, boolean tell) {
        handle.createUpdate("""
                        update event set recording_url = :recording, papers = :papers,
                          follow_up_at = case when :tell then coalesce(follow_up_at, :now) else follow_up_at end where id = :id
                        """)
                .bind("id", id)
                .bind("recording", recording)
                .bind("papers", papers)
                .bind("tell", tell)
                .bind("now", clock.instant())
                .execute();
    }

    boolean remove(Handle handle, long id) {
        return handle.createUpdate("delete from event where id = :id and state = 'draft'")
                        .bind("id", id)
                        .execute()
                == 1;
    }

    boolean isTaken(Handle handle, String slug, long butBy) {
        return handle.createQuery("select exists (select from event where slug = :slug and id <> :id)")
                .bind("slug", slug)
                .bind("id", butBy)
                .mapTo(Boolean.class)
                .one();
    }

    /** Whether this address is on the list of invited. */
    public boolean isInvited(long event, String email) {
        return EmailAddress.parse(email)
                .map(address -> jdbi.withHandle(handle -> handle.createQuery(
                                "select exists (select from event_invitation where event_id = :event and email_key = :key)")
                        .bind("event", event)
                        .bind("key", address.key())
                        .mapTo(Boolean.class)
                        .one()))
                .orElse(false);
    }
}
