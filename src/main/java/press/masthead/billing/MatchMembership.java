package press.masthead.billing;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.mapper.Nested;
import press.masthead.books.Invoice;
import press.masthead.books.Receipt;
import press.masthead.books.Receipts;
import press.masthead.plans.Because;
import press.masthead.plans.Membership;
import press.masthead.plans.Memberships;
import press.masthead.plans.Money;
import press.masthead.plans.Offers;
import press.masthead.plans.Origin;
import press.masthead.plans.Payment;
import press.masthead.plans.Plans;
import press.masthead.plans.Price;
import press.masthead.stripe.StripeBill;
import press.masthead.stripe.StripeMovement;
import press.masthead.stripe.StripeStanding;
import press.masthead.stripe.StripeSubscription;
import press.masthead.stripe.StripeTax;

/** One membership and the subscription that pays for it: what the row should say, and a note and a letter for each difference. */
final class MatchMembership {
    private final Clock clock;
    private final StripeRows rows;
    private final Plans plans;
    private final Memberships memberships;
    private final Offers offers;
    private final StripeLetters letters;
    private final Receipts receipts;
    private final CardTaxes taxes;
    private final Duration grace;

    /** @param grace for how long access stays while a charge is tried again */
    MatchMembership(
            Clock clock,
            StripeRows rows,
            Plans plans,
            Memberships memberships,
            Offers offers,
            StripeLetters letters,
            Receipts receipts,
            CardTaxes taxes,
            Duration grace) {
        this.clock = clock;
        this.rows = rows;
        this.plans = plans;
        this.memberships = memberships;
        this.offers = offers;
        this.letters = letters;
        this.receipts = receipts;
        this.taxes = taxes;
        this.grace = grace;
    }

    boolean isOurs(Handle handle, StripeSubscription subscription) {
        return price(handle, subscription).isPresent();
    }

    /** Begins the membership that was bought; none where its reader has one already. */
    Optional<Long> begin(
            Handle handle, long reader, StripeSubscription subscription, StripeStanding standing, Because because) {
        if (memberships
                .find(handle, reader)
                .filter(found -> found.endedAt().isEmpty())
                .isPresent()) return Optional.empty();
        Price price = price(handle, subscription).orElseThrow();
        var metadata = subscription.metadata();
        long id = memberships.begin(
                handle,
                reader,
                price,
                Payment.STRIPE,
                new Origin(metadata.getOrDefault("masthead_source", ""), metadata.getOrDefault("masthead_story", "")),
                subscription.trialEnd(),
                subscription.periodUntil());
        String offer = metadata.getOrDefault("masthead_offer", "");
        if (!offer.isEmpty() && offers.ask(handle, offer, Optional.of(reader)) instanceof Offers.Asked.Good(var good))
            offers.take(handle, good, reader, id);
        if (subscription.trialEnd().isPresent()) memberships.giveTrial(handle, reader);
        memberships.note(handle, id, subscription.trialEnd().isPresent() ? "trial_started" : "started", because);
        rows.see(handle, subscription, Optional.of(id), "", Optional.empty());
        Membership begun = memberships.byId(handle, id).orElseThrow();
        letters.begun(handle, begun, paid(subscription, standing, subscription.periodFrom()));
        return Optional.of(id);
    }

    private static Optional<Long> number(String text) {
        return text.matches("\\d{1,18}") ? Optional.of(Long.parseLong(text)) : Optional.empty();
    }

    /** Our price behind Stripe's; its lookup key says which. */
    private Optional<Price> price(Handle handle, StripeSubscription subscription) {
        return rows.priceOf(subscription.price())
                .or(() -> number(subscription.metadata().getOrDefault("masthead_price", "")))
                .flatMap(id -> plans.find(handle, id));
    }

