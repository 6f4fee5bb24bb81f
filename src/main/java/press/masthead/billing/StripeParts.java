package press.masthead.billing;

import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.util.function.Supplier;
import org.jdbi.v3.core.Jdbi;
import press.masthead.books.BillingDetails;
import press.masthead.books.Ledger;
import press.masthead.books.Receipts;
import press.masthead.books.Taxes;
import press.masthead.plans.Memberships;
import press.masthead.plans.Offers;
import press.masthead.plans.Plans;
import press.masthead.stripe.StripeApi;
import press.masthead.stripe.StripeChanges;
import press.masthead.stripe.StripeReads;
import press.masthead.stripe.StripeSales;

/** What there is more of where a newsroom takes cards. */
public record StripeParts(
        StripePayments payments, CardGifts gifts, CardSales sales, HandleStripeEvents handleEvents, SweepStripe sweep) {

    /** What of the newsroom they work with. */
    public record With(
            Jdbi jdbi,
            Clock clock,
            Plans plans,
            Memberships memberships,
            Offers offers,
            Ledger ledger,
            Receipts receipts,
            Taxes taxes,
            BillingDetails billingDetails,
            GiftMemberships gifts,
            GiftMembershipLetters giftLetters,
            EndMemberships ending,
            MembershipLetters letters,
            StripeLetters stripeLetters,
            StripeEvents events,
            SoldOnce seller,
            Supplier<String> url) {}

    /** @param grace for how long a member reads on while a charge is tried again */
    public static StripeParts of(String secretKey, URI base, Duration grace, With with) {
        var api = new StripeApi(secretKey, base);
        var reads = new StripeReads(api);
        var changes = new StripeChanges(api);
        var rows = new StripeRows(with.jdbi(), with.clock());
        var sales = new StripeSales(api);
        var taxes = new CardTaxes(
                with.jdbi(), with.taxes(), with.billingDetails(), rows, new StripeTaxRows(with.jdbi()), sales);
        var books = new SaleBooks(rows, with.ledger(), with.receipts(), taxes);
        var hosted = new HostedPages(rows, sales, reads, taxes, with.url());
        var gifts = new CardGifts(
                with.jdbi(),
                with.clock(),
                rows,
                new StripeGiftRows(with.jdbi(), with.clock()),
                hosted,
                reads,
                changes,
                books,
                with.receipts(),
                with.gifts(),
                with.giftLetters());
        var cardSales = new CardSales(
                with.jdbi(),
                with.clock(),
                rows,
                new StripeSaleRows(with.jdbi(), with.clock()),
                hosted,
                reads,
                changes,
                books,
                with.seller());
        var matching = new MatchMembership(
                with.clock(),
                rows,
                with.plans(),
                with.memberships(),
                with.offers(),
                with.stripeLetters(),
                with.receipts(),
                taxes,
                grace);
        var match = new MatchStripe(
                with.jdbi(),
                rows,
                reads,
                changes,
                with.memberships(),
                with.ledger(),
                matching,
                with.stripeLetters(),
                gifts,
                cardSales);
        var prices = new CardPrices(rows, sales, taxes);
        var customers = new CardCustomers(rows, sales, match, with.clock(), with.url());
        var tellTaxes = new TellTaxes(taxes, prices, with.plans(), changes);
        var checkout = new CardCheckout(
                with.clock(),
                rows,
                sales,
                match,
                customers,
                prices,
                taxes,
                with.memberships(),
                with.letters(),
                with.url());
        var payments = new StripePayments(
                with.jdbi(),
                with.clock(),
                rows,
                changes,
                match,
                prices,
                checkout,
                new CardRefunds(rows, changes, match, gifts, cardSales),
                customers,
                tellTaxes,
                with.memberships(),
                with.offers(),
                with.ending(),
                with.letters());
        return new StripeParts(
                payments,
                gifts,
                cardSales,
                new HandleStripeEvents(with.events(), match),
                new SweepStripe(
                        reads, with.events(), rows, match, customers, tellTaxes, gifts, cardSales, with.clock()));
    }
}
