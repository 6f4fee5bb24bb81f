package press.masthead.events;

import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import press.masthead.access.Audience;
import press.masthead.access.FreeTime;
import press.masthead.access.Rule;
import press.masthead.access.Standing;

/**
 * What everyone is told of an event. It has no place, no way in and no list of guests, so no page made of it can show them.
 *
 * @param zone by whose clock it is meant, as the JDK names it
 * @param city may be empty
 * @param price minor units for each seat; 0 where it is free
 * @param note why it was called off; may be empty
 */
public record Announcement(
        long id,
        String slug,
        String title,
        String announcement,
        String city,
        Instant startsAt,
        Instant endsAt,
        String zone,
        String access,
        List<String> plans,
        boolean byInvitation,
        boolean online,
        boolean hasRecording,
        long price,
        String currency,
        String state,
        String note,
        Optional<Instant> publishedAt) {
    public ZoneId zoneId() {
        return ZoneId.of(zone);
    }

    public boolean isDraft() {
        return state.equals("draft");
    }

    public boolean isCalledOff() {
        return state.equals("cancelled");
    }

    public String path() {
        return Event.path(slug);
    }

    Rule rule() {
        return new Rule(Audience.of(access), Set.copyOf(plans), FreeTime.NEVER, false);
    }

    /** Whether someone may know more of it, and come. */
    public Admission admission(Standing standing, boolean invited, boolean comes) {
        return Admission.ask(standing, rule(), byInvitation, invited, comes);
    }
}
