package press.masthead.tickets;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import press.masthead.events.Event;

/** Everyone who registered. Whatever gives or takes a seat is called with the event's row locked. */
public final class Registrations {
    private static final String TAKEN = "state in ('held', 'offered', 'confirmed')";

    private final Jdbi jdbi;
    private final Clock clock;

    public Registrations(Jdbi jdbi, Clock clock) {
        this.jdbi = jdbi;
        this.clock = clock;
    }

    /** By what someone may come: a plan, and the team whose seat gives it. */
    public record By(String plan, Optional<Long> teamId) {
        static final By NOTHING = new By("", Optional.empty());
    }

    /** What a reader's plans are at this moment; seats of teams first. */
    List<By> waysOf(Handle handle, long reader) {
        return handle.createQuery("""
                        select distinct e.plan, s.team_id from entitlement e
                        left join seat s on e.via = 'seat' and s.id = e.via_id
                        where e.reader_id = :reader and e.since <= :now and e.until > :now order by s.team_id nulls last, e.plan
                        """)
                .bind("reader", reader)
                .bind("now", clock.instant())
                .mapTo(By.class)
                .list();
    }

    private record Shares(
            int taken, int planTaken, int teamTaken, Optional<Integer> planMost, Optional<Integer> teamMost) {}

    Room room(Handle handle, Event event, By by) {
        Shares shares = handle.createQuery("""
                        select coalesce(sum(seats), 0) as taken,
                               coalesce(sum(seats) filter (where plan = :plan), 0) as plan_taken,
                               coalesce(sum(seats) filter (where team_id = :team), 0) as team_taken,
                               (select most from event_quota where event_id = :event and kind = 'plan' and key = :plan) as plan_most,
                               (select most from event_quota where event_id = :event and kind = 'team' and key = :team::text) as team_most
                        from registration where event_id = :event and
                        """ + " " + TAKEN)
                .bind("event", event.id())
                .bind("plan", by.plan())
                .bind("team", by.teamId().orElse(0L))
                .mapTo(Shares.class)
                .one();
        return new Room(
                event.capacity(),
                shares.taken(),
                optional(shares.planMost()),
                shares.planTaken(),
                optional(shares.teamMost()),
                shares.teamTaken());
    }

    private static OptionalInt optional(Optional<Integer> number) {
        return number.map(OptionalInt::of).orElseGet(OptionalInt::empty);
    }

    int seatsTaken(Handle handle, long event) {
        return handle.createQuery(
                        "select coalesce(sum(seats), 0) from registration where event_id = :event and " + TAKEN)
                .bind("event", event)
                .mapTo(Integer.class)
                .one();
    }

    /** How it stands, for a page. */
    public record Count(int taken, int waiting) {}

    public Count count(long event) {
        return jdbi.withHandle(handle -> handle.createQuery(
                        "select coalesce(sum(seats) filter (where " + TAKEN
                                + "), 0) as taken, count(*) filter (where state = 'waiting') as waiting from registration where event_id = :event")
                .bind("event", event)
                .mapTo(Count.class)
                .one());
    }

    public record Wanted(
            long readerId,
            int seats,
            String guestName,
            By by,
            List<String> questions,
            List<String> answers,
            long price,
            String currency,
            String pay) {}

    Registration add(Handle handle, long event, Wanted wanted, Registration.State state, Optional<Instant> until) {
        return handle.createQuery("""
                        insert into registration (event_id, reader_id, seats, guest_name, state, asked_at, until, confirmed_at, plan, team_id,
                                                  questions, answers, price, currency, pay)
                        values (:event, :readerId, :seats, :guestName, :state, :now, :until, case when :state = 'confirmed' then cast(:now as timestamptz) end,
                                :plan, :team, :questions, :answers, :price, :currency, :pay)
                        returning *
                        """)
                .bindMethods(wanted)
                .bindArray("questions", String.class, wanted.questions())
                .bindArray("answers", String.class, wanted.answers())
                .bind("plan", wanted.by().plan())
                .bind("team", wanted.by().teamId())
                .bind("event", event)
                .bind("state", state.name().toLowerCase(java.util.Locale.ROOT))
                .bind("until", until)
                .bind("now", clock.instant())
                .mapTo(Registration.class)
                .one();
    }

    /** This reader's that is not cancelled. */
    Optional<Registration> open(Handle handle, long event, long reader) {
        return handle.createQuery(
                        "select * from registration where event_id = :event and reader_id = :reader and state <> 'cancelled'")
                .bind("event", event)
                .bind("reader", reader)
                .mapTo(Registration.class)
                .findOne();
    }

