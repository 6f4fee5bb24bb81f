package press.masthead.billing;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jdbi.v3.core.Handle;
import press.masthead.books.CreditNote;
import press.masthead.books.Invoice;
import press.masthead.books.Invoices;
import press.masthead.plans.Membership;
import press.masthead.plans.Money;
import press.masthead.platform.mail.Letter;
import press.masthead.platform.mail.Letterhead;
import press.masthead.platform.mail.Outbox;
import press.masthead.platform.web.Html;
import press.masthead.publication.Publication;
import press.masthead.readers.ReaderLanguage;

/** What we write about an invoice: to the reader who owes it, or to whom an organisation named as its contact for invoices. */
public final class InvoiceLetters {
    private final Outbox outbox;
    private final Html html;
    private final Supplier<Letterhead> letterhead;
    private final Publication publication;
    private final Invoices invoices;

    public InvoiceLetters(
            Outbox outbox, Html html, Supplier<Letterhead> letterhead, Publication publication, Invoices invoices) {
        this.outbox = outbox;
        this.html = html;
        this.letterhead = letterhead;
        this.publication = publication;
        this.invoices = invoices;
    }

    /** Which reminder it is. */
    enum Step {
        BEFORE,
        ON_ITS_DAY,
        LATE;

        /** For an organisation. */
        String when(String day) {
            return switch (this) {
                case BEFORE -> "is due on " + day;
                case ON_ITS_DAY -> "is due today";
                case LATE -> "was due on " + day;
            };
        }
    }

    /** For the team whose invoice it is, with days as its zone has them; nothing where it is one reader's. */
    private Optional<Organisation> organisation(Handle handle, Invoice invoice) {
        return invoices.team(handle, invoice)
                .map(team -> new Organisation(
                        invoice,
                        letterhead.get().in(team.zone()),
                        "/team/" + team.id() + "/contract/invoices/" + invoice.number(),
                        publication.settings().paying()));
    }

    void issued(Handle handle, Invoice invoice) {
        Letterhead from = to(handle, invoice);
        put(
                handle,
                invoice,
                from,
                new Letter(
                        from.t("Invoice {number} from {name}", values(invoice, from)),
                        from.t("Your invoice"),
                        List.of(
                                invoice.what() + ", " + period(invoice, from) + ": " + invoice.price() + ".",
                                from.t("Please pay by {due} and name {number}.", values(invoice, from)) + " "
                                        + publication.settings().paying()),
                        from.t("See the invoice"),
                        own(invoice, from),
                        List.of(MembershipLetters.cancelAnyTime(from))));
    }

    void reminder(Handle handle, Invoice invoice, Step step) {
        put(handle, invoice, to -> to.reminder(step), from -> reminder(invoice, step, from));
    }

    private Letter reminder(Invoice invoice, Step step, Letterhead from) {
        String[] values = values(invoice, from);
        String ahead = invoice.membershipId().isEmpty()
                ? from.t("If it stays open, nothing is owed, and the gift is not delivered after {end}.", values)
                : from.t("If it stays open, your membership ends on {end}, and nothing is owed.", values);
        return new Letter(
                switch (step) {
                    case BEFORE -> from.t("Invoice {number} from {name} is due on {due}", values);
                    case ON_ITS_DAY -> from.t("Invoice {number} from {name} is due today", values);
                    case LATE -> from.t("Invoice {number} from {name} was due on {due}", values);
                },
                switch (step) {
                    case BEFORE -> from.t("Your invoice is due on {due}", values);
                    case ON_ITS_DAY -> from.t("Your invoice is due today");
                    case LATE -> from.t("Your invoice was due on {due}", values);
                },
                List.of(
                        from.t("{price} for {what}.", values) + " " + from.t("Please name {number}.", values) + " "
                                + publication.settings().paying(),
                        step == Step.LATE
                                ? ahead
                                : from.t("If you have paid already, thank you; it can take a day until we see it.")),
                from.t("See the invoice"),
                own(invoice, from),
                List.of(MembershipLetters.cancelAnyTime(from)));
    }

    private static String[] values(Invoice invoice, Letterhead from) {
        return new String[] {
            "number", invoice.label(),
            "name", from.name(),
            "due", from.day(invoice.dueAt()),
            "end", from.day(invoice.dueAt().plus(Membership.PATIENCE)),
            "price", invoice.price(),
            "what", invoice.what() + ", " + period(invoice, from)
        };
    }

    /** In the language of whoever owes it. */
    private Letterhead to(Handle handle, Invoice invoice) {
        return letterhead.get().to(ReaderLanguage.of(handle, invoice.email()));
    }

    void receipt(Handle handle, Invoice invoice, Instant paidAt) {
        put(handle, invoice, to -> to.receipt(paidAt), from -> receipt(invoice, paidAt, from));
    }

