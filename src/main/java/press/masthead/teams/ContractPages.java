package press.masthead.teams;

import io.javalin.http.Context;
import io.javalin.http.HttpStatus;
import java.time.Clock;
import java.time.Instant;
import java.util.Map;
import org.jdbi.v3.core.Jdbi;
import press.masthead.books.CreditNote;
import press.masthead.books.CreditNotes;
import press.masthead.books.Invoice;
import press.masthead.books.InvoicePage;
import press.masthead.books.InvoicePdf;
import press.masthead.platform.web.Flash;
import press.masthead.platform.web.Pdf;
import press.masthead.platform.web.Problem;
import press.masthead.platform.web.PublicPages;
import press.masthead.publication.Publication;

/** The contract as the team's manager sees it: terms, invoices, more seats, renewal. */
public final class ContractPages {
    private final Jdbi jdbi;
    private final Clock clock;
    private final TeamDoor door;
    private final Teams teams;
    private final Contracts contracts;
    private final ContractInvoices invoices;
    private final CreditNotes creditNotes;
    private final InvoicePdf pdf;
    private final AddSeats addSeats;
    private final RenewContract renew;
    private final Publication publication;
    private final PublicPages pages;

    public ContractPages(
            Jdbi jdbi,
            Clock clock,
            TeamDoor door,
            Teams teams,
            Contracts contracts,
            ContractInvoices invoices,
            CreditNotes creditNotes,
            InvoicePdf pdf,
            AddSeats addSeats,
            RenewContract renew,
            Publication publication,
            PublicPages pages) {
        this.jdbi = jdbi;
        this.clock = clock;
        this.door = door;
        this.teams = teams;
        this.contracts = contracts;
        this.invoices = invoices;
        this.creditNotes = creditNotes;
        this.pdf = pdf;
        this.addSeats = addSeats;
        this.renew = renew;
        this.publication = publication;
        this.pages = pages;
    }

    /** GET /team/{team}/contract/ */
    public void contract(Context ctx) {
        show(ctx, 200, door.of(ctx), Map.of());
    }

    private void show(Context ctx, int status, TeamDoor.Managed managed, Map<String, Object> more) {
        Instant now = clock.instant();
        var context = TeamPages.frame(ctx, managed, "contract", "Contract");
        contracts
                .present(managed.team().id())
                .ifPresent(contract -> context.put("contract", shape(contract, managed, now)));
        context.put(
                "invoices",
                invoices.of(managed.team().id()).stream()
                        .map(invoice -> row(invoice, managed, now))
                        .toList());
        context.putAll(more);
        pages.show(ctx, status, "custom-team-contract", context);
    }

    private static Map<String, Object> shape(Contract contract, TeamDoor.Managed managed, Instant now) {
        var map = TeamPages.standing(contract, now);
        map.put("plan", contract.plan());
        map.put("seats", contract.seats());
        map.put("seat_price", contract.money(contract.seatPrice()));
        map.put("terms_days", contract.termsDays());
        map.put("billing_name", contract.billingName());
        if (!contract.billingAddress().isEmpty()) map.put("billing_address", contract.billingAddress());
        if (!contract.vatNumber().isEmpty()) map.put("vat_number", contract.vatNumber());
        if (!contract.purchaseOrder().isEmpty()) map.put("purchase_order", contract.purchaseOrder());
        map.put("contact", contract.contactEmail());
        boolean open = contract.renewedBy().isEmpty();
        boolean running = contract.state(now) == Contract.State.RUNNING;
        boolean grace = contract.state(now) == Contract.State.GRACE;
        if (contract.byThemselves() && open && (running || grace)) {
            map.put("renewable", true);
            map.put("next_total", contract.money(contract.total()));
            map.put("next_until", contract.nextUntil(managed.team().zoneId()).minusSeconds(1));
        }
        if (contract.byThemselves() && running) {
            map.put("more", true);
            map.put("one_more", contract.money(contract.prorated(1, now)));
        }
        map.put("renewed", !open);
        return map;
    }

