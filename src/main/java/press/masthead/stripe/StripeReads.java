package press.masthead.stripe;

import com.stripe.exception.InvalidRequestException;
import com.stripe.exception.StripeException;
import com.stripe.model.Charge;
import com.stripe.model.Dispute;
import com.stripe.model.Event;
import com.stripe.model.Invoice;
import com.stripe.model.InvoiceLineItem;
import com.stripe.model.InvoicePayment;
import com.stripe.model.Refund;
import com.stripe.model.Subscription;
import com.stripe.model.SubscriptionItem;
import com.stripe.param.ChargeListParams;
import com.stripe.param.DisputeListParams;
import com.stripe.param.EventListParams;
import com.stripe.param.InvoiceListParams;
import com.stripe.param.InvoicePaymentListParams;
import com.stripe.param.RefundListParams;
import com.stripe.param.SubscriptionListParams;
import com.stripe.service.V1Services;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** What Stripe knows, asked for. Nothing is changed by it. */
public final class StripeReads {
    private static final long PAGE = 100;

    private final StripeApi api;

    public StripeReads(StripeApi api) {
        this.api = api;
    }

    /**
     * All of one customer: subscriptions, invoices, money that moved. Three requests where nothing was given back.
     *
     * @param known the customer's subscriptions as we know them, should Stripe know the customer no longer
     */
    public StripeStanding standing(String customer, Supplier<List<String>> known) {
        return api.ask(stripe -> {
            try {
                return standing(stripe, customer);
            } catch (InvalidRequestException e) {
                if (!"resource_missing".equals(e.getCode()) && !Objects.equals(e.getStatusCode(), 404)) throw e;
                return gone(stripe, customer, known.get());
            }
        });
    }

    private static StripeStanding standing(V1Services stripe, String customer) throws StripeException {
        var subscriptions = new ArrayList<StripeSubscription>();
        var listed = stripe.subscriptions()
                .list(SubscriptionListParams.builder()
                        .setCustomer(customer)
                        .setStatus(SubscriptionListParams.Status.ALL)
                        .setLimit(PAGE)
                        .build());
        for (Subscription one : listed.autoPagingIterable()) subscriptions.add(subscription(one));
        Collections.reverse(subscriptions);
        var bills = new ArrayList<StripeBill>();
        var invoices = stripe.invoices()
                .list(InvoiceListParams.builder()
                        .setCustomer(customer)
                        .setLimit(PAGE)
                        .addExpand("data.payments")
                        .build());
        for (Invoice one : invoices.autoPagingIterable()) bills.add(bill(stripe, one));
        Collections.reverse(bills);
        return money(stripe, customer, subscriptions, bills);
    }

    /** What is left to ask about where a customer can't be asked about any more: each subscription by its own name. */
    private static StripeStanding gone(V1Services stripe, String customer, List<String> known) throws StripeException {
        var subscriptions = new ArrayList<StripeSubscription>();
        for (String id : known)
            subscriptions.add(subscription(stripe.subscriptions().retrieve(id)));
        return new StripeStanding(customer, subscriptions, List.of(), List.of(), Map.of(), List.of());
    }

    private static StripeStanding money(
            V1Services stripe, String customer, List<StripeSubscription> subscriptions, List<StripeBill> bills)
            throws StripeException {
        var movements = new ArrayList<StripeMovement>();
        var refusals = new HashMap<String, String>();
        var lost = new ArrayList<String>();
        money(
                stripe,
                ChargeListParams.builder().setCustomer(customer).setLimit(PAGE).build(),
                movements,
                refusals,
                lost);
        return new StripeStanding(customer, subscriptions, bills, movements, refusals, lost);
    }

    /** What moved for these charges, the oldest first. */
    private static void money(
            V1Services stripe,
            ChargeListParams which,
            List<StripeMovement> movements,
            Map<String, String> refusals,
            List<String> lost)
            throws StripeException {
        for (Charge charge : stripe.charges().list(which).autoPagingIterable()) {
            String payment = text(charge.getPaymentIntent());
            if (!Boolean.TRUE.equals(charge.getPaid())) {
                if (charge.getFailureMessage() != null) refusals.putIfAbsent(payment, charge.getFailureMessage());
                continue;
            }
            long taken = number(charge.getAmountCaptured() == null ? charge.getAmount() : charge.getAmountCaptured());
            if (taken == 0) continue;
            movements.add(new StripeMovement(
                    StripeMovement.Kind.CHARGE,
                    charge.getId(),
                    taken,
                    text(charge.getCurrency()),
                    at(charge.getCreated()),
                    charge.getId(),
                    payment));
            if (number(charge.getAmountRefunded()) > 0 || Boolean.TRUE.equals(charge.getRefunded()))
                refunds(stripe, charge, payment, movements);
            if (Boolean.TRUE.equals(charge.getDisputed())) disputes(stripe, charge, payment, movements, lost);
        }
        movements.sort(java.util.Comparator.comparing(StripeMovement::at));
    }

