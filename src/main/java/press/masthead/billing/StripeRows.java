package press.masthead.billing;

import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import press.masthead.stripe.StripeSubscription;

/** Who is who at Stripe, as our rows say it. */
final class StripeRows {
    private final Jdbi jdbi;
    private final Clock clock;

    StripeRows(Jdbi jdbi, Clock clock) {
        this.jdbi = jdbi;
        this.clock = clock;
    }

    private volatile String site = "";

    /** This newsroom's own name at Stripe. */
    String site() {
        if (site.isEmpty())
            site = jdbi.withHandle(handle -> handle.createQuery("select id from stripe_site")
                    .mapTo(String.class)
                    .one());
        return site;
    }

    /** Under which key Stripe knows a price of ours. */
    String priceKey(long price) {
        return "masthead_" + site() + "_" + price;
    }

    /** Our price behind such a key; nothing where it is none of ours. */
    Optional<Long> priceOf(String key) {
        String ours = "masthead_" + site() + "_";
        String number = key.startsWith(ours) ? key.substring(ours.length()).replaceFirst("_net\\d+$", "") : "";
        return number.matches("\\d{1,18}") ? Optional.of(Long.parseLong(number)) : Optional.empty();
    }

    /** Whether a movement of money is in the ledger. */
    boolean isEntered(Handle handle, String kind, String ref) {
        return handle.createQuery("""
                        select exists (select from ledger_entry
                                       where provider = 'stripe' and kind = :kind and provider_ref = :ref)
                        """)
                .bind("kind", kind)
                .bind("ref", ref)
                .mapTo(Boolean.class)
                .one();
    }

    /** What Stripe says has gone back of a charge, minor units; kept with the charge's membership. */
    long givenBack(String charge) {
        return jdbi.withHandle(handle -> handle.createQuery(
                        "select coalesce(sum(amount), 0) from stripe_refund where charge = :charge")
                .bind("charge", charge)
                .mapTo(Long.class)
                .one());
    }

    /** Which charge a refund belongs to, as the ledger's own reference is the refund's. */
    void gaveBack(Handle handle, String refund, String charge, long amount) {
        handle.createUpdate("""
                        insert into stripe_refund (refund, charge, amount) values (:refund, :charge, :amount)
                        on conflict (refund) do nothing
                        """)
                .bind("refund", refund)
                .bind("charge", charge)
                .bind("amount", amount)
                .execute();
    }

    /** Writes down that a dispute is lost. Returns whether that is news. */
    boolean lost(Handle handle, String charge) {
        return handle.createUpdate(
                                "insert into stripe_dispute_lost (charge, at) values (:charge, :now) on conflict do nothing")
                        .bind("charge", charge)
                        .bind("now", clock.instant())
                        .execute()
                == 1;
    }

    Optional<String> customerOf(long reader) {
        return jdbi.withHandle(
                handle -> handle.createQuery("select customer from stripe_customer where reader_id = :reader")
                        .bind("reader", reader)
                        .mapTo(String.class)
                        .findOne());
    }

    /** Writes down who a customer is; the first word holds. Returns the reader's customer. */
    String keep(String customer, long reader) {
        return jdbi.inTransaction(handle -> {
            handle.createUpdate("""
                            insert into stripe_customer (customer, reader_id, created_at)
                            select :customer, id, :now from reader where id = :reader
                            on conflict do nothing
                            """)
                    .bind("customer", customer)
                    .bind("reader", reader)
                    .bind("now", clock.instant())
                    .execute();
            return handle.createQuery("select customer from stripe_customer where reader_id = :reader")
                    .bind("reader", reader)
                    .mapTo(String.class)
                    .findOne()
                    .orElse(customer);
        });
    }

    /**
     * A customer about to be asked for.
     *
     * @param asked which asking this is; an answer is written down while no later one has begun
     */
    record Asking(Optional<Long> readerId, long asked) {}

    /** Counts one more asking; nothing where the customer is none of ours. */
    Optional<Asking> ask(String customer) {
        return jdbi.withHandle(handle -> handle.createQuery("""
                        update stripe_customer set asked = asked + 1 where customer = :customer returning reader_id, asked
                        """)
                .bind("customer", customer)
                .mapTo(Asking.class)
                .findOne());
    }

    /** Whether no later asking has begun; until the end of the transaction none is counted. */
    boolean isNewest(Handle handle, String customer, long asked) {
        return handle.createQuery("select asked from stripe_customer where customer = :customer for update")
                .bind("customer", customer)
                .mapTo(Long.class)
                .findOne()
                .filter(now -> now == asked)
                .isPresent();
    }

    /** A subscription that was seen before; without a membership it was bought twice. */
    record Seen(String subscription, Optional<Long> membershipId) {}

    Optional<Seen> seen(Handle handle, String subscription) {
        return handle.createQuery(
                        "select subscription, membership_id from stripe_subscription where subscription = :subscription")
                .bind("subscription", subscription)
                .mapTo(Seen.class)
                .findOne();
    }

