package press.masthead.billing;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jdbi.v3.core.Jdbi;
import press.masthead.stripe.About;
import press.masthead.stripe.Notice;

/** What Stripe has told us: each event once, handled when its state has been asked for and written down. */
public final class StripeEvents {
    /** Those after which something of ours may have to change; any other is kept and left alone. */
    private static final Set<String> HEARD = Set.of(
            "checkout.session.completed",
            "checkout.session.async_payment_succeeded",
            "checkout.session.async_payment_failed",
            "checkout.session.expired",
            "customer.subscription.created",
            "customer.subscription.updated",
            "customer.subscription.deleted",
            "customer.subscription.paused",
            "customer.subscription.resumed",
            "invoice.paid",
            "invoice.payment_succeeded",
            "invoice.payment_failed",
            "invoice.payment_action_required",
            "invoice.voided",
            "invoice.marked_uncollectible",
            "charge.refunded",
            "charge.dispute.created",
            "charge.dispute.updated",
            "charge.dispute.closed",
            "charge.dispute.funds_withdrawn",
            "charge.dispute.funds_reinstated",
            "refund.created",
            "refund.updated",
            "refund.failed");

    private static final Duration LONGEST = Duration.ofHours(6);
    private static final Duration KEPT = Duration.ofDays(90);

    private final Jdbi jdbi;
    private final Clock clock;

    public StripeEvents(Jdbi jdbi, Clock clock) {
        this.jdbi = jdbi;
        this.clock = clock;
    }

    /** The kinds of event that an endpoint at Stripe has to send. */
    public static List<String> kinds() {
        return HEARD.stream().sorted().toList();
    }

    /** Whether anything of ours may have to change after it. */
    static boolean isHeard(Notice notice) {
        return HEARD.contains(notice.type()) && notice.about().isPresent();
    }

    /** Writes it down. Returns false when it was known, and then nothing more happens. */
    public boolean keep(Notice notice) {
        boolean heard = isHeard(notice);
        return jdbi.withHandle(handle -> handle.createUpdate("""
                        insert into stripe_event (id, type, about, created_at, received_at, handled_at, next_try_at)
                        values (:id, :type, :about, :at, :now, :handled, :now)
                        on conflict (id) do nothing
                        """)
                        .bind("id", notice.id())
                        .bind("type", notice.type())
                        .bind("about", notice.about().map(About::toString).orElse(""))
                        .bind("at", notice.at())
                        .bind("now", clock.instant())
                        .bind("handled", heard ? Optional.<Instant>empty() : Optional.of(clock.instant()))
                        .execute()
                == 1);
    }

    /** Those of these ids that are known. */
    Set<String> known(Collection<String> ids) {
        return jdbi.withHandle(handle -> handle.createQuery("select id from stripe_event where id = any(:ids)")
                .bindArray("ids", String.class, List.copyOf(ids))
                .mapTo(String.class)
                .set());
    }

    /** Has it handled again, as if it had just come. */
    void again(String id) {
        jdbi.useHandle(handle -> handle.createUpdate("""
                        update stripe_event set handled_at = null, tries = 0, next_try_at = :now, trouble = ''
                        where id = :id and about <> ''
                        """)
                .bind("id", id)
                .bind("now", clock.instant())
                .execute());
    }

    /** Everything that waits about one customer, charge or payment. */
    record Due(String about, String id, int tries) {}

    /** Takes what is due next, for so long that no other node takes it meanwhile. */
    List<Due> take(int most) {
        Instant now = clock.instant();
        return jdbi.withHandle(handle -> handle.createQuery("""
                        with due as (
                          select id from stripe_event where handled_at is null and next_try_at <= :now
                          order by next_try_at limit :most for update skip locked)
                        update stripe_event e set next_try_at = :later, tries = e.tries + 1
                        from due where e.id = due.id
                        returning e.about, e.id, e.tries
                        """)
                .bind("now", now)
                .bind("later", now.plus(Duration.ofMinutes(2)))
                .bind("most", most)
                .mapTo(Due.class)
                .list());
    }

    void handled(Collection<String> ids) {
        jdbi.useHandle(handle -> handle.createUpdate(
                        "update stripe_event set handled_at = :now, trouble = '' where id = any(:ids)")
                .bindArray("ids", String.class, List.copyOf(ids))
                .bind("now", clock.instant())
                .execute());
    }

    /** It did not work this time: again after a pause that doubles, up to six hours. */
    void failed(Due due, String trouble) {
        Duration pause = Duration.ofSeconds(10).multipliedBy(1L << Math.min(due.tries(), 12));
        put(due, pause.compareTo(LONGEST) > 0 ? LONGEST : pause, trouble);
    }

    /** Somebody else was just asking about the same. */
    void soon(Due due) {
        put(due, Duration.ofSeconds(1), "");
    }

    private void put(Due due, Duration pause, String trouble) {
        jdbi.useHandle(handle -> handle.createUpdate(
                        "update stripe_event set next_try_at = :later, trouble = :trouble where id = :id and handled_at is null")
                .bind("id", due.id())
                .bind("later", clock.instant().plus(pause))
                .bind("trouble", trouble.length() > 500 ? trouble.substring(0, 500) : trouble)
                .execute());
    }

    /** An event that waits after it has failed. */
    public record Waiting(String id, String type, Instant createdAt, int tries, Instant nextTryAt, String trouble) {}

    /** Those that have failed and wait, the oldest first; at most 100. */
    public List<Waiting> waiting() {
        return jdbi.withHandle(
                handle -> handle.createQuery("""
                        select id, type, created_at, tries, next_try_at, trouble from stripe_event
                        where handled_at is null and trouble <> '' order by created_at limit 100
                        """).mapTo(Waiting.class).list());
    }

    /** When the last event came, if one ever did. */
    public Optional<Instant> lastReceived() {
        return jdbi.withHandle(handle -> handle.createQuery(
                        "select handled_at from stripe_event where handled_at is not null order by handled_at desc limit 1")
                .mapTo(Instant.class)
                .findOne());
    }

    /** Forgets those that were handled 90 days ago; Stripe itself keeps them for 30. */
    public void forgetOld() {
        jdbi.useHandle(handle -> handle.createUpdate("delete from stripe_event where handled_at < :before")
                .bind("before", clock.instant().minus(KEPT))
                .execute());
    }

    /** Up to where Stripe's list was gone through. */
    Optional<Instant> swept() {
        return jdbi.withHandle(handle -> handle.createQuery("select until from stripe_sweep")
                .mapTo(Instant.class)
                .findOne());
    }

    void sweptTo(Instant until) {
        jdbi.useHandle(handle -> handle.createUpdate("""
                        insert into stripe_sweep (until) values (:until) on conflict (one) do update set until = excluded.until
                        """).bind("until", until).execute());
    }
}
