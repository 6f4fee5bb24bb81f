package press.masthead.plans;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import press.masthead.access.Standing;
import press.masthead.access.Standings;
import press.masthead.readers.Reader;

/** Who is a member until when. Every change leaves a {@code membership_event} with its cause. */
public final class Memberships implements Standings {
    private static final Duration SEAL_KEPT = Duration.ofDays(365);

    private static final String SELECT = """
            select m.id, coalesce(m.reader_id, 0) as reader_id, m.payment, m.started_at, m.trial_ends_at, m.until,
                   m.cancelled_at, m.ended_at, m.paused_from, m.paused_until, m.anchored_at, m.period_from, m.period_value,
                   m.next_price_id, m.grace_until,
                   (select min(i.due_at) from invoice i
                    where i.membership_id = m.id and i.paid_at is null and i.voided_at is null) as unpaid_due,
                   coalesce((select max(e.until) from entitlement e where e.via = 'membership' and e.via_id = m.id),
                            m.started_at) as reads_until,
                   pr.*
            from membership m join priced pr on pr.price_id = m.price_id
            """;

    private final Jdbi jdbi;
    private final Clock clock;

    public Memberships(Jdbi jdbi, Clock clock) {
        this.jdbi = jdbi;
        this.clock = clock;
    }

    private record Entitlement(String plan, Instant until) {}

    @Override
    public Standing of(Reader reader) {
        return of(reader, clock.instant());
    }

    /** Where someone stood, or will stand as things are, at a moment. */
    public Standing of(Reader reader, Instant moment) {
        if (reader.isStaff()) return new Standing.Staff();
        List<Entitlement> had = jdbi.withHandle(handle -> handle.createQuery("""
                        select plan, until from entitlement
                        where reader_id = :reader and since <= :now and until > :now
                        """)
                .bind("reader", reader.id())
                .bind("now", moment)
                .mapTo(Entitlement.class)
                .list());
        return had.stream()
                .map(Entitlement::until)
                .max(Comparator.naturalOrder())
                .<Standing>map(until ->
                        new Standing.Member(had.stream().map(Entitlement::plan).collect(Collectors.toSet()), until))
                .orElseGet(Standing.SignedIn::new);
    }

    /** This reader's membership: the one that runs, else the last one. */
    public Optional<Membership> find(long reader) {
        return jdbi.withHandle(handle -> find(handle, reader));
    }

    /** As {@link #find(long)}, within the caller's transaction. */
    public Optional<Membership> find(Handle handle, long reader) {
        return handle.createQuery(SELECT + "where m.reader_id = :reader order by m.id desc limit 1")
                .bind("reader", reader)
                .mapTo(Membership.class)
                .findOne();
    }

    /** One stay. */
    public Optional<Membership> byId(Handle handle, long id) {
        return handle.createQuery(SELECT + "where m.id = :id")
                .bind("id", id)
                .mapTo(Membership.class)
                .findOne();
    }

    /** As {@link #find(long)}, of many at once; who never had one is left out. */
    public Map<Long, Membership> find(Collection<Long> readers) {
        return jdbi.withHandle(handle -> find(handle, readers));
    }

    private static Map<Long, Membership> find(Handle handle, Collection<Long> readers) {
        return handle
                .createQuery(SELECT + """
                        where m.id in (select max(id) from membership where reader_id = any(:readers) group by reader_id)
                        """)
                .bindArray("readers", Long.class, List.copyOf(readers))
                .mapTo(Membership.class)
                .stream()
                .collect(Collectors.toMap(Membership::readerId, Function.identity()));
    }

    /** Who of these readers reads everything at this moment: what {@link #of} would say, for many at once. */
    public Set<Long> reading(Handle handle, Collection<Long> readers) {
        return handle.createQuery("""
                        select reader_id from staff where reader_id = any(:readers)
                        union
                        select reader_id from entitlement
                        where reader_id = any(:readers) and since <= :now and until > :now
                        """)
                .bindArray("readers", Long.class, List.copyOf(readers))
                .bind("now", clock.instant())
                .mapTo(Long.class)
                .collect(Collectors.toSet());
    }

    private record Entitled(long readerId, boolean staff, List<String> plans, Instant until) {
        Standing standing() {
            return staff ? new Standing.Staff() : new Standing.Member(Set.copyOf(plans), until);
        }
    }

    @Override
    public Map<Long, Standing> standings(Handle handle, Collection<Long> readers, Instant moment) {
        return handle
                .createQuery("""
                        select reader_id, bool_or(staff) as staff, array_agg(distinct plan) as plans, max(until) as until from (
                          select reader_id, false as staff, plan, until from entitlement
                          where reader_id = any(:readers) and since <= :now and until > :now
                          union all
                          select reader_id, true, '', :now from staff where reader_id = any(:readers)) stands
                        group by reader_id
                        """)
                .bindArray("readers", Long.class, List.copyOf(readers))
                .bind("now", moment)
                .mapTo(Entitled.class)
                .stream()
                .collect(Collectors.toMap(Entitled::readerId, Entitled::standing));
    }

