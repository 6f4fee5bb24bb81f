package press.masthead.site;

import io.javalin.http.Context;
import java.time.Clock;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import press.masthead.access.Standing;
import press.masthead.access.Visit;
import press.masthead.books.TaxOnTop;
import press.masthead.events.Admission;
import press.masthead.events.Announcement;
import press.masthead.events.Event;
import press.masthead.events.Events;
import press.masthead.plans.Money;
import press.masthead.platform.web.Flash;
import press.masthead.platform.web.Problem;
import press.masthead.readers.Reader;
import press.masthead.tickets.CardTickets;
import press.masthead.tickets.Register;
import press.masthead.tickets.Registration;
import press.masthead.tickets.Registrations;
import press.masthead.tickets.Tickets;

/** Events as readers see them: what is announced to everyone, and to those who may come where it is and how to register. */
public final class EventPages {
    private static final int LISTED = 100;
    private static final int FEW = 10;

    private final Site site;
    private final Events events;
    private final Registrations registrations;
    private final Tickets tickets;
    private final CardTickets cards;
    private final TaxOnTop taxOnTop;
    private final Clock clock;

    public EventPages(
            Site site,
            Events events,
            Registrations registrations,
            Tickets tickets,
            CardTickets cards,
            TaxOnTop taxOnTop,
            Clock clock) {
        this.site = site;
        this.events = events;
        this.registrations = registrations;
        this.tickets = tickets;
        this.cards = cards;
        this.taxOnTop = taxOnTop;
        this.clock = clock;
    }

    /** GET /events/ */
    public void list(Context ctx) {
        Map<String, String> theirs = Visit.of(ctx)
                .reader()
                .map(reader -> tickets.coming(reader.id()).stream()
                        .collect(Collectors.toMap(Tickets.Coming::slug, Tickets.Coming::state, (one, other) -> one)))
                .orElse(Map.of());
        var context = new HashMap<String, Object>();
        context.put("title", "Events");
        context.put(
                "upcoming",
                events.upcoming(LISTED).stream().map(one -> listed(one, theirs)).toList());
        context.put(
                "past",
                events.past(LISTED).stream().map(one -> listed(one, theirs)).toList());
        site.publish(ctx, "custom-events", context, List.of("page"), site.head(ctx, "Events"), false);
    }

    /** The next that is announced, as lists show it. */
    public Optional<Map<String, Object>> next() {
        return events.upcoming(1).stream().findFirst().map(one -> listed(one, Map.of()));
    }

    private Map<String, Object> listed(Announcement one, Map<String, String> theirs) {
        var map = new HashMap<String, Object>();
        map.put("title", one.title());
        map.put("url", one.path());
        map.put("when", when(one));
        map.put(
                "day",
                DateTimeFormatter.ofPattern("d", language())
                        .format(one.startsAt().atZone(one.zoneId())));
        map.put(
                "month",
                DateTimeFormatter.ofPattern("LLL", language())
                        .format(one.startsAt().atZone(one.zoneId())));
        Shapes.unlessEmpty(map, "city", one.city());
        Shapes.unlessEmpty(map, "announcement", EventShape.firstLine(one.announcement()));
        map.put("online", one.online());
        map.put("recording", one.hasRecording());
        map.put("called_off", one.isCalledOff());
        map.put("audience", one.byInvitation() ? "invitation" : one.access());
        Shapes.unlessEmpty(map, "state", theirs.getOrDefault(one.slug(), ""));
        return map;
    }

    private Locale language() {
        return Locale.forLanguageTag(site.settings().language());
    }

    private String when(Announcement one) {
        return Event.when(one.startsAt(), one.endsAt(), one.zoneId(), language());
    }

    Announcement announcement(Context ctx) {
        boolean staff = Visit.of(ctx).standing() instanceof Standing.Staff;
        return events.announced(ctx.pathParam("slug"), staff)
                .orElseThrow(() -> Problem.notFound("There is no event at this address."));
    }

    Admission admission(Context ctx, Announcement one) {
        Visit visit = Visit.of(ctx);
        boolean invited = visit.reader()
                .filter(reader -> events.isInvited(one.id(), reader.email()))
                .isPresent();
        boolean comes = visit.reader()
                .filter(reader -> registrations.open(one.id(), reader.id()).isPresent()
                        || !tickets.of(one.id(), reader.id()).isEmpty())
                .isPresent();
        return one.admission(visit.standing(), invited, comes);
    }

    /** GET /events/{slug}/ */
    public void event(Context ctx) {
        show(ctx, 200, announcement(ctx), "");
    }

