package press.masthead.books;

import java.util.Map;
import java.util.Optional;
import org.jdbi.v3.core.Jdbi;

/**
 * Whether tax comes on top of the prices that someone is shown, and which: the one place that says so before they pay. What is
 * charged follows the same rows ({@link Taxes}).
 */
public final class TaxOnTop {
    private final Jdbi jdbi;
    private final Taxes taxes;
    private final BillingDetails details;

    public TaxOnTop(Jdbi jdbi, Taxes taxes, BillingDetails details) {
        this.jdbi = jdbi;
        this.taxes = taxes;
        this.details = details;
    }

    /**
     * A tax that comes on top.
     *
     * @param rate percent, such as "21"
     */
    public record Note(String name, String rate) {
        /** In English, as invoices and receipts are: "plus 21% VAT". Themes say the same in the reader's language. */
        public String words() {
            return "plus " + rate + "% " + name;
        }

        /** Under the names that themes know. */
        public Map<String, Object> forThemes() {
            return Map.of("name", name, "rate", rate);
        }
    }

    /** For a reader by where their invoices go; for a visitor as if they lived where the newsroom does. */
    public Optional<Note> of(Optional<Long> reader) {
        Invoice.Billed billed = reader.map(details::of).orElse(Invoice.Billed.NOBODY);
        return jdbi.withHandle(handle -> taxes.of(handle, billed))
                .filter(rate ->
                        isOnTop(rate, Taxes.Customer.READER, !billed.vatNumber().isEmpty()))
                .map(rate -> new Note(rate.name(), rate.figure()));
    }

    /** For the prices of gifts, which are charged as if their giver lived where the newsroom does. */
    public Optional<Note> ofGifts() {
        return of(Optional.empty());
    }

    static boolean isOnTop(Taxes.Rate rate, Taxes.Customer customer, boolean company) {
        boolean owes = company && rate.companies() == Taxes.Companies.OWE;
        return rate.of(customer) == Taxes.Price.ADDED && !owes;
    }
}
