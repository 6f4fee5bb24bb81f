package press.masthead.billing;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
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
import press.masthead.readers.ReaderLanguage;

/** What we write to a member: one letter for each change, put down in the transaction that makes it. */
public final class MembershipLetters {
    private static final String ACCOUNT = "/account/";
    private static final String CANCEL_ANY_TIME =
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
    public record To(String email, String name) {
        /** A reader of ours; nothing once their account is deleted. */
        static Optional<To> of(Handle handle, long reader) {
            return handle.createQuery("select email, name from reader where id = :id")
                    .bind("id", reader)
                    .mapTo(To.class)
                    .findOne();
        }
    }

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

    /** In the language of whom it goes to. */
    private Letterhead from(Handle handle, To to) {
        return letterhead.get().to(ReaderLanguage.of(handle, to.email()));
    }

    static String cancelAnyTime(Letterhead from) {
        return from.t(CANCEL_ANY_TIME);
    }

    void trialBegun(Handle handle, To to, Price price, Money first, Instant until) {
        Letterhead from = from(handle, to);
        send(
                handle,
                to,
                from,
                from.t(
                        "Your {trial} of {what} has begun",
                        "trial",
                        PriceWords.trial(from, price),
                        "what",
                        PriceWords.what(from, price)),
                from.t("Welcome to {what}", "what", PriceWords.what(from, price)),
                List.of(
                        from.t("You can read everything until {moment}, free.", "moment", from.moment(until)),
                        from.t(
                                "After that your membership runs on at {price}, by invoice, payable within {days} days. We remind you two days before. You can cancel any time, by yourself, in your account.",
                                "price",
                                price(from, price, first),
                                "days",
                                Long.toString(Invoices.TERMS.toDays()))),
                from.t(
                        "You get this letter because you started your {trial} with this address.",
                        "trial",
                        PriceWords.trial(from, price)));
    }

    void joined(Handle handle, To to, Price price, Instant until) {
        Letterhead from = from(handle, to);
        send(
                handle,
                to,
                from,
                from.t("You are a member of {what}", "what", PriceWords.what(from, price)),
                from.t("Welcome to {what}", "what", PriceWords.what(from, price)),
                List.of(
                        from.t(
                                "You can read everything from now on. Your membership costs {price}; this period ends on {day}.",
                                "price",
                                PriceWords.price(from, price),
                                "day",
                                from.day(until)),
                        from.t("The invoice comes in a letter of its own.") + " " + cancelAnyTime(from)),
                from.t("You get this letter because you joined with this address."));
    }

    void given(Handle handle, To to, Price price, Instant until) {
        Letterhead from = from(handle, to);
        Letter letter = new Letter(
                from.t("{what}, with our compliments", "what", PriceWords.what(from, price)),
                from.t("A membership for you"),
                List.of(
                        from.t(
                                "You can read everything until {moment}. There is nothing to pay.",
                                "moment",
                                from.moment(until)),
                        from.t("It ends by itself then.")),
                from.t("Begin to read"),
                from.at(AskIndustries.WELCOME),
                List.of(from.t("You get this letter because someone in our newsroom gave you a membership.")));
        outbox.put(handle, letter.to(to.email(), to.name(), from, html));
    }

    void cancelled(Handle handle, To to, Membership membership, Instant now) {
        Letterhead from = from(handle, to);
        String until = from.day(membership.until());
        String ahead = membership
                .unpaidDue()
                .map(due -> due.isAfter(now)
                        ? from.t(
                                "Your last invoice is still open. Pay it and you read everything until {until}; leave it and your membership ends on {due}, and nothing is owed.",
                                "until",
                                until,
                                "due",
                                from.day(due))
                        : from.t(
                                "Your last invoice is still open. Pay it and you read everything until {until}; leave it and your membership ends today, and nothing is owed.",
                                "until",
                                until))
                .orElseGet(() -> from.t(
                        "You can read everything until {moment}. After that nothing is charged.",
                        "moment",
                        from.moment(membership.until())));
        send(
                handle,
                to,
                from,
                from.t("Your membership of {what} is cancelled", "what", PriceWords.what(from, membership.price())),
                from.t("Your membership is cancelled"),
                List.of(
                        ahead,
                        from.t("If you change your mind before then, one button in your account takes it back.")),
                from.t("You get this letter because your membership was cancelled in your account."));
    }

    void resumed(Handle handle, To to, Membership membership, Money next) {
        Letterhead from = from(handle, to);
        send(
                handle,
                to,
                from,
                from.t("Your membership of {what} runs on", "what", PriceWords.what(from, membership.price())),
                from.t("Good to have you back"),
                List.of(from.t("Your membership runs on.") + " " + nextPayment(from, next, membership.until()) + " "
                        + cancelAnyTime(from)),
                from.t("You get this letter because you took the cancellation back in your account."));
    }

    void trialEnding(Handle handle, To to, Price price, Money first, Instant until, Payment payment) {
        Letterhead from = from(handle, to);
        String trial = PriceWords.trial(from, price);
        send(
                handle,
                to,
                from,
                from.t(
                        "Your {trial} of {what} ends on {day}",
                        "trial",
                        trial,
                        "what",
                        PriceWords.what(from, price),
                        "day",
                        from.day(until)),
                from.t("Your {trial} is nearly over", "trial", trial),
                List.of(
                        payment == Payment.STRIPE
                                ? from.t(
                                        "On {moment} your membership begins: {price}, charged to your card.",
                                        "moment",
                                        from.moment(until),
                                        "price",
                                        price(from, price, first))
                                : from.t(
                                        "On {moment} your membership begins: {price}, by invoice, payable within {days} days.",
                                        "moment",
                                        from.moment(until),
                                        "price",
                                        price(from, price, first),
                                        "days",
                                        Long.toString(Invoices.TERMS.toDays())),
                        from.t("If you would rather not, cancel in your account before then and nothing is charged.")),
                from.t("You get this letter because you are on trial with this address."));
    }

