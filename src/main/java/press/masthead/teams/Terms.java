package press.masthead.teams;

import java.time.Instant;

/** What a contract is drawn up with; the words as in {@link Contract}. */
public record Terms(
        long plan,
        int seats,
        long seatPrice,
        String currency,
        Instant since,
        Instant until,
        String purchaseOrder,
        int termsDays,
        String billingName,
        String billingAddress,
        String country,
        String vatNumber,
        String contactName,
        String contactEmail,
        boolean byThemselves) {}
