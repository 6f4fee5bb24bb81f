package press.masthead.billing;

import io.javalin.http.Context;
import io.javalin.http.HttpStatus;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.Jdbi;
import press.masthead.access.Visit;
import press.masthead.books.CreditNote;
import press.masthead.books.CreditNotes;
import press.masthead.books.Invoice;
import press.masthead.books.InvoiceLine;
import press.masthead.books.InvoicePdf;
import press.masthead.books.InvoiceSearch;
import press.masthead.books.Invoices;
import press.masthead.books.Ledger;
import press.masthead.books.LedgerEntry;
import press.masthead.books.Receipt;
import press.masthead.books.Receipts;
import press.masthead.plans.Because;
import press.masthead.platform.web.Flash;
import press.masthead.platform.web.Html;
import press.masthead.platform.web.Pdf;
import press.masthead.platform.web.Problem;
import press.masthead.platform.web.RowNumber;
import press.masthead.platform.web.Times;
import press.masthead.publication.Publication;
import press.masthead.readers.Reader;

/** Invoices as the business staff see them: open, overdue, paid; marked as paid, and money given back. */
public final class InvoiceDesk {
    private static final int PAGE = 50;

    private final Jdbi jdbi;
    private final Clock clock;
    private final Invoices invoices;
    private final InvoiceSearch search;
    private final CreditNotes creditNotes;
    private final Receipts receipts;
    private final Ledger ledger;
    private final MarkPaid markPaid;
    private final InvoicePayments payments;
    private final InvoicePdf pdf;
    private final Publication publication;
    private final Html html;

    public InvoiceDesk(
            Jdbi jdbi,
            Clock clock,
            Invoices invoices,
            InvoiceSearch search,
            CreditNotes creditNotes,
            Receipts receipts,
            Ledger ledger,
            MarkPaid markPaid,
            InvoicePayments payments,
            InvoicePdf pdf,
            Publication publication,
            Html html) {
        this.jdbi = jdbi;
        this.clock = clock;
        this.invoices = invoices;
        this.search = search;
        this.creditNotes = creditNotes;
        this.receipts = receipts;
        this.ledger = ledger;
        this.markPaid = markPaid;
        this.payments = payments;
        this.pdf = pdf;
        this.publication = publication;
        this.html = html;
    }

    record ListPage(
            Reader staff,
            String notice,
            List<Invoice> invoices,
            String state,
            String words,
            List<InvoiceSearch.Owed> owed,
            String back,
            String more,
            Times times) {
        String word(Invoice invoice) {
            return InvoiceDesk.word(invoice.state(times.now()));
        }

        String tone(Invoice invoice) {
            return InvoiceDesk.tone(invoice.state(times.now()));
        }
    }

    record OnePage(
            Reader staff,
            String notice,
            String problem,
            Invoice invoice,
            List<InvoiceLine> lines,
            List<CreditNote> creditNotes,
            Optional<LedgerEntry> charge,
            long left,
            Optional<Long> reader,
            Optional<Invoices.OfTeam> team,
            Times times) {
        String word() {
            return InvoiceDesk.word(invoice.state(times.now()));
        }

        String tone() {
            return InvoiceDesk.tone(invoice.state(times.now()));
        }

        String today() {
            return LocalDate.ofInstant(times.now(), times.zone()).toString();
        }
    }

    private static String word(Invoice.State state) {
        return switch (state) {
            case OPEN -> "open";
            case OVERDUE -> "overdue";
            case PAID -> "paid";
            case VOID -> "nothing owed";
        };
    }

    private static String tone(Invoice.State state) {
        return switch (state) {
            case OPEN -> "scheduled";
            case OVERDUE -> "bad";
            case PAID -> "good";
            case VOID -> "";
        };
    }

    /** GET /desk/invoices?state=&q=&before= */
    public void list(Context ctx) {
        Reader staff = Visit.business(ctx);
        String state = Optional.ofNullable(ctx.queryParam("state"))
                .filter(InvoiceSearch.STATES::contains)
                .orElse("open");
        String words = Optional.ofNullable(ctx.queryParam("q")).orElse("").strip();
        long before = Optional.ofNullable(ctx.queryParam("before"))
                .filter(number -> number.matches("\\d{1,18}"))
                .map(Long::parseLong)
                .orElse(Long.MAX_VALUE);
        List<Invoice> found =
                words.isEmpty() ? search.of(state, before, PAGE + 1) : search.find(words, before, PAGE + 1);
        String first = "/desk/invoices?"
                + (words.isEmpty() ? "state=" + state : "q=" + URLEncoder.encode(words, StandardCharsets.UTF_8));
        String more =
                found.size() > PAGE ? first + "&before=" + found.get(PAGE - 1).number() : "";
        html.page(
                ctx,
                "billing/invoices",
                new ListPage(
                        staff,
                        Flash.take(ctx),
                        found.stream().limit(PAGE).toList(),
                        words.isEmpty() ? state : "",
                        words,
                        search.owed(),
                        before == Long.MAX_VALUE ? "" : first,
                        more,
                        times()));
    }

