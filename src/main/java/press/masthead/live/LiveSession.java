package press.masthead.live;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import press.masthead.access.Answer;
import press.masthead.access.Audience;
import press.masthead.access.FreeTime;
import press.masthead.access.Gift;
import press.masthead.access.Meter;
import press.masthead.access.Paywall;
import press.masthead.access.Rule;
import press.masthead.access.Standing;
import press.masthead.broadcast.Playlists;

/**
 * A live video session as everyone is told of it. Its pictures and questions are had against an {@link Answer.Open} alone.
 *
 * @param zone by whose clock it is meant, as the JDK names it
 * @param anonymous whether a question may be asked without a name
 * @param holdFirst whether a question is shown only after a moderator let it through
 * @param outside the HLS address elsewhere that is played in the place of our own pictures; empty where there is none
 * @param trimStart seconds that the recording leaves out at its beginning
 */
public record LiveSession(
        long id,
        String slug,
        String title,
        String announcement,
        Instant startsAt,
        String zone,
        String access,
        List<String> plans,
        boolean anonymous,
        boolean holdFirst,
        String state,
        int trimStart,
        int trimEnd,
        Optional<Instant> beganAt,
        Optional<Instant> endedAt,
        String outside) {
    public ZoneId zoneId() {
        return ZoneId.of(zone);
    }

    public String path() {
        return path(slug);
    }

    /** In ASCII, so that it can stand in a redirect, a letter and a calendar whatever script the title is in. */
    static String path(String slug) {
        return "/live/" + URLEncoder.encode(slug, StandardCharsets.UTF_8) + "/";
    }

    public boolean isDraft() {
        return state.equals("draft");
    }

    public boolean isLive() {
        return state.equals("live");
    }

    public boolean isOver() {
        return state.equals("ended");
    }

    boolean isFromOutside() {
        return !outside.isEmpty();
    }

    Playlists.Cut cut() {
        return new Playlists.Cut(isOver(), trimStart, trimEnd);
    }

    /** Whether someone may watch and ask. */
    public Answer ask(Standing standing) {
        Rule rule = new Rule(Audience.of(access), Set.copyOf(plans), FreeTime.NEVER, false);
        return Paywall.ask(standing, rule, Instant.EPOCH, Meter.OFF, Gift.NONE);
    }
}
