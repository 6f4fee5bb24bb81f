package press.masthead.books;

import java.time.Instant;

/**
 * What takes an invoice back, in whole or in part; never changed.
 *
 * @param amount minor units, tax included, of the invoice's currency
 * @param tax minor units, contained in it
 */
public record CreditNote(
        long number, long invoiceNumber, long amount, long tax, String currency, String why, Instant issuedAt) {
    /** Such as "CN-000007". */
    public String label() {
        return "CN-%06d".formatted(number);
    }
}
