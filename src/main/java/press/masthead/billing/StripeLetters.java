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
    private static final String WHY = "You get this letter because you are a member with this address.";

    private final Outbox outbox;
    private final Html html;
    private final Supplier<Letterhead> letterhead;

    public StripeLetters(Outbox outbox, Html html, Supplier<Letterhead> letterhead) {
        this.outbox = outbox;
        this.html = html;
        this.letterhead = letterhead;
    }

    private static String name(Letterhead from, Membership membership) {
        return from.name() + " " + membership.plan().name();
    }

    void begun(Handle handle, Membership membership, Optional<Money> paid) {
        Letterhead from = letterhead.get();
        String text = paid.map(money -> "Your card was charged " + money.words() + ". This period ends on "
                        + from.day(membership.until())
                        + "; then the next payment is due. The receipt is in your account, as a page and as a PDF.")
                .orElseGet(() -> "You can read everything until " + from.moment(membership.until())
                        + ", free. After that your card is charged "
                        + membership.price().words() + ". We remind you two days before.");
        member(
                handle,
                membership,
                from,
                paid.isPresent()
                        ? "You are a member of " + name(from, membership)
                        : "Your " + membership.price().trial() + " of " + name(from, membership) + " has begun",
                "Welcome to " + name(from, membership),
                List.of(text, "You can cancel any time, by yourself, in your account."),
                "Open your account",
                "/account/");
    }

    void charged(Handle handle, Membership membership, Money paid, Optional<Receipt> receipt) {
        Letterhead from = letterhead.get();
        String tax = receipt.map(Receipt::taxWords).orElse("");
        String paper = receipt.map(one -> "Receipt " + one.label() + " is in your account, as a page and as a PDF.")
                .orElse("Keep this letter as your receipt.");
        member(
                handle,
                membership,
                from,
                "Receipt: " + paid.words() + " for " + name(from, membership),
                "Thank you, we have your payment",
                List.of(
                        "Your card was charged " + paid.words() + " for " + name(from, membership) + tax
                                + ". This period ends on " + from.day(membership.until()) + ".",
                        paper + " You can cancel any time, by yourself, in your account."),
                "Open your account",
                "/account/");
    }

    /** @param trouble in the bank's words; may be empty */
    void failed(
            Handle handle, Membership membership, Money due, String trouble, Optional<Instant> nextTry, Instant until) {
        Letterhead from = letterhead.get();
        String again =
                nextTry.map(at -> " We try again on " + from.day(at) + ".").orElse("");
        member(
                handle,
                membership,
                from,
                "Your payment for " + name(from, membership) + " did not go through",
                "Your card could not be charged",
                List.of(
                        "We tried to charge " + due.words() + " for your membership"
                                + (trouble.isEmpty() ? "." : ", and the bank said: " + trouble) + again,
                        "Please check your card or choose another. You can read everything until " + from.day(until)
                                + " meanwhile."),
                "Check my card",
                CARD);
    }

    void recovered(Handle handle, Membership membership, Money paid) {
        Letterhead from = letterhead.get();
        member(
                handle,
                membership,
                from,
                "Your payment for " + name(from, membership) + " has arrived",
                "All is well again",
                List.of("Your card was charged " + paid.words() + ", and your membership runs on. This period ends on "
                        + from.day(membership.until()) + "."),
                "Open your account",
                "/account/");
    }

    void refunded(Handle handle, Membership membership, Money back, boolean ends) {
        Letterhead from = letterhead.get();
        member(
                handle,
                membership,
                from,
                back.words() + " for " + name(from, membership) + " given back",
                "Your money is on its way back",
                List.of(
                        back.words() + " goes back to your card; it is there within ten days.",
                        ends ? "Your membership ends with it." : "Your membership stays as it is."),
                "Open your account",
                "/account/");
    }

    void boughtTwice(Handle handle, Membership membership) {
        Letterhead from = letterhead.get();
        member(
                handle,
                membership,
                from,
                "You paid twice, so we gave one payment back",
                "One membership is enough",
                List.of(
                        "You bought " + name(from, membership)
                                + " a second time. We ended the second one and gave back what was paid for it. The first one stays."),
                "Open your account",
                "/account/");
    }

    void ended(Handle handle, Membership membership, String because) {
        Letterhead from = letterhead.get();
        member(
                handle,
                membership,
                from,
                "Your membership of " + name(from, membership) + " has ended",
                "Thank you for reading with us",
                List.of(
                        "Your membership has ended. " + because + " Nothing more is charged.",
                        "Your newsletters stay as they are, and you are welcome back any time."),
                "See the plan",
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
                        new Letter(subject, heading, text, action, from.at(path), List.of(WHY))
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
