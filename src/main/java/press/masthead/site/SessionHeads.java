package press.masthead.site;

import io.javalin.http.Context;
import java.time.Duration;
import java.time.format.DateTimeFormatter;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import press.masthead.access.Audience;
import press.masthead.live.LiveSession;
import press.masthead.live.SessionPage;
import press.masthead.themes.Head;

/** What a live session says of itself to search engines and to whoever shares it: never what was asked or said in it. */
public final class SessionHeads implements SessionPage {
    /** How long a session is thought to be while nobody knows. */
    private static final Duration LENGTH = Duration.ofHours(1);

    private final Site site;

    public SessionHeads(Site site) {
        this.site = site;
    }

    @Override
    public void show(
            Context ctx, int status, LiveSession one, Optional<Duration> recorded, Map<String, Object> context) {
        String description = one.announcement().lines().findFirst().orElse("");
        Head head = site.head(ctx, one.title(), description).withEvent(gathering(one, recorded));
        boolean isEveryones = status == 200 && !one.isDraft();
        ctx.status(status);
        site.publish(
                ctx,
                "custom-live",
                new HashMap<>(context),
                List.of("page"),
                isEveryones ? head : head.notIndexed(),
                false);
    }

    private static Head.Gathering gathering(LiveSession one, Optional<Duration> recorded) {
        var form = DateTimeFormatter.ISO_OFFSET_DATE_TIME;
        var ends = one.endedAt().orElse(one.startsAt().plus(LENGTH));
        return new Head.Gathering(
                one.title(),
                form.format(one.startsAt().atZone(one.zoneId())),
                form.format(ends.atZone(one.zoneId())),
                "",
                "",
                true,
                false,
                "",
                "",
                Audience.of(one.access()) == Audience.PUBLIC,
                recorded.map(length -> new Head.Recording(ends, "PT" + Math.max(1, length.toSeconds()) + "S")));
    }
}