    /** What was paid for the period that begins then. */
    private static Optional<Money> paid(StripeSubscription subscription, StripeStanding standing, Instant from) {
        return standing.bills().stream()
                .filter(bill -> bill.subscription().equals(subscription.id())
                        && bill.status().equals("paid"))
                .filter(bill -> bill.total() > 0 && !bill.from().isBefore(from))
                .max(Comparator.comparing(StripeBill::createdAt))
                .map(bill -> new Money(bill.total(), bill.currency().toUpperCase(Locale.ROOT)));
    }

    /**
     * What a membership's row should say.
     *
     * @param until paid or free until then
     * @param graceUntil read until then although a charge failed
     */
    private record Target(
            Instant until, Optional<Instant> graceUntil, Optional<Instant> cancelledAt, Optional<Instant> endedAt) {}

    private Target target(StripeSubscription subscription, Optional<StripeBill> open) {
        Instant until = subscription.periodUntil();
        Optional<Instant> unpaid = open.map(StripeBill::from);
        Optional<Instant> cancelled = subscription.cancelAt().isPresent()
                ? subscription.cancelledAt().or(() -> Optional.of(clock.instant()))
                : Optional.empty();
        return switch (subscription.status()) {
            case "past_due", "unpaid" -> {
                Instant from = unpaid.orElse(subscription.periodFrom());
                yield new Target(from, Optional.of(from.plus(grace)), cancelled, Optional.empty());
            }
            case "canceled", "incomplete_expired" -> {
                Instant end = subscription.endedAt().orElseGet(clock::instant);
                Instant least = unpaid.map(from -> from.plus(grace))
                        .filter(end::isAfter)
                        .orElse(end);
                yield new Target(
                        unpaid.orElse(until), Optional.empty(), subscription.cancelledAt(), Optional.of(least));
            }
            case "paused" -> new Target(until, Optional.empty(), Optional.of(clock.instant()), Optional.empty());
            default -> new Target(until, Optional.empty(), cancelled, Optional.empty());
        };
    }

    /**
     * Brings the row to the subscription.
     *
     * @return whether the subscription has to be ended at Stripe, because its membership is over
     */
    boolean match(Handle handle, long id, StripeSubscription subscription, StripeStanding standing, Because because) {
        Membership was = memberships.byId(handle, id).orElseThrow();
        Optional<StripeBill> open = standing.bills().stream()
                .filter(bill -> bill.subscription().equals(subscription.id()))
                .filter(bill -> Set.of("open", "uncollectible").contains(bill.status()) && bill.due() > 0)
                .min(Comparator.comparing(StripeBill::from));
        String trouble = open.map(bill -> refusal(standing, bill)).orElse("");
        Optional<Instant> nextTry = open.flatMap(StripeBill::nextTry);
        boolean failedAgain = nextTry.isPresent() && !nextTry.equals(rows.nextTry(handle, subscription.id()));
        rows.see(handle, subscription, Optional.of(id), trouble, nextTry);
        told(handle, was, subscription, standing, because);
        if (was.endedAt().isPresent()) return subscription.isAlive();
        Target target = target(subscription, open);
        price(handle, was, subscription, because);
        put(handle, was, target, subscription);
        changed(handle, was, target, subscription, standing, open, trouble, nextTry, failedAgain, because);
        return subscription.isAlive() && isOver(subscription, standing);
    }

    private static String refusal(StripeStanding standing, StripeBill bill) {
        for (String payment : bill.payments()) {
            String said = standing.refusals().getOrDefault(payment, "");
            if (!said.isEmpty()) return said;
        }
        return "";
    }

    private void put(Handle handle, Membership was, Target target, StripeSubscription subscription) {
        handle.createUpdate("""
                        update membership set until = :until, grace_until = :grace, cancelled_at = :cancelled, ended_at = :ended,
                               period_from = :from
                        where id = :id
                        """)
                .bind("id", was.id())
                .bind("until", target.until())
                .bind("grace", target.graceUntil())
                .bind(
                        "cancelled",
                        target.cancelledAt().isPresent() ? was.cancelledAt().or(target::cancelledAt) : Optional.empty())
                .bind("ended", target.endedAt())
                .bind("from", subscription.periodFrom())
                .execute();
    }

