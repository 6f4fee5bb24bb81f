package press.masthead.tickets;

import press.masthead.platform.mail.Letterhead;

/**
 * What becomes of a guest's money, as a letter tells them.
 *
 * @param english the sentence, with {@code {what}} for the sum or the invoice
 */
record MoneyBack(String english, String what) {
    String in(Letterhead from) {
        return from.t(english, "what", what);
    }
}
