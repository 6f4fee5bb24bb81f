package press.masthead.localstripe;

/** What a bank says to a charge. */
sealed interface Verdict {
    /** Money moves. */
    record Approved() implements Verdict {}

    /** Money moves, and its owner takes it back for this reason. */
    record ThenDisputed(String reason) implements Verdict {}

    /** The bank wants to see its customer first. */
    record NeedsStep() implements Verdict {}

    /**
     * Nothing moves.
     *
     * @param declineCode the bank's word, where the code is {@code card_declined}; else empty
     */
    record Declined(String code, String declineCode, String message) implements Verdict {}
}
