package press.masthead.books;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * An invoice before it has its number.
 *
 * @param contractId the contract that it is for; none: it is one reader's
 * @param what what it is for, in a word or two
 * @param reference what the customer wants named on it; may be empty
 * @param lines their amounts contain the tax or not, as the rule says for this kind of customer
 * @param terms how long there is to pay
 */
public record InvoiceDraft(
        Optional<Long> membershipId,
        Optional<Long> quoteId,
        Optional<Long> contractId,
        String what,
        String reference,
        String email,
        String name,
        Invoice.Billed billed,
        String currency,
        List<InvoiceLine> lines,
        Instant from,
        Instant until,
        Duration terms) {
    Taxes.Customer customer() {
        return contractId.isPresent() ? Taxes.Customer.TEAM : Taxes.Customer.READER;
    }
}
