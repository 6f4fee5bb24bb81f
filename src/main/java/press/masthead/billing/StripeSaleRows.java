package press.masthead.billing;

import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import press.masthead.stripe.StripeMovement;

/** Pages of Stripe's on which something is paid for once that is no gift. */
final class StripeSaleRows implements HostedPages.Kept {
    private final Jdbi jdbi;
    private final Clock clock;

    StripeSaleRows(Jdbi jdbi, Clock clock) {
        this.jdbi = jdbi;
        this.clock = clock;
    }

    record Page(String session, String kind, long reference, String what, String email, String name, String url) {
        SaleBooks.Bought bought(StripeMovement charge) {
            return new SaleBooks.Bought(Optional.empty(), what, email, name, charge.at());
        }
    }

    void opened(Page page) {
        jdbi.useHandle(handle -> handle.createUpdate("""
                        insert into stripe_sale (session, kind, reference, what, email, name, url, opened_at)
                        values (:session, :kind, :reference, :what, :email, :name, :url, :now) on conflict do nothing
                        """)
                .bind("session", page.session())
                .bind("kind", page.kind())
                .bind("reference", page.reference())
                .bind("what", page.what())
                .bind("email", page.email())
                .bind("name", page.name())
                .bind("url", page.url())
                .bind("now", clock.instant())
                .execute());
    }

    /** The newest page that is still open for this. */
    Optional<Page> open(String kind, long reference) {
        return jdbi.withHandle(handle -> handle.createQuery("""
                        select session, kind, reference, what, email, name, url from stripe_sale
                        where kind = :kind and reference = :reference and settled_at is null order by opened_at desc limit 1
                        """)
                .bind("kind", kind)
                .bind("reference", reference)
                .mapTo(Page.class)
                .findOne());
    }

    Optional<Page> page(Handle handle, String session) {
        return handle.createQuery(
                        "select session, kind, reference, what, email, name, url from stripe_sale where session = :session")
                .bind("session", session)
                .mapTo(Page.class)
                .findOne();
    }

    @Override
    public boolean isPage(String session) {
        return jdbi.withHandle(handle -> page(handle, session)).isPresent();
    }

    @Override
    public Optional<String> pageOf(String payment) {
        return jdbi.withHandle(
                handle -> handle.createQuery("select session from stripe_sale where payment = :payment limit 1")
                        .bind("payment", payment)
                        .mapTo(String.class)
                        .findOne());
    }

    /** All pages that were opened for this. */
    List<String> pages(String kind, long reference) {
        return jdbi.withHandle(handle -> handle.createQuery(
                        "select session from stripe_sale where kind = :kind and reference = :reference")
                .bind("kind", kind)
                .bind("reference", reference)
                .mapTo(String.class)
                .list());
    }

    /** Those of them on which it was paid, the oldest first. */
    List<String> paidPages(String kind, long reference) {
        return jdbi.withHandle(handle -> handle.createQuery(
                        "select session from stripe_sale where kind = :kind and reference = :reference and payment is not null order by opened_at")
                .bind("kind", kind)
                .bind("reference", reference)
                .mapTo(String.class)
                .list());
    }

    /** Pages that were opened before then and of which nothing is known. */
    List<String> openPages(Instant before) {
        return jdbi.withHandle(handle -> handle.createQuery(
                        "select session from stripe_sale where settled_at is null and opened_at <= :before order by opened_at limit 200")
                .bind("before", before)
                .mapTo(String.class)
                .list());
    }

    /** What was left of the payment before a part of it was first given back. */
    long leftBeforePart(String session, long now) {
        return jdbi.withHandle(handle -> handle.createQuery("""
                        update stripe_sale set before_part = coalesce(before_part, :now) where session = :session returning before_part
                        """)
                .bind("now", now)
                .bind("session", session)
                .mapTo(Long.class)
                .one());
    }

    void saw(Handle handle, String session, String payment, boolean over) {
        handle.createUpdate("""
                        update stripe_sale set payment = coalesce(nullif(:payment, ''), payment),
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
