package press.masthead.books;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;

/** Invoices, numbered without gaps. */
public final class Invoices {
    public static final Duration TERMS = Duration.ofDays(14);

    /** How long books are kept. */
    public static final int YEARS_KEPT = 10;

    private final Jdbi jdbi;
    private final Clock clock;
    private final Taxes taxes;
    private final Ledger ledger;

    public Invoices(Jdbi jdbi, Clock clock, Taxes taxes, Ledger ledger) {
        this.jdbi = jdbi;
        this.clock = clock;
        this.taxes = taxes;
        this.ledger = ledger;
    }

    /** Writes an invoice with the next number. Whoever writes one waits for the one before. */
    public Invoice write(Handle handle, InvoiceDraft draft) {
        long sum = draft.lines().stream().mapToLong(InvoiceLine::amount).sum();
        Taxes.Worked worked = taxes.on(handle, sum, draft.customer(), draft.billed());
        Invoice invoice = handle.createQuery("""
                        with next as (update invoice_number set last = last + 1 returning last)
                        insert into invoice (number, membership_id, quote_id, contract_id, what, reference, email, name, company, address, country,
                                             vat_number, amount, currency, tax_name, tax_rate, tax, reverse_charge, tax_in_price,
                                             period_from, period_until, issued_at, due_at)
                        select next.last, :membershipId, :quoteId, :contractId, :what, :reference, :email, :name, :company, :address, :country,
                               :vatNumber, :total, :currency, :taxName, :taxRate, :tax, :reverseCharge, :inPrice,
                               :from, :until, :now, :due
                        from next
                        returning *
                        """)
                .bindMethods(draft.billed())
                .bindMethods(worked.tax())
                .bind("membershipId", draft.membershipId())
                .bind("quoteId", draft.quoteId())
                .bind("contractId", draft.contractId())
                .bind("what", draft.what())
                .bind("reference", draft.reference())
                .bind("inPrice", worked.inPrice())
                .bind("email", draft.email())
                .bind("name", draft.name())
                .bind("total", worked.total())
                .bind("currency", draft.currency())
                .bind("from", draft.from())
                .bind("until", draft.until())
                .bind("now", clock.instant())
                .bind("due", clock.instant().plus(draft.terms()))
                .mapTo(Invoice.class)
                .one();
        int position = 0;
        for (InvoiceLine line : draft.lines())
            handle.createUpdate("insert into invoice_line values (:number, :position, :what, :amount)")
                    .bind("number", invoice.number())
                    .bind("position", position++)
                    .bind("what", line.what())
                    .bind("amount", line.amount())
                    .execute();
        return invoice;
    }

    private record Payer(String email, String name, String plan, String currency) {}

    /** Writes the invoice of a membership's period, to its reader as they want it written. */
    public Invoice issue(
            Handle handle,
            long membership,
            Optional<Long> quote,
            List<InvoiceLine> lines,
            Instant from,
            Instant until) {
        Payer payer = handle.createQuery("""
                        select r.email, r.name, pr.plan_name as plan, pr.currency
                        from membership m join reader r on r.id = m.reader_id join priced pr on pr.price_id = m.price_id
                        where m.id = :membership
                        """)
                .bind("membership", membership)
                .mapTo(Payer.class)
                .one();
        return write(
                handle,
                new InvoiceDraft(
                        Optional.of(membership),
                        quote,
                        Optional.empty(),
                        payer.plan(),
                        "",
                        payer.email(),
                        payer.name(),
                        billed(handle, membership),
                        payer.currency(),
                        lines,
                        from,
                        until,
                        TERMS));
    }

    private static Invoice.Billed billed(Handle handle, long membership) {
        return handle.createQuery("""
                        select d.company, d.address, d.country, d.vat_number
                        from billing_details d join membership m on m.reader_id = d.reader_id where m.id = :membership
                        """)
                .bind("membership", membership)
                .mapTo(Invoice.Billed.class)
                .findOne()
                .orElse(Invoice.Billed.NOBODY);
    }

    /** Notes when it was paid, also when it was void by then, and that the money moved. */
    public void paid(Handle handle, Invoice invoice, Instant at, String cause) {
        handle.createUpdate("update invoice set paid_at = :at, voided_at = null where number = :number")
                .bind("number", invoice.number())
                .bind("at", at)
                .execute();
        ledger.enter(
                handle,
                new LedgerEntry(
                        0,
                        at,
                        "charge",
                        invoice.amount(),
                        invoice.currency(),
                        invoice.membershipId(),
                        Optional.of(invoice.number()),
                        "invoice",
                        Long.toString(invoice.number()),
                        cause));
    }

    /** Nothing more is owed for this membership. */
    public void voidOpen(Handle handle, long membership) {
        handle.createUpdate("""
                        update invoice set voided_at = :now
                        where membership_id = :membership and paid_at is null and voided_at is null
                        """)
                .bind("membership", membership)
                .bind("now", clock.instant())
                .execute();
    }

    /** Nothing is owed on this one any more; on one that is paid nothing changes. */
    public void voidOne(Handle handle, long number) {
        handle.createUpdate(
                        "update invoice set voided_at = :now where number = :number and paid_at is null and voided_at is null")
                .bind("number", number)
                .bind("now", clock.instant())
                .execute();
    }

