package press.masthead.editions;

import java.time.Instant;
import java.time.LocalDate;
import java.util.Optional;

/**
 * One run of one newsletter.
 *
 * @param day the day that it is for, on the newsletter's clock
 * @param subjectByHand otherwise it follows the first story
 * @param top the editor's lines, plain text, a blank line between paragraphs
 * @param since stories published from here on are new to it
 * @param editedAt from here on nothing changes it but a person
 * @param revision grows by one with each save
 */
public record Edition(
        long id,
        long newsletterId,
        LocalDate day,
        Instant dueAt,
        State state,
        String subject,
        boolean subjectByHand,
        String top,
        Instant draftedAt,
        Instant since,
        Optional<Instant> editedAt,
        int revision,
        Optional<Long> mailingId,
        Optional<Instant> sentAt,
        String note) {

    /** Drafted and approved wait; sending and sent have left; skipped was a person's word, missed the clock's. */
    public enum State {
        DRAFTED,
        APPROVED,
        SENDING,
        SENT,
        SKIPPED,
        MISSED
    }

    /** Whether a person may still change and send it. One that was missed waits for exactly that. */
    boolean open() {
        return state == State.DRAFTED || state == State.APPROVED || state == State.MISSED;
    }

    /** Its state in a word for people. */
    String stateInWords() {
        return switch (state) {
            case DRAFTED -> edited() ? "edited" : "drafted";
            case APPROVED -> "approved";
            case SENDING -> "sending";
            case SENT -> "sent";
            case SKIPPED -> "skipped";
            case MISSED -> "late";
        };
    }

    boolean edited() {
        return editedAt.isPresent();
    }
}
