package press.masthead.business;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/**
 * Where a member of the list stands. What can be told of a row alone stands in its condition, word for word as the partial
 * index has it, since an index is only used for a condition that stands in the query.
 */
enum MemberState {
    TRIAL("On trial", "trial", "m.ended_at is null and m.trial_ends_at >= m.until"),
    PAYING("Paying", "member", "m.ended_at is null and m.payment in ('invoice', 'stripe')"),
    GIVEN("Given", "member", "m.ended_at is null and m.payment in ('gift', 'complimentary')"),
    CANCELLED("Cancelled", "warn", "m.ended_at is null and m.cancelled_at is not null"),
    DUE("Payment due", "bad", """
            m.id in (select membership_id from invoice where paid_at is null and voided_at is null and due_at < :now
                     union all select id from membership where ended_at is null and grace_until is not null)
            """),
    PAUSED("Paused", "warn", "m.ended_at is null and m.paused_until is not null and m.paused_until > :now"),
    ENDED("Ended", "", "m.ended_at is not null");

    final String words;
    /** The colour of its badge. */
    final String tone;

    final String condition;

    MemberState(String words, String tone, String condition) {
        this.words = words;
        this.tone = tone;
        this.condition = condition;
    }

    String stored() {
        return name().toLowerCase(Locale.ROOT);
    }

    static Optional<MemberState> of(String stored) {
        return Arrays.stream(values())
                .filter(state -> state.stored().equals(stored))
                .findFirst();
    }
}
