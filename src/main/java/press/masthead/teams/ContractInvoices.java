package press.masthead.teams;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import press.masthead.books.Invoice;
import press.masthead.books.InvoiceDraft;
import press.masthead.books.InvoiceLine;
import press.masthead.books.Invoices;
import press.masthead.plans.Plan;

/** A contract's invoices: numbered in one row with all others, made out to the organisation, paid by transfer. */
public final class ContractInvoices {
    private final Jdbi jdbi;
    private final Clock clock;
    private final Invoices invoices;

    public ContractInvoices(Jdbi jdbi, Clock clock, Invoices invoices) {
        this.jdbi = jdbi;
        this.clock = clock;
        this.invoices = invoices;
    }

    /** Writes one, due as the contract says, with the tax of the organisation's country. Nothing to pay makes no invoice. */
    Optional<Invoice> issue(Handle handle, Contract contract, String what, long amount, Instant from, Instant until) {
        if (amount == 0) return Optional.empty();
        var billed = new Invoice.Billed(
                contract.billingName(), contract.billingAddress(), contract.country(), contract.vatNumber());
        Invoice invoice = invoices.write(
                handle,
                new InvoiceDraft(
                        Optional.empty(),
                        Optional.empty(),
                        what,
                        contract.contactEmail(),
                        contract.contactName(),
                        billed,
                        contract.currency(),
                        List.of(new InvoiceLine(what, amount)),
                        Plan.Tax.ADDED,
                        from,
                        until,
                        Duration.ofDays(contract.termsDays())));
        handle.execute("update invoice set contract_id = ? where number = ?", contract.id(), invoice.number());
        return Optional.of(invoice);
    }

    /** All of this team's, the newest first. */
    List<Invoice> of(long team) {
        return jdbi.withHandle(handle ->
                handle.createQuery("""
                        select i.* from contract c join invoice i on i.contract_id = c.id
                        where c.team_id = :team order by i.number desc
                        """).bind("team", team).mapTo(Invoice.class).list());
    }

    /** One of this team's; a number that is another's is nobody's. */
    Optional<Invoice> find(long team, long number) {
        return of(team).stream().filter(invoice -> invoice.number() == number).findFirst();
    }

    /** Notes that it was paid, and the movement of money. False for one that was paid before or is another team's. */
    boolean paid(long team, long number) {
        return jdbi.inTransaction(handle -> {
            Optional<Invoice> open = invoices.hold(handle, number)
                    .filter(invoice -> invoice.paidAt().isEmpty())
                    .filter(invoice -> find(team, invoice.number()).isPresent());
            open.ifPresent(invoice -> invoices.paid(handle, invoice, clock.instant(), "desk"));
            return open.isPresent();
        });
    }
}
