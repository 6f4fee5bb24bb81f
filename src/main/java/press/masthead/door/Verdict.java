package press.masthead.door;

import java.util.Arrays;
import java.util.Locale;

/** What is said about a ticket at the door. */
enum Verdict {
    /** Welcome. */
    IN,
    /** Someone came in on it before. */
    ALREADY,
    /** Given back, handed on, taken back, or the event was called off, before it was shown. */
    CANCELLED,
    /** For another event. */
    OTHER,
    /** Nothing that we signed. */
    FORGED,
    /** Signed, and not on the phone's list yet: only a phone without a connection says so, and it is never the last word. */
    UNKNOWN;

    /** The word that a phone tells; anything else is taken for not knowing. */
    static Verdict told(String word) {
        return Arrays.stream(values())
                .filter(one -> one.word().equals(word))
                .findFirst()
                .orElse(UNKNOWN);
    }

    String word() {
        return name().toLowerCase(Locale.ROOT);
    }
}
