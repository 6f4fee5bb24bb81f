package press.masthead.teams;

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

/** A contract's invoices: numbered in one row with all others, made out to the organisation, paid by transfer. */
public final class ContractInvoices {
    private final Jdbi jdbi;
    private final Invoices invoices;

    public ContractInvoices(Jdbi jdbi, Invoices invoices) {
        this.jdbi = jdbi;
        this.invoices = invoices;
    }

    /**
     * Writes one, due as the contract says, with the tax of the organisation's country. Nothing to pay makes no invoice.
     *
     * @param until the first moment after what is paid for
     */
    Optional<Invoice> issue(Handle handle, Contract contract, String what, long amount, Instant from, Instant until) {
        if (amount == 0) return Optional.empty();
        var billed = new Invoice.Billed(
                contract.billingName(), contract.billingAddress(), contract.country(), contract.vatNumber());
        Invoice invoice = invoices.write(
                handle,
                new InvoiceDraft(
                        Optional.empty(),
                        Optional.empty(),
                        Optional.of(contract.id()),
                        what,
                        contract.purchaseOrder(),
                        contract.contactEmail(),
                        contract.contactName(),
                        billed,
                        contract.currency(),
                        List.of(new InvoiceLine(what, amount)),
                        from,
                        until.minusSeconds(1),
                        Duration.ofDays(contract.termsDays())));
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

    List<InvoiceLine> lines(Invoice invoice) {
        return invoices.lines(invoice);
    }

    /** One of this team's; a number that is another's is nobody's. */
    Optional<Invoice> find(long team, long number) {
        return of(team).stream().filter(invoice -> invoice.number() == number).findFirst();
    }
}