    public Optional<Registration> open(long event, long reader) {
        return jdbi.withHandle(handle -> open(handle, event, reader));
    }

    Optional<Registration> byId(Handle handle, long id) {
        return handle.createQuery("select * from registration where id = :id")
                .bind("id", id)
                .mapTo(Registration.class)
                .findOne();
    }

    /** Those in line, in its order. */
    List<Registration> line(Handle handle, long event) {
        return handle.createQuery(
                        "select * from registration where event_id = :event and state = 'waiting' order by asked_at, id")
                .bind("event", event)
                .mapTo(Registration.class)
                .list();
    }

    /** All of an event's that are not cancelled. */
    List<Registration> open(Handle handle, long event) {
        return handle.createQuery(
                        "select * from registration where event_id = :event and state <> 'cancelled' order by id")
                .bind("event", event)
                .mapTo(Registration.class)
                .list();
    }

    /** How many stand before this one in line. */
    public int ahead(Registration one) {
        return jdbi.withHandle(handle -> handle.createQuery("""
                        select count(*) from registration where event_id = :event and state = 'waiting' and (asked_at, id) < (:at, :id)
                        """)
                .bind("event", one.eventId())
                .bind("at", one.askedAt())
                .bind("id", one.id())
                .mapTo(Integer.class)
                .one());
    }

    void offer(Handle handle, long id, By by, Instant until) {
        handle.createUpdate(
                        "update registration set state = 'offered', until = :until, plan = :plan, team_id = :team where id = :id")
                .bind("id", id)
                .bind("until", until)
                .bind("plan", by.plan())
                .bind("team", by.teamId())
                .execute();
    }

    /** Keeps the seat until it is paid. */
    void hold(Handle handle, long id, Instant until) {
        handle.createUpdate("update registration set state = 'held', until = :until, pay = 'card' where id = :id")
                .bind("id", id)
                .bind("until", until)
                .execute();
    }

    Registration confirm(Handle handle, long id) {
        return handle.createQuery(
                        "update registration set state = 'confirmed', confirmed_at = :now, until = null, cancelled_at = null, why = '' where id = :id returning *")
                .bind("id", id)
                .bind("now", clock.instant())
                .mapTo(Registration.class)
                .one();
    }

    void invoiced(Handle handle, long id, long number) {
        handle.createUpdate("update registration set invoice_number = :number, pay = 'invoice' where id = :id")
                .bind("id", id)
                .bind("number", number)
                .execute();
    }

    /** Stripe says that it is paid. */
    void paid(Handle handle, long id, Instant at, Optional<Long> receipt) {
        handle.createUpdate("""
                        update registration set paid_at = :at, pay = 'card', receipt_number = coalesce(:receipt, receipt_number) where id = :id
                        """)
                .bind("id", id)
                .bind("at", at)
                .bind("receipt", receipt)
                .execute();
    }

    void oweRefund(Handle handle, long id) {
        handle.createUpdate("update registration set refund_owed_at = :now where id = :id and refund_owed_at is null")
                .bind("id", id)
                .bind("now", clock.instant())
                .execute();
    }

    /** All of it is back. Whether that is news. */
    boolean refunded(Handle handle, long id, Instant at) {
        return handle.createUpdate("update registration set refunded_at = :at where id = :id and refunded_at is null")
                        .bind("id", id)
                        .bind("at", at)
                        .execute()
                == 1;
    }

    /** Whether half of it is on its way back for one of two seats. */
    boolean owesASeat(Handle handle, long id) {
        return handle.createQuery(
                        "select seat_owed_at is not null and seat_back_at is null from registration where id = :id")
                .bind("id", id)
                .mapTo(Boolean.class)
                .one();
    }

    /** Those of which one seat's payment by card is to go back; where the other's is to go too, both go together. */
    List<Long> seatsOwed() {
        return jdbi.withHandle(
                handle -> handle.createQuery("""
                        select id from registration
                        where seat_owed_at is not null and seat_back_at is null and refund_owed_at is null and pay = 'card'
                        order by seat_owed_at limit 100
                        """).mapTo(Long.class).list());
    }

    void seatIsBack(long id) {
        jdbi.useHandle(handle -> handle.createUpdate("update registration set seat_back_at = :now where id = :id")
                .bind("id", id)
                .bind("now", clock.instant())
                .execute());
    }

