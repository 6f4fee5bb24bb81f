package press.masthead.plans;

import java.time.Clock;
import java.util.Locale;
import java.util.Optional;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;

/** Offers and who took them: each once by each person. */
public final class Offers {
    private final Jdbi jdbi;
    private final Clock clock;

    public Offers(Jdbi jdbi, Clock clock) {
        this.jdbi = jdbi;
        this.clock = clock;
    }

    /** What a code is worth to someone. */
    public sealed interface Asked {
        /** It holds, for prices that {@link Offers#suits} says. */
        record Good(Offer offer) implements Asked {}

        /** It does not, and this is why. */
        record Not(String sentence) implements Asked {}
    }

    private record Found(
            boolean begun,
            boolean over,
            boolean spent,
            boolean taken,
            boolean returningOnly,
            boolean returning,
            @org.jdbi.v3.core.mapper.Nested Offer offer) {}

    /** A code as it is typed or linked; by someone who is signed in, or by nobody yet. */
    public Asked ask(String typed, Optional<Long> reader) {
        return jdbi.withHandle(handle -> ask(handle, typed, reader));
    }

    /** As {@link #ask(String, Optional)}, within the caller's transaction. */
    public Asked ask(Handle handle, String typed, Optional<Long> reader) {
        String code = typed.strip().toUpperCase(Locale.ROOT);
        Optional<Found> found = handle.createQuery("""
                        select o.id, o.code, o.percent, o.amount, o.currency, o.payments, o.trial_days, o.returning_only,
                               o.from_at <= :now as begun, coalesce(o.until_at <= :now, false) as over,
                               coalesce(o.at_most <= (select count(*) from offer_use u where u.offer_id = o.id), false) as spent,
                               exists (select from offer_use u where u.offer_id = o.id and u.reader_id = :reader) as taken,
                               exists (select from membership m where m.reader_id = :reader and m.ended_at is not null
                                         and m.payment in ('invoice', 'stripe')) as returning
                        from offer o where o.code = :code
                        """)
                .bind("now", clock.instant())
                .bind("reader", reader)
                .bind("code", code)
                .mapTo(Found.class)
                .findOne();
        if (found.isEmpty() || !found.get().begun())
            return new Asked.Not("We know no offer with the code " + shown(code) + ". Please check it.");
        Found offer = found.get();
        if (offer.over()) return new Asked.Not("The offer " + code + " has ended.");
        if (offer.spent()) return new Asked.Not("The offer " + code + " has been taken as often as it was there.");
        if (offer.taken())
            return new Asked.Not("You have used the offer " + code + " before. It is there once for each person.");
        if (offer.returningOnly() && reader.isPresent() && !offer.returning())
            return new Asked.Not("The offer " + code + " is for members who come back.");
        return new Asked.Good(offer.offer());
    }

    private static String shown(String code) {
        return code.length() > 32 ? code.substring(0, 32) + "…" : code;
    }

    /** Whether an offer holds for a price. */
    public boolean suits(Offer offer, Price price) {
        return jdbi.withHandle(handle -> handle.createQuery("""
                        select (plans = '{}' or :plan = any(plans)) and ("interval" is null or "interval" = :interval)
                           and (currency is null or currency = :currency)
                        from offer where id = :offer
                        """)
                .bind("offer", offer.id())
                .bind("plan", price.plan().id())
                .bind("interval", price.interval())
                .bind("currency", price.currency())
                .mapTo(Boolean.class)
                .one());
    }

    /**
     * Writes down that someone took it, with whoever else takes it waiting, so that there are never more than there are.
     *
     * @return whether there was one left for them
     */
    public boolean take(Handle handle, Offer offer, long reader, long membership) {
        handle.createQuery("select id from offer where id = :id for no key update")
                .bind("id", offer.id())
                .mapTo(Long.class)
                .one();
        if (!(ask(handle, offer.code(), Optional.of(reader)) instanceof Asked.Good)) return false;
        handle.createUpdate("""
                        insert into offer_use (offer_id, reader_id, membership_id, used_at, payments_left)
                        values (:offer, :reader, :membership, :now, :payments)
                        """)
                .bind("offer", offer.id())
                .bind("reader", reader)
                .bind("membership", membership)
                .bind("now", clock.instant())
                .bind("payments", offer.payments())
                .execute();
        return true;
    }

    /** The offer that a membership's next payment falls under. */
    public Optional<Offer> running(Handle handle, long membership) {
        return handle.createQuery("""
                        select o.id, o.code, o.percent, o.amount, o.currency, u.payments_left as payments, o.trial_days
                        from offer_use u join offer o on o.id = u.offer_id
                        where u.membership_id = :membership and (u.payments_left is null or u.payments_left > 0)
                        order by u.id desc limit 1
                        """)
                .bind("membership", membership)
                .mapTo(Offer.class)
                .findOne();
    }

    /** As {@link #running(Handle, long)}. */
    public Optional<Offer> running(long membership) {
        return jdbi.withHandle(handle -> running(handle, membership));
    }

    /** What the next payment of a membership is. */
    public Money next(Handle handle, Membership membership) {
        return new Money(
                next(handle, membership.id(), membership.price()),
                membership.price().currency());
    }

    /** What the next payment of a membership at this price is, minor units. */
    public long next(Handle handle, long membership, Price price) {
        return running(handle, membership)
                .filter(offer -> suits(offer, price))
                .map(offer -> offer.of(price))
                .orElse(price.amount());
    }

    /** As {@link #next(Handle, long, Price)}. */
    public long next(long membership, Price price) {
        return jdbi.withHandle(handle -> next(handle, membership, price));
    }

    /** A payment under the offer has become due. */
    public void spend(Handle handle, long membership) {
        handle.createUpdate("""
                        update offer_use set payments_left = payments_left - 1
                        where id = (select max(id) from offer_use where membership_id = :membership) and payments_left > 0
                        """).bind("membership", membership).execute();
    }
}
