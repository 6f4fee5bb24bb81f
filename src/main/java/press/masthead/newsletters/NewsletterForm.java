package press.masthead.newsletters;

import io.javalin.http.Context;
import java.time.DateTimeException;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import press.masthead.platform.calendar.Zones;
import press.masthead.platform.mail.MailAddress;

/** A newsletter's settings as a form shows them and sends them: what was typed, right or wrong. */
record NewsletterForm(
        String name,
        String slug,
        String description,
        String audience,
        String slot,
        List<String> days,
        String at,
        String zone,
        String release,
        String lateness,
        String onHolidays,
        String senderName,
        String replyTo,
        String accent,
        List<String> topics,
        List<String> industries,
        HolidayRows holidays) {
    /** What stands under /newsletters/ already. */
    private static final Set<String> RESERVED = Set.of("join", "choose", "confirm", "page", "rss");

    private static final Set<String> SLOTS = Set.of("am", "pm", "daily", "weekdays", "weekly", "review", "personal");

    /** The longest that an edition may be late and still go out by itself. */
    static final int LONGEST_LATENESS = 720;

    static NewsletterForm blank(String senderName, ZoneId zone) {
        return new NewsletterForm(
                "",
                "",
                "",
                "everyone",
                "daily",
                Cadence.NAMES,
                "07:00",
                zone.getId(),
                "waits",
                "240",
                "skip",
                senderName,
                "",
                "",
                List.of(),
                List.of(),
                new HolidayRows(List.of()));
    }

    static NewsletterForm of(Newsletter n, List<String> topics, List<String> industries, List<Holiday> holidays) {
        return new NewsletterForm(
                n.name(),
                n.slug(),
                n.description(),
                n.audience(),
                n.slot(),
                n.days(),
                n.at().toString(),
                n.zone().getId(),
                n.release(),
                Integer.toString(n.latenessMinutes()),
                n.onHolidays(),
                n.senderName(),
                n.replyTo(),
                n.accent(),
                topics,
                industries,
                HolidayRows.of(holidays));
    }

    static NewsletterForm read(Context ctx) {
        String name = text(ctx, "name");
        String slug = text(ctx, "slug");
        return new NewsletterForm(
                name,
                slug.isEmpty() ? slugOf(name) : slug,
                text(ctx, "description"),
                text(ctx, "audience"),
                text(ctx, "slot"),
                Cadence.NAMES.stream().filter(ctx.formParams("day")::contains).toList(),
                text(ctx, "at"),
                text(ctx, "zone"),
                text(ctx, "release"),
                text(ctx, "lateness"),
                text(ctx, "on-holidays"),
                text(ctx, "sender-name"),
                text(ctx, "reply-to"),
                ctx.formParam("own-accent") == null ? "" : text(ctx, "accent"),
                ctx.formParams("topic"),
                ctx.formParams("industry"),
                HolidayRows.read(ctx));
    }

    private static String text(Context ctx, String name) {
        String value = ctx.formParam(name);
        return value == null ? "" : value.strip();
    }

    private static String slugOf(String name) {
        String plain = java.text.Normalizer.normalize(name, java.text.Normalizer.Form.NFKD)
                .replaceAll("\\p{M}", "")
                .toLowerCase(Locale.ROOT);
        return plain.replaceAll("[^a-z0-9]+", "-").replaceAll("^-|-$", "");
    }

    /** A field and what is wrong with it, in one sentence. */
    record Flaw(String field, String sentence) {}

    /** The first thing that is wrong, from the top of the form down. */
    Optional<Flaw> flaw() {
        if (name.isEmpty()) return flaw("name", "A newsletter needs a name.");
        if (name.length() > 80) return flaw("name", "A newsletter's name has at most 80 characters.");
        if (!slug.matches("[a-z0-9]+(-[a-z0-9]+)*") || slug.length() > 60)
            return flaw("slug", "An address has small letters, digits and single hyphens, at most 60 of them.");
        if (RESERVED.contains(slug))
            return flaw("slug", "The site itself uses “" + slug + "”; choose another address.");
        if (description.length() > 500) return flaw("description", "The description has at most 500 characters.");
        if (!Set.of("everyone", "members").contains(audience)) return flaw("audience", "Choose who may get it.");
        if (!SLOTS.contains(slot)) return flaw("slot", "Choose a rhythm from the list.");
        if (Set.of("weekly", "review", "personal").contains(slot) && days.size() > 1)
            return flaw("days", "A newsletter that comes once a week has one day; choose only that.");
        if (time() == null) return flaw("at", "Write the time like 07:00.");
        if (place() == null)
            return flaw("zone", "There is no time zone called “" + zone + "”. Write it like Europe/Brussels.");
        if (!Set.of("by_itself", "waits").contains(release))
            return flaw("release", "Choose whether it goes out by itself or waits for an editor.");
        if (!lateness.matches("\\d{1,3}") || Integer.parseInt(lateness) > LONGEST_LATENESS)
            return flaw("lateness", "The lateness is a whole number of minutes from 0 to " + LONGEST_LATENESS + ".");
        if (!Set.of("skip", "next_working_day").contains(onHolidays))
            return flaw("on-holidays", "Choose what happens on a holiday.");
        if (senderName.isEmpty() || senderName.length() > 80)
            return flaw("sender-name", "The sender needs a name of at most 80 characters.");
        if (!replyTo.isEmpty() && !MailAddress.isAddress(replyTo))
            return flaw("reply-to", "“" + replyTo + "” is not an e-mail address.");
        if (!accent.isEmpty() && !accent.matches("#[0-9a-fA-F]{6}"))
            return flaw("accent", "Write the colour like #b3261e.");
        String holiday = holidays.problem();
        return holiday.isEmpty() ? Optional.empty() : flaw("holidays", holiday);
    }

    private static Optional<Flaw> flaw(String field, String sentence) {
        return Optional.of(new Flaw(field, sentence));
    }

    /** The cadence; to be asked for once there is no {@link #flaw}. */
    Cadence cadence() {
        LocalTime time = time();
        ZoneId place = place();
        if (time == null || place == null) throw new IllegalStateException("a form with a flaw has no cadence");
        return Cadence.of(days, time, place, slot, onHolidays.equals("next_working_day"));
    }

    int latenessMinutes() {
        return Integer.parseInt(lateness);
    }

    private @Nullable LocalTime time() {
        return at.matches("([01]\\d|2[0-3]):[0-5]\\d") ? LocalTime.parse(at) : null;
    }

    private @Nullable ZoneId place() {
        try {
            return Zones.ids().contains(zone) ? ZoneId.of(zone) : null;
        } catch (DateTimeException e) {
            return null;
        }
    }
}