    /** The invoice, locked until the end of the transaction. */
    public Optional<Invoice> hold(Handle handle, long number) {
        return handle.createQuery("select * from invoice where number = :number for update")
                .bind("number", number)
                .mapTo(Invoice.class)
                .findOne();
    }

    /** Whose membership it is for. */
    public Optional<Long> payer(Handle handle, long number) {
        return handle.createQuery("""
                        select m.reader_id from invoice i join membership m on m.id = i.membership_id
                        where i.number = :number and m.reader_id is not null
                        """).bind("number", number).mapTo(Long.class).findOne();
    }

    /** The team whose contract an invoice is for. */
    public record OfTeam(long id, String name, ZoneId zone) {}

    public Optional<OfTeam> team(Handle handle, Invoice invoice) {
        return handle.createQuery("""
                        select t.id, t.name, t.zone from contract c join team t on t.id = c.team_id where c.id = :contract
                        """)
                .bind("contract", invoice.contractId())
                .map((row, ctx) ->
                        new OfTeam(row.getLong("id"), row.getString("name"), ZoneId.of(row.getString("zone"))))
                .findOne();
    }

    /** The open invoices of a membership, the oldest first. */
    public List<Invoice> open(Handle handle, long membership) {
        return handle.createQuery("""
                        select * from invoice where membership_id = :membership and paid_at is null and voided_at is null
                        order by number
                        """)
                .bind("membership", membership)
                .mapTo(Invoice.class)
                .list();
    }

    /** What this reader left unpaid within the last year, so that a membership ended. */
    public Optional<Invoice> leftUnpaid(Handle handle, long reader) {
        return handle.createQuery("""
                        select i.* from invoice i join membership m on m.id = i.membership_id
                        where m.reader_id = :reader and i.voided_at > :since and i.quote_id is null
                          and m.ended_at is not null
                        order by i.number desc limit 1
                        """)
                .bind("reader", reader)
                .bind("since", clock.instant().minus(Duration.ofDays(365)))
                .mapTo(Invoice.class)
                .findOne();
    }

    /** As {@link #leftUnpaid(Handle, long)}. */
    public Optional<Invoice> leftUnpaid(long reader) {
        return jdbi.withHandle(handle -> leftUnpaid(handle, reader));
    }

    /** This reader's invoices, newest first. */
    public List<Invoice> of(long reader) {
        return jdbi.withHandle(handle -> handle.createQuery("""
                        select * from invoice where number in (
                          select i.number from invoice i join membership m on m.id = i.membership_id
                          where m.reader_id = :reader
                          union all
                          select invoice_number from gift_membership where giver_id = :reader
                          union all
                          select invoice_number from registration where reader_id = :reader)
                        order by number desc
                        """)
                .bind("reader", reader)
                .mapTo(Invoice.class)
                .list());
    }

    /** One of this reader's; a number that is not theirs is nobody's. */
    public Optional<Invoice> find(long reader, long number) {
        return of(reader).stream().filter(invoice -> invoice.number() == number).findFirst();
    }

    /** Whether it is this reader's. */
    public boolean isOf(Handle handle, long reader, long number) {
        return handle.createQuery("""
                        select exists (select from invoice i join membership m on m.id = i.membership_id
                                       where i.number = :number and m.reader_id = :reader)
                        """)
                .bind("number", number)
                .bind("reader", reader)
                .mapTo(Boolean.class)
                .one();
    }

    /** Anyone's, for the newsroom. */
    public Optional<Invoice> find(long number) {
        return jdbi.withHandle(handle -> handle.createQuery("select * from invoice where number = :number")
                .bind("number", number)
                .mapTo(Invoice.class)
                .findOne());
    }

    /** What it is made of; those from before there were lines have one. */
    public List<InvoiceLine> lines(Invoice invoice) {
        List<InvoiceLine> lines = jdbi.withHandle(handle -> handle.createQuery(
                        "select what, amount from invoice_line where invoice_number = :number order by position")
                .bind("number", invoice.number())
                .mapTo(InvoiceLine.class)
                .list());
        return lines.isEmpty() ? List.of(new InvoiceLine(invoice.what(), invoice.amount())) : lines;
    }

    /** Takes the names off invoices that the law no longer wants kept and whose reader has gone; for the timetable. */
    public void forgetNames() {
        Instant before =
                clock.instant().atOffset(ZoneOffset.UTC).minusYears(YEARS_KEPT).toInstant();
        jdbi.useHandle(handle -> handle.createUpdate("""
                        update invoice i set email = '', name = '', company = '', address = '', vat_number = ''
                        from membership m
                        where m.id = i.membership_id and m.reader_id is null and i.email <> '' and i.issued_at < :before
                        """).bind("before", before).execute());
        jdbi.useHandle(handle -> handle.createUpdate("""
                        update invoice i set email = '', name = '', company = '', address = '', vat_number = ''
                        from registration m
                        where m.invoice_number = i.number and m.reader_id is null and i.email <> '' and i.issued_at < :before
                        """).bind("before", before).execute());
    }
}