    private static Map<String, Object> row(Invoice invoice, TeamDoor.Managed managed, Instant now) {
        return Map.of(
                "number", invoice.label(),
                "at", invoice.issuedAt(),
                "amount", invoice.amount(),
                "currency", invoice.currency(),
                "state", InvoicePage.word(invoice.state(now)),
                "url", managed.path("contract/invoices/" + invoice.number()));
    }

    /** POST /team/{team}/contract/renew: one click, where the contract says so */
    public void renew(Context ctx) {
        TeamDoor.Managed managed = door.of(ctx);
        renew.bySelf(managed.team(), managed.manager());
        Flash.put(ctx, "Renewed. The invoice is on its way.");
        ctx.redirect(managed.path("contract/"), HttpStatus.SEE_OTHER);
    }

    /** POST /team/{team}/contract/seats: asks once more with the price, then adds them */
    public void addSeats(Context ctx) {
        TeamDoor.Managed managed = door.of(ctx);
        String typed = TeamDoor.text(ctx, "more");
        if (!typed.matches("[1-9]\\d{0,3}")) {
            show(ctx, 422, managed, Map.of("more_typed", typed, "more_error", "Please give a number from 1 to 9,999."));
            return;
        }
        int more = Integer.parseInt(typed);
        Contract contract =
                contracts.present(managed.team().id()).orElseThrow(() -> Problem.stale("There is no contract."));
        String price = contract.money(contract.prorated(more, clock.instant()));
        if (!TeamDoor.text(ctx, "sure").equals("yes")) {
            pages.show(
                    ctx,
                    200,
                    "custom-message",
                    Map.of(
                            "title", TeamLetters.seats(more) + " more?",
                            "text", "For the rest of the term they cost " + price + ". An invoice follows.",
                            "actions",
                                    java.util.List.of(
                                            Map.of(
                                                    "label",
                                                    "Add them for " + price,
                                                    "action",
                                                    managed.path("contract/seats"),
                                                    "fields",
                                                    java.util.List.of(
                                                            Map.of("name", "more", "value", typed),
                                                            Map.of("name", "sure", "value", "yes"))),
                                            SeatPages.link("Not now", managed.path("contract/")))));
            return;
        }
        jdbi.useTransaction(handle ->
                addSeats.bySelf(handle, teams.hold(handle, managed.team().id()), managed.manager(), more));
        Flash.put(ctx, TeamLetters.seats(more) + " more. The invoice is on its way.");
        ctx.redirect(managed.path("contract/"), HttpStatus.SEE_OTHER);
    }

    /** GET /team/{team}/contract/invoices/{number} */
    public void invoice(Context ctx) {
        TeamDoor.Managed managed = door.of(ctx);
        Invoice invoice = own(ctx, managed);
        var context = InvoicePage.of(
                invoice,
                invoices.lines(invoice),
                creditNotes.of(invoice.number()),
                publication.settings(),
                managed.team().zoneId(),
                clock.instant(),
                managed.path("contract/invoices/" + invoice.number()));
        context.put("contract_url", managed.path("contract/"));
        pages.show(ctx, 200, "custom-invoice", context);
    }

    private Invoice own(Context ctx, TeamDoor.Managed managed) {
        return TeamDoor.number(ctx.pathParam("number"))
                .flatMap(number -> invoices.find(managed.team().id(), number))
                .orElseThrow(() -> Problem.notFound("Your team has no invoice with this number."));
    }

    /** GET /team/{team}/contract/invoices/{number}/pdf */
    public void invoicePdf(Context ctx) {
        TeamDoor.Managed managed = door.of(ctx);
        Invoice invoice = own(ctx, managed);
        Pdf.send(
                ctx,
                invoice.label(),
                pdf.of(invoice, invoices.lines(invoice), managed.team().zoneId()));
    }

    /** GET /team/{team}/contract/invoices/{number}/credit/{note} */
    public void creditNote(Context ctx) {
        TeamDoor.Managed managed = door.of(ctx);
        Invoice invoice = own(ctx, managed);
        CreditNote note = TeamDoor.number(ctx.pathParam("note"))
                .flatMap(number -> creditNotes.find(invoice.number(), number))
                .orElseThrow(() -> Problem.notFound("Your team has no credit note with this number."));
        Pdf.send(ctx, note.label(), pdf.of(note, invoice, managed.team().zoneId()));
    }
}
