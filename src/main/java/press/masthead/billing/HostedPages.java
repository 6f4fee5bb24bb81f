package press.masthead.billing;

import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import press.masthead.books.Invoice;
import press.masthead.plans.Money;
import press.masthead.stripe.About;
import press.masthead.stripe.StripeAway;
import press.masthead.stripe.StripeReads;
import press.masthead.stripe.StripeRefused;
import press.masthead.stripe.StripeSales;

/**
 * Pages of Stripe's on which something is paid for once, by someone who need be no customer. Whoever sells on them keeps which are its
 * own ({@link Kept}), and is led to the right one by whatever Stripe tells.
 */
final class HostedPages {
    private static final Logger LOG = LoggerFactory.getLogger(HostedPages.class);

    private final StripeRows rows;
    private final StripeSales sales;
    private final StripeReads reads;
    private final CardTaxes taxes;
    private final Supplier<String> url;

    HostedPages(StripeRows rows, StripeSales sales, StripeReads reads, CardTaxes taxes, Supplier<String> url) {
        this.rows = rows;
        this.sales = sales;
        this.reads = reads;
        this.taxes = taxes;
        this.url = url;
    }

    /** The pages of one seller. */
    interface Kept {
        boolean isPage(String session);

        /** The page on which a payment was made. */
        Optional<String> pageOf(String payment);
    }

    /**
     * What is sold.
     *
     * @param kind, reference by which the seller knows it again
     * @param paid, left paths of ours, to return to having paid and not
     */
    record Offered(
            String kind,
            long reference,
            String what,
            Money price,
            String email,
            String paid,
            String left,
            Instant expires) {}

    /** @param key told twice, it makes no second page */
    StripeSales.Page open(String key, Offered offered) {
        return sales.once(
                key,
                new StripeSales.Once(
                        offered.what(),
                        offered.price().amount(),
                        offered.price().currency(),
                        offered.email(),
                        offered.kind() + "-" + offered.reference(),
                        taxes.rate(taxes.of(Invoice.Billed.NOBODY)),
                        Map.of(
                                "masthead_" + offered.kind(),
                                Long.toString(offered.reference()),
                                MatchStripe.SITE,
                                rows.site()),
                        url.get() + offered.paid() + "?session={CHECKOUT_SESSION_ID}",
                        url.get() + offered.left(),
                        offered.expires()));
    }

    /** Which of a seller's pages something is about; none where it is about nothing that was sold there. */
    Optional<String> among(Kept kept, About about) {
        return switch (about.kind()) {
            case PAGE -> kept.isPage(about.id()) ? Optional.of(about.id()) : Optional.empty();
            case PAYMENT -> kept.pageOf(about.id());
            case CHARGE -> ofCharge(kept, about.id());
            case CUSTOMER, SUBSCRIPTION, INVOICE -> Optional.empty();
        };
    }

    /** The page whose payment a charge was. */
    Optional<String> ofCharge(Kept kept, String charge) {
        return reads.paymentOf(charge).flatMap(kept::pageOf);
    }

    /** Someone is back from the page. That they come proves nothing, so Stripe is asked; should it be away, it is asked again later. */
    void cameBack(String session, Consumer<String> match) {
        try {
            match.accept(session);
        } catch (StripeAway | StripeRefused later) {
            // What Stripe tells, or the next round of the timetable, will say the same in a moment.
            LOG.info("{} is asked about again later: {}", session, later.getMessage());
        }
    }

    /** Trouble is logged and left for the next time. */
    void quietly(String session, Consumer<String> match) {
        try {
            match.accept(session);
        } catch (RuntimeException trouble) {
            LOG.warn("{} could not be asked about this time: {}", session, trouble.getMessage());
        }
    }
}
