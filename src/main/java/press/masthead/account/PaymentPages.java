package press.masthead.account;

import io.javalin.http.Context;
import io.javalin.http.HttpStatus;
import java.time.Clock;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import press.masthead.billing.StripeParts;
import press.masthead.books.BillingDetails;
import press.masthead.books.CreditNote;
import press.masthead.books.CreditNotes;
import press.masthead.books.Invoice;
import press.masthead.books.InvoicePage;
import press.masthead.books.InvoicePdf;
import press.masthead.books.Invoices;
import press.masthead.books.Receipt;
import press.masthead.books.Receipts;
import press.masthead.platform.web.Flash;
import press.masthead.platform.web.Pdf;
import press.masthead.platform.web.Problem;
import press.masthead.platform.web.PublicPages;
import press.masthead.platform.web.RowNumber;
import press.masthead.publication.Publication;
import press.masthead.readers.Reader;
import press.masthead.signin.Fresh;

/** How invoices are written, and one's own invoices and credit notes as pages and as PDF. */
public final class PaymentPages {
    private final Invoices invoices;
    private final CreditNotes creditNotes;
    private final Receipts receipts;
    private final BillingDetails details;
    private final Optional<StripeParts> stripe;
    private final InvoicePdf pdf;
    private final Publication publication;
    private final PublicPages pages;
    private final Clock clock;

    public PaymentPages(
            Invoices invoices,
            CreditNotes creditNotes,
            Receipts receipts,
            BillingDetails details,
            Optional<StripeParts> stripe,
            InvoicePdf pdf,
            Publication publication,
            PublicPages pages,
            Clock clock) {
        this.invoices = invoices;
        this.creditNotes = creditNotes;
        this.receipts = receipts;
        this.details = details;
        this.stripe = stripe;
        this.pdf = pdf;
        this.publication = publication;
        this.pages = pages;
        this.clock = clock;
    }

    /** GET /account/membership/payment */
    public void details(Context ctx) {
        show(ctx, 200, details.of(AccountPages.reader(ctx).id()), "");
    }

    private void show(Context ctx, int status, Invoice.Billed billed, String problem) {
        var context = new HashMap<String, Object>();
        context.put("title", "How your invoices are written");
        context.put("company", billed.company());
        context.put("address", billed.address());
        context.put("vat_number", billed.vatNumber());
        context.put(
                "countries",
                BillingDetails.named().stream()
                        .map(one -> Map.<String, Object>of(
                                "code",
                                one.code(),
                                "name",
                                one.name(),
                                "chosen",
                                one.code().equals(billed.country())))
                        .toList());
        context.put("terms_days", Invoices.TERMS.toDays());
        if (!publication.settings().paying().isEmpty())
            context.put("paying", publication.settings().paying());
        if (!problem.isEmpty()) context.put("error", problem);
        pages.show(ctx, status, "custom-membership-payment", context);
    }

    /** POST /account/membership/payment */
    public void keep(Context ctx) {
        Reader reader = AccountPages.reader(ctx);
        Fresh.require(ctx);
        try {
            details.keep(
                    reader.id(),
                    BillingDetails.read(
                            text(ctx, "company"), text(ctx, "address"), text(ctx, "country"), text(ctx, "vat_number")));
        } catch (Problem problem) {
            var typed = new Invoice.Billed(
                    text(ctx, "company"), text(ctx, "address"), text(ctx, "country"), text(ctx, "vat_number"));
            show(ctx, problem.status(), typed, problem.sentence());
            return;
        }
        boolean card =
                stripe.filter(parts -> parts.payments().taxChanged(reader.id())).isPresent();
        Flash.put(
                ctx,
                card
                        ? "Saved. Your next receipt is written like this."
                        : "Saved. Your next invoice is written like this.");
        ctx.redirect("/account/membership/", HttpStatus.SEE_OTHER);
    }

    /** GET /account/invoices/{number} */
    public void invoice(Context ctx) {
        Invoice invoice = own(ctx);
        var context = InvoicePage.of(
                invoice,
                invoices.lines(invoice),
                creditNotes.of(invoice.number()),
                publication.settings(),
                publication.settings().zone(),
                clock.instant(),
                "/account/invoices/" + invoice.number());
        pages.show(ctx, 200, "custom-invoice", context);
    }

    /** GET /account/invoices/{number}/pdf */
    public void pdf(Context ctx) {
        Invoice invoice = own(ctx);
        Pdf.send(
                ctx,
                invoice.label(),
                pdf.of(invoice, invoices.lines(invoice), publication.settings().zone()));
    }

    /** GET /account/invoices/{number}/credit/{note} */
    public void creditNote(Context ctx) {
        Invoice invoice = own(ctx);
        String number = ctx.pathParam("note");
        CreditNote note = RowNumber.of(number)
                .flatMap(row -> creditNotes.find(invoice.number(), row))
                .orElseThrow(() -> Problem.notFound("You have no credit note with this number."));
        Pdf.send(ctx, note.label(), pdf.of(note, invoice, publication.settings().zone()));
    }

    /** GET /account/receipts/{number} */
    public void receipt(Context ctx) {
        Receipt receipt = ownReceipt(ctx);
        var settings = publication.settings();
        var context = InvoicePage.of(
                receipt,
                receipts.givenBack(receipt),
                settings,
                settings.zone(),
                clock.instant(),
                "/account/receipts/" + receipt.number());
        pages.show(ctx, 200, "custom-invoice", context);
    }

    /** GET /account/receipts/{number}/pdf */
    public void receiptPdf(Context ctx) {
        Receipt receipt = ownReceipt(ctx);
        Pdf.send(
                ctx,
                receipt.label(),
                pdf.of(
                        receipt,
                        receipts.givenBack(receipt),
                        publication.settings().zone()));
    }

    private Receipt ownReceipt(Context ctx) {
        String number = ctx.pathParam("number");
        return RowNumber.of(number)
                .flatMap(row -> receipts.find(AccountPages.reader(ctx).id(), row))
                .orElseThrow(() -> Problem.notFound("You have no receipt with this number."));
    }

    /** A number that is someone else's is answered as one that there never was. */
    private Invoice own(Context ctx) {
        String number = ctx.pathParam("number");
        return RowNumber.of(number)
                .flatMap(row -> invoices.find(AccountPages.reader(ctx).id(), row))
                .orElseThrow(() -> Problem.notFound("You have no invoice with this number."));
    }

    private static String text(Context ctx, String field) {
        return Optional.ofNullable(ctx.formParam(field)).orElse("");
    }
}