    /** All stays of this reader, the newest first. */
    public List<Membership> all(long reader) {
        return jdbi.withHandle(handle -> handle.createQuery(SELECT + "where m.reader_id = :reader order by m.id desc")
                .bind("reader", reader)
                .mapTo(Membership.class)
                .list());
    }

    /** Until the end of the transaction nobody else changes this reader's memberships. */
    public void hold(Handle handle, long reader) {
        handle.createQuery("select id from reader where id = :reader for no key update")
                .bind("reader", reader)
                .mapTo(Long.class)
                .findOne();
    }

    /** Whether this person was a paying member or on trial before, on this account. */
    public boolean before(Handle handle, long reader) {
        return handle.createQuery(
                        "select exists (select from membership where reader_id = :reader and payment in ('invoice', 'stripe'))")
                .bind("reader", reader)
                .mapTo(Boolean.class)
                .one();
    }

    /** Writes down that this person gets free days now; false when they were given to the same address before. */
    public boolean giveTrial(Handle handle, long reader) {
        return handle.createUpdate("""
                        insert into trial_given (seal, at)
                        select trial_seal(email_key), :now from reader where id = :reader
                        on conflict do nothing
                        """)
                        .bind("reader", reader)
                        .bind("now", clock.instant())
                        .execute()
                == 1;
    }

    /** Whether {@link #giveTrial} would still give something. */
    public boolean trialIsLeft(long reader) {
        return jdbi.withHandle(handle -> handle.createQuery("""
                        select not exists (select from membership where reader_id = r.id and payment in ('invoice', 'stripe'))
                           and not exists (select from trial_given where seal = trial_seal(r.email_key))
                        from reader r where r.id = :reader
                        """)
                .bind("reader", reader)
                .mapTo(Boolean.class)
                .findOne()
                .orElse(false));
    }

    /** The seal of someone who deletes their account is kept for a year and forgotten then. */
    public void keepSealForAYear(Handle handle, long reader) {
        handle.createUpdate("""
                        update trial_given set forget_at = :later
                        where seal = (select trial_seal(email_key) from reader where id = :reader)
                        """)
                .bind("reader", reader)
                .bind("later", clock.instant().plus(SEAL_KEPT))
                .execute();
    }

    /** Forgets the seals whose year is over; for the timetable. */
    public void forgetSeals() {
        jdbi.useHandle(handle -> handle.createUpdate("delete from trial_given where forget_at <= :now")
                .bind("now", clock.instant())
                .execute());
    }

    /**
     * Begins a membership now. Returns its id.
     *
     * @param until where its free days or its first period end
     */
    public long begin(
            Handle handle,
            long reader,
            Price price,
            Payment payment,
            Origin origin,
            Optional<Instant> trialEnd,
            Instant until) {
        return handle.createQuery("""
                        insert into membership
                          (reader_id, price_id, payment, started_at, trial_ends_at, until, source, sold_by, anchored_at, period_from)
                        values (:reader, :price, :payment, :now, :trialEnd, :until, :source,
                                (select id from story where slug = :story),
                                :anchor, :anchor)
                        returning id
                        """)
                .bind("reader", reader)
                .bind("price", price.id())
                .bind("payment", payment)
                .bind("now", clock.instant())
                .bind("trialEnd", trialEnd)
                .bind("anchor", trialEnd.orElseGet(clock::instant))
                .bind("until", until)
                .bind("source", origin.source())
                .bind("story", origin.story())
                .mapTo(Long.class)
                .one();
    }

    /** Has it end at its date. */
    public void cancel(Handle handle, long membership) {
        change(handle, membership, "update membership set cancelled_at = :now where id = :id");
    }

    /** Takes a cancellation back. */
    public void resume(Handle handle, long membership) {
        handle.createUpdate("update membership set cancelled_at = null where id = :id")
                .bind("id", membership)
                .execute();
    }

    /** Ends it now. */
    public void end(Handle handle, long membership) {
        change(handle, membership, "update membership set ended_at = :now where id = :id");
    }

    /** Has one that ended run again. */
    public void reopen(Handle handle, long membership, Instant until) {
        handle.createUpdate(
                        "update membership set ended_at = null, cancelled_at = null, until = :until, anchored_at = :now, period_from = :now where id = :id")
                .bind("now", clock.instant())
                .bind("id", membership)
                .bind("until", until)
                .execute();
    }

    /** Has it run to another date. */
    public void runTo(Handle handle, long membership, Instant until) {
        handle.createUpdate("update membership set until = :until where id = :id")
                .bind("id", membership)
                .bind("until", until)
                .execute();
    }

