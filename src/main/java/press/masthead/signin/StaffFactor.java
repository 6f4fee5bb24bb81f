package press.masthead.signin;

import java.time.Duration;
import java.time.Instant;

/** Whether the newsroom asks for more than a link: a passkey, or six digits from an app. */
public enum StaffFactor {
    /** Always. */
    REQUIRED,
    /** From the second day on, and as soon as someone has one. */
    GRACE,
    /** Never; for a server that only its own machine can reach. */
    OFF;

    private static final Duration A_DAY = Duration.ofHours(24);

    /**
     * Whether a member of staff comes in.
     *
     * @param strong whether they have shown a passkey or a second factor
     * @param hasFactor whether they have one to show
     * @param employedAt from when on they work here
     */
    boolean opens(boolean strong, boolean hasFactor, Instant employedAt, Instant now) {
        return switch (this) {
            case OFF -> true;
            case REQUIRED -> strong;
            case GRACE -> strong || (!hasFactor && now.isBefore(employedAt.plus(A_DAY)));
        };
    }
}