    private static void refunds(V1Services stripe, Charge charge, String payment, List<StripeMovement> into)
            throws StripeException {
        var refunds = stripe.refunds()
                .list(RefundListParams.builder()
                        .setCharge(charge.getId())
                        .setLimit(PAGE)
                        .build());
        for (Refund refund : refunds.autoPagingIterable()) {
            // One that failed or was taken back has moved nothing.
            if (Set.of("failed", "canceled").contains(text(refund.getStatus()))) continue;
            into.add(new StripeMovement(
                    StripeMovement.Kind.REFUND,
                    refund.getId(),
                    -number(refund.getAmount()),
                    text(refund.getCurrency()),
                    at(refund.getCreated()),
                    charge.getId(),
                    payment));
        }
    }

    private static void disputes(
            V1Services stripe, Charge charge, String payment, List<StripeMovement> into, List<String> lost)
            throws StripeException {
        var disputes = stripe.disputes()
                .list(DisputeListParams.builder()
                        .setCharge(charge.getId())
                        .setLimit(PAGE)
                        .build());
        for (Dispute dispute : disputes.autoPagingIterable()) {
            String status = text(dispute.getStatus());
            // An inquiry moves no money unless it becomes a dispute.
            if (status.startsWith("warning") || status.equals("prevented")) continue;
            into.add(movement(StripeMovement.Kind.DISPUTE, dispute, -number(dispute.getAmount()), charge, payment));
            if (status.equals("won"))
                into.add(movement(
                        StripeMovement.Kind.DISPUTE_WON, dispute, number(dispute.getAmount()), charge, payment));
            if (status.equals("lost")) lost.add(charge.getId());
        }
    }

    private static StripeMovement movement(
            StripeMovement.Kind kind, Dispute dispute, long amount, Charge charge, String payment) {
        return new StripeMovement(
                kind,
                dispute.getId(),
                amount,
                text(dispute.getCurrency()),
                at(dispute.getCreated()),
                charge.getId(),
                payment);
    }

    static StripeSubscription subscription(Subscription one) {
        SubscriptionItem item = one.getItems().getData().getFirst();
        return new StripeSubscription(
                one.getId(),
                text(one.getCustomer()),
                text(one.getStatus()),
                item.getId(),
                item.getPrice() == null ? "" : text(item.getPrice().getLookupKey()),
                at(one.getStartDate()),
                at(item.getCurrentPeriodStart()),
                at(item.getCurrentPeriodEnd()),
                maybe(one.getTrialEnd()),
                maybe(one.getCancelAt())
                        .or(() -> Boolean.TRUE.equals(one.getCancelAtPeriodEnd())
                                ? maybe(item.getCurrentPeriodEnd())
                                : Optional.empty()),
                maybe(one.getCanceledAt()),
                maybe(one.getEndedAt()),
                one.getMetadata() == null ? Map.of() : Map.copyOf(one.getMetadata()));
    }

    private static StripeBill bill(V1Services stripe, Invoice one) throws StripeException {
        Instant from = at(one.getCreated());
        Instant until = from;
        for (InvoiceLineItem line : one.getLines() == null
                ? List.<InvoiceLineItem>of()
                : one.getLines().getData()) {
            if (line.getPeriod() == null || number(line.getAmount()) < 0) continue;
            from = at(line.getPeriod().getStart());
            until = at(line.getPeriod().getEnd());
        }
        String subscription = one.getParent() == null || one.getParent().getSubscriptionDetails() == null
                ? ""
                : text(one.getParent().getSubscriptionDetails().getSubscription());
        return new StripeBill(
                one.getId(),
                subscription,
                text(one.getStatus()),
                number(one.getAmountRemaining()),
                number(one.getTotal()),
                text(one.getCurrency()),
                at(one.getCreated()),
                from,
                until,
                tax(one),
                payments(stripe, one),
                maybe(one.getNextPaymentAttempt()));
    }

    private static Set<String> payments(V1Services stripe, Invoice one) throws StripeException {
        List<InvoicePayment> payments;
        boolean whole = one.getPayments() != null
                && !Boolean.TRUE.equals(one.getPayments().getHasMore());
        if (whole) payments = one.getPayments().getData();
        else if (Set.of("draft", "void").contains(text(one.getStatus())) || number(one.getTotal()) == 0)
            payments = List.of();
        else payments = listed(stripe, one.getId());
        var ids = new LinkedHashSet<String>();
        for (InvoicePayment payment : payments) {
            if (payment.getPayment() == null) continue;
            if (payment.getPayment().getPaymentIntent() != null)
                ids.add(payment.getPayment().getPaymentIntent());
            if (payment.getPayment().getCharge() != null)
                ids.add(payment.getPayment().getCharge());
        }
        return ids;
    }

