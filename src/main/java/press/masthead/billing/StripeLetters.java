package press.masthead.billing;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.jdbi.v3.core.Handle;
import press.masthead.books.Receipt;
import press.masthead.plans.Membership;
import press.masthead.plans.Money;
import press.masthead.platform.mail.Letter;
import press.masthead.platform.mail.Letterhead;
import press.masthead.platform.mail.Outbox;
import press.masthead.platform.web.Html;

/** What we write to a member who pays by card, and to those who mind the business. */
public final class StripeLetters {
    private static final String CARD = "/account/card";
    private final Outbox outbox;
    private final Html html;
    private final Supplier<Letterhead> letterhead;

    public StripeLetters(Outbox outbox, Html html, Supplier<Letterhead> letterhead) {
        this.outbox = outbox;
        this.html = html;
        this.letterhead = letterhead;
    }

    /** In the language of the member. */
    private Letterhead from(Handle handle, Membership membership) {
        return letterhead
                .get()
                .to(handle.createQuery("select language from reader where id = :id")
                        .bind("id", membership.readerId())
                        .mapTo(String.class)
                        .findOne());
    }

    private static String cancelAnyTime(Letterhead from) {
        return from.t("You can cancel any time, by yourself, in your account.");
    }

    private static String periodEnds(Letterhead from, Membership membership) {
        return from.t("This period ends on {day}.", "day", from.day(membership.until()));
    }

    void begun(Handle handle, Membership membership, Optional<Money> paid) {
        Letterhead from = from(handle, membership);
        String what = PriceWords.what(from, membership.price());
        String text = paid.map(money -> from.t(
                        "Your card was charged {price}. This period ends on {day}; then the next payment is due. The receipt is in your account, as a page and as a PDF.",
                        "price",
                        money.words(),
                        "day",
                        from.day(membership.until())))
                .orElseGet(() -> from.t(
                        "You can read everything until {moment}, free. After that your card is charged {price}. We remind you two days before.",
                        "moment",
                        from.moment(membership.until()),
                        "price",
                        PriceWords.price(from, membership.price())));
        member(
                handle,
                membership,
                from,
                paid.isPresent()
                        ? from.t("You are a member of {what}", "what", what)
                        : from.t(
                                "Your {trial} of {what} has begun",
                                "trial",
                                PriceWords.trial(from, membership.price()),
                                "what",
                                what),
                from.t("Welcome to {what}", "what", what),
                List.of(text, cancelAnyTime(from)),
                from.t("Open your account"),
                "/account/");
    }

    void charged(Handle handle, Membership membership, Money paid, Optional<Receipt> receipt) {
        Letterhead from = from(handle, membership);
        String what = PriceWords.what(from, membership.price());
        String tax = receipt.map(one -> PriceWords.tax(from, one)).orElse("");
        String paper = receipt.map(one ->
                        from.t("Receipt {number} is in your account, as a page and as a PDF.", "number", one.label()))
                .orElseGet(() -> from.t("Keep this letter as your receipt."));
        member(
                handle,
                membership,
                from,
                from.t("Receipt: {price} for {what}", "price", paid.words(), "what", what),
                from.t("Thank you, we have your payment"),
                List.of(
                        from.t("Your card was charged {price} for {what}.", "price", paid.words(), "what", what + tax)
                                + " " + periodEnds(from, membership),
                        paper + " " + cancelAnyTime(from)),
                from.t("Open your account"),
                "/account/");
    }

    /** @param trouble in the bank's words; may be empty */
    void failed(
            Handle handle, Membership membership, Money due, String trouble, Optional<Instant> nextTry, Instant until) {
        Letterhead from = from(handle, membership);
        String again = nextTry.map(at -> " " + from.t("We try again on {day}.", "day", from.day(at)))
                .orElse("");
        String tried = trouble.isEmpty()
                ? from.t("We tried to charge {price} for your membership.", "price", due.words())
                : from.t(
                        "We tried to charge {price} for your membership, and the bank said: {trouble}",
                        "price",
                        due.words(),
                        "trouble",
                        trouble);
        member(
                handle,
                membership,
                from,
                from.t("Your payment for {what} did not go through", "what", PriceWords.what(from, membership.price())),
                from.t("Your card could not be charged"),
                List.of(
                        tried + again,
                        from.t(
                                "Please check your card or choose another. You can read everything until {day} meanwhile.",
                                "day",
                                from.day(until))),
                from.t("Check my card"),
                CARD);
    }

