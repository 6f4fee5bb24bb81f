package press.masthead.events;

import io.javalin.http.Context;
import java.net.URI;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Currency;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import press.masthead.access.Audience;
import press.masthead.desk.Complaint;
import press.masthead.desk.Slug;
import press.masthead.plans.Money;
import press.masthead.platform.calendar.Zones;

/** An event as an editor types it, and what becomes of that. */
final class EventForm {
    private static final DateTimeFormatter FIELD = DateTimeFormatter.ofPattern("yyyy-MM-dd'T'HH:mm", Locale.ROOT);
    private static final int LONGEST = 10_000;
    private static final List<String> FIELDS = List.of(
            "title",
            "announcement",
            "city",
            "starts",
            "ends",
            "zone",
            "place",
            "address",
            "map_url",
            "online_url",
            "details",
            "programme",
            "speakers",
            "access",
            "by_invitation",
            "capacity",
            "plus_one",
            "questions",
            "price",
            "currency",
            "offer_hours");

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
            String city,
            Instant startsAt,
            Instant endsAt,
            String zone,
            String place,
            String address,
            String mapUrl,
            String onlineUrl,
            String details,
            String programme,
            String speakers,
            String access,
            List<String> plans,
            boolean byInvitation,
            int capacity,
            boolean plusOne,
            List<String> questions,
            long price,
            String currency,
            int offerHours) {
        /** What its address is made of. */
        String slug() {
            return Slug.of(title);
        }
    }

    /** Thrown where something can't be kept, with the field that it is about. */
    static final class Wrong extends RuntimeException {
        final Complaint complaint;

        Wrong(String field, String sentence) {
            super(sentence, null, false, false);
            complaint = new Complaint(field, sentence);
        }
    }

    private EventForm() {}

    static Typed typed(Context ctx) {
        var fields = new HashMap<String, String>();
        for (String name : FIELDS)
            fields.put(name, Optional.ofNullable(ctx.formParam(name)).orElse("").strip());
        return new Typed(fields, List.copyOf(ctx.formParams("plan")));
    }

    /** An empty one, with what most events have. */
    static Typed blank(ZoneId zone, LocalDateTime starts, String currency) {
        return new Typed(
                Map.of(
                        "starts",
                        FIELD.format(starts),
                        "ends",
                        FIELD.format(starts.plusHours(3)),
                        "zone",
                        zone.getId(),
                        "access",
                        "member",
                        "capacity",
                        "12",
                        "offer_hours",
                        "24",
                        "currency",
                        currency),
                List.of());
    }

    static Typed of(Event event) {
        var fields = new HashMap<String, String>();
        fields.put("title", event.title());
        fields.put("announcement", event.announcement());
        fields.put("city", event.city());
        fields.put("starts", FIELD.format(event.startsAt().atZone(event.zoneId())));
        fields.put("ends", FIELD.format(event.endsAt().atZone(event.zoneId())));
        fields.put("zone", event.zone());
        fields.put("place", event.place());
        fields.put("address", event.address());
        fields.put("map_url", event.mapUrl());
        fields.put("online_url", event.onlineUrl());
        fields.put("details", event.details());
        fields.put("programme", event.programme());
        fields.put("speakers", event.speakers());
        fields.put("access", event.access());
        fields.put("by_invitation", event.byInvitation() ? "yes" : "");
        fields.put("capacity", Integer.toString(event.capacity()));
        fields.put("plus_one", event.plusOne() ? "yes" : "");
        fields.put("questions", String.join("\n", event.questions()));
        fields.put(
                "price",
                event.isFree()
                        ? ""
                        : new Money(event.price(), event.currency()).figure().replace(",", ""));
        fields.put("currency", event.currency());
        fields.put("offer_hours", Integer.toString(event.offerHours()));
        return new Typed(fields, event.plans());
    }

    /** @throws Wrong with the first thing that can't be kept */
    static Read read(Typed typed, List<String> knownPlans) {
        String title = typed.get("title");
        if (title.isEmpty() || title.length() > 200)
            throw new Wrong("title", "Please give a title of at most 200 letters.");
        for (String name : FIELDS)
            if (typed.get(name).length() > LONGEST) throw new Wrong(name, "Please use at most 10,000 letters here.");
        ZoneId zone = zone(typed.get("zone"));
        Instant starts = moment("starts", typed.get("starts"), zone);
        Instant ends = moment("ends", typed.get("ends"), zone);
        if (!ends.isAfter(starts)) throw new Wrong("ends", "The end lies before the beginning.");
        String access = typed.get("access");
        if (Audience.of(access) == Audience.CLOSED) throw new Wrong("access", "Please choose who may come.");
        List<String> plans = access.equals("plan")
                ? typed.plans().stream().filter(knownPlans::contains).toList()
                : List.of();
        if (access.equals("plan") && plans.isEmpty()) throw new Wrong("access", "Please choose at least one plan.");
        for (String url : List.of("map_url", "online_url"))
            if (!typed.get(url).isEmpty() && !isAddress(typed.get(url)))
                throw new Wrong(url, "Please give a whole address that begins with https://");
        List<String> questions = Event.lines(typed.get("questions"));
        if (questions.size() > 10 || questions.stream().anyMatch(one -> one.length() > 200))
            throw new Wrong("questions", "Please ask at most ten questions, of 200 letters each.");
        String currency = currency(typed.get("currency"));
        return new Read(
                title,
                typed.get("announcement"),
                typed.get("city"),
                starts,
                ends,
                zone.getId(),
                typed.get("place"),
                typed.get("address"),
                typed.get("map_url"),
                typed.get("online_url"),
                typed.get("details"),
                typed.get("programme"),
                typed.get("speakers"),
                access,
                plans,
                typed.is("by_invitation"),
                number("capacity", typed.get("capacity"), 1, 100_000, "Seats are a whole number from 1 to 100,000."),
                typed.is("plus_one"),
                questions,
                price(typed.get("price"), currency),
                currency,
                number("offer_hours", typed.get("offer_hours"), 1, 336, "The hours are a whole number from 1 to 336."));
    }

    private static ZoneId zone(String typed) {
        try {
            if (Zones.ids().contains(typed)) return ZoneId.of(typed);
        } catch (DateTimeException e) {
            // the sentence below says it
        }
        throw new Wrong("zone", "Please choose a time zone from the list, such as Europe/Zurich.");
    }

    /** An hour that clocks jump over is nobody's; of an hour that comes twice the first is meant. */
    private static Instant moment(String field, String typed, ZoneId zone) {
        LocalDateTime local;
        try {
            local = LocalDateTime.parse(typed.length() > 16 ? typed.substring(0, 16) : typed, FIELD);
        } catch (DateTimeException e) {
            throw new Wrong(field, "Please give a day and a time.");
        }
        List<ZoneOffset> offsets = zone.getRules().getValidOffsets(local);
        if (offsets.isEmpty())
            throw new Wrong(
                    field,
                    "That hour does not exist in " + zone.getId() + ": the clocks go forward over it that night.");
        return local.toInstant(offsets.getFirst());
    }

    private static long price(String typed, String currency) {
        if (typed.isEmpty() || typed.matches("0+([.,]0+)?")) return 0;
        return Money.read(typed, currency)
                .orElseThrow(() -> new Wrong("price", "Please give the price as a number, such as 45.00, or nothing."));
    }

    private static String currency(String typed) {
        try {
            return Currency.getInstance(typed.toUpperCase(Locale.ROOT)).getCurrencyCode();
        } catch (IllegalArgumentException e) {
            throw new Wrong("currency", "Please give the currency by its three letters, such as CHF.");
        }
    }

    private static int number(String field, String typed, int least, int most, String sentence) {
        if (!typed.matches("\\d{1,7}") || Integer.parseInt(typed) < least || Integer.parseInt(typed) > most)
            throw new Wrong(field, sentence);
        return Integer.parseInt(typed);
    }

    /** Whether it is a link that a reader can be led to. */
    static boolean isAddress(String typed) {
        try {
            URI uri = new URI(typed);
            return typed.length() <= 2_000
                    && ("https".equals(uri.getScheme()) || "http".equals(uri.getScheme()))
                    && uri.getHost() != null;
        } catch (java.net.URISyntaxException e) {
            return false;
        }
    }
}