    private static List<InvoicePayment> listed(V1Services stripe, String invoice) throws StripeException {
        var listed = stripe.invoicePayments()
                .list(InvoicePaymentListParams.builder()
                        .setInvoice(invoice)
                        .setLimit(PAGE)
                        .build());
        var payments = new ArrayList<InvoicePayment>();
        for (InvoicePayment payment : listed.autoPagingIterable()) payments.add(payment);
        return payments;
    }

    /** The tax that Stripe has charged with an invoice; a rate that it does not name is still a tax. */
    private static Optional<StripeTax> tax(Invoice one) {
        if (one.getTotalTaxes() == null) return Optional.empty();
        long sum = 0;
        String rate = "";
        for (Invoice.TotalTax tax : one.getTotalTaxes()) {
            sum += number(tax.getAmount());
            if (rate.isEmpty() && tax.getTaxRateDetails() != null)
                rate = text(tax.getTaxRateDetails().getTaxRate());
        }
        return sum == 0 ? Optional.empty() : Optional.of(new StripeTax(rate, sum));
    }

    /** What was sold on a page to pay on, and the money that moved for it. */
    public StripeSale sale(String session) {
        return api.ask(stripe -> {
            var found = stripe.checkout().sessions().retrieve(session);
            String payment = text(found.getPaymentIntent());
            var movements = new ArrayList<StripeMovement>();
            var lost = new ArrayList<String>();
            if (!payment.isEmpty())
                money(
                        stripe,
                        ChargeListParams.builder()
                                .setPaymentIntent(payment)
                                .setLimit(PAGE)
                                .build(),
                        movements,
                        new HashMap<>(),
                        lost);
            var details = found.getTotalDetails();
            return new StripeSale(
                    session,
                    text(found.getStatus()),
                    payment,
                    details == null ? Optional.empty() : Optional.ofNullable(details.getAmountTax()),
                    movements,
                    !lost.isEmpty());
        });
    }

    /** To which customer something belongs; nobody where it has none, or is not there. */
    public Optional<String> customerOf(About about) {
        String id = about.id();
        try {
            return api.ask(stripe -> Optional.ofNullable(
                            switch (about.kind()) {
                                case CUSTOMER -> id;
                                case CHARGE -> stripe.charges().retrieve(id).getCustomer();
                                case PAYMENT ->
                                    stripe.paymentIntents().retrieve(id).getCustomer();
                                case SUBSCRIPTION ->
                                    stripe.subscriptions().retrieve(id).getCustomer();
                                case INVOICE -> stripe.invoices().retrieve(id).getCustomer();
                                case PAGE ->
                                    stripe.checkout().sessions().retrieve(id).getCustomer();
                            })
                    .filter(customer -> !customer.isEmpty()));
        } catch (StripeRefused refused) {
            if (refused.isMissing()) return Optional.empty();
            throw refused;
        }
    }

    /** Which payment a charge is of; nothing where it is not there. */
    public Optional<String> paymentOf(String charge) {
        try {
            return api.ask(stripe ->
                    Optional.ofNullable(stripe.charges().retrieve(charge).getPaymentIntent()));
        } catch (StripeRefused refused) {
            if (refused.isMissing()) return Optional.empty();
            throw refused;
        }
    }

    /** What is kept with a customer; nothing where there is none. */
    public Map<String, String> metadata(String customer) {
        try {
            return api.ask(stripe -> {
                var metadata = stripe.customers().retrieve(customer).getMetadata();
                return metadata == null ? Map.of() : Map.copyOf(metadata);
            });
        } catch (StripeRefused refused) {
            if (refused.isMissing()) return Map.of();
            throw refused;
        }
    }

    /** Everything that has happened since, the newest first; Stripe keeps it for 30 days. */
    public void events(Instant since, Consumer<Notice> each) {
        api.ask(stripe -> {
            var listed = stripe.events()
                    .list(EventListParams.builder()
                            .setCreated(EventListParams.Created.builder()
                                    .setGte(since.getEpochSecond())
                                    .build())
                            .setLimit(PAGE)
                            .build());
            for (Event event : listed.autoPagingIterable()) notice(event).ifPresent(each);
            return since;
        });
    }

    public Optional<Notice> event(String id) {
        try {
            return api.ask(stripe -> notice(stripe.events().retrieve(id)));
        } catch (StripeRefused refused) {
            if (refused.isMissing()) return Optional.empty();
            throw refused;
        }
    }

    private static Optional<Notice> notice(Event event) {
        return Notice.read(event.toJson().getBytes(StandardCharsets.UTF_8));
    }

    private static String text(@Nullable String text) {
        return text == null ? "" : text;
    }

    private static long number(@Nullable Long number) {
        return number == null ? 0 : number;
    }

    private static Instant at(@Nullable Long seconds) {
        return Instant.ofEpochSecond(seconds == null ? 0 : seconds);
    }

    private static Optional<Instant> maybe(@Nullable Long seconds) {
        return Optional.ofNullable(seconds).map(Instant::ofEpochSecond);
    }
}
