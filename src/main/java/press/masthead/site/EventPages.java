package press.masthead.site;

import io.javalin.http.Context;
import io.javalin.http.HttpStatus;
import java.time.Clock;
import java.time.Duration;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import press.masthead.access.Standing;
import press.masthead.access.Visit;
import press.masthead.books.TaxOnTop;
import press.masthead.events.Admission;
import press.masthead.events.Announcement;
import press.masthead.events.Event;
import press.masthead.events.Events;
import press.masthead.plans.Money;
import press.masthead.platform.web.Flash;
import press.masthead.platform.web.Limits;
import press.masthead.platform.web.Onward;
import press.masthead.platform.web.Problem;
import press.masthead.readers.Reader;
import press.masthead.themes.Head;
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
    private final Register register;
    private final CardTickets cards;
    private final TaxOnTop taxOnTop;
    private final Limits limits;
    private final Clock clock;

    public EventPages(
            Site site,
            Events events,
            Registrations registrations,
            Tickets tickets,
            Register register,
            CardTickets cards,
            TaxOnTop taxOnTop,
            Limits limits,
            Clock clock) {
        this.site = site;
        this.events = events;
        this.registrations = registrations;
        this.tickets = tickets;
        this.register = register;
        this.cards = cards;
        this.taxOnTop = taxOnTop;
        this.limits = limits;
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
        Shapes.unlessEmpty(map, "announcement", firstLine(one.announcement()));
        map.put("online", one.online());
        map.put("recording", one.hasRecording());
        map.put("called_off", one.isCalledOff());
        map.put("audience", one.byInvitation() ? "invitation" : one.access());
        Shapes.unlessEmpty(map, "state", theirs.getOrDefault(one.slug(), ""));
        return map;
    }

    private static String firstLine(String text) {
        return text.lines().findFirst().orElse("");
    }

    private Locale language() {
        return Locale.forLanguageTag(site.settings().language());
    }

    private String when(Announcement one) {
        return Event.when(one.startsAt(), one.endsAt(), one.zoneId(), language());
    }

    private Announcement announcement(Context ctx) {
        boolean staff = Visit.of(ctx).standing() instanceof Standing.Staff;
        return events.announced(ctx.pathParam("slug"), staff)
                .orElseThrow(() -> Problem.notFound("There is no event at this address."));
    }

    private Admission admission(Context ctx, Announcement one) {
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

    private void show(Context ctx, int status, Announcement one, String error) {
        var context = new HashMap<String, Object>();
        context.put("title", one.title());
        context.put("url", one.path());
        context.put("when", when(one));
        context.put("paragraphs", paragraphs(one.announcement()));
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
            tell(context, whole.get());
            standing = Visit.of(ctx)
                    .reader()
                    .map(reader -> stands(ctx, context, one, reader))
                    .orElse("sign-in");
        }
        context.put("standing", standing);
        var head = site.head(ctx, one.title(), firstLine(one.announcement())).withEvent(gathering(one, whole));
        ctx.status(status);
        site.publish(
                ctx,
                "custom-event",
                context,
                List.of("page"),
                one.isDraft() || !error.isEmpty() ? head.notIndexed() : head,
                false);
    }

    /** What those who may come are told besides. */
    private static void tell(Map<String, Object> context, Event event) {
        context.put("admitted", true);
        Shapes.unlessEmpty(context, "where", event.where());
        Shapes.unlessEmpty(context, "map", event.map());
        Shapes.unlessEmpty(context, "online_url", event.onlineUrl());
        context.put("details", paragraphs(event.details()));
        context.put(
                "programme",
                event.programmeLines().stream().map(EventPages::item).toList());
        context.put(
                "speakers",
                event.speakerLines().stream().map(EventPages::speaker).toList());
        Shapes.unlessEmpty(context, "recording", event.recordingUrl());
        context.put(
                "papers",
                event.paperList().stream()
                        .map(paper -> Map.<String, Object>of("title", paper.title(), "url", paper.url()))
                        .toList());
        context.put("plus_one", event.plusOne());
        context.put("capacity", event.capacity());
    }

    private static List<String> paragraphs(String text) {
        return Stream.of(text.split("\\R\\s*\\R"))
                .map(String::strip)
                .filter(one -> !one.isEmpty())
                .toList();
    }

    /** "19:00 Drinks on the terrace": the hour stands apart. */
    private static Map<String, Object> item(String line) {
        int blank = line.indexOf(' ');
        boolean timed = blank > 0 && line.substring(0, blank).matches("\\d{1,2}[:.]\\d{2}([–-]\\d{1,2}[:.]\\d{2})?");
        return timed
                ? Map.of(
                        "time",
                        line.substring(0, blank),
                        "text",
                        line.substring(blank + 1).strip())
                : Map.of("text", line);
    }

    /** "Lena Horvat, energy correspondent": the name stands apart. */
    private static Map<String, Object> speaker(String line) {
        int comma = line.replace('،', ',').indexOf(',');
        return comma < 0
                ? Map.of("name", line)
                : Map.of(
                        "name",
                        line.substring(0, comma).strip(),
                        "role",
                        line.substring(comma + 1).strip());
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

    /** POST /events/{slug}/register: {@code bring}, {@code guest}, {@code answer} for each question, {@code pay} */
    public void register(Context ctx) {
        var _ = Visit.of(ctx).reader().orElseThrow(EventPages::nobody);
        Announcement one = announcement(ctx);
        Reader reader = allowed(ctx, one);
        boolean brings = "yes".equals(ctx.formParam("bring"));
        try {
            limits.spend("register:" + reader.id(), 30, Duration.ofHours(1));
            Registration made = register.run(
                    one.id(),
                    reader,
                    new Register.Typed(
                            brings ? 2 : 1,
                            brings
                                    ? Optional.ofNullable(ctx.formParam("guest"))
                                            .orElse("")
                                            .strip()
                                    : "",
                            ctx.formParams("answer"),
                            Optional.ofNullable(ctx.formParam("pay")).orElse("")));
            done(ctx, one, made);
        } catch (Problem problem) {
            problem.tellWhen(ctx);
            show(ctx, problem.status(), one, problem.sentence());
        }
    }

    /** Only whoever is admitted gets as far as a form. */
    private Reader allowed(Context ctx, Announcement one) {
        Reader reader = Visit.of(ctx).reader().orElseThrow(EventPages::nobody);
        return switch (admission(ctx, one)) {
            case Admission.Admitted pass -> reader;
            case Admission.SignIn() -> throw nobody();
            case Admission.Upgrade() -> throw Problem.forbidden("This event is for members.");
            case Admission.Uninvited() -> throw Problem.forbidden("This event is by invitation.");
            case Admission.Closed() -> throw Problem.forbidden("Nobody can register for this event just now.");
        };
    }

    private static Problem nobody() {
        return Problem.forbidden("Please sign in to register.");
    }

    private void done(Context ctx, Announcement one, Registration made) {
        switch (made.state()) {
            case CONFIRMED -> {
                Flash.put(
                        ctx,
                        made.seats() == 1
                                ? "Your seat is yours. We look forward to seeing you."
                                : "Both seats are yours. We look forward to seeing you.");
                ctx.redirect(one.path() + "ticket/", HttpStatus.SEE_OTHER);
            }
            case HELD -> toPayment(ctx, one);
            case WAITING, OFFERED, CANCELLED -> ctx.redirect(one.path(), HttpStatus.SEE_OTHER);
        }
    }

    private void toPayment(Context ctx, Announcement one) {
        Reader reader = Visit.of(ctx).reader().orElseThrow(EventPages::nobody);
        Onward.to(
                site,
                ctx,
                cards.page(one.id(), reader),
                "On to the payment",
                "Our payment provider Stripe takes your card on a page of its own.",
                "Go on");
    }

    /** POST /events/{slug}/pay: on to the page on which the seat that is kept is paid for */
    public void pay(Context ctx) {
        var _ = Visit.of(ctx).reader().orElseThrow(EventPages::nobody);
        Announcement one = announcement(ctx);
        try {
            toPayment(ctx, one);
        } catch (Problem problem) {
            show(ctx, problem.status(), one, problem.sentence());
        }
    }

    /** GET /events/{slug}/paid?session=: back from paying, which proves nothing, so Stripe is asked */
    public void paid(Context ctx) {
        Announcement one = announcement(ctx);
        Optional.ofNullable(ctx.queryParam("session"))
                .filter(id -> id.matches("[A-Za-z0-9_-]{4,255}"))
                .ifPresent(cards::cameBack);
        ctx.redirect(one.path(), HttpStatus.SEE_OTHER);
    }

    /** POST /events/{slug}/accept: the seat that was offered; {@code pay} */
    public void accept(Context ctx) {
        var _ = Visit.of(ctx).reader().orElseThrow(EventPages::nobody);
        Announcement one = announcement(ctx);
        Reader reader = allowed(ctx, one);
        try {
            done(
                    ctx,
                    one,
                    register.accept(
                            one.id(),
                            reader,
                            Optional.ofNullable(ctx.formParam("pay")).orElse("")));
        } catch (Problem problem) {
            show(ctx, problem.status(), one, problem.sentence());
        }
    }

    /** Search engines are told no more of the place than everyone. */
    private Head.Gathering gathering(Announcement one, Optional<Event> whole) {
        Optional<Event> everyones = whole.filter(event -> event.access().equals("public") && !event.byInvitation());
        String place =
                everyones.map(Event::place).filter(name -> !name.isEmpty()).orElse(one.city());
        String address = everyones.map(Event::where).orElse(one.city());
        var form = DateTimeFormatter.ISO_OFFSET_DATE_TIME;
        return new Head.Gathering(
                one.title(),
                form.format(one.startsAt().atZone(one.zoneId())),
                form.format(one.endsAt().atZone(one.zoneId())),
                place,
                address,
                one.online(),
                one.isCalledOff(),
                new Money(one.price(), one.currency()).figure().replace(",", ""),
                one.currency(),
                everyones.isPresent() && one.price() == 0,
                Optional.empty());
    }
}
