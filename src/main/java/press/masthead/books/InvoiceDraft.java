package press.masthead.books;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import press.masthead.plans.Plan;

/**
 * An invoice before it has its number.
 *
 * @param what what it is for, in a word or two
 * @param lines their amounts contain the tax or not, as {@code tax} says
 * @param terms how long there is to pay
 */
public record InvoiceDraft(
        Optional<Long> membershipId,
        Optional<Long> quoteId,
        String what,
        String email,
        String name,
        Invoice.Billed billed,
        String currency,
        List<InvoiceLine> lines,
        Plan.Tax tax,
        Instant from,
        Instant until,
        Duration terms) {}
