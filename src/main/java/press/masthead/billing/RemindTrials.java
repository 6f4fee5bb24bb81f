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
import press.masthead.plans.Money;
import press.masthead.plans.Offers;
import press.masthead.plans.Payment;
import press.masthead.plans.Price;

/** Tells everyone on trial, two days before it ends and once, what happens then and how to stop it. */
public final class RemindTrials implements Runnable {
    private static final Duration BEFORE = Duration.ofDays(2);

    private final Jdbi jdbi;
    private final Clock clock;
    private final Memberships memberships;
    private final Offers offers;
    private final MembershipLetters letters;

    public RemindTrials(Jdbi jdbi, Clock clock, Memberships memberships, Offers offers, MembershipLetters letters) {
        this.jdbi = jdbi;
        this.clock = clock;
        this.memberships = memberships;
        this.offers = offers;
        this.letters = letters;
    }

    private record Soon(
            long id,
            String email,
            String reader,
            Instant until,
            Payment payment,
            @Nested Price price) {}

    @Override
    public void run() {
        while (jdbi.inTransaction(this::next)) {}
    }

    private boolean next(Handle handle) {
        Optional<Soon> soon = handle.createQuery("""
                        select m.id, r.email, r.name as reader, m.until, m.payment, pr.*
                        from membership m join reader r on r.id = m.reader_id join priced pr on pr.price_id = m.price_id
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
        letters.trialEnding(
                handle,
                new MembershipLetters.To(soon.email(), soon.reader()),
                soon.price(),
                new Money(
                        offers.next(handle, soon.id(), soon.price()),
                        soon.price().currency()),
                soon.until(),
                soon.payment());
    }
}
