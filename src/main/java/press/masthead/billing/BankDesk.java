package press.masthead.billing;

import io.javalin.http.Context;
import io.javalin.http.HttpStatus;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import press.masthead.access.Visit;
import press.masthead.books.BankLine;
import press.masthead.books.BankLines;
import press.masthead.books.Invoice;
import press.masthead.plans.Because;
import press.masthead.plans.Plans;
import press.masthead.platform.web.Flash;
import press.masthead.platform.web.Html;
import press.masthead.platform.web.Problem;
import press.masthead.platform.web.Times;
import press.masthead.platform.web.Upload;
import press.masthead.publication.Publication;
import press.masthead.readers.Reader;

/** A bank's statement against our invoices: what fits is confirmed with one click, what does not is shown for what it is. */
public final class BankDesk {
    private static final int MOST = 2 << 20;
    private static final int SHOWN = 500;

    private final Jdbi jdbi;
    private final Clock clock;
    private final BankLines lines;
    private final MarkPaid markPaid;
    private final Plans plans;
    private final Publication publication;
    private final Html html;

    public BankDesk(
            Jdbi jdbi,
            Clock clock,
            BankLines lines,
            MarkPaid markPaid,
            Plans plans,
            Publication publication,
            Html html) {
        this.jdbi = jdbi;
        this.clock = clock;
        this.lines = lines;
        this.markPaid = markPaid;
        this.plans = plans;
        this.publication = publication;
        this.html = html;
    }

    record Page(Reader staff, String notice, String problem, List<BankLine> lines, Times times) {
        List<BankLine> matched() {
            return lines.stream()
                    .filter(line -> line.verdict() == BankLine.Verdict.MATCHED)
                    .toList();
        }

        List<BankLine> unclear() {
            return lines.stream()
                    .filter(line -> switch (line.verdict()) {
                        case PARTIAL, OVER, UNCLEAR -> true;
                        case MATCHED, UNKNOWN -> false;
                    })
                    .toList();
        }

        List<BankLine> unknown() {
            return lines.stream()
                    .filter(line -> line.verdict() == BankLine.Verdict.UNKNOWN)
                    .toList();
        }
    }

    /** GET /desk/invoices/bank */
    public void show(Context ctx) {
        show(ctx, 200, Visit.business(ctx), "");
    }

    private void show(Context ctx, int status, Reader staff, String problem) {
        ctx.status(status);
        html.page(
                ctx,
                "billing/bank",
                new Page(
                        staff,
                        Flash.take(ctx),
                        problem,
                        lines.open(SHOWN),
                        new Times(publication.settings().zone(), clock.instant())));
    }

    /** POST /desk/invoices/bank */
    public void upload(Context ctx) {
        Reader staff = Visit.business(ctx);
        try {
            Upload upload = Upload.read(
                    ctx, "statement", MOST, "A statement can have at most 2 MB. Please take a shorter time.");
            BankLines.Added added = lines.add(upload.bytes(), plans.offered().currency(), staff.id());
            Flash.put(ctx, said(added));
        } catch (Problem problem) {
            show(ctx, problem.status(), staff, problem.sentence());
            return;
        }
        ctx.redirect("/desk/invoices/bank", HttpStatus.SEE_OTHER);
    }

    private static String said(BankLines.Added added) {
        String fresh = added.fresh() == 0
                ? "Nothing new."
                : added.fresh() == 1 ? "One payment is new." : added.fresh() + " payments are new.";
        return fresh
                + (added.known() == 0 ? "" : " " + added.known() + " were here before.")
                + (added.passedOver() == 0
                        ? ""
                        : added.passedOver() == 1
                                ? " One line is not money coming in."
                                : " " + added.passedOver() + " lines are not money coming in.");
    }

    /** POST /desk/invoices/bank/confirm: the lines that are ticked pay the invoices that they name */
    public void confirm(Context ctx) {
        Reader staff = Visit.business(ctx);
        int paid = 0;
        var not = new ArrayList<String>();
        for (long id : ids(ctx)) {
            try {
                if (jdbi.inTransaction(handle -> pay(handle, id, staff))) paid++;
            } catch (Problem problem) {
                not.add(problem.sentence());
            }
        }
        Flash.put(
                ctx,
                (paid == 1 ? "One invoice is paid." : paid + " invoices are paid.")
                        + (not.isEmpty() ? "" : " " + String.join(" ", not)));
        ctx.redirect("/desk/invoices/bank", HttpStatus.SEE_OTHER);
    }

    private boolean pay(Handle handle, long id, Reader staff) {
        Optional<BankLine> line = lines.hold(handle, id).filter(BankLine::pays);
        if (line.isEmpty()) return false;
        Invoice invoice = line.get().named().orElseThrow();
        String note = line.get().verdict() == BankLine.Verdict.OVER
                ? "more came: " + line.get().money().words()
                : "";
        markPaid.run(handle, invoice.number(), line.get().bookedOn(), Because.desk(staff, note));
        lines.settle(handle, id, Optional.of(invoice.number()));
        return true;
    }

    /** POST /desk/invoices/bank/aside: the lines that are ticked are none of ours */
    public void aside(Context ctx) {
        Visit.business(ctx);
        List<Long> ids = ids(ctx);
        jdbi.useTransaction(handle -> ids.forEach(id -> {
            if (lines.hold(handle, id).isPresent()) lines.settle(handle, id, Optional.empty());
        }));
        Flash.put(ctx, "Put aside.");
        ctx.redirect("/desk/invoices/bank", HttpStatus.SEE_OTHER);
    }

    private static List<Long> ids(Context ctx) {
        return ctx.formParams("line").stream()
                .filter(id -> id.matches("[1-9]\\d{0,17}"))
                .limit(SHOWN)
                .map(Long::parseLong)
                .toList();
    }
}
