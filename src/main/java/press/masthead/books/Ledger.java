package press.masthead.books;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;

/** Every movement of money, one row for each, only ever added to. */
public final class Ledger {
    private final Jdbi jdbi;

    public Ledger(Jdbi jdbi) {
        this.jdbi = jdbi;
    }

    /**
     * Writes a movement down; one that is there already under the provider's name of it stays as it is.
     *
     * @param entry its {@code id} is not looked at
     * @return whether it was new
     */
    public boolean enter(Handle handle, LedgerEntry entry) {
        return handle.createUpdate("""
                        insert into ledger_entry
                          (at, kind, amount, currency, membership_id, invoice_number, provider, provider_ref, cause)
                        values (:at, :kind, :amount, :currency, :membershipId, :invoiceNumber, :provider, :providerRef, :cause)
                        on conflict (provider, kind, provider_ref) do nothing
                        """).bindMethods(entry).execute() == 1;
    }

    /** A charge in the caller's transaction, locked, so that two refunds of it wait for each other. */
    public Optional<LedgerEntry> hold(Handle handle, long id) {
        return handle.createQuery("select * from ledger_entry where id = :id and kind = 'charge' for no key update")
                .bind("id", id)
                .mapTo(LedgerEntry.class)
                .findOne();
    }

    public Optional<LedgerEntry> find(long id) {
        return jdbi.withHandle(handle -> handle.createQuery("select * from ledger_entry where id = :id")
                .bind("id", id)
                .mapTo(LedgerEntry.class)
                .findOne());
    }

    /** The payment of an invoice, once it was paid. */
    public Optional<LedgerEntry> charge(long invoice) {
        return jdbi.withHandle(handle -> handle.createQuery(
                        "select * from ledger_entry where provider = 'invoice' and kind = 'charge' and provider_ref = :ref")
                .bind("ref", Long.toString(invoice))
                .mapTo(LedgerEntry.class)
                .findOne());
    }

    /** Everything that moved for this reader's memberships, the newest first. */
    public List<LedgerEntry> of(long reader) {
        return jdbi.withHandle(handle -> handle.createQuery("""
                        select e.* from ledger_entry e join membership m on m.id = e.membership_id
                        where m.reader_id = :reader order by e.at desc, e.id desc
                        """)
                .bind("reader", reader)
                .mapTo(LedgerEntry.class)
                .list());
    }

    /** A reference for a refund of an invoice's payment: the invoice's number and which refund of it this is. */
    String nextRefund(Handle handle, long invoice) {
        return handle.createQuery("""
                        select :invoice || '-' || count(*) + 1 from ledger_entry
                        where provider = 'invoice' and kind = 'refund' and invoice_number = :number
                        """)
                .bind("invoice", Long.toString(invoice))
                .bind("number", invoice)
                .mapTo(String.class)
                .one();
    }

    /** What has been given back of a charge so far, minor units, as a positive number. */
    public long refunded(Handle handle, LedgerEntry charge) {
        return handle.createQuery("""
                        select coalesce(-sum(amount), 0) from ledger_entry
                        where kind = 'refund' and provider = :provider
                          and (provider_ref = :ref or (invoice_number = :invoice and provider = 'invoice'))
                        """)
                .bind("provider", charge.provider())
                .bind("ref", charge.providerRef())
                .bind("invoice", charge.invoiceNumber())
                .mapTo(Long.class)
                .one();
    }

    /** Gives a part or all of an invoice's payment back, as the bank was told to. */
    public void refund(Handle handle, LedgerEntry charge, long amount, Instant at, String cause) {
        long invoice = charge.invoiceNumber().orElseThrow();
        enter(
                handle,
                new LedgerEntry(
                        0,
                        at,
                        "refund",
                        -amount,
                        charge.currency(),
                        charge.membershipId(),
                        charge.invoiceNumber(),
                        charge.provider(),
                        nextRefund(handle, invoice),
                        cause));
    }
}
