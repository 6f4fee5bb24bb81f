package press.masthead.billing;

import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import org.jdbi.v3.core.Handle;
import press.masthead.books.Invoice;
import press.masthead.books.Receipt;
import press.masthead.plans.Money;
import press.masthead.platform.mail.Letter;
import press.masthead.platform.mail.Letterhead;
import press.masthead.platform.mail.Outbox;
import press.masthead.platform.web.Html;
import press.masthead.platform.web.Secret;
import press.masthead.publication.Publication;

/** What we write to who gives a membership and to who gets it. */
public final class GiftMembershipLetters {
    private final Outbox outbox;
    private final Html html;
    private final Supplier<Letterhead> letterhead;
    private final Publication publication;

    public GiftMembershipLetters(Outbox outbox, Html html, Supplier<Letterhead> letterhead, Publication publication) {
        this.outbox = outbox;
        this.html = html;
        this.letterhead = letterhead;
        this.publication = publication;
    }

    ZoneId zone() {
        return letterhead.get().zone();
    }

    private String day(GiftMembership gift) {
        return letterhead
                .get()
                .day(gift.deliverOn().atTime(12, 0).atZone(zone()).toInstant());
    }

    void bought(Handle handle, GiftMembership gift, Invoice invoice) {
        Letterhead from = letterhead.get();
        Letter letter = new Letter(
                "Your gift of " + from.name() + " " + gift.price().plan().name() + ": invoice " + invoice.label(),
                "Thank you for your gift",
                List.of(
                        "You give " + gift.length() + " of "
                                + gift.price().plan().name() + " to " + gift.toEmail()
                                + ", delivered on the morning of " + day(gift) + ".",
                        "Please pay " + invoice.price() + " by " + from.day(invoice.dueAt()) + " and name "
                                + invoice.label() + ". "
                                + publication.settings().paying(),
                        "The gift is delivered once it is paid. Until then, and until that morning, you can write to us and have your money back."),
                "",
                "",
                List.of(
                        "You get this letter because someone bought a gift with your address. If it was not you, do nothing."));
        outbox.put(handle, letter.to(gift.giverEmail(), gift.giverName(), from, html));
    }

    void paid(Handle handle, GiftMembership gift, Invoice invoice) {
        Letterhead from = letterhead.get();
        Letter letter = new Letter(
                "Receipt for invoice " + invoice.label() + " from " + from.name(),
                "Thank you, we have your payment",
                List.of(invoice.price() + " for invoice " + invoice.label() + ": "
                        + gift.length() + " of " + gift.price().plan().name() + " for " + gift.toEmail()
                        + ". We deliver it on the morning of " + day(gift) + "."),
                "",
                "",
                List.of("Keep this letter as your receipt."));
        outbox.put(handle, letter.to(gift.giverEmail(), gift.giverName(), from, html));
    }

    void paidByCard(Handle handle, GiftMembership gift, Receipt receipt) {
        Letterhead from = letterhead.get();
        Letter letter = new Letter(
                "Receipt " + receipt.label() + " from " + from.name() + ": your gift",
                "Thank you for your gift",
                List.of(
                        "Your card was charged " + receipt.price() + " for " + receipt.what() + receipt.taxWords()
                                + ".",
                        "You give it to " + gift.toEmail() + ", delivered on the morning of " + day(gift)
                                + ". Until that morning you can write to us and have your money back."),
                "",
                "",
                List.of("Keep this letter as your receipt."));
        outbox.put(handle, letter.to(gift.giverEmail(), gift.giverName(), from, html));
    }

    void givenBack(Handle handle, GiftMembership gift, Money back) {
        if (gift.giverEmail().isEmpty()) return;
        Letterhead from = letterhead.get();
        Letter letter = new Letter(
                back.words() + " for your gift given back",
                "Your money is on its way back",
                List.of(
                        back.words() + " for " + gift.what() + " goes back to your card; it is there within ten days.",
                        gift.redeemedAt().isPresent()
                                ? "The gift stays with whoever took it."
                                : "Where all of it is given back, the gift is not delivered, and one that waits can't be taken any more."),
                "",
                "",
                List.of("You get this letter because you gave a membership with this address."));
        outbox.put(handle, letter.to(gift.giverEmail(), gift.giverName(), from, html));
    }

    /** To those who mind the business. */
    void disputed(Handle handle, GiftMembership gift, Money taken, String charge) {
        Letterhead from = letterhead.get();
        var letter = new Letter(
                "A payment of " + taken.words() + " for a gift is disputed",
                "The bank has taken a payment back",
                List.of(
                        "The owner of the card has told the bank that the payment of " + taken.words() + " (" + charge
                                + ") for " + gift.what() + " was not right.",
                        "Answer it in Stripe's dashboard before the day that stands there, or it is lost."),
                "See the payments",
                from.at("/desk/business/payments"),
                List.of("You get this letter because you mind the business of " + from.name() + "."));
        handle.createQuery("""
                        select r.email, r.name from staff s join reader r on r.id = s.reader_id
                        where s.role in ('owner', 'business')
                        """)
                .mapTo(MembershipLetters.To.class)
                .forEach(person -> outbox.put(handle, letter.to(person.email(), person.name(), from, html)));
    }

    void delivered(Handle handle, GiftMembership gift, Secret secret) {
        Letterhead from = letterhead.get();
        var text = new ArrayList<String>();
        text.add(gift.giver() + " gives you " + gift.length() + " of " + from.name() + " "
                + gift.price().plan().name() + ". There is nothing to pay, and it ends by itself.");
        if (!gift.words().isEmpty()) text.add("“" + gift.words() + "”");
        text.add("Press the button to begin it whenever you like.");
        Letter letter = new Letter(
                "A gift for you from " + gift.giver(),
                "A gift for you",
                text,
                "Take your gift",
                from.at("/gift/" + secret.reveal()),
                List.of("The link is yours alone and works once."));
        outbox.put(handle, letter.to(gift.toEmail(), gift.toName(), from, html));
    }

    void forgotten(Handle handle, GiftMembership gift) {
        Letterhead from = letterhead.get();
        Letter letter = new Letter(
                "Your gift of " + from.name() + " is still waiting",
                "Nobody has taken your gift yet",
                List.of("A year ago we delivered your gift of " + gift.length() + " of "
                        + gift.price().plan().name() + " to " + gift.toEmail()
                        + ". It still waits for them: the link in that letter works. Perhaps you remind them."),
                "",
                "",
                List.of("You get this letter because you gave a membership a year ago."));
        outbox.put(handle, letter.to(gift.giverEmail(), gift.giverName(), from, html));
    }
}
