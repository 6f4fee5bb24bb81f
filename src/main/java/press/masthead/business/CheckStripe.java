package press.masthead.business;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jdbi.v3.core.Handle;
import press.masthead.stripe.StripeAway;
import press.masthead.stripe.StripeRefused;
import press.masthead.stripe.StripeRoll;

/** Compares the subscriptions that run at Stripe with the memberships that run here. What changed within the hour may still be on its way. */
final class CheckStripe {
    /** In subscriptions; two thousand questions. */
    private static final int MOST = 200_000;

    private static final Duration ON_ITS_WAY = Duration.ofHours(1);

    private final StripeRoll roll;

    CheckStripe(StripeRoll roll) {
        this.roll = roll;
    }

    /** What Stripe says. */
    sealed interface Heard {
        /** @param whole whether that was all of them */
        record Roll(List<StripeRoll.One> running, boolean whole) implements Heard {}

        record Silence(String why) implements Heard {}
    }

    /** Asks Stripe; no transaction may be open meanwhile. */
    Heard ask() {
        try {
            List<StripeRoll.One> running = roll.running(MOST);
            return new Heard.Roll(running, running.size() < MOST);
        } catch (StripeAway | StripeRefused trouble) {
            return new Heard.Silence(String.valueOf(trouble.getMessage()));
        }
    }

    List<Difference> differences(Handle handle, Heard heard, Instant now) {
        return switch (heard) {
            case Heard.Silence silence -> List.of(new Difference(Difference.Kind.STRIPE_SILENT, 0, 0, silence.why()));
            case Heard.Roll found -> compared(handle, found, now);
        };
    }

    private static List<Difference> compared(Handle handle, Heard.Roll found, Instant now) {
        return handle.createQuery(DIFFER)
                .bindArray(
                        "ids",
                        String.class,
                        found.running().stream()
                                .map(StripeRoll.One::subscription)
                                .toList())
                .bindArray(
                        "customers",
                        String.class,
                        found.running().stream().map(StripeRoll.One::customer).toList())
                .bindArray(
                        "statuses",
                        String.class,
                        found.running().stream().map(StripeRoll.One::status).toList())
                .bindArray(
                        "created",
                        Long.class,
                        found.running().stream()
                                .map(one -> one.createdAt().getEpochSecond())
                                .toList())
                .bind("whole", found.whole())
                .bind("before", now.minus(ON_ITS_WAY))
                .bind("most", Checks.MOST)
                .mapTo(Difference.class)
                .list();
    }

    /** Customers that are nobody's here belong to something else that shares the account. */
    private static final String DIFFER = """
            with theirs as materialized (
              select * from unnest(:ids, :customers, :statuses, :created) as t (subscription, customer, status, created)),
            differ as (
              select 'stripe_unknown' as kind, null::bigint as membership_id, t.subscription || ' of ' || t.customer || ' is ' || t.status as about
              from theirs t join stripe_customer c using (customer)
              where to_timestamp(t.created) < :before and t.status <> 'incomplete'
                and not exists (select from stripe_subscription s where s.subscription = t.subscription)
              union all
              select 'stripe_goes_on', m.id, t.subscription || ' is ' || t.status
              from theirs t join stripe_subscription s using (subscription) join membership m on m.id = s.membership_id
              where m.ended_at < :before
              union all
              select 'stripe_lacks', m.id, s.subscription
              from stripe_subscription s join membership m on m.id = s.membership_id
              where :whole and m.payment = 'stripe' and m.ended_at is null and s.seen_at < :before
                and s.status not in ('canceled', 'incomplete_expired')
                and not exists (select from theirs t where t.subscription = s.subscription)
              union all
              select 'stripe_other_state', m.id, s.subscription || ' is ' || t.status || ' at Stripe, ' || s.status || ' here'
              from theirs t join stripe_subscription s using (subscription) join membership m on m.id = s.membership_id
              where m.ended_at is null and s.seen_at < :before and s.status <> t.status),
            counted as (select *, row_number() over (partition by kind order by membership_id, about) as n from differ)
            select kind, coalesce(membership_id, 0) as membership_id, coalesce(m.reader_id, 0) as reader_id, about
            from counted left join membership m on m.id = counted.membership_id
            where n <= :most order by kind, n
            """;
}
