package press.masthead.tickets;

import java.util.Optional;

/**
 * One seat's ticket.
 *
 * @param number within its event, from 1; what people say to each other
 * @param readerId who may open it besides whoever registered; none for someone's companion
 * @param name on the badge; may be empty
 * @param why why it ended; empty while it is good
 */
public record Ticket(
        long id,
        long eventId,
        long registrationId,
        int number,
        Optional<Long> readerId,
        String name,
        String email,
        String why,
        boolean good) {
    /** Such as "No. 0012". */
    public String label() {
        return "No. %04d".formatted(number);
    }
}
