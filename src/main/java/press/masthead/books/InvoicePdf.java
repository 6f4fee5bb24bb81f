package press.masthead.books;

import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import java.util.function.Supplier;
import press.masthead.plans.Money;
import press.masthead.platform.mail.Letterhead;
import press.masthead.platform.web.Html;
import press.masthead.platform.web.Pdf;
import press.masthead.publication.Publication;

/** Invoices and credit notes as paper. */
public final class InvoicePdf {
    private final Html html;
    private final Publication publication;
    private final Supplier<Letterhead> letterhead;

    public InvoicePdf(Html html, Publication publication, Supplier<Letterhead> letterhead) {
        this.html = html;
        this.publication = publication;
        this.letterhead = letterhead;
    }

    /**
     * What the paper says.
     *
     * @param about a credit note's sentence about its invoice; empty on an invoice
     * @param tax minor units in the total
     */
    record Paper(
            String title,
            String from,
            String address,
            String email,
            Invoice invoice,
            List<InvoiceLine> lines,
            String about,
            long total,
            long tax,
            Instant issuedAt,
            String paying,
            Letterhead letterhead) {
        String money(long amount) {
            return new Money(amount, invoice.currency()).words();
        }

        String day(Instant at) {
            return letterhead.day(at);
        }

        /** What is taxed. */
        String net() {
            return money(total - tax);
        }

        /** Whether the law on reverse charge is the European Union's. */
        boolean isInUnion() {
            return BillingDetails.isInUnion(invoice.billed().country());
        }

        boolean isInvoice() {
            return about.isEmpty();
        }
    }

    /** @param zone whose calendar its days are of */
    public byte[] of(Invoice invoice, List<InvoiceLine> lines, ZoneId zone) {
        return render(paper(
                letterhead.get().in(zone),
                "Invoice " + invoice.label(),
                invoice,
                lines,
                "",
                invoice.amount(),
                invoice.taxed().tax(),
                invoice.issuedAt()));
    }

    /** As {@link #of(Invoice, List, ZoneId)}. */
    public byte[] of(CreditNote note, Invoice invoice, ZoneId zone) {
        Letterhead from = letterhead.get().in(zone);
        String about = "This takes back " + Money.words(note.amount(), note.currency()) + " of invoice "
                + invoice.label() + " of " + from.day(invoice.issuedAt()) + ".";
        return render(paper(
                from,
                "Credit note " + note.label(),
                invoice,
                List.of(new InvoiceLine(note.why().isBlank() ? "Given back" : note.why(), -note.amount())),
                about,
                -note.amount(),
                -note.tax(),
                note.issuedAt()));
    }

    /** As {@link #of(Invoice, List, ZoneId)}, of what was paid by card. */
    public byte[] of(Receipt receipt, List<Receipts.GivenBack> back, ZoneId zone) {
        Letterhead from = letterhead.get().in(zone);
        var about = new StringBuilder("Paid by card on " + from.day(receipt.paidAt()) + ".");
        for (Receipts.GivenBack one : back)
            about.append(" Given back on ")
                    .append(from.day(one.at()))
                    .append(": ")
                    .append(one.words())
                    .append('.');
        return render(paper(
                from,
                "Receipt " + receipt.label(),
                receipt.shown(),
                List.of(new InvoiceLine(receipt.what(), receipt.amount())),
                about.toString(),
                receipt.amount(),
                receipt.taxed().tax(),
                receipt.paidAt()));
    }

    private Paper paper(
            Letterhead from,
            String title,
            Invoice invoice,
            List<InvoiceLine> lines,
            String about,
            long total,
            long tax,
            Instant issuedAt) {
        var settings = publication.settings();
        return new Paper(
                title,
                settings.name(),
                settings.address(),
                settings.email(),
                invoice,
                lines,
                about,
                total,
                tax,
                issuedAt,
                settings.paying(),
                from);
    }

    private byte[] render(Paper paper) {
        return Pdf.of(html.text("books/invoice", paper));
    }
}
