package press.masthead.tickets;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import press.masthead.plans.Money;

/**
 * Someone who wants to come to an event, and how far they have got.
 *
 * @param readerId none for someone whose account is gone
 * @param guestName whom they bring; empty when they come alone, or bring someone whose name is not known yet
 * @param until when an offer or an unpaid seat lapses
 * @param why why it was cancelled: by the guest, by staff, with the event, because an offer lapsed or nothing was paid
 * @param plan by which plan they come; empty for who is invited
 * @param price minor units, for the seats that they have
 */
public record Registration(
        long id,
        long eventId,
        Optional<Long> readerId,
        int seats,
        String guestName,
        State state,
        Instant askedAt,
        Optional<Instant> until,
        String why,
        String plan,
        Optional<Long> teamId,
        List<String> questions,
        List<String> answers,
        long price,
        String currency,
        String pay,
        Optional<Long> invoiceNumber,
        Optional<Instant> paidAt) {
    public enum State {
        HELD,
        WAITING,
        OFFERED,
        CONFIRMED,
        CANCELLED
    }

    boolean isOpen() {
        return state != State.CANCELLED;
    }

    Money money() {
        return new Money(price, currency);
    }
}