    void recovered(Handle handle, Membership membership, Money paid) {
        Letterhead from = from(handle, membership);
        member(
                handle,
                membership,
                from,
                from.t("Your payment for {what} has arrived", "what", PriceWords.what(from, membership.price())),
                from.t("All is well again"),
                List.of(from.t("Your card was charged {price}, and your membership runs on.", "price", paid.words())
                        + " " + periodEnds(from, membership)),
                from.t("Open your account"),
                "/account/");
    }

    void refunded(Handle handle, Membership membership, Money back, boolean ends) {
        Letterhead from = from(handle, membership);
        member(
                handle,
                membership,
                from,
                from.t(
                        "{price} for {what} given back",
                        "price",
                        back.words(),
                        "what",
                        PriceWords.what(from, membership.price())),
                from.t("Your money is on its way back"),
                List.of(
                        from.t("{price} goes back to your card; it is there within ten days.", "price", back.words()),
                        ends ? from.t("Your membership ends with it.") : from.t("Your membership stays as it is.")),
                from.t("Open your account"),
                "/account/");
    }

    void boughtTwice(Handle handle, Membership membership) {
        Letterhead from = from(handle, membership);
        member(
                handle,
                membership,
                from,
                from.t("You paid twice, so we gave one payment back"),
                from.t("One membership is enough"),
                List.of(from.t(
                        "You bought {what} a second time. We ended the second one and gave back what was paid for it. The first one stays.",
                        "what",
                        PriceWords.what(from, membership.price()))),
                from.t("Open your account"),
                "/account/");
    }

    /** @param because a sentence of ours, in English; the letter's table may have it */
    void ended(Handle handle, Membership membership, String because) {
        Letterhead from = from(handle, membership);
        member(
                handle,
                membership,
                from,
                from.t("Your membership of {what} has ended", "what", PriceWords.what(from, membership.price())),
                from.t("Thank you for reading with us"),
                List.of(
                        from.t("Your membership has ended.") + " " + from.t(because) + " "
                                + from.t("Nothing more is charged."),
                        from.t("Your newsletters stay as they are, and you are welcome back any time.")),
                from.t("See the plan"),
                "/pro/");
    }

    void disputed(Handle handle, Membership membership, Money taken, String charge) {
        staff(
                handle,
                "A member disputes a payment of " + taken.words(),
                "The bank has taken a payment back",
                List.of(
                        "The owner of the card has told the bank that the payment of " + taken.words() + " (" + charge
                                + ") was not right. The member can read everything until it is decided.",
                        "Answer it in Stripe's dashboard before the day that stands there, or it is lost."),
                membership.readerId());
    }

    void decided(Handle handle, Membership membership, Money taken, boolean won) {
        staff(
                handle,
                won
                        ? "A disputed payment of " + taken.words() + " has come back"
                        : "A disputed payment of " + taken.words() + " is lost",
                won ? "The bank decided for us" : "The bank decided for the card's owner",
                List.of(
                        won
                                ? "The money is back, and the membership runs on."
                                : "The money stays away, and the membership has ended."),
                membership.readerId());
    }

    private record Person(String email, String name) {}

    private void member(
            Handle handle,
            Membership membership,
            Letterhead from,
            String subject,
            String heading,
            List<String> text,
            String action,
            String path) {
        handle.createQuery("select email, name from reader where id = :id")
                .bind("id", membership.readerId())
                .mapTo(Person.class)
                .findOne()
                .ifPresent(person -> outbox.put(
                        handle,
                        new Letter(
                                        subject,
                                        heading,
                                        text,
                                        action,
                                        from.at(path),
                                        List.of(from.t(
                                                "You get this letter because you are a member with this address.")))
                                .to(person.email(), person.name(), from, html)));
    }

    private void staff(Handle handle, String subject, String heading, List<String> text, long reader) {
        Letterhead from = letterhead.get();
        var letter = new Letter(
                subject,
                heading,
                text,
                "See the member",
                from.at("/desk/readers/" + reader),
                List.of("You get this letter because you mind the business of " + from.name() + "."));
        handle.createQuery("""
                        select r.email, r.name from staff s join reader r on r.id = s.reader_id
                        where s.role in ('owner', 'business')
                        """)
                .mapTo(Person.class)
                .forEach(person -> outbox.put(handle, letter.to(person.email(), person.name(), from, html)));
    }
}
