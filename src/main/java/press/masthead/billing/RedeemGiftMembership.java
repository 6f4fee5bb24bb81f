package press.masthead.billing;

import java.time.Clock;
import java.time.Instant;
import java.time.ZoneId;
import java.util.Optional;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import press.masthead.plans.Because;
import press.masthead.plans.Membership;
import press.masthead.plans.Memberships;
import press.masthead.plans.Origin;
import press.masthead.plans.Payment;
import press.masthead.platform.web.Problem;
import press.masthead.platform.web.Secret;
import press.masthead.readers.Consents;
import press.masthead.readers.Reader;

/** Takes a gift: begins a membership, or makes a running one longer by as many months. */
public final class RedeemGiftMembership {
    private final Jdbi jdbi;
    private final Clock clock;
    private final GiftMemberships giftMemberships;
    private final Memberships memberships;
    private final EndMemberships ending;
    private final MembershipLetters letters;
    private final Consents consents;

    public RedeemGiftMembership(
            Jdbi jdbi,
            Clock clock,
            GiftMemberships giftMemberships,
            Memberships memberships,
            EndMemberships ending,
            MembershipLetters letters,
            Consents consents) {
        this.jdbi = jdbi;
        this.clock = clock;
        this.giftMemberships = giftMemberships;
        this.memberships = memberships;
        this.ending = ending;
        this.letters = letters;
        this.consents = consents;
    }

    /**
     * Takes it. Returns until when its reader now reads.
     *
     * @param network where they press the button, as {@code Network.of} gives it
     * @throws Problem when it was taken before, or can't be added to what they have
     */
    public Instant run(Reader reader, Secret secret, String network) {
        GiftMembership gift = giftMemberships
                .bySecret(secret)
                .orElseThrow(() -> Problem.notFound("This link leads to no gift. Please check the letter."));
        return jdbi.inTransaction(handle -> {
            memberships.hold(handle, reader.id());
            ending.endIfOver(handle, reader.id());
            if (!giftMemberships.redeem(handle, gift.id(), reader.id()))
                throw Problem.gone("This gift has been taken already.");
            consents.agree(handle, reader.id(), gift.taking(), "/gift/", network);
            Optional<Membership> running = memberships
                    .find(handle, reader.id())
                    .filter(found -> found.endedAt().isEmpty());
            return running.isPresent() ? prolong(handle, reader, running.get(), gift) : begin(handle, reader, gift);
        });
    }

    private Instant begin(Handle handle, Reader reader, GiftMembership gift) {
        Instant until = after(clock.instant(), gift);
        long id = memberships.begin(
                handle, reader.id(), gift.price(), Payment.GIFT, new Origin("gift", ""), Optional.empty(), until);
        giftMemberships.became(handle, gift.id(), id);
        memberships.note(handle, id, "redeemed", Because.READER.noting("a gift of " + gift.length()));
        letters.redeemed(handle, new MembershipLetters.To(reader.email(), reader.name()), gift, until);
        return until;
    }

    private Instant prolong(Handle handle, Reader reader, Membership running, GiftMembership gift) {
        if (running.payment() == Payment.STRIPE)
            throw Problem.stale(
                    "Your membership is paid by card. Please take the gift when it has ended, or write to us.");
        if (running.unpaidDue().isPresent())
            throw Problem.stale("An invoice is still open. Please pay it first; then you can take the gift.");
        Instant until = after(running.until(), gift);
        boolean same = running.price().currency().equals(gift.price().currency());
        memberships.prolong(handle, running, until, same ? gift.giftAmount() : 0);
        giftMemberships.became(handle, gift.id(), running.id());
        memberships.note(handle, running.id(), "extended", Because.READER.noting("a gift of " + gift.length()));
        letters.redeemed(handle, new MembershipLetters.To(reader.email(), reader.name()), gift, until);
        return until;
    }

    private Instant after(Instant from, GiftMembership gift) {
        ZoneId zone = letters.from().zone();
        return from.atZone(zone).plusMonths(gift.months()).toInstant();
    }
}
