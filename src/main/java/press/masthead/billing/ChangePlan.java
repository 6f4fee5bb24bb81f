package press.masthead.billing;

import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import press.masthead.plans.Because;
import press.masthead.plans.Membership;
import press.masthead.plans.Memberships;
import press.masthead.plans.Plans;
import press.masthead.plans.Price;
import press.masthead.platform.web.Problem;
import press.masthead.readers.Reader;

/** Changes a membership's price: shown first, to the minor unit, and carried out with the figures that were shown. */
public final class ChangePlan {
    private final Clock clock;
    private final Plans plans;
    private final Memberships memberships;
    private final Quotes quotes;
    private final Providers providers;

    public ChangePlan(Clock clock, Plans plans, Memberships memberships, Quotes quotes, Providers providers) {
        this.clock = clock;
        this.plans = plans;
        this.memberships = memberships;
        this.quotes = quotes;
        this.providers = providers;
    }

    /** What someone may change to: everything on offer, in their currency first. */
    public List<Price> choices(Membership membership) {
        String currency = membership.price().currency();
        List<Price> all = plans.onOffer().stream()
                .filter(price -> price.id() != membership.price().id()
                        || membership.nextPriceId().isPresent())
                .toList();
        List<Price> theirs =
                all.stream().filter(price -> price.currency().equals(currency)).toList();
        return theirs.isEmpty() ? all : theirs;
    }

    /** The price of the next payment. */
    public Price next(Membership membership) {
        return membership.nextPriceId().map(plans::price).orElse(membership.price());
    }

    /** Why nothing can be changed now; empty when it can. */
    public Optional<String> whyNot(Membership membership) {
        Instant now = clock.instant();
        return switch (membership.state(now)) {
            case TRIALING -> Optional.empty();
            case ACTIVE ->
                membership.payment().runsOn()
                        ? Optional.empty()
                        : Optional.of("A gift stays what it is. You can join when it ends.");
            case PAST_DUE ->
                Optional.of("An invoice is still open. Please pay it first; then you can change your plan.");
            case PAUSED -> Optional.of("Your membership is paused. Go on first; then you can change your plan.");
            case CANCELLED ->
                Optional.of("Your membership is cancelled. Keep it first; then you can change your plan.");
            case COMPLIMENTARY, ENDED -> Optional.of("There is no membership to change.");
        };
    }

    /**
     * What a change would cost, kept for fifteen minutes.
     *
     * @param price the number of one that is on offer
     * @throws Problem when it is not, or nothing can be changed now
     */
    public Quote quote(Reader reader, long price) {
        Membership membership = running(reader);
        Price to = plans.onOffer(price)
                .or(() -> Optional.of(membership.price()).filter(own -> own.id() == price))
                .orElseThrow(() -> Problem.invalid("This price is not on offer. Please choose again."));
        if (to.id() == membership.price().id() && membership.nextPriceId().isEmpty())
            throw Problem.invalid("That is your plan already. Please choose another.");
        Quote quote = providers.of(membership).orElseThrow().quote(membership, to);
        if (quote.isNow() && quote.charge() > 0 && membership.unpaidDue().isPresent())
            throw Problem.stale("An invoice is still open. Please pay it first; then you can change at once.");
        return quotes.keep(quote);
    }

    private Membership running(Reader reader) {
        Membership membership =
                memberships.find(reader.id()).orElseThrow(() -> Problem.stale("There is no membership to change."));
        whyNot(membership).ifPresent(sentence -> {
            throw Problem.stale(sentence);
        });
        return membership;
    }

    /**
     * Carries out a change as it was shown.
     *
     * @return what was done; none when the figures no longer hold and must be shown anew
     */
    public Optional<Quote> run(Reader reader, long quote) {
        running(reader);
        return quotes.find(reader.id(), quote)
                .filter(shown -> quotes.use(shown.id())
                        && providers.of(shown.membership()).orElseThrow().change(shown, Because.READER));
    }
}
