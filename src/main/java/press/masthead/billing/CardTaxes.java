package press.masthead.billing;

import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import press.masthead.books.BillingDetails;
import press.masthead.books.Invoice;
import press.masthead.books.Taxes;
import press.masthead.plans.Price;
import press.masthead.stripe.StripeSales;
import press.masthead.stripe.StripeTax;

/** The rule of tax, as Stripe is told it: a tax rate of Stripe's with each sale, or a price without tax for who owes it themselves. */
final class CardTaxes {
    private final Jdbi jdbi;
    private final Taxes taxes;
    private final BillingDetails details;
    private final StripeRows rows;
    private final StripeTaxRows kept;
    private final StripeSales sales;

    CardTaxes(Jdbi jdbi, Taxes taxes, BillingDetails details, StripeRows rows, StripeTaxRows kept, StripeSales sales) {
        this.jdbi = jdbi;
        this.taxes = taxes;
        this.details = details;
        this.rows = rows;
        this.kept = kept;
        this.sales = sales;
    }

    /**
     * How prices stand for one reader.
     *
     * @param owes they owe the tax themselves
     */
    record Terms(Optional<Taxes.Rate> rate, boolean owes) {
        /** What a price is charged at, minor units, before Stripe adds what comes on top. */
        long amount(long price) {
            return owes && rate.isPresent()
                    ? Taxes.work(price, Taxes.Customer.READER, rate, true).total()
                    : price;
        }

        /** What tells this amount from the price's own, in the key under which Stripe knows it. */
        String mark(Price price) {
            long amount = amount(price.amount());
            return amount == price.amount() ? "" : "_net" + amount;
        }
    }

    Terms of(long reader) {
        return of(details.of(reader));
    }

    Terms of(Invoice.Billed billed) {
        Optional<Taxes.Rate> rate = jdbi.withHandle(handle -> taxes.of(handle, billed));
        boolean owes = !billed.vatNumber().isEmpty()
                && rate.filter(one -> one.companies() == Taxes.Companies.OWE).isPresent();
        return new Terms(rate, owes);
    }

    /** Stripe's tax rate for these terms; made where there is none. Nothing where nothing is charged. */
    Optional<String> rate(Terms terms) {
        return terms.owes() ? Optional.empty() : terms.rate().map(this::rate);
    }

    private String rate(Taxes.Rate rate) {
        boolean inclusive = rate.readers() == Taxes.Price.INCLUDED;
        return kept.taxRate(rate, inclusive)
                .orElseGet(() -> kept.keepTaxRate(
                        sales.taxRate(
                                "tax-" + rows.site() + "-"
                                        + List.of(rate.country(), rate.name(), rate.figure(), inclusive)
                                                .hashCode(),
                                new StripeSales.TaxRate(rate.country(), rate.name(), rate.rate(), inclusive)),
                        rate,
                        inclusive));
    }

    /** As {@link StripeTaxRows#taxIsStale}. */
    boolean isStale(long reader) {
        return kept.taxIsStale(reader);
    }

    List<StripeTaxRows.Stale> stale() {
        return kept.staleTaxes();
    }

    void told(String subscription) {
        kept.taxIsTold(subscription);
    }

    /** The name that Stripe has for what these terms charge, as far as it was asked for one; else empty. */
    String rate(Handle handle, Terms terms) {
        return terms.rate()
                .flatMap(rate -> kept.taxRate(handle, rate, rate.readers() == Taxes.Price.INCLUDED))
                .orElse("");
    }

    /** The tax that Stripe says it has charged, in a receipt's words. */
    Invoice.Tax told(Handle handle, StripeTax tax, long total) {
        return kept.taxRate(handle, tax.rate())
                .map(known -> new Invoice.Tax(known.name(), known.rate(), tax.amount(), false))
                .orElseGet(() -> Taxes.unnamed(tax.amount(), total));
    }

    /** Whether prices contain a tax that Stripe has charged. */
    boolean inPrice(Handle handle, StripeTax tax) {
        return kept.taxRate(handle, tax.rate())
                .map(StripeTaxRows.TaxRate::inclusive)
                .orElse(true);
    }
}
