package press.masthead.deliveries;

/** A mailing is being sent, held until a person decides, or sent: every letter settled. */
public enum MailingState {
    SENDING,
    HELD,
    SENT
}
