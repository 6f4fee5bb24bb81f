/** Calls to Stripe's API and the check of its webhooks. Knows no newsroom word, and not what anything is paid for. */
package press.masthead.stripe;
