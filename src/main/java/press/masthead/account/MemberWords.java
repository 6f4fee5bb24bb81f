package press.masthead.account;

import java.time.Instant;
import java.util.Locale;
import java.util.Optional;
import press.masthead.plans.Membership;
import press.masthead.readers.Reader;

/**
 * Where someone stands, in the newsroom's words.
 *
 * @param words such as "on trial"
 * @param tone the colour of the badge, as the desk's style sheet knows it
 */
record MemberWords(String words, String tone) {
    static MemberWords of(Optional<Reader.Role> role, boolean confirmed, Optional<Membership> membership, Instant now) {
        if (role.isPresent()) return new MemberWords(role.get().name().toLowerCase(Locale.ROOT), "");
        if (membership.isPresent()) return of(membership.get().state(now));
        return confirmed ? new MemberWords("reader", "scheduled") : new MemberWords("not confirmed", "draft");
    }

    static MemberWords of(Membership.State state) {
        return switch (state) {
            case TRIALING -> new MemberWords("on trial", "trial");
            case ACTIVE -> new MemberWords("member", "member");
            case COMPLIMENTARY -> new MemberWords("given", "member");
            case CANCELLED -> new MemberWords("cancelled", "warn");
            case PAST_DUE -> new MemberWords("payment due", "bad");
            case PAUSED -> new MemberWords("paused", "warn");
            case ENDED -> new MemberWords("ended", "");
        };
    }

    /** What happened, as a row of the history says it. */
    static String happened(String what) {
        return switch (what) {
            case "trial_started" -> "Free days began";
            case "trial_ended" -> "Free days ended, invoiced";
            case "reminded" -> "Reminded";
            case "started" -> "Joined";
            case "renewed" -> "Renewed, invoiced";
            case "cancelled" -> "Cancelled";
            case "resumed" -> "Cancellation taken back";
            case "paid" -> "Paid";
            case "given" -> "Given";
            case "ended" -> "Ended";
            case "reopened" -> "Opened again";
            case "changed" -> "Plan changed";
            case "change_planned" -> "Plan changes at the period's end";
            case "change_dropped" -> "Change of plan taken back";
            case "paused" -> "Paused";
            case "went_on" -> "Went on after a pause";
            case "refunded" -> "Money given back";
            case "redeemed" -> "Gift redeemed";
            case "extended" -> "Prolonged by a gift";
            case "price_told" -> "Told of a new price";
            case "payment_failed" -> "A payment failed";
            case "recovered" -> "Paid after all";
            case "disputed" -> "Payment disputed";
            case "dispute_won" -> "Dispute won";
            case "dispute_lost" -> "Dispute lost";
            default -> what;
        };
    }
}
