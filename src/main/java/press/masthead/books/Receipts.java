package press.masthead.books;

import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import press.masthead.plans.Money;

/** Receipts of what was paid by card, numbered without gaps: one for each payment, and no second one. */
public final class Receipts {
    private final Jdbi jdbi;
    private final Clock clock;
    private final Taxes taxes;

    public Receipts(Jdbi jdbi, Clock clock, Taxes taxes) {
        this.jdbi = jdbi;
        this.clock = clock;
        this.taxes = taxes;
    }

    /**
     * A receipt before it has its number.
     *
     * @param charge the provider's own name of the payment
     * @param told the tax in it as the provider charged it; none: what the rule says that it contains
     * @param taxInPrice whether the price contained the tax
     */
    public record Draft(
            String charge,
            Optional<Long> membershipId,
            Optional<Long> giftId,
            String what,
            String email,
            String name,
            Invoice.Billed billed,
            long amount,
            String currency,
            Optional<Invoice.Tax> told,
            boolean taxInPrice,
            Instant from,
            Instant until,
            Instant paidAt) {}

    /** Writes it with the next number; nothing where this payment has its receipt. Whoever writes one waits for the one before. */
    public Optional<Receipt> write(Handle handle, Draft draft) {
        boolean there = handle.createQuery("select exists (select from receipt where charge = :charge)")
                .bind("charge", draft.charge())
                .mapTo(Boolean.class)
                .one();
        if (there || draft.amount() <= 0) return Optional.empty();
        Invoice.Tax tax = draft.told().orElseGet(() -> taxes.contained(handle, draft.amount(), draft.billed()));
        return Optional.of(handle.createQuery("""
                        with next as (update receipt_number set last = last + 1 returning last)
                        insert into receipt (number, charge, membership_id, gift_id, what, email, name, company, address, country,
                                             vat_number, amount, currency, tax_name, tax_rate, tax, reverse_charge, tax_in_price,
                                             period_from, period_until, paid_at)
                        select next.last, :charge, :membershipId, :giftId, :what, :email, :name, :company, :address, :country,
                               :vatNumber, :amount, :currency, :taxName, :taxRate, :tax, :reverseCharge, :taxInPrice,
                               :from, :until, :paidAt
                        from next
                        returning *
                        """)
                .bindMethods(draft.billed())
                .bindMethods(tax)
                .bind("charge", draft.charge())
                .bind("membershipId", draft.membershipId())
                .bind("giftId", draft.giftId())
                .bind("what", draft.what())
                .bind("email", draft.email())
                .bind("name", draft.name())
                .bind("amount", draft.amount())
                .bind("currency", draft.currency())
                .bind("taxInPrice", draft.taxInPrice())
                .bind("from", draft.from())
                .bind("until", draft.until())
                .bind("paidAt", draft.paidAt())
                .mapTo(Receipt.class)
                .one());
    }

    /** This reader's, for their memberships and for gifts that they gave, the newest first. */
    public List<Receipt> of(long reader) {
        return jdbi.withHandle(handle -> handle.createQuery("""
                        select * from receipt where number in (
                          select r.number from receipt r join membership m on m.id = r.membership_id where m.reader_id = :reader
                          union all
                          select r.number from receipt r join gift_membership g on g.id = r.gift_id where g.giver_id = :reader
                          union all
                          select receipt_number from registration where reader_id = :reader and receipt_number is not null)
                        order by number desc
                        """)
                .bind("reader", reader)
                .mapTo(Receipt.class)
                .list());
    }

    /** One of this reader's; a number that is not theirs is nobody's. */
    public Optional<Receipt> find(long reader, long number) {
        return of(reader).stream().filter(receipt -> receipt.number() == number).findFirst();
    }

    /** Anyone's, for the newsroom. */
    public Optional<Receipt> find(long number) {
        return jdbi.withHandle(handle -> handle.createQuery("select * from receipt where number = :number")
                .bind("number", number)
                .mapTo(Receipt.class)
                .findOne());
    }

    /** The receipt of a payment, by the provider's name of it. */
    public Optional<Receipt> ofCharge(String charge) {
        return jdbi.withHandle(handle -> handle.createQuery("select * from receipt where charge = :charge")
                .bind("charge", charge)
                .mapTo(Receipt.class)
                .findOne());
    }

    /**
     * Money that went back to the card.
     *
     * @param amount minor units, positive
     */
    public record GivenBack(Instant at, long amount, String currency) {
        public String words() {
            return Money.words(amount, currency);
        }
    }

    /** What of a payment was given back, the oldest first. */
    public List<GivenBack> givenBack(Receipt receipt) {
        return jdbi.withHandle(handle -> handle.createQuery("""
                        select e.at, -e.amount as amount, e.currency from stripe_refund r
                        join ledger_entry e on e.provider = 'stripe' and e.kind = 'refund' and e.provider_ref = r.refund
                        where r.charge = :charge order by e.at, e.id
                        """)
                .bind("charge", receipt.charge())
                .mapTo(GivenBack.class)
                .list());
    }

    /** As {@link Invoices#forgetNames}; for the timetable. */
    public void forgetNames() {
        jdbi.useHandle(handle -> handle.createUpdate("""
                        update receipt r set email = '', name = '', company = '', address = '', vat_number = ''
                        where r.email <> '' and r.paid_at < :before
                          and not exists (select from membership m where m.id = r.membership_id and m.reader_id is not null)
                        """)
                .bind(
                        "before",
                        clock.instant()
                                .atOffset(ZoneOffset.UTC)
                                .minusYears(Invoices.YEARS_KEPT)
                                .toInstant())
                .execute());
    }
}