    /**
     * A period begins, or its worth has become known.
     *
     * @param value what it is worth in money or credit, minor units
     */
    public void period(Handle handle, long membership, Instant from, Instant until, long value) {
        handle.createUpdate("""
                        update membership set period_from = :from, until = :until, period_value = :value where id = :id
                        """)
                .bind("id", membership)
                .bind("from", from)
                .bind("until", until)
                .bind("value", value)
                .execute();
    }

    /** Takes another price from now on, with periods counted from the anchor. */
    public void take(Handle handle, long membership, Price price, Instant anchor) {
        handle.createUpdate("""
                        update membership set price_id = :price, anchored_at = :anchor, next_price_id = null where id = :id
                        """)
                .bind("id", membership)
                .bind("price", price.id())
                .bind("anchor", anchor)
                .execute();
    }

    /** Takes another price at the end of the running period; none: stays at its own after all. */
    public void takeNext(Handle handle, long membership, Optional<Price> price) {
        handle.createUpdate("update membership set next_price_id = :price where id = :id")
                .bind("id", membership)
                .bind("price", price.map(Price::id))
                .execute();
    }

    /** Pauses it; what is paid moves behind the pause, and periods are counted from there. */
    public void pause(Handle handle, Membership membership, Instant from, Instant until) {
        Duration length = Duration.between(from, until);
        move(handle, membership, length, from, until);
    }

    /** Ends its pause early: what is paid moves forward by what was left of the pause. */
    public void goOn(Handle handle, Membership membership, Instant now) {
        Instant was = membership.pausedUntil().orElseThrow();
        move(
                handle,
                membership,
                Duration.between(was, now),
                membership.pausedFrom().orElseThrow(),
                now);
    }

    private static void move(Handle handle, Membership membership, Duration by, Instant from, Instant until) {
        handle.createUpdate("""
                        update membership set paused_from = :from, paused_until = :until, until = :end, anchored_at = :end,
                               period_from = :periodFrom
                        where id = :id
                        """)
                .bind("id", membership.id())
                .bind("from", from)
                .bind("until", until)
                .bind("end", membership.until().plus(by))
                .bind("periodFrom", membership.periodFrom().map(began -> began.plus(by)))
                .execute();
    }

    /**
     * Makes it run longer, as something else paid for that.
     *
     * @param value what that was worth, in the membership's own currency; 0 where it was another
     */
    public void prolong(Handle handle, Membership membership, Instant until, long value) {
        handle.createUpdate("""
                        update membership set until = :until, anchored_at = :until,
                          trial_ends_at = case when trial_ends_at >= until then :until else trial_ends_at end,
                          period_value = period_value + :value
                        where id = :id
                        """)
                .bind("id", membership.id())
                .bind("until", until)
                .bind("value", value)
                .execute();
    }

    /** When this person last paused, on any of their memberships. */
    public Optional<Instant> lastPause(Handle handle, long reader) {
        return handle.createQuery("select max(paused_from) from membership where reader_id = :reader")
                .bind("reader", reader)
                .mapTo(Instant.class)
                .findOne();
    }

    /** Writes down why it was left. */
    public void leftBecause(Handle handle, long membership, String reason, String words) {
        handle.createUpdate("update membership set cancel_reason = :reason, cancel_words = :words where id = :id")
                .bind("id", membership)
                .bind("reason", reason)
                .bind("words", words)
                .execute();
    }

    private void change(Handle handle, long membership, String sql) {
        handle.createUpdate(sql)
                .bind("id", membership)
                .bind("now", clock.instant())
                .execute();
    }

    /** Writes down what has changed and why. */
    public void note(Handle handle, long membership, String what, Because because) {
        handle.createUpdate("""
                        insert into membership_event (membership_id, what, cause, by, note, at)
                        values (:id, :what, :cause, :by, :note, :now)
                        """)
                .bind("id", membership)
                .bind("what", what)
                .bindMethods(because)
                .bind("now", clock.instant())
                .execute();
    }

    /**
     * One change of a membership.
     *
     * @param by the name or address of who of the staff did it; may be empty
     */
    public record Event(long membershipId, String what, String cause, String by, String note, Instant at) {}

    /** Everything that happened to this reader's memberships, the newest first. */
    public List<Event> history(long reader) {
        return jdbi.withHandle(handle -> handle.createQuery("""
                        select e.membership_id, e.what, e.cause, coalesce(nullif(s.name, ''), s.email, '') as by, e.note, e.at
                        from membership_event e join membership m on m.id = e.membership_id
                        left join reader s on s.id = e.by
                        where m.reader_id = :reader order by e.id desc
                        """)
                .bind("reader", reader)
                .mapTo(Event.class)
                .list());
    }
}
