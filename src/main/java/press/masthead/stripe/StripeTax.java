package press.masthead.stripe;

/**
 * The tax in an amount, as Stripe charged it.
 *
 * @param rate the id of Stripe's tax rate; empty where it names none
 * @param amount minor units
 */
public record StripeTax(String rate, long amount) {}
