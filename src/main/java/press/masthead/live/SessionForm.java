package press.masthead.live;

import io.javalin.http.Context;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import press.masthead.access.Audience;
import press.masthead.desk.Complaint;
import press.masthead.platform.calendar.Zones;

/** A session as an editor types it, and what becomes of that. */
final class SessionForm {
    private static final DateTimeFormatter FIELD = DateTimeFormatter.ofPattern("yyyy-MM-dd'T'HH:mm", Locale.ROOT);
    private static final List<String> FIELDS =
            List.of("title", "announcement", "starts", "zone", "access", "anonymous", "hold_first", "outside");

    private SessionForm() {}

    /** What was typed, so that nothing is lost when it is refused. */
    record Typed(Map<String, String> fields, List<String> plans) {
        String get(String name) {
            return fields.getOrDefault(name, "");
        }

        boolean is(String name) {
            return get(name).equals("yes");
        }
    }

    /** What can be kept. */
    public record Read(
            String title,
            String announcement,
            Instant startsAt,
            String zone,
            String access,
            List<String> plans,
            boolean anonymous,
            boolean holdFirst,
            String outside) {}

    /** Thrown where something can't be kept, with the field that it is about. */
    static final class Wrong extends RuntimeException {
        final Complaint complaint;

        Wrong(String field, String sentence) {
            super(sentence, null, false, false);
            complaint = new Complaint(field, sentence);
        }
    }

    static Typed typed(Context ctx) {
        var fields = new HashMap<String, String>();
        for (String name : FIELDS)
            fields.put(name, Optional.ofNullable(ctx.formParam(name)).orElse("").strip());
        return new Typed(fields, List.copyOf(ctx.formParams("plan")));
    }

    static Typed blank(ZoneId zone, LocalDateTime starts) {
        return new Typed(
                Map.of("starts", FIELD.format(starts), "zone", zone.getId(), "access", "member", "anonymous", "yes"),
                List.of());
    }

    static Typed of(LiveSession session) {
        return new Typed(
                Map.of(
                        "title", session.title(),
                        "announcement", session.announcement(),
                        "starts", FIELD.format(session.startsAt().atZone(session.zoneId())),
                        "zone", session.zone(),
                        "access", session.access(),
                        "anonymous", session.anonymous() ? "yes" : "",
                        "hold_first", session.holdFirst() ? "yes" : "",
                        "outside", session.outside()),
                session.plans());
    }

    /** @throws Wrong with the first thing that can't be kept */
    static Read read(Typed typed, List<String> knownPlans) {
        String title = typed.get("title");
        if (title.isEmpty() || title.length() > 200)
            throw new Wrong("title", "Please give a title of at most 200 letters.");
        if (typed.get("announcement").length() > 10_000)
            throw new Wrong("announcement", "Please use at most 10,000 letters here.");
        if (!Zones.ids().contains(typed.get("zone")))
            throw new Wrong("zone", "Please choose a time zone from the list, such as Europe/Zurich.");
        ZoneId zone = ZoneId.of(typed.get("zone"));
        String access = typed.get("access");
        if (Audience.of(access) == Audience.CLOSED) throw new Wrong("access", "Please choose who may watch.");
        List<String> plans = access.equals("plan")
                ? typed.plans().stream().filter(knownPlans::contains).toList()
                : List.of();
        if (access.equals("plan") && plans.isEmpty()) throw new Wrong("access", "Please choose at least one plan.");
        return new Read(
                title,
                typed.get("announcement"),
                moment(typed.get("starts"), zone),
                zone.getId(),
                access,
                plans,
                typed.is("anonymous"),
                typed.is("hold_first"),
                typed.get("outside"));
    }

    /** An hour that clocks jump over is nobody's; of an hour that comes twice the first is meant. */
    private static Instant moment(String typed, ZoneId zone) {
        LocalDateTime local;
        try {
            local = LocalDateTime.parse(typed.length() > 16 ? typed.substring(0, 16) : typed, FIELD);
        } catch (DateTimeException e) {
            throw new Wrong("starts", "Please give a day and a time.");
        }
        List<ZoneOffset> offsets = zone.getRules().getValidOffsets(local);
        if (offsets.isEmpty())
            throw new Wrong(
                    "starts",
                    "That hour does not exist in " + zone.getId() + ": the clocks go forward over it that night.");
        return local.toInstant(offsets.getFirst());
    }
}
