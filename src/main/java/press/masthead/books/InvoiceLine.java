package press.masthead.books;

/**
 * One line of an invoice.
 *
 * @param amount minor units; negative for what is credited
 */
public record InvoiceLine(String what, long amount) {}
