package press.masthead.teams;

import io.javalin.http.Context;
import io.javalin.http.HttpStatus;
import java.time.Clock;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.jdbi.v3.core.Jdbi;
import press.masthead.books.Invoice;
import press.masthead.platform.web.Flash;
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
                "state", word(invoice.state(now)),
                "url", managed.path("contract/invoices/" + invoice.number()));
    }

    private static String word(Invoice.State state) {
        return switch (state) {
            case OPEN -> "Open";
            case OVERDUE -> "Overdue";
            case PAID -> "Paid";
            case VOID -> "Nothing owed";
        };
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
        Optional<Invoice> found = TeamDoor.number(ctx.pathParam("number"))
                .flatMap(number -> invoices.find(managed.team().id(), number));
        Invoice invoice = found.orElseThrow(() -> Problem.notFound("Your team has no invoice with this number."));
        Invoice.State state = invoice.state(clock.instant());
        var context = new HashMap<String, Object>();
        context.put("title", "Invoice " + invoice.label());
        context.put("number", invoice.label());
        context.put("state", word(state));
        context.put("open", state == Invoice.State.OPEN || state == Invoice.State.OVERDUE);
        context.put("overdue", state == Invoice.State.OVERDUE);
        context.put("issued_at", invoice.issuedAt());
        context.put("due_at", invoice.dueAt());
        invoice.paidAt().ifPresent(paid -> context.put("paid_at", paid));
        context.put("email", invoice.email());
        if (!invoice.name().isEmpty()) context.put("name", invoice.name());
        context.put("what", publication.settings().name() + ": " + invoice.what());
        context.put("from", invoice.periodFrom());
        context.put("until", invoice.periodUntil());
        context.put("amount", invoice.amount());
        context.put("currency", invoice.currency());
        context.put("back", managed.path("contract/"));
        String paying = publication.settings().paying();
        if (!paying.isEmpty()) context.put("paying", paying);
        pages.show(ctx, 200, "custom-invoice", context);
    }
}
