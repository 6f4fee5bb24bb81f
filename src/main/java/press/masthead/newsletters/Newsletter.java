package press.masthead.newsletters;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.List;

/**
 * A newsletter, its cadence and how it is let go.
 *
 * @param audience {@code everyone} or {@code members}
 * @param days three-letter names of the days it comes out on
 * @param slot {@code am}, {@code pm}, {@code daily}, {@code weekdays}, {@code weekly}, {@code review} or {@code personal}
 * @param release {@code by_itself}, or {@code waits} for an editor
 * @param latenessMinutes a run missed by more than this is not made up
 * @param onHolidays {@code skip}, or {@code next_working_day}
 * @param replyTo where answers go; empty for the publication's own address
 * @param accent {@code #rrggbb}; empty for the publication's own colour
 * @param cadenceSince what was due before this is not this cadence's
 */
public record Newsletter(
        long id,
        String slug,
        String name,
        String description,
        String senderName,
        String audience,
        List<String> days,
        LocalTime at,
        ZoneId zone,
        String slot,
        String release,
        int latenessMinutes,
        String onHolidays,
        String replyTo,
        String accent,
        boolean active,
        long readerCount,
        Instant cadenceSince) {

    public Cadence cadence() {
        return Cadence.of(days, at, zone, slot, onHolidays.equals("next_working_day"));
    }

    public Duration lateness() {
        return Duration.ofMinutes(latenessMinutes);
    }

    public boolean isForMembers() {
        return audience.equals("members");
    }

    public boolean sendsByItself() {
        return release.equals("by_itself");
    }

    /** Whether it comes once a week. */
    public boolean isRare() {
        return slot.equals("weekly") || slot.equals("review") || slot.equals("personal");
    }

    /** Whether each reader's letter is composed for them alone. */
    public boolean isPersonal() {
        return slot.equals("personal");
    }

    public boolean isReview() {
        return slot.equals("review");
    }

    /** How far back an edition looks when there was none before it. */
    public Duration usualSpan() {
        return isRare() ? Duration.ofDays(7) : Duration.ofDays(1);
    }

    /** What is older is no news, however long ago the last edition was. */
    public Duration longestSpan() {
        return isRare() ? Duration.ofDays(14) : Duration.ofDays(7);
    }
}