    void see(
            Handle handle,
            StripeSubscription subscription,
            Optional<Long> membership,
            String trouble,
            Optional<Instant> nextTry) {
        handle.createUpdate("""
                        insert into stripe_subscription
                          (subscription, customer, membership_id, status, trouble, next_try_at, seen_at)
                        values (:subscription, :customer, :membership, :status, :trouble, :nextTry, :now)
                        on conflict (subscription) do update
                        set status = excluded.status, trouble = excluded.trouble, next_try_at = excluded.next_try_at,
                            seen_at = excluded.seen_at
                        """)
                .bind("subscription", subscription.id())
                .bind("customer", subscription.customer())
                .bind("membership", membership)
                .bind("status", subscription.status())
                .bind("trouble", trouble)
                .bind("nextTry", nextTry)
                .bind("now", clock.instant())
                .execute();
    }

    /** When Stripe tries a card again, as we knew it so far. */
    Optional<Instant> nextTry(Handle handle, String subscription) {
        return handle.createQuery("select next_try_at from stripe_subscription where subscription = :subscription")
                .bind("subscription", subscription)
                .mapTo(Instant.class)
                .findOne();
    }

    /** What a membership is at Stripe. */
    record Paid(String subscription, String customer, String trouble, Optional<Instant> nextTryAt) {}

    Optional<Paid> of(long membership) {
        return jdbi.withHandle(handle -> handle.createQuery("""
                        select subscription, customer, trouble, next_try_at from stripe_subscription
                        where membership_id = :membership
                        """)
                .bind("membership", membership)
                .mapTo(Paid.class)
                .findOne());
    }

    /** Customers whose account is deleted and whom Stripe still knows. */
    List<String> toForget() {
        return jdbi.withHandle(handle -> handle.createQuery("""
                        select customer from stripe_customer
                        where forgotten_at is null and forget_at <= :now order by forget_at limit 50
                        """)
                .bind("now", clock.instant())
                .mapTo(String.class)
                .list());
    }

    void forgotten(String customer) {
        jdbi.useHandle(handle -> handle.createUpdate(
                        "update stripe_customer set forgotten_at = :now where customer = :customer")
                .bind("customer", customer)
                .bind("now", clock.instant())
                .execute());
    }

    void forgetLater(String customer, Instant at) {
        jdbi.useHandle(
                handle -> handle.createUpdate("update stripe_customer set forget_at = :at where customer = :customer")
                        .bind("customer", customer)
                        .bind("at", at)
                        .execute());
    }

    void opened(String session, String customer) {
        jdbi.useHandle(handle -> handle.createUpdate(
                        "insert into stripe_checkout (session, customer, opened_at) values (:session, :customer, :now)")
                .bind("session", session)
                .bind("customer", customer)
                .bind("now", clock.instant())
                .execute());
    }

    List<String> openPages(String customer) {
        return jdbi.withHandle(handle -> handle.createQuery(
                        "select session from stripe_checkout where customer = :customer and closed_at is null")
                .bind("customer", customer)
                .mapTo(String.class)
                .list());
    }

    void closed(String session) {
        jdbi.useHandle(
                handle -> handle.createUpdate("update stripe_checkout set closed_at = :now where session = :session")
                        .bind("session", session)
                        .bind("now", clock.instant())
                        .execute());
    }

    /** Whose page this was. */
    Optional<String> customerOfPage(String session) {
        return jdbi.withHandle(
                handle -> handle.createQuery("select customer from stripe_checkout where session = :session")
                        .bind("session", session)
                        .mapTo(String.class)
                        .findOne());
    }

    /** A customer's, the oldest first. */
    List<String> subscriptionsOf(String customer) {
        return jdbi.withHandle(handle -> handle.createQuery(
                        "select subscription from stripe_subscription where customer = :customer order by seen_at")
                .bind("customer", customer)
                .mapTo(String.class)
                .list());
    }

    /** Subscriptions that could still charge someone whose membership we have ended. */
    List<String> leftAlive() {
        return jdbi.withHandle(
                handle -> handle.createQuery("""
                        select s.customer from stripe_subscription s join membership m on m.id = s.membership_id
                        where s.status not in ('canceled', 'incomplete_expired') and m.ended_at is not null limit 50
                        """).mapTo(String.class).list());
    }

    /** Memberships by card whose date is past and of which nothing was heard since. */
    List<String> silent(Instant before) {
        return jdbi.withHandle(handle -> handle.createQuery("""
                        select s.customer from membership m join stripe_subscription s on s.membership_id = m.id
                        where m.ended_at is null and m.payment = 'stripe' and m.until <= :before and s.seen_at <= :before
                        order by m.until limit 500
                        """)
                .bind("before", before)
                .mapTo(String.class)
                .list());
    }
}
