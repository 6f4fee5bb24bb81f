package press.masthead.plans;

import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.mapper.Nested;

/** Plans, prices and offers as the newsroom keeps them, each with how many use it. */
final class PriceList {
    private final Jdbi jdbi;
    private final Clock clock;

    PriceList(Jdbi jdbi, Clock clock) {
        this.jdbi = jdbi;
        this.clock = clock;
    }

    /** @param members who have this price now */
    record Listed(@Nested Price price, boolean onOffer, long members) {}

    /** @param members who have this plan now */
    record ListedPlan(@Nested Plan plan, boolean active, long members) {}

    /**
     * @param used how many took it
     * @param running whether it can be taken now
     */
    record ListedOffer(
            @Nested Offer offer,
            String words,
            String interval,
            boolean returningOnly,
            Instant fromAt,
            Optional<Instant> untilAt,
            Optional<Integer> atMost,
            long used,
            boolean running) {}

    List<ListedPlan> plans() {
        return jdbi.withHandle(
                handle -> handle.createQuery("""
                        select p.id as plan_id, p.slug, p.name as plan_name, p.description, p.grants, p.position, p.active,
                               (select count(*) from membership m join price pr on pr.id = m.price_id
                                where pr.plan_id = p.id and m.ended_at is null) as members
                        from plan p order by p.position, p.id
                        """).mapTo(ListedPlan.class).list());
    }

    List<Listed> prices(long plan) {
        return jdbi.withHandle(handle ->
                handle.createQuery("""
                        select pr.*, (select count(*) from membership m
                                      where m.price_id = pr.price_id and m.ended_at is null) as members
                        from priced pr where pr.plan_id = :plan order by pr.on_offer desc, pr.currency, pr."interval" desc, pr.price_id
                        """).bind("plan", plan).mapTo(Listed.class).list());
    }

    /** Keeps a plan; 0 as its number makes a new one. Returns its number. */
    long keep(Handle handle, Plan plan) {
        if (plan.id() == 0)
            return handle.createQuery("""
                            insert into plan (slug, name, description, grants, position)
                            values (:slug, :name, :description, :grants, :position) returning id
                            """).bindMethods(plan).mapTo(Long.class).one();
        handle.createUpdate("""
                        update plan set name = :name, description = :description, grants = :grants, position = :position
                        where id = :id
                        """).bindMethods(plan).execute();
        return plan.id();
    }

    boolean slugTaken(String slug) {
        return jdbi.withHandle(handle -> handle.createQuery("select exists (select from plan where slug = :slug)")
                .bind("slug", slug)
                .mapTo(Boolean.class)
                .one());
    }

    /** A new price; one on offer for the same plan, currency and interval is taken off, and who has it keeps it. */
    void add(Handle handle, Price price) {
        handle.createUpdate("""
                        update price set active = false, retired_at = :now
                        where plan_id = :plan and currency = :currency and "interval" = :interval and active
                        """)
                .bind("now", clock.instant())
                .bind("plan", price.plan().id())
                .bindMethods(price)
                .execute();
        handle.createUpdate("""
                        insert into price (plan_id, amount, currency, "interval", trial_days, created_at)
                        values (:plan, :amount, :currency, :interval, :trialDays, :now)
                        """)
                .bind("now", clock.instant())
                .bind("plan", price.plan().id())
                .bindMethods(price)
                .execute();
    }

    /** Takes a price off; false when it is the last one on offer anywhere. */
    boolean retire(Handle handle, long price) {
        return handle.createUpdate("""
                        update price set active = false, retired_at = :now
                        where id = :price and active and exists (select from priced where on_offer and price_id <> :price)
                        """)
                        .bind("now", clock.instant())
                        .bind("price", price)
                        .execute()
                == 1;
    }

    List<ListedOffer> offers() {
        return jdbi.withHandle(handle -> handle.createQuery("""
                        select o.id, o.code, o.percent, o.amount, o.currency, o.payments, o.trial_days, o.words,
                               coalesce(o."interval", '') as "interval", o.returning_only, o.from_at, o.until_at, o.at_most, u.used,
                               o.from_at <= :now and coalesce(o.until_at > :now, true) and coalesce(u.used < o.at_most, true) as running
                        from offer o cross join lateral (select count(*) as used from offer_use where offer_id = o.id) u
                        order by o.id desc limit 200
                        """)
                .bind("now", clock.instant())
                .mapTo(ListedOffer.class)
                .list());
    }

    /** A new offer; false when its code is taken. */
    boolean add(
            Handle handle,
            Offer offer,
            String words,
            Optional<Interval> interval,
            List<Long> plans,
            boolean returningOnly,
            Instant from,
            Optional<Instant> until,
            Optional<Integer> atMost) {
        return handle.createUpdate("""
                        insert into offer (code, words, percent, amount, currency, payments, trial_days, plans, "interval",
                                           returning_only, from_at, until_at, at_most, created_at)
                        values (:code, :words, :percent, :amount, :currency, :payments, :trialDays, :plans, :interval,
                                :returningOnly, :from, :until, :atMost, :now)
                        on conflict (code) do nothing
                        """)
                        .bindMethods(offer)
                        .bind("words", words)
                        .bindArray("plans", Long.class, plans)
                        .bind("interval", interval)
                        .bind("returningOnly", returningOnly)
                        .bind("from", from)
                        .bind("until", until)
                        .bind("atMost", atMost)
                        .bind("now", clock.instant())
                        .execute()
                == 1;
    }

    /** Ends an offer now; who took it keeps it. */
    void end(Handle handle, long offer) {
        handle.createUpdate("update offer set until_at = :now where id = :id and coalesce(until_at > :now, true)")
                .bind("now", clock.instant())
                .bind("id", offer)
                .execute();
    }
}