    /** Those whose payment by card is to go back. */
    List<Long> refundsOwed() {
        return jdbi.withHandle(
                handle -> handle.createQuery("""
                        select id from registration
                        where refund_owed_at is not null and refunded_at is null and pay = 'card' and paid_at is not null
                        order by refund_owed_at limit 100
                        """).mapTo(Long.class).list());
    }

    void cancel(Handle handle, long id, String why) {
        handle.createUpdate(
                        "update registration set state = 'cancelled', cancelled_at = :now, why = :why, until = null where id = :id")
                .bind("id", id)
                .bind("why", why)
                .bind("now", clock.instant())
                .execute();
    }

    /** Whether this reader was to come before and is not any more: their calendar has been told to forget it. */
    boolean wasCancelled(Handle handle, long event, long reader) {
        return handle.createQuery("""
                        select exists (select from registration where event_id = :event and reader_id = :reader
                                       and state = 'cancelled' and confirmed_at is not null)
                        """)
                .bind("event", event)
                .bind("reader", reader)
                .mapTo(Boolean.class)
                .one();
    }

    /** @param companion whether they still bring someone */
    void seats(Handle handle, long id, int seats, boolean companion) {
        handle.createUpdate("""
                        update registration set seats = :seats, guest_name = case when :companion then guest_name else '' end where id = :id
                        """)
                .bind("id", id)
                .bind("seats", seats)
                .bind("companion", companion)
                .execute();
    }

    void remindAgain(Handle handle, long event) {
        handle.createUpdate(
                        "update registration set reminded_at = null where event_id = :event and reminded_at is not null")
                .bind("event", event)
                .execute();
    }

    /** Events in which an offer or an unpaid seat has lapsed. */
    List<Long> lapsed() {
        return jdbi.withHandle(handle -> handle.createQuery(
                        "select distinct event_id from registration where state in ('held', 'offered') and until <= :now")
                .bind("now", clock.instant())
                .mapTo(Long.class)
                .list());
    }

    /** Takes the next one that is to be reminded of an event that begins before the moment. */
    Optional<Registration> remindNext(Handle handle, Instant before) {
        return handle.createQuery("""
                        update registration set reminded_at = :now where id = (
                          select r.id from registration r join event e on e.id = r.event_id
                          where r.state = 'confirmed' and r.reminded_at is null and r.reader_id is not null and e.state = 'published'
                            and e.starts_at > :now and e.starts_at <= :before and r.confirmed_at <= :settled
                          order by e.starts_at, r.id limit 1 for update of r skip locked)
                        returning *
                        """)
                .bind("now", clock.instant())
                .bind("before", before)
                .bind("settled", clock.instant().minus(Duration.ofHours(1)))
                .mapTo(Registration.class)
                .findOne();
    }

    /** Takes the next one who is owed the letter that follows an event. */
    Optional<Registration> followUpNext(Handle handle) {
        return handle.createQuery("""
                        update registration set followed_up_at = :now where id = (
                          select r.id from registration r join event e on e.id = r.event_id
                          where r.state = 'confirmed' and r.followed_up_at is null and r.reader_id is not null
                            and e.state = 'published' and e.follow_up_at is not null and e.follow_up_at > :since
                          order by r.id limit 1 for update of r skip locked)
                        returning *
                        """)
                .bind("now", clock.instant())
                .bind("since", clock.instant().minus(Duration.ofDays(30)))
                .mapTo(Registration.class)
                .findOne();
    }

    /** What guests answered is about what they eat and how they walk: it goes three months after its event. For the timetable. */
    public void forgetAnswers() {
        jdbi.useHandle(handle -> handle.createUpdate("""
                        update registration r set answers = '{}', questions = '{}' from event e
                        where e.id = r.event_id and r.answers <> '{}' and e.ends_at < :before
                        """)
                .bind("before", clock.instant().minus(Duration.ofDays(90)))
                .execute());
    }

    /** This reader's that are still to come, of someone who is about to be deleted. */
    List<Registration> stillToCome(Handle handle, long reader) {
        return handle.createQuery("""
                        select r.* from registration r join event e on e.id = r.event_id
                        where r.reader_id = :reader and r.state <> 'cancelled' and e.ends_at > :now order by r.event_id
                        """)
                .bind("reader", reader)
                .bind("now", clock.instant())
                .mapTo(Registration.class)
                .list();
    }
}