    /** Takes the price that the subscription has; one that is only planned waits until the running period is over. */
    private void price(Handle handle, Membership was, StripeSubscription subscription, Because because) {
        Optional<Price> now = price(handle, subscription)
                .filter(price -> price.id() != was.price().id());
        if (now.isEmpty()) return;
        boolean planned =
                was.nextPriceId().filter(next -> next == now.get().id()).isPresent();
        if (planned
                && subscription.status().equals("trialing")
                && subscription.periodUntil().isAfter(clock.instant())) return;
        memberships.take(handle, was.id(), now.get(), subscription.periodFrom());
        memberships.note(handle, was.id(), "changed", because);
    }

    private void changed(
            Handle handle,
            Membership was,
            Target target,
            StripeSubscription subscription,
            StripeStanding standing,
            Optional<StripeBill> open,
            String trouble,
            Optional<Instant> nextTry,
            boolean failedAgain,
            Because because) {
        long id = was.id();
        Membership is = memberships.byId(handle, id).orElseThrow();
        boolean failing = target.graceUntil().isPresent();
        boolean wasFailing = was.graceUntil().isPresent();
        if (failing && !wasFailing) memberships.note(handle, id, "payment_failed", because);
        if (failing && (!wasFailing || failedAgain))
            open.ifPresent(bill -> letters.failed(
                    handle,
                    is,
                    new Money(bill.due(), bill.currency().toUpperCase(Locale.ROOT)),
                    trouble,
                    nextTry,
                    target.graceUntil().get()));
        if (target.endedAt().isPresent()) {
            memberships.note(handle, id, "ended", because);
            letters.ended(
                    handle,
                    is,
                    wasFailing || open.isPresent()
                            ? "The payment did not go through."
                            : "It was cancelled, or came to its end.");
            return;
        }
        if (wasFailing && !failing) {
            memberships.note(handle, id, "recovered", because);
            paid(subscription, standing, was.until()).ifPresent(paid -> letters.recovered(handle, is, paid));
        } else if (!failing
                && target.until().isAfter(was.until())
                && !subscription.status().equals("trialing")) {
            boolean trial =
                    was.trialEndsAt().filter(end -> !end.isBefore(was.until())).isPresent();
            memberships.note(handle, id, trial ? "trial_ended" : "renewed", because);
        }
        if (target.cancelledAt().isPresent() && was.cancelledAt().isEmpty())
            memberships.note(handle, id, "cancelled", because);
        if (target.cancelledAt().isEmpty() && was.cancelledAt().isPresent())
            memberships.note(handle, id, "resumed", because);
    }

    /** Notes and letters for money that was not in the ledger before, and for disputes that are lost. */
    private void told(
            Handle handle,
            Membership membership,
            StripeSubscription subscription,
            StripeStanding standing,
            Because because) {
        for (StripeMovement movement : standing.movements()) {
            Optional<StripeBill> bill =
                    standing.billOf(movement).filter(one -> one.subscription().equals(subscription.id()));
            if (bill.isEmpty()) continue;
            Money money =
                    new Money(Math.abs(movement.amount()), movement.currency().toUpperCase(Locale.ROOT));
            boolean lost = movement.kind() == StripeMovement.Kind.DISPUTE
                    && standing.lost().contains(movement.charge());
            if (lost && rows.lost(handle, movement.charge())) {
                memberships.note(handle, membership.id(), "dispute_lost", because);
                letters.decided(handle, membership, money, false);
            }
            if (rows.isEntered(handle, movement.kind().name().toLowerCase(Locale.ROOT), movement.ref())) continue;
            switch (movement.kind()) {
                case CHARGE -> {
                    memberships.note(handle, membership.id(), "paid", because);
                    boolean welcomed = bill.get().equals(first(standing, subscription));
                    Optional<Receipt> receipt = receipt(handle, Optional.of(membership.id()), movement, bill);
                    if (!welcomed && membership.graceUntil().isEmpty())
                        letters.charged(handle, membership, money, receipt);
                }
                case REFUND -> {
                    memberships.note(handle, membership.id(), "refunded", because);
                    letters.refunded(handle, membership, money, isOver(subscription, standing));
                }
                case DISPUTE -> {
                    memberships.note(handle, membership.id(), "disputed", because);
                    letters.disputed(handle, membership, money, movement.charge());
                }
                case DISPUTE_WON -> {
                    memberships.note(handle, membership.id(), "dispute_won", because);
                    letters.decided(handle, membership, money, true);
                }
            }
        }
    }

