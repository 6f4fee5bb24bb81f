package press.masthead.billing;

import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;

/** Pages of Stripe's on which gifts are paid for. */
final class StripeGiftRows implements HostedPages.Kept {
    private final Jdbi jdbi;
    private final Clock clock;

    StripeGiftRows(Jdbi jdbi, Clock clock) {
        this.jdbi = jdbi;
        this.clock = clock;
    }

    void opened(String session, long gift) {
        jdbi.useHandle(handle -> handle.createUpdate("""
                        insert into stripe_gift (session, gift_id, opened_at) values (:session, :gift, :now) on conflict do nothing
                        """)
                .bind("session", session)
                .bind("gift", gift)
                .bind("now", clock.instant())
                .execute());
    }

    @Override
    public boolean isPage(String session) {
        return jdbi.withHandle(handle -> giftOf(handle, session)).isPresent();
    }

    Optional<Long> giftOf(Handle handle, String session) {
        return handle.createQuery("select gift_id from stripe_gift where session = :session")
                .bind("session", session)
                .mapTo(Long.class)
                .findOne();
    }

    @Override
    public Optional<String> pageOf(String payment) {
        return jdbi.withHandle(
                handle -> handle.createQuery("select session from stripe_gift where payment = :payment limit 1")
                        .bind("payment", payment)
                        .mapTo(String.class)
                        .findOne());
    }

    List<String> pages(long gift) {
        return jdbi.withHandle(handle -> handle.createQuery("select session from stripe_gift where gift_id = :gift")
                .bind("gift", gift)
                .mapTo(String.class)
                .list());
    }

    /** Pages that were opened before then and of which nothing is known. */
    List<String> openPages(Instant before) {
        return jdbi.withHandle(handle -> handle.createQuery("""
                        select session from stripe_gift where settled_at is null and opened_at <= :before order by opened_at limit 200
                        """)
                .bind("before", before)
                .mapTo(String.class)
                .list());
    }

    boolean isPaid(String session) {
        return jdbi.withHandle(handle -> handle.createQuery("""
                        select exists (select from stripe_gift s join gift_membership g on g.id = s.gift_id
                                       where s.session = :session and g.paid_at is not null)
                        """)
                .bind("session", session)
                .mapTo(Boolean.class)
                .one());
    }

    void saw(Handle handle, String session, String payment, boolean over) {
        handle.createUpdate("""
                        update stripe_gift set payment = coalesce(nullif(:payment, ''), payment),
                               settled_at = case when :over then coalesce(settled_at, :now) end
                        where session = :session
                        """)
                .bind("session", session)
                .bind("payment", payment)
                .bind("over", over)
                .bind("now", clock.instant())
                .execute();
    }
}