    private static Letter receipt(Invoice invoice, Instant paidAt, Letterhead from) {
        return new Letter(
                from.t("Receipt for invoice {number} from {name}", values(invoice, from)),
                from.t("Thank you, we have your payment"),
                List.of(
                        from.t(
                                "{price} for invoice {number}, paid on {day}: {what}.",
                                "price",
                                invoice.price(),
                                "number",
                                invoice.label(),
                                "day",
                                from.day(paidAt),
                                "what",
                                invoice.what() + ", " + period(invoice, from)),
                        from.t("Keep this letter as your receipt. The invoice stays in your account.")),
                from.t("See the invoice"),
                own(invoice, from),
                List.of(from.t("You get this letter because an invoice to this address was paid.")));
    }

    void refunded(Handle handle, Invoice invoice, CreditNote note) {
        put(handle, invoice, to -> to.refunded(note), from -> refunded(invoice, note, from));
    }

    private static Letter refunded(Invoice invoice, CreditNote note, Letterhead from) {
        return new Letter(
                from.t("Credit note {number} from {name}", "number", note.label(), "name", from.name()),
                from.t("We have sent money back"),
                List.of(
                        from.t(
                                "{price} of invoice {number} goes back to you. It can take some days to arrive.",
                                "price",
                                Money.words(note.amount(), note.currency()),
                                "number",
                                invoice.label()),
                        from.t("The credit note is in your account, beside the invoice.")),
                from.t("See the invoice"),
                own(invoice, from),
                List.of(from.t("You get this letter because a payment from this address was given back.")));
    }

    private static String period(Invoice invoice, Letterhead from) {
        return from.t(
                "{from} to {until}", "from", from.day(invoice.periodFrom()), "until", from.day(invoice.periodUntil()));
    }

    private static String own(Invoice invoice, Letterhead from) {
        return from.at("/account/invoices/" + invoice.number());
    }

    /** In the words for an organisation where a team is billed, else in those for a reader. */
    private void put(
            Handle handle,
            Invoice invoice,
            Function<Organisation, Letter> organisations,
            Function<Letterhead, Letter> readers) {
        Optional<Organisation> organisation = organisation(handle, invoice);
        Letterhead from = organisation.map(Organisation::from).orElseGet(() -> to(handle, invoice));
        put(handle, invoice, from, organisation.map(organisations).orElseGet(() -> readers.apply(from)));
    }

    private void put(Handle handle, Invoice invoice, Letterhead from, Letter letter) {
        outbox.put(handle, letter.to(invoice.email(), invoice.name(), from, html));
    }

    /** Words for an organisation: which invoice of whose, their own order number, and where a manager finds the paper. */
    private record Organisation(Invoice invoice, Letterhead from, String path, String paying) {
        String who() {
            return invoice.billed().company().isEmpty()
                    ? invoice.email()
                    : invoice.billed().company();
        }

        private String order() {
            return invoice.reference().isEmpty() ? "" : " Your purchase order: " + invoice.reference() + ".";
        }

        private Letter letter(String subject, String heading, String first, String second) {
            return new Letter(
                    subject,
                    heading,
                    List.of(first, second),
                    "Open the invoice",
                    from.at(path),
                    List.of(
                            "A manager of the team finds it as a page and as a PDF under the contract.",
                            "You get this letter because you are the contact for invoices of " + who() + "."));
        }

        Letter reminder(Step step) {
            String when = step.when(from.day(invoice.dueAt()));
            String ask = switch (step) {
                case BEFORE, ON_ITS_DAY -> "If it is paid already, thank you; it can take a day until we see it.";
                case LATE ->
                    "It is still open with us. If something keeps it, such as a missing order number or another"
                            + " address, answer this letter and we put it right.";
            };
            return letter(
                    "Invoice " + invoice.label() + " for " + who() + " " + when,
                    "Invoice " + invoice.label() + " " + when,
                    invoice.what() + ": " + invoice.price() + "." + order() + " Please name " + invoice.label() + ". "
                            + paying,
                    ask);
        }

        Letter receipt(Instant paidAt) {
            return letter(
                    "Receipt for invoice " + invoice.label() + ", " + who(),
                    "We have your payment, thank you",
                    invoice.price() + " for invoice " + invoice.label() + ", received on " + from.day(paidAt) + ": "
                            + invoice.what() + "." + order(),
                    "This letter is the receipt; the invoice as a PDF says that it is paid.");
        }

        Letter refunded(CreditNote note) {
            return letter(
                    "Credit note " + note.label() + " for " + who(),
                    "Credit note " + note.label(),
                    Money.words(note.amount(), note.currency()) + " of invoice " + invoice.label()
                            + " goes back to the account that it came from. It can take some days to arrive."
                            + order(),
                    "Why: " + note.why() + ". The contract and its seats stay as they are.");
        }
    }
}
