package press.masthead.events;

import java.time.Instant;
import press.masthead.access.Answer;
import press.masthead.access.Gift;
import press.masthead.access.Meter;
import press.masthead.access.Paywall;
import press.masthead.access.Rule;
import press.masthead.access.Standing;

/** The answer to "may this person come, and know where it is?". */
public sealed interface Admission {
    /** Yes. Nothing else makes one, and place, programme and forms are handed out against nothing else. */
    final class Admitted implements Admission {
        private Admitted() {}
    }

    /** Not before signing in. */
    record SignIn() implements Admission {}

    /** Not without a membership, or not without one of the plans. */
    record Upgrade() implements Admission {}

    /** Only who is invited, and this person is not. */
    record Uninvited() implements Admission {}

    /** Nobody outside the newsroom: the rule is closed, or damaged. */
    record Closed() implements Admission {}

    /**
     * A pure decision.
     *
     * @param invited by the address of whoever is signed in
     * @param comes whether they hold a ticket or a place in line: whoever does goes on knowing, also when their plan has ended
     */
    static Admission ask(Standing standing, Rule rule, boolean byInvitation, boolean invited, boolean comes) {
        if (standing instanceof Standing.Staff || invited || comes) return new Admitted();
        if (byInvitation) return standing instanceof Standing.Visitor ? new SignIn() : new Uninvited();
        return switch (Paywall.ask(standing, rule, Instant.EPOCH, Meter.OFF, Gift.NONE)) {
            case Answer.Open open -> new Admitted();
            case Answer.SignIn() -> new SignIn();
            case Answer.Upgrade() -> new Upgrade();
            case Answer.Closed() -> new Closed();
        };
    }
}
