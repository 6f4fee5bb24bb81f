package press.masthead.billing;

import java.time.Instant;
import java.util.List;
import java.util.function.Supplier;
import org.jdbi.v3.core.Handle;
import press.masthead.books.Invoices;
import press.masthead.industries.AskIndustries;
import press.masthead.plans.Membership;
import press.masthead.plans.Money;
import press.masthead.plans.Payment;
import press.masthead.plans.Price;
import press.masthead.platform.mail.Letter;
import press.masthead.platform.mail.Letterhead;
import press.masthead.platform.mail.Outbox;
import press.masthead.platform.web.Html;

/** What we write to a member: one letter for each change, put down in the transaction that makes it. */
public final class MembershipLetters {
    private static final String ACCOUNT = "/account/";
    static final String CANCEL_ANY_TIME =
            "You can cancel any time, by yourself, in your account; you then read on to the end of what is paid.";

    private final Outbox outbox;
    private final Html html;
    private final Supplier<Letterhead> letterhead;

    public MembershipLetters(Outbox outbox, Html html, Supplier<Letterhead> letterhead) {
        this.outbox = outbox;
        this.html = html;
        this.letterhead = letterhead;
    }

    /**
     * To whom a letter goes.
     *
     * @param name may be empty
     */
    public record To(String email, String name) {}

    /** Why a membership came to its end. */
    enum Ending {
        CANCELLED,
        UNPAID,
        GIVEN,
        GIFT,
        REFUNDED,
        DESK;

        /** As the history says it. */
        String note() {
            return switch (this) {
                case CANCELLED -> "cancelled before";
                case UNPAID -> "an invoice was not paid";
                case GIVEN -> "it was given until then";
                case GIFT -> "the gift is over";
                case REFUNDED -> "the payment was given back";
                case DESK -> "ended by the newsroom";
            };
        }
    }

    Letterhead from() {
        return letterhead.get();
    }

    void trialBegun(Handle handle, To to, Price price, Money first, Instant until) {
        Letterhead from = from();
        send(
                handle,
                to,
                from,
                "Your " + price.trial() + " of " + from.name() + " "
                        + price.plan().name() + " has begun",
                "Welcome to " + from.name() + " " + price.plan().name(),
                List.of(
                        "You can read everything until " + from.moment(until) + ", free.",
                        "After that your membership runs on at " + price.words() + firstPayment(price, first)
                                + ", by invoice, payable within "
                                + Invoices.TERMS.toDays()
                                + " days. We remind you two days before. You can cancel any time, by yourself, in your account."),
                "You get this letter because you started your " + price.trial() + " with this address.");
    }

    void joined(Handle handle, To to, Price price, Instant until) {
        Letterhead from = from();
        send(
                handle,
                to,
                from,
                "You are a member of " + from.name() + " " + price.plan().name(),
                "Welcome to " + from.name() + " " + price.plan().name(),
                List.of(
                        "You can read everything from now on. Your membership costs " + price.words()
                                + "; this period ends on " + from.day(until) + ".",
                        "The invoice comes in a letter of its own. " + CANCEL_ANY_TIME),
                "You get this letter because you joined with this address.");
    }

    void given(Handle handle, To to, Price price, Instant until) {
        Letterhead from = from();
        Letter letter = new Letter(
                from.name() + " " + price.plan().name() + ", with our compliments",
                "A membership for you",
                List.of(
                        "You can read everything until " + from.moment(until) + ". There is nothing to pay.",
                        "It ends by itself then."),
                "Begin to read",
                from.at(AskIndustries.WELCOME),
                List.of("You get this letter because someone in our newsroom gave you a membership."));
        outbox.put(handle, letter.to(to.email(), to.name(), from, html));
    }

    void cancelled(Handle handle, To to, Membership membership, Instant now) {
        Letterhead from = from();
        String ahead = membership
                .unpaidDue()
                .map(due -> "Your last invoice is still open. Pay it and you read everything until "
                        + from.day(membership.until()) + "; leave it and your membership ends "
                        + (due.isAfter(now) ? "on " + from.day(due) : "today") + ", and nothing is owed.")
                .orElseGet(() -> "You can read everything until " + from.moment(membership.until())
                        + ". After that nothing is charged.");
        send(
                handle,
                to,
                from,
                "Your membership of " + from.name() + " " + membership.plan().name() + " is cancelled",
                "Your membership is cancelled",
                List.of(ahead, "If you change your mind before then, one button in your account takes it back."),
                "You get this letter because your membership was cancelled in your account.");
    }

    void resumed(Handle handle, To to, Membership membership, Money next) {
        Letterhead from = from();
        Price price = membership.price();
        send(
                handle,
                to,
                from,
                "Your membership of " + from.name() + " " + price.plan().name() + " runs on",
                "Good to have you back",
                List.of("Your membership runs on. The next payment, " + next.words() + ", is due from "
                        + from.day(membership.until()) + ". " + CANCEL_ANY_TIME),
                "You get this letter because you took the cancellation back in your account.");
    }

