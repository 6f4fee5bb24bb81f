package press.masthead.plans;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.mapper.Nested;
import press.masthead.access.Standing;
import press.masthead.access.Standings;
import press.masthead.readers.Reader;

/** Who is a member until when. Every change leaves a {@code membership_event} with its cause. */
public final class Memberships implements Standings {
    static final Duration GRACE = Duration.ofDays(1);

    private final Jdbi jdbi;
    private final Clock clock;

    public Memberships(Jdbi jdbi, Clock clock) {
        this.jdbi = jdbi;
        this.clock = clock;
    }

    @Override
    public Standing of(Reader reader) {
        if (reader.isStaff()) return new Standing.Staff();
        Instant now = clock.instant();
        return find(reader.id())
                .map(Membership::readsUntil)
                .filter(until -> until.isAfter(now))
                .<Standing>map(Standing.Member::new)
                .orElseGet(Standing.SignedIn::new);
    }

    private record Row(
            long id,
            long readerId,
            Instant startedAt,
            Optional<Instant> trialEndsAt,
            Instant until,
            Optional<Instant> cancelledAt,
            boolean owing,
            @Nested Plan plan) {
        Membership membership() {
            return new Membership(
                    id, readerId, plan.priceId(), startedAt, trialEndsAt, until, cancelledAt, owing, plan);
        }
    }

    /** This reader's membership, running or ended. */
    public Optional<Membership> find(long reader) {
        return jdbi.withHandle(handle -> find(handle, reader));
    }

    private Optional<Membership> find(Handle handle, long reader) {
        return handle.createQuery("""
                        select m.id, m.reader_id, m.started_at, m.trial_ends_at, m.until, m.cancelled_at,
                               exists (select from invoice i
                                       where i.membership_id = m.id and i.paid_at is null and i.due_at < :now) as owing,
                               pr.id as price_id, p.name, pr.amount, pr.currency, pr.interval, pr.trial_days
                        from membership m join price pr on pr.id = m.price_id join plan p on p.id = pr.plan_id
                        where m.reader_id = :reader
                        """)
                .bind("reader", reader)
                .bind("now", clock.instant())
                .mapTo(Row.class)
                .findOne()
                .map(Row::membership);
    }

    /** Begins a trial of the plan. Empty when this person has been a member before: a trial is given once. */
    Optional<Instant> beginTrial(Handle handle, long reader, Plan plan) {
        Instant end = clock.instant().plus(Duration.ofDays(plan.trialDays()));
        Optional<Long> begun = handle.createQuery("""
                        insert into membership (reader_id, price_id, started_at, trial_ends_at, until)
                        values (:reader, :price, :now, :end, :end)
                        on conflict (reader_id) do nothing returning id
                        """)
                .bind("reader", reader)
                .bind("price", plan.priceId())
                .bind("now", clock.instant())
                .bind("end", end)
                .mapTo(Long.class)
                .findOne();
        begun.ifPresent(id -> note(handle, id, "trial_started", "reader"));
        return begun.map(id -> end);
    }

    /** Has it end where it is paid or free until. Returns whether there was anything to cancel. */
    public boolean cancel(long reader) {
        return change(reader, "cancelled", """
                update membership set cancelled_at = :now
                where reader_id = :reader and cancelled_at is null and until + interval '1 day' > :now returning id
                """);
    }

    /** Takes a cancellation back while the membership still runs. */
    public boolean resume(long reader) {
        return change(reader, "resumed", """
                update membership set cancelled_at = null
                where reader_id = :reader and cancelled_at is not null and until > :now returning id
                """);
    }

    private boolean change(long reader, String what, String sql) {
        return jdbi.inTransaction(handle -> {
            Optional<Long> changed = handle.createQuery(sql)
                    .bind("reader", reader)
                    .bind("now", clock.instant())
                    .mapTo(Long.class)
                    .findOne();
            changed.ifPresent(id -> note(handle, id, what, "reader"));
            return changed.isPresent();
        });
    }

    /** Writes down what has changed and why. */
    public void note(Handle handle, long membership, String what, String cause) {
        handle.createUpdate(
                        "insert into membership_event (membership_id, what, cause, at) values (:id, :what, :cause, :now)")
                .bind("id", membership)
                .bind("what", what)
                .bind("cause", cause)
                .bind("now", clock.instant())
                .execute();
    }
}
