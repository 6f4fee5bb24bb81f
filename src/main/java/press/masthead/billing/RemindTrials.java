package press.masthead.billing;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.mapper.Nested;
import press.masthead.plans.Because;
import press.masthead.plans.Memberships;
import press.masthead.plans.Plan;

/** Tells everyone on trial, two days before it ends and once, what happens then and how to stop it. */
public final class RemindTrials implements Runnable {
    private static final Duration BEFORE = Duration.ofDays(2);

    private final Jdbi jdbi;
    private final Clock clock;
    private final Memberships memberships;
    private final MembershipLetters letters;

    public RemindTrials(Jdbi jdbi, Clock clock, Memberships memberships, MembershipLetters letters) {
        this.jdbi = jdbi;
        this.clock = clock;
        this.memberships = memberships;
        this.letters = letters;
    }

    private record Soon(
            long id,
            String email,
            String reader,
            Instant until,
            @Nested Plan plan) {}

    @Override
    public void run() {
        while (jdbi.inTransaction(this::next)) {}
    }

    private boolean next(Handle handle) {
        Optional<Soon> soon = handle.createQuery("""
                        select m.id, r.email, r.name as reader, m.until,
                               pr.id as price_id, p.name, pr.amount, pr.currency, pr.interval, pr.trial_days
                        from membership m join reader r on r.id = m.reader_id
                        join price pr on pr.id = m.price_id join plan p on p.id = pr.plan_id
                        where m.ended_at is null and m.cancelled_at is null and m.reminded_at is null
                          and m.trial_ends_at >= m.until and m.until > :now and m.until <= :soon
                        order by m.until limit 1 for update of m skip locked
                        """)
                .bind("now", clock.instant())
                .bind("soon", clock.instant().plus(BEFORE))
                .mapTo(Soon.class)
                .findOne();
        soon.ifPresent(membership -> remind(handle, membership));
        return soon.isPresent();
    }

    private void remind(Handle handle, Soon soon) {
        handle.createUpdate("update membership set reminded_at = :now where id = :id")
                .bind("now", clock.instant())
                .bind("id", soon.id())
                .execute();
        memberships.note(handle, soon.id(), "reminded", Because.TIMETABLE);
        letters.trialEnding(handle, new MembershipLetters.To(soon.email(), soon.reader()), soon.plan(), soon.until());
    }
}