    /** The page, with what could not be done where something could not. */
    void show(Context ctx, int status, Announcement one, String error) {
        var context = new HashMap<String, Object>();
        context.put("title", one.title());
        context.put("url", one.path());
        context.put("when", when(one));
        context.put("paragraphs", EventShape.paragraphs(one.announcement()));
        Shapes.unlessEmpty(context, "city", one.city());
        context.put("online", one.online());
        context.put("audience", one.byInvitation() ? "invitation" : one.access());
        context.put("over", !one.endsAt().isAfter(clock.instant()));
        context.put("begun", !one.startsAt().isAfter(clock.instant()));
        context.put("draft", one.isDraft());
        context.put("called_off", one.isCalledOff());
        Shapes.unlessEmpty(context, "note", one.note());
        if (cards.areTaken()) context.put("card", true);
        if (one.price() > 0) {
            context.put("price", Money.words(one.price(), one.currency()));
            taxOnTop.of(Visit.of(ctx).reader().map(Reader::id)).ifPresent(tax -> context.put("tax", tax.forThemes()));
        }
        String notice = Flash.take(ctx);
        if (!notice.isEmpty()) context.put("notice", notice);
        if (!error.isEmpty()) context.put("error", error);
        Optional<Event> whole = Optional.empty();
        String standing = "";
        switch (admission(ctx, one)) {
            case Admission.Admitted pass -> whole = Optional.of(events.whole(one, pass));
            case Admission.SignIn() -> standing = "sign-in";
            case Admission.Upgrade() ->
                standing = Visit.of(ctx).reader().isEmpty()
                        ? "sign-in-or-upgrade"
                        : Visit.of(ctx).standing() instanceof Standing.Member ? "other-plan" : "upgrade";
            case Admission.Uninvited() -> standing = "uninvited";
            case Admission.Closed() -> standing = "closed";
        }
        if (whole.isPresent()) {
            EventShape.tell(context, whole.get());
            standing = Visit.of(ctx)
                    .reader()
                    .map(reader -> stands(ctx, context, one, reader))
                    .orElse("sign-in");
        }
        context.put("standing", standing);
        var head = site.head(ctx, one.title(), EventShape.firstLine(one.announcement()))
                .withEvent(EventShape.gathering(one, whole));
        ctx.status(status);
        site.publish(
                ctx,
                "custom-event",
                context,
                List.of("page"),
                one.isDraft() || !error.isEmpty() ? head.notIndexed() : head,
                false);
    }

    /** Where this reader stands with the event, in a word; and what the page says about that. */
    private String stands(Context ctx, Map<String, Object> context, Announcement one, Reader reader) {
        boolean holds = !tickets.of(one.id(), reader.id()).isEmpty();
        Optional<Registration> own = registrations.open(one.id(), reader.id());
        if (holds) return "coming";
        if (own.isEmpty()) {
            form(ctx, context, one, reader);
            return "form";
        }
        Registration registration = own.get();
        Event event = events.find(one.id()).orElseThrow();
        registration.until().ifPresent(until -> context.put("until", Event.moment(until, event.zoneId(), language())));
        context.put("seats", registration.seats());
        return switch (registration.state()) {
            case WAITING -> {
                context.put("ahead", registrations.ahead(registration));
                yield "waiting";
            }
            case OFFERED -> "offered";
            case HELD -> {
                context.put("pay_url", one.path() + "pay");
                yield "held";
            }
            case CONFIRMED -> "handed-on";
            case CANCELLED -> "form";
        };
    }

    private void form(Context ctx, Map<String, Object> context, Announcement one, Reader reader) {
        Event event = events.find(one.id()).orElseThrow();
        Registrations.Count count = registrations.count(one.id());
        int left = event.capacity() - count.taken();
        context.put("full", left <= 0);
        if (left > 0 && left <= FEW) context.put("left", left);
        List<String> typed = ctx.formParams("answer");
        var questions = new ArrayList<Map<String, Object>>();
        for (int i = 0; i < event.questions().size(); i++)
            questions.add(Map.of(
                    "number",
                    i + 1,
                    "text",
                    Register.plain(event.questions().get(i)),
                    "required",
                    event.questions().get(i).endsWith("*"),
                    "value",
                    i < typed.size() ? typed.get(i) : ""));
        context.put("questions", questions);
        context.put("email", reader.email());
        context.put("bring", "yes".equals(ctx.formParam("bring")));
        context.put("guest", Optional.ofNullable(ctx.formParam("guest")).orElse(""));
    }
}
