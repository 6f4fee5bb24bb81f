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
import press.masthead.readers.ReaderLanguage;

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

    private Letterhead to(Handle handle, String email) {
        return letterhead.get().to(ReaderLanguage.of(handle, email));
    }

    private static String day(Letterhead from, GiftMembership gift) {
        return from.day(gift.deliverOn().atTime(12, 0).atZone(from.zone()).toInstant());
    }

    private static String[] values(Letterhead from, GiftMembership gift) {
        return new String[] {
            "time", PriceWords.months(from, gift.months()),
            "plan", gift.price().plan().name(),
            "what", PriceWords.what(from, gift.price()),
            "email", gift.toEmail(),
            "day", day(from, gift),
            "giver", gift.giver()
        };
    }

    void bought(Handle handle, GiftMembership gift, Invoice invoice) {
        Letterhead from = to(handle, gift.giverEmail());
        Letter letter = new Letter(
                from.t(
                        "Your gift of {what}: invoice {number}",
                        "what",
                        PriceWords.what(from, gift.price()),
                        "number",
                        invoice.label()),
                from.t("Thank you for your gift"),
                List.of(
                        from.t(
                                "You give {time} of {plan} to {email}, delivered on the morning of {day}.",
                                values(from, gift)),
                        from.t(
                                        "Please pay {price} by {day} and name {number}.",
                                        "price",
                                        invoice.price(),
                                        "day",
                                        from.day(invoice.dueAt()),
                                        "number",
                                        invoice.label())
                                + " " + publication.settings().paying(),
                        from.t(
                                "The gift is delivered once it is paid. Until then, and until that morning, you can write to us and have your money back.")),
                "",
                "",
                List.of(
                        from.t(
                                "You get this letter because someone bought a gift with your address. If it was not you, do nothing.")));
        outbox.put(handle, letter.to(gift.giverEmail(), gift.giverName(), from, html));
    }

    void paid(Handle handle, GiftMembership gift, Invoice invoice) {
        Letterhead from = to(handle, gift.giverEmail());
        Letter letter = new Letter(
                from.t("Receipt for invoice {number} from {name}", "number", invoice.label(), "name", from.name()),
                from.t("Thank you, we have your payment"),
                List.of(
                        from.t("{price} for invoice {number}.", "price", invoice.price(), "number", invoice.label()),
                        from.t(
                                "You give {time} of {plan} to {email}, delivered on the morning of {day}.",
                                values(from, gift))),
                "",
                "",
                List.of(from.t("Keep this letter as your receipt.")));
        outbox.put(handle, letter.to(gift.giverEmail(), gift.giverName(), from, html));
    }

    void paidByCard(Handle handle, GiftMembership gift, Receipt receipt) {
        Letterhead from = to(handle, gift.giverEmail());
        Letter letter = new Letter(
                from.t("Receipt {number} from {name}: your gift", "number", receipt.label(), "name", from.name()),
                from.t("Thank you for your gift"),
                List.of(
                        from.t(
                                "Your card was charged {price} for {what}.",
                                "price",
                                receipt.price(),
                                "what",
                                receipt.what() + PriceWords.tax(from, receipt)),
                        from.t(
                                        "You give {time} of {plan} to {email}, delivered on the morning of {day}.",
                                        values(from, gift))
                                + " " + from.t("Until that morning you can write to us and have your money back.")),
                "",
                "",
                List.of(from.t("Keep this letter as your receipt.")));
        outbox.put(handle, letter.to(gift.giverEmail(), gift.giverName(), from, html));
    }

    void givenBack(Handle handle, GiftMembership gift, Money back) {
        if (gift.giverEmail().isEmpty()) return;
        Letterhead from = to(handle, gift.giverEmail());
        Letter letter = new Letter(
                from.t("{price} for your gift given back", "price", back.words()),
                from.t("Your money is on its way back"),
                List.of(
                        from.t("{price} goes back to your card; it is there within ten days.", "price", back.words()),
                        gift.redeemedAt().isPresent()
                                ? from.t("The gift stays with whoever took it.")
                                : from.t(
                                        "Where all of it is given back, the gift is not delivered, and one that waits can't be taken any more.")),
                "",
                "",
                List.of(from.t("You get this letter because you gave a membership with this address.")));
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
        Letterhead from = to(handle, gift.toEmail());
        var text = new ArrayList<String>();
        text.add(from.t(
                "{giver} gives you {time} of {what}. There is nothing to pay, and it ends by itself.",
                values(from, gift)));
        if (!gift.words().isEmpty()) text.add("“" + gift.words() + "”");
        text.add(from.t("Press the button to begin it whenever you like."));
        Letter letter = new Letter(
                from.t("A gift for you from {giver}", values(from, gift)),
                from.t("A gift for you"),
                text,
                from.t("Take your gift"),
                from.at("/gift/" + secret.reveal()),
                List.of(from.t("The link is yours alone and works once.")));
        outbox.put(handle, letter.to(gift.toEmail(), gift.toName(), from, html));
    }

    void forgotten(Handle handle, GiftMembership gift) {
        Letterhead from = to(handle, gift.giverEmail());
        Letter letter = new Letter(
                from.t("Your gift of {name} is still waiting", "name", from.name()),
                from.t("Nobody has taken your gift yet"),
                List.of(from.t(
                        "A year ago we delivered your gift of {time} of {plan} to {email}. It still waits for them: the link in that letter works. Perhaps you remind them.",
                        values(from, gift))),
                "",
                "",
                List.of(from.t("You get this letter because you gave a membership a year ago.")));
        outbox.put(handle, letter.to(gift.giverEmail(), gift.giverName(), from, html));
    }
}