    void trialEnding(Handle handle, To to, Price price, Money first, Instant until, Payment payment) {
        Letterhead from = from();
        send(
                handle,
                to,
                from,
                "Your " + price.trial() + " of " + from.name() + " "
                        + price.plan().name() + " ends on " + from.day(until),
                "Your " + price.trial() + " is nearly over",
                List.of(
                        "On " + from.moment(until) + " your membership begins: " + price.words()
                                + firstPayment(price, first)
                                + (payment == Payment.STRIPE
                                        ? ", charged to your card."
                                        : ", by invoice, payable within " + Invoices.TERMS.toDays() + " days."),
                        "If you would rather not, cancel in your account before then and nothing is charged."),
                "You get this letter because you are on trial with this address.");
    }

    void ended(Handle handle, To to, Price price, Ending why) {
        Letterhead from = from();
        String because = switch (why) {
            case CANCELLED -> "You had cancelled it, and its last day is over. Nothing more is charged.";
            case UNPAID ->
                "An invoice was not paid, so it has ended and nothing is owed."
                        + " If that was not meant, pay the invoice or write to us, and it runs on.";
            case GIVEN -> "It was given to you until today. Nothing is charged.";
            case GIFT -> "It was a gift, and its last day is over. Nothing is charged.";
            case REFUNDED -> "Your payment has been given back. Nothing more is charged.";
            case DESK -> "Our newsroom has ended it. Nothing more is charged.";
        };
        Letter letter = new Letter(
                "Your membership of " + from.name() + " " + price.plan().name() + " has ended",
                "Thank you for reading with us",
                List.of(
                        "Your membership has ended. " + because,
                        "Your newsletters stay as they are, and you are welcome back any time."),
                "See the plan",
                from.at("/pro/"),
                List.of("You get this letter because you were a member with this address."));
        outbox.put(handle, letter.to(to.email(), to.name(), from, html));
    }

    /** Where an offer makes the first payment another than the price says. */
    private static String firstPayment(Price price, Money first) {
        return first.equals(price.money()) ? "" : " (the first payment: " + first.words() + ")";
    }

    void changed(Handle handle, To to, Quote quote) {
        Letterhead from = from();
        String what = quote.to().plan().name() + " at " + quote.to().words();
        send(
                handle,
                to,
                from,
                "Your membership of " + from.name() + " changes",
                quote.isNow() ? "Your new plan holds from now on" : "Your plan changes on " + from.day(quote.at()),
                List.of(
                        quote.isNow() ? "You now have " + what + "." : "From then on you have " + what + ".",
                        "The next payment, "
                                + new Money(quote.next(), quote.to().currency()).words() + ", is due from "
                                + from.day(quote.until()) + ". " + CANCEL_ANY_TIME),
                "You get this letter because you changed your plan in your account.");
    }

    void paused(Handle handle, To to, Membership membership, Instant until) {
        Letterhead from = from();
        send(
                handle,
                to,
                from,
                "Your membership of " + from.name() + " " + membership.plan().name() + " is paused",
                "Your membership is paused",
                List.of(
                        "It goes on by itself on " + from.day(until) + ". Until then nothing is charged, and what you"
                                + " have paid for waits for you.",
                        "You can go on earlier with one button in your account."),
                "You get this letter because you paused your membership in your account.");
    }

    void wentOn(Handle handle, To to, Membership membership, Money next) {
        Letterhead from = from();
        send(
                handle,
                to,
                from,
                "Your membership of " + from.name() + " " + membership.plan().name() + " goes on",
                "Good to have you back",
                List.of("You can read everything again. "
                        + (membership.runsOn()
                                ? "The next payment, " + next.words() + ", is due from " + from.day(membership.until())
                                        + "."
                                : "Your membership ends on " + from.day(membership.until()) + ".")),
                "You get this letter because the pause of your membership is over.");
    }

    void redeemed(Handle handle, To to, GiftMembership gift, Instant until) {
        Letterhead from = from();
        send(
                handle,
                to,
                from,
                "Your gift of " + from.name() + " " + gift.price().plan().name() + " has begun",
                "Your gift has begun",
                List.of("You can read everything until " + from.day(until) + ". For these " + gift.length()
                        + " there is nothing to pay; " + gift.giver() + " gave them to you."),
                "You get this letter because you took a gift with this address.");
    }

    void changeTakenBack(Handle handle, To to, Membership membership) {
        Letterhead from = from();
        send(
                handle,
                to,
                from,
                "Your membership of " + from.name() + " stays as it was",
                "Your change of plan was taken back",
                List.of("The invoice for it was not paid, so nothing is owed. You have "
                        + membership.plan().name() + " at " + membership.price().words() + " as before, paid until "
                        + from.day(membership.until()) + "."),
                "You get this letter because you changed your plan in your account.");
    }

    private void send(
            Handle handle, To to, Letterhead from, String subject, String heading, List<String> text, String small) {
        Letter letter = new Letter(subject, heading, text, "Open your account", from.at(ACCOUNT), List.of(small));
        outbox.put(handle, letter.to(to.email(), to.name(), from, html));
    }
}