    private Times times() {
        return new Times(publication.settings().zone(), clock.instant());
    }

    /** GET /desk/invoices/{number} */
    public void one(Context ctx) {
        show(ctx, 200, Visit.business(ctx), invoice(ctx), "");
    }

    private void show(Context ctx, int status, Reader staff, Invoice invoice, String problem) {
        Optional<LedgerEntry> charge = ledger.charge(invoice.number());
        long left = charge.map(paid -> jdbi.withHandle(handle -> paid.amount() - ledger.refunded(handle, paid)))
                .orElse(0L);
        ctx.status(status);
        html.page(
                ctx,
                "billing/invoice",
                new OnePage(
                        staff,
                        Flash.take(ctx),
                        problem,
                        invoice,
                        invoices.lines(invoice),
                        creditNotes.of(invoice.number()),
                        charge,
                        left,
                        jdbi.withHandle(handle -> invoices.payer(handle, invoice.number())),
                        jdbi.withHandle(handle -> invoices.team(handle, invoice)),
                        times()));
    }

    private Invoice invoice(Context ctx) {
        String number = ctx.pathParam("number");
        return RowNumber.of(number)
                .flatMap(row -> invoices.find(row))
                .orElseThrow(() -> Problem.notFound("There is no invoice with this number."));
    }

    /** GET /desk/invoices/{number}/pdf */
    public void pdf(Context ctx) {
        Visit.business(ctx);
        Invoice invoice = invoice(ctx);
        Pdf.send(ctx, invoice.label(), pdf.of(invoice, invoices.lines(invoice), zone(invoice)));
    }

    private ZoneId zone(Invoice invoice) {
        return jdbi.withHandle(handle -> invoices.team(handle, invoice))
                .map(Invoices.OfTeam::zone)
                .orElseGet(() -> publication.settings().zone());
    }

    /** GET /desk/invoices/{number}/credit/{note} */
    public void creditNote(Context ctx) {
        Visit.business(ctx);
        Invoice invoice = invoice(ctx);
        String number = ctx.pathParam("note");
        CreditNote note = RowNumber.of(number)
                .flatMap(row -> creditNotes.find(invoice.number(), row))
                .orElseThrow(() -> Problem.notFound("This invoice has no credit note with this number."));
        Pdf.send(ctx, note.label(), pdf.of(note, invoice, zone(invoice)));
    }

    /** GET /desk/receipts/{number}/pdf: what was paid by card */
    public void receiptPdf(Context ctx) {
        Visit.business(ctx);
        String number = ctx.pathParam("number");
        Receipt receipt = RowNumber.of(number)
                .flatMap(row -> receipts.find(row))
                .orElseThrow(() -> Problem.notFound("There is no receipt with this number."));
        Pdf.send(
                ctx,
                receipt.label(),
                pdf.of(
                        receipt,
                        receipts.givenBack(receipt),
                        publication.settings().zone()));
    }

    /** POST /desk/invoices/{number}/paid */
    public void paid(Context ctx) {
        Reader staff = Visit.business(ctx);
        Invoice invoice = invoice(ctx);
        attempt(ctx, staff, invoice, "Marked as paid. The receipt is on its way.", () -> {
            LocalDate day = day(text(ctx, "on"));
            jdbi.useTransaction(handle -> markPaid.run(handle, invoice.number(), day, Because.desk(staff, "")));
        });
    }

    private static LocalDate day(String text) {
        try {
            return LocalDate.parse(text);
        } catch (DateTimeException e) {
            throw Problem.invalid("Please give a day, such as 2026-11-30.");
        }
    }

    private void attempt(Context ctx, Reader staff, Invoice invoice, String done, Runnable change) {
        try {
            change.run();
        } catch (Problem problem) {
            show(ctx, problem.status(), staff, invoice, problem.sentence());
            return;
        }
        Flash.put(ctx, done);
        ctx.redirect("/desk/invoices/" + invoice.number(), HttpStatus.SEE_OTHER);
    }

    private static String text(Context ctx, String name) {
        return Optional.ofNullable(ctx.formParam(name)).orElse("").strip();
    }
}
