package press.masthead.books;

import java.math.BigDecimal;
import java.time.Instant;
import java.util.Optional;
import org.jdbi.v3.core.mapper.Nested;
import press.masthead.plans.Money;

/**
 * An invoice; after it was written only its end changes.
 *
 * @param membershipId none: for something else, or books of someone who is gone
 * @param quoteId the change of plan that it is for
 * @param contractId the team's contract that it is for
 * @param reference what its customer wants named on it, such as a purchase order; may be empty
 * @param amount minor units, tax included
 * @param voidedAt when nothing was owed any more, because the membership ended unpaid
 */
public record Invoice(
        long number,
        Optional<Long> membershipId,
        Optional<Long> quoteId,
        Optional<Long> contractId,
        String what,
        String reference,
        String email,
        String name,
        @Nested Billed billed,
        long amount,
        String currency,
        @Nested Tax taxed,
        Instant periodFrom,
        Instant periodUntil,
        Instant issuedAt,
        Instant dueAt,
        Optional<Instant> paidAt,
        Optional<Instant> voidedAt) {
    public enum State {
        OPEN,
        OVERDUE,
        PAID,
        VOID
    }

    /**
     * To which company, where.
     *
     * @param country ISO 3166-1 alpha-2, or empty
     */
    public record Billed(String company, String address, String country, String vatNumber) {
        public static final Billed NOBODY = new Billed("", "", "", "");
    }

    /**
     * The tax in it.
     *
     * @param taxRate percent
     * @param tax minor units
     * @param reverseCharge its reader owes the tax instead (Directive 2006/112/EC, article 196)
     */
    public record Tax(String taxName, BigDecimal taxRate, long tax, boolean reverseCharge) {
        public static final Tax NONE = new Tax("", BigDecimal.ZERO, 0, false);

        /** Such as "VAT 21%". */
        public String label() {
            return taxName + " " + taxRate.stripTrailingZeros().toPlainString() + "%";
        }

        public boolean isDue() {
            return taxRate.signum() > 0 && !reverseCharge;
        }
    }

    /** Such as "MH-000042". */
    public String label() {
        return label(number);
    }

    static String label(long number) {
        return "MH-%06d".formatted(number);
    }

    /** Whether it is written to an organisation for its contract, and not to one reader. */
    public boolean isOfTeam() {
        return contractId.isPresent();
    }

    public Money money() {
        return new Money(amount, currency);
    }

    public String price() {
        return money().words();
    }

    /** Where it stands at this moment. */
    public State state(Instant now) {
        if (paidAt.isPresent()) return State.PAID;
        if (voidedAt.isPresent()) return State.VOID;
        return dueAt.isBefore(now) ? State.OVERDUE : State.OPEN;
    }
}
