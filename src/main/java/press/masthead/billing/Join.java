package press.masthead.billing;

import java.time.Instant;
import java.util.Optional;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import press.masthead.books.Invoice;
import press.masthead.books.Invoices;
import press.masthead.plans.Memberships;
import press.masthead.plans.Offer;
import press.masthead.plans.Offers;
import press.masthead.plans.Origin;
import press.masthead.plans.Payment;
import press.masthead.plans.Plans;
import press.masthead.plans.Price;
import press.masthead.readers.Reader;

/** Makes a reader a member: with free days the first time, and paying at once from then on. */
public final class Join {
    private final Jdbi jdbi;
    private final Plans plans;
    private final Offers offers;
    private final Memberships memberships;
    private final Invoices invoices;
    private final EndMemberships ending;
    private final Providers providers;

    public Join(
            Jdbi jdbi,
            Plans plans,
            Offers offers,
            Memberships memberships,
            Invoices invoices,
            EndMemberships ending,
            Providers providers) {
        this.jdbi = jdbi;
        this.plans = plans;
        this.offers = offers;
        this.memberships = memberships;
        this.invoices = invoices;
        this.ending = ending;
        this.providers = providers;
    }

    /**
     * What someone asks for; nothing of it is believed.
     *
     * @param price its number
     * @param code of an offer; may be empty
     * @param next a path on this site to open then; may be empty
     */
    public record Wish(long price, String code, Payment by, Origin origin, String next) {}

    /** What came of it. */
    public sealed interface Outcome {
        /** Reads free until then. */
        record Trial(Instant until) implements Outcome {}

        /** Is a member and has an invoice. */
        record Member(Invoice invoice) implements Outcome {}

        /** Is a member and has nothing to pay this time. */
        record Free(Instant until) implements Outcome {}

        /** Goes on at this page of someone else's. */
        record Elsewhere(String url) implements Outcome {}

        /** Was a member already. */
        record Already() implements Outcome {}

        /** Left this invoice unpaid, so that the last membership ended; paying it opens that one again. */
        record Owing(Invoice invoice) implements Outcome {}

        /** Can't be had like this, and why. */
        record Refused(String sentence) implements Outcome {}
    }

    /** At the price that the site names first, by invoice. */
    public Outcome run(Reader reader) {
        return run(reader, new Wish(plans.offered().id(), "", Payment.INVOICE, Origin.UNKNOWN, ""));
    }

    public Outcome run(Reader reader, Wish wish) {
        Optional<Price> price = plans.onOffer(wish.price());
        if (price.isEmpty()) return new Outcome.Refused("This price is not on offer any more. Please choose again.");
        Optional<PaymentProvider> provider = providers.by(wish.by());
        if (provider.isEmpty()) return new Outcome.Refused("We do not take this kind of payment. Please choose again.");
        Optional<Outcome> not = jdbi.inTransaction(handle -> standing(handle, reader));
        if (not.isPresent()) return not.get();
        Optional<Offer> offer = Optional.empty();
        if (!wish.code().isBlank())
            switch (offers.ask(wish.code(), Optional.of(reader.id()))) {
                case Offers.Asked.Not(String sentence) -> {
                    return new Outcome.Refused(sentence);
                }
                case Offers.Asked.Good(Offer good) -> {
                    if (!offers.suits(good, price.get()))
                        return new Outcome.Refused(
                                "The offer " + good.code() + " is not for this price. Please choose another.");
                    offer = Optional.of(good);
                }
            }
        return begin(provider.get(), reader, price.get(), offer, wish);
    }

    private Outcome begin(PaymentProvider provider, Reader reader, Price price, Optional<Offer> offer, Wish wish) {
        Price theirs = memberships.trialIsLeft(reader.id())
                ? offer.map(good -> good.trialOf(price)).orElse(price)
                : price.withTrial(0);
        return switch (provider.begin(new Purchase(reader, theirs, offer, wish.origin(), wish.next()))) {
            case Begun.Trial(Instant until) -> new Outcome.Trial(until);
            case Begun.Invoiced(Invoice invoice) -> new Outcome.Member(invoice);
            case Begun.Free(Instant until) -> new Outcome.Free(until);
            case Begun.Elsewhere(String url) -> new Outcome.Elsewhere(url);
            case Begun.Already() -> new Outcome.Already();
        };
    }

    /** What keeps someone from joining, if anything does. */
    private Optional<Outcome> standing(Handle handle, Reader reader) {
        memberships.hold(handle, reader.id());
        ending.endIfOver(handle, reader.id());
        if (memberships
                .find(handle, reader.id())
                .filter(found -> found.endedAt().isEmpty())
                .isPresent()) return Optional.of(new Outcome.Already());
        return invoices.leftUnpaid(handle, reader.id()).map(Outcome.Owing::new);
    }

    /** Whether this reader, who is no member now, left an invoice unpaid. */
    public Optional<Invoice> owing(long reader) {
        return invoices.leftUnpaid(reader);
    }
}