    /** Writes the receipt of a charge, where it has none: to its reader as they want it written, with the tax that was charged. */
    Optional<Receipt> receipt(
            Handle handle, Optional<Long> membership, StripeMovement charge, Optional<StripeBill> bill) {
        Optional<Payer> payer = membership.flatMap(
                id -> handle.createQuery("""
                        select r.email, r.name, p.name as plan, coalesce(d.company, '') as company,
                               coalesce(d.address, '') as address, coalesce(d.country, '') as country,
                               coalesce(d.vat_number, '') as vat_number
                        from membership m join price pr on pr.id = m.price_id join plan p on p.id = pr.plan_id
                        left join reader r on r.id = m.reader_id left join billing_details d on d.reader_id = r.id
                        where m.id = :id
                        """).bind("id", id).mapTo(Payer.class).findOne());
        Optional<StripeTax> told =
                bill.filter(one -> one.total() == charge.amount()).flatMap(StripeBill::tax);
        Invoice.Billed billed = payer.map(Payer::billed).orElse(Invoice.Billed.NOBODY);
        return receipts.write(
                handle,
                new Receipts.Draft(
                        charge.charge(),
                        membership,
                        Optional.empty(),
                        payer.map(Payer::plan).orElse("Membership"),
                        payer.flatMap(Payer::email).orElse(""),
                        payer.flatMap(Payer::name).orElse(""),
                        billed,
                        charge.amount(),
                        charge.currency().toUpperCase(Locale.ROOT),
                        told.map(tax -> taxes.told(handle, tax, charge.amount())),
                        told.map(tax -> taxes.inPrice(handle, tax)).orElse(true),
                        bill.map(StripeBill::from).orElse(charge.at()),
                        bill.map(StripeBill::until).orElse(charge.at()),
                        charge.at()));
    }

    private record Payer(
            Optional<String> email,
            Optional<String> name,
            String plan,
            @Nested Invoice.Billed billed) {}

    /** The bill with which it began; the letter of welcome speaks of it. */
    private static StripeBill first(StripeStanding standing, StripeSubscription subscription) {
        return standing.bills().stream()
                .filter(bill -> bill.subscription().equals(subscription.id()))
                .findFirst()
                .orElseThrow();
    }

    /** Whether all that was paid last has gone back to its payer. */
    private static boolean isOver(StripeSubscription subscription, StripeStanding standing) {
        Optional<StripeBill> last = standing.bills().stream()
                .filter(bill -> bill.subscription().equals(subscription.id()))
                .filter(bill -> bill.status().equals("paid") && bill.total() > 0)
                .max(Comparator.comparing(StripeBill::createdAt));
        return last.isPresent()
                && standing.movements().stream()
                        .filter(charge -> charge.kind() == StripeMovement.Kind.CHARGE)
                        .filter(charge -> standing.billOf(charge).equals(last))
                        .anyMatch(charge -> isGone(standing, charge));
    }

    private static boolean isGone(StripeStanding standing, StripeMovement charge) {
        long refunded = standing.movements().stream()
                .filter(movement -> movement.kind() == StripeMovement.Kind.REFUND
                        && movement.charge().equals(charge.charge()))
                .mapToLong(StripeMovement::amount)
                .sum();
        return charge.amount() > 0 && charge.amount() + refunded <= 0
                || standing.lost().contains(charge.charge());
    }
}
