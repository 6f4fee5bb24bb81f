package press.masthead.platform.mail;

import java.time.Duration;

/**
 * How long to wait for the server: to connect, for its greeting and for each answer, while handing over a letter, and for the
 * answer to its final dot.
 */
public record SmtpTimeouts(Duration connect, Duration answer, Duration data, Duration finalDot) {
    /** RFC 5321, 4.5.3.2; connecting is not in there, and half a minute is what people wait. */
    public static final SmtpTimeouts RFC_5321 = new SmtpTimeouts(
            Duration.ofSeconds(30), Duration.ofMinutes(5), Duration.ofMinutes(3), Duration.ofMinutes(10));

    public static SmtpTimeouts all(Duration each) {
        return new SmtpTimeouts(each, each, each, each);
    }

    Duration shortest() {
        Duration shortest = connect;
        for (Duration other : new Duration[] {answer, data, finalDot}) {
            shortest = other.compareTo(shortest) < 0 ? other : shortest;
        }
        return shortest;
    }
}
