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
        Letterhead from = letterhead.get();
        put(
                handle,
                invoice,
                from,
                new Letter(
                        "Invoice " + invoice.label() + " from " + from.name(),
                        "Your invoice",
                        List.of(
                                invoice.what() + ", " + period(invoice, from) + ": " + invoice.price() + ".",
                                "Please pay by " + from.day(invoice.dueAt()) + " and name " + invoice.label() + ". "
                                        + publication.settings().paying()),
                        "See the invoice",
                        own(invoice, from),
                        List.of(MembershipLetters.CANCEL_ANY_TIME)));
    }

    void reminder(Handle handle, Invoice invoice, Step step) {
        put(handle, invoice, to -> to.reminder(step), from -> reminder(invoice, step, from));
    }

    private Letter reminder(Invoice invoice, Step step, Letterhead from) {
        String when = step.when(from.day(invoice.dueAt()));
        String end = from.day(invoice.dueAt().plus(Membership.PATIENCE));
        String ahead = invoice.membershipId().isEmpty()
                ? "If it stays open, nothing is owed, and the gift is not delivered after " + end + "."
                : "If it stays open, your membership ends on " + end + ", and nothing is owed.";
        return new Letter(
                "Invoice " + invoice.label() + " from " + from.name() + " " + when,
                "Your invoice " + when,
                List.of(
                        invoice.price() + " for " + invoice.what() + ", " + period(invoice, from) + ". Please name "
                                + invoice.label() + ". "
                                + publication.settings().paying(),
                        step == Step.LATE
                                ? ahead
                                : "If you have paid already, thank you; it can take a day until we see it."),
                "See the invoice",
                own(invoice, from),
                List.of(MembershipLetters.CANCEL_ANY_TIME));
    }

    void receipt(Handle handle, Invoice invoice, Instant paidAt) {
        put(handle, invoice, to -> to.receipt(paidAt), from -> receipt(invoice, paidAt, from));
    }

    private static Letter receipt(Invoice invoice, Instant paidAt, Letterhead from) {
        return new Letter(
                "Receipt for invoice " + invoice.label() + " from " + from.name(),
                "Thank you, we have your payment",
                List.of(
                        invoice.price() + " for invoice " + invoice.label() + ", paid on " + from.day(paidAt) + ": "
                                + invoice.what() + ", " + period(invoice, from) + ".",
                        "Keep this letter as your receipt. The invoice stays in your account."),
                "See the invoice",
                own(invoice, from),
                List.of("You get this letter because an invoice to this address was paid."));
    }

    void refunded(Handle handle, Invoice invoice, CreditNote note) {
        put(handle, invoice, to -> to.refunded(note), from -> refunded(invoice, note, from));
    }

    private static Letter refunded(Invoice invoice, CreditNote note, Letterhead from) {
        return new Letter(
                "Credit note " + note.label() + " from " + from.name(),
                "We have sent money back",
                List.of(
                        Money.words(note.amount(), note.currency()) + " of invoice " + invoice.label()
                                + " goes back to you. It can take some days to arrive.",
                        "The credit note is in your account, beside the invoice."),
                "See the invoice",
                own(invoice, from),
                List.of("You get this letter because a payment from this address was given back."));
    }

    private static String period(Invoice invoice, Letterhead from) {
        return from.day(invoice.periodFrom()) + " to " + from.day(invoice.periodUntil());
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
        Letterhead from = organisation.map(Organisation::from).orElseGet(letterhead);
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