    void ended(Handle handle, To to, Price price, Ending why) {
        Letterhead from = from(handle, to);
        String because = switch (why) {
            case CANCELLED -> from.t("You had cancelled it, and its last day is over. Nothing more is charged.");
            case UNPAID ->
                from.t(
                        "An invoice was not paid, so it has ended and nothing is owed. If that was not meant, pay the invoice or write to us, and it runs on.");
            case GIVEN -> from.t("It was given to you until today. Nothing is charged.");
            case GIFT -> from.t("It was a gift, and its last day is over. Nothing is charged.");
            case REFUNDED -> from.t("Your payment has been given back. Nothing more is charged.");
            case DESK -> from.t("Our newsroom has ended it. Nothing more is charged.");
        };
        Letter letter = new Letter(
                from.t("Your membership of {what} has ended", "what", PriceWords.what(from, price)),
                from.t("Thank you for reading with us"),
                List.of(
                        from.t("Your membership has ended.") + " " + because,
                        from.t("Your newsletters stay as they are, and you are welcome back any time.")),
                from.t("See the plan"),
                from.at("/pro/"),
                List.of(from.t("You get this letter because you were a member with this address.")));
        outbox.put(handle, letter.to(to.email(), to.name(), from, html));
    }

    /** With the first payment, where an offer makes it another than the price says. */
    private static String price(Letterhead from, Price price, Money first) {
        String usual = PriceWords.price(from, price);
        return first.equals(price.money())
                ? usual
                : from.t("{price} (the first payment: {first})", "price", usual, "first", first.words());
    }

    private static String nextPayment(Letterhead from, Money next, Instant at) {
        return from.t("The next payment, {price}, is due from {day}.", "price", next.words(), "day", from.day(at));
    }

    void changed(Handle handle, To to, Quote quote) {
        Letterhead from = from(handle, to);
        String[] what = {
            "plan", quote.to().plan().name(), "price", PriceWords.price(from, quote.to()), "day", from.day(quote.at())
        };
        var next = new Money(quote.next(), quote.to().currency());
        send(
                handle,
                to,
                from,
                from.t("Your membership of {name} changes", "name", from.name()),
                quote.isNow() ? from.t("Your new plan holds from now on") : from.t("Your plan changes on {day}", what),
                List.of(
                        quote.isNow()
                                ? from.t("You now have {plan} at {price}.", what)
                                : from.t("From then on you have {plan} at {price}.", what),
                        nextPayment(from, next, quote.until()) + " " + cancelAnyTime(from)),
                from.t("You get this letter because you changed your plan in your account."));
    }

    void paused(Handle handle, To to, Membership membership, Instant until) {
        Letterhead from = from(handle, to);
        send(
                handle,
                to,
                from,
                from.t("Your membership of {what} is paused", "what", PriceWords.what(from, membership.price())),
                from.t("Your membership is paused"),
                List.of(
                        from.t(
                                "It goes on by itself on {day}. Until then nothing is charged, and what you have paid for waits for you.",
                                "day",
                                from.day(until)),
                        from.t("You can go on earlier with one button in your account.")),
                from.t("You get this letter because you paused your membership in your account."));
    }

    void wentOn(Handle handle, To to, Membership membership, Money next) {
        Letterhead from = from(handle, to);
        send(
                handle,
                to,
                from,
                from.t("Your membership of {what} goes on", "what", PriceWords.what(from, membership.price())),
                from.t("Good to have you back"),
                List.of(from.t("You can read everything again.") + " "
                        + (membership.runsOn()
                                ? nextPayment(from, next, membership.until())
                                : from.t("Your membership ends on {day}.", "day", from.day(membership.until())))),
                from.t("You get this letter because the pause of your membership is over."));
    }

    void redeemed(Handle handle, To to, GiftMembership gift, Instant until) {
        Letterhead from = from(handle, to);
        send(
                handle,
                to,
                from,
                from.t("Your gift of {what} has begun", "what", PriceWords.what(from, gift.price())),
                from.t("Your gift has begun"),
                List.of(from.t(
                        "You can read everything until {day}. Until then there is nothing to pay; {giver} gave it to you.",
                        "day",
                        from.day(until),
                        "giver",
                        gift.giver())),
                from.t("You get this letter because you took a gift with this address."));
    }

    void changeTakenBack(Handle handle, To to, Membership membership) {
        Letterhead from = from(handle, to);
        send(
                handle,
                to,
                from,
                from.t("Your membership of {name} stays as it was", "name", from.name()),
                from.t("Your change of plan was taken back"),
                List.of(from.t(
                        "The invoice for it was not paid, so nothing is owed. You have {plan} at {price} as before, paid until {day}.",
                        "plan",
                        membership.plan().name(),
                        "price",
                        PriceWords.price(from, membership.price()),
                        "day",
                        from.day(membership.until()))),
                from.t("You get this letter because you changed your plan in your account."));
    }

    private void send(
            Handle handle, To to, Letterhead from, String subject, String heading, List<String> text, String small) {
        Letter letter =
                new Letter(subject, heading, text, from.t("Open your account"), from.at(ACCOUNT), List.of(small));
        outbox.put(handle, letter.to(to.email(), to.name(), from, html));
    }
}
