package press.masthead.events;

import io.javalin.http.Context;
import io.javalin.http.HttpStatus;
import java.time.Clock;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Supplier;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import press.masthead.access.Visit;
import press.masthead.desk.Audit;
import press.masthead.desk.Complaint;
import press.masthead.plans.Plans;
import press.masthead.platform.calendar.Zones;
import press.masthead.platform.web.Flash;
import press.masthead.platform.web.Html;
import press.masthead.platform.web.Problem;
import press.masthead.platform.web.Times;
import press.masthead.publication.Publication;
import press.masthead.readers.Reader;

/** Events in the newsroom: the list, the form, publishing, calling off, and what is sent afterwards. */
public final class EventDesk {
    private static final int SHOWN = 200;

    private final Jdbi jdbi;
    private final Events events;
    private final Guests guests;
    private final Plans plans;
    private final Publication publication;
    private final Audit audit;
    private final Html html;
    private final Supplier<String> mailDomain;
    private final Clock clock;

    /** @param mailDomain the domain in the names of calendar entries */
    public EventDesk(
            Jdbi jdbi,
            Events events,
            Guests guests,
            Plans plans,
            Publication publication,
            Audit audit,
            Html html,
            Supplier<String> mailDomain,
            Clock clock) {
        this.jdbi = jdbi;
        this.events = events;
        this.guests = guests;
        this.plans = plans;
        this.publication = publication;
        this.audit = audit;
        this.html = html;
        this.mailDomain = mailDomain;
        this.clock = clock;
    }

    record ListPage(Reader staff, String notice, List<Events.Listed> rows, Times times) {
        String when(Events.Listed row) {
            return new Times(ZoneId.of(row.zone()), times.now()).full(row.startsAt());
        }

        boolean isOver(Events.Listed row) {
            return !row.endsAt().isAfter(times.now());
        }
    }

    record FormPage(
            Reader staff,
            String notice,
            Optional<Event> event,
            EventForm.Typed typed,
            Complaint complaint,
            List<Plans.Named> plans,
            int taken,
            List<String> zones,
            boolean over) {
        String title() {
            return event.map(Event::title).orElse("New event");
        }

        long id() {
            return event.map(Event::id).orElse(0L);
        }
    }

    /** GET /desk/events */
    public void list(Context ctx) {
        html.page(
                ctx,
                "events/list",
                new ListPage(
                        Visit.staff(ctx),
                        Flash.take(ctx),
                        events.all(SHOWN),
                        new Times(publication.settings().zone(), clock.instant())));
    }

    /** GET /desk/events/new */
    public void blank(Context ctx) {
        Visit.editor(ctx);
        ZoneId zone = publication.settings().zone();
        LocalDateTime starts =
                LocalDateTime.of(clock.instant().atZone(zone).toLocalDate().plusDays(28), LocalTime.of(19, 0));
        String currency = plans.onOffer().stream()
                .findFirst()
                .map(price -> price.currency())
                .orElse("EUR");
        show(ctx, 200, Optional.empty(), EventForm.blank(zone, starts, currency), Complaint.NONE);
    }

    private void show(Context ctx, int status, Optional<Event> event, EventForm.Typed typed, Complaint complaint) {
        ctx.status(status);
        int taken = event.map(one -> jdbi.withHandle(handle -> guests.seatsTaken(handle, one.id())))
                .orElse(0);
        html.page(
                ctx,
                "events/form",
                new FormPage(
                        Visit.staff(ctx),
                        Flash.take(ctx),
                        event,
                        typed,
                        complaint,
                        plans.named(),
                        taken,
                        Zones.ids().stream()
                                .filter(id -> id.contains("/") && !id.startsWith("Etc/") && !id.startsWith("SystemV/"))
                                .sorted()
                                .toList(),
                        event.filter(one -> !one.endsAt().isAfter(clock.instant()))
                                .isPresent()));
    }

    private List<String> planSlugs() {
        return plans.named().stream().map(Plans.Named::slug).toList();
    }

    /** POST /desk/events/new */
    public void create(Context ctx) {
        Reader staff = Visit.editor(ctx);
        EventForm.Typed typed = EventForm.typed(ctx);
        try {
            EventForm.Read form = EventForm.read(typed, planSlugs());
            long id = jdbi.inTransaction(handle -> {
                long made = add(handle, form);
                audit.note(handle, staff.id(), "made the event " + form.title());
                return made;
            });
            Flash.put(ctx, "Saved as a draft. Nobody sees it before you publish it.");
            ctx.redirect("/desk/events/" + id, HttpStatus.SEE_OTHER);
        } catch (EventForm.Wrong wrong) {
            show(ctx, 422, Optional.empty(), typed, wrong.complaint);
        }
    }

    private long add(Handle handle, EventForm.Read form) {
        String uid = UUID.randomUUID() + "@" + mailDomain.get();
        for (int n = 1; n < 1_000; n++) {
            Optional<Long> id = events.add(handle, form, n == 1 ? form.slug() : form.slug() + "-" + n, uid);
            if (id.isPresent()) return id.get();
        }
        throw Problem.stale("There are too many events with this title. Please choose another.");
    }

    /** GET /desk/events/{id} */
    public void form(Context ctx) {
        Visit.staff(ctx);
        Event event = event(ctx);
        show(ctx, 200, Optional.of(event), EventForm.of(event), Complaint.NONE);
    }

    private Event event(Context ctx) {
        return events.find(id(ctx)).orElseThrow(EventDesk::none);
    }

    private static Problem none() {
        return Problem.notFound("There is no such event.");
    }

    private static long id(Context ctx) {
        String id = ctx.pathParam("id");
        return id.matches("\\d{1,18}") ? Long.parseLong(id) : 0;
    }

    /** POST /desk/events/{id} */
    public void save(Context ctx) {
        Visit.editor(ctx);
        EventForm.Typed typed = EventForm.typed(ctx);
        Event known = event(ctx);
        try {
            EventForm.Read form = EventForm.read(typed, planSlugs());
            String said = jdbi.inTransaction(handle -> save(handle, known.id(), form));
            Flash.put(ctx, said);
            ctx.redirect("/desk/events/" + known.id(), HttpStatus.SEE_OTHER);
        } catch (EventForm.Wrong wrong) {
            show(ctx, 422, Optional.of(known), typed, wrong.complaint);
        }
    }

    private String save(Handle handle, long id, EventForm.Read form) {
        Event before = events.hold(handle, id).orElseThrow(EventDesk::none);
        if (before.isCalledOff()) throw Problem.stale("This event was called off. Please make a new one.");
        int taken = guests.seatsTaken(handle, id);
        if (form.capacity() < taken)
            throw new EventForm.Wrong("capacity", taken + " seats are taken already. Please keep at least as many.");
        // Letters name its address from the day it is published.
        boolean newAddress = before.isDraft() && !events.isTaken(handle, form.slug(), id);
        events.change(handle, id, form, newAddress ? form.slug() : before.slug());
        Event now = events.find(handle, id).orElseThrow();
        if (before.isDraft()) return "Saved.";
        boolean told = now.differsForGuests(before) && now.endsAt().isAfter(clock.instant());
        if (told) guests.moved(handle, before, events.raise(handle, id));
        if (now.capacity() > before.capacity()) guests.roomChanged(handle, now);
        return told ? "Saved. Everyone who comes gets the new entry for their calendar." : "Saved. Readers see it now.";
    }

    /** POST /desk/events/{id}/publish */
    public void publish(Context ctx) {
        Reader staff = Visit.editor(ctx);
        long id = id(ctx);
        jdbi.useTransaction(handle -> {
            Event event = events.hold(handle, id).orElseThrow(EventDesk::none);
            if (event.isCalledOff()) throw Problem.stale("This event was called off.");
            if (!event.endsAt().isAfter(clock.instant()))
                throw Problem.invalid("This event would be over already. Please set a later time first.");
            if (event.where().isEmpty() && event.onlineUrl().isEmpty())
                throw Problem.invalid("Please say where it is, or how to come in on line, before you publish it.");
            events.publish(handle, id);
            audit.note(handle, staff.id(), "published the event " + event.title());
        });
        Flash.put(ctx, "Published. Readers can register now.");
        ctx.redirect("/desk/events/" + id, HttpStatus.SEE_OTHER);
    }

    /** POST /desk/events/{id}/call-off: {@code note}, may be empty */
    public void callOff(Context ctx) {
        Reader staff = Visit.editor(ctx);
        long id = id(ctx);
        String note = Optional.ofNullable(ctx.formParam("note")).orElse("").strip();
        if (note.length() > 1_000) throw Problem.invalid("Please keep your words to 1,000 letters.");
        jdbi.useTransaction(handle -> {
            Event event = events.hold(handle, id).orElseThrow(EventDesk::none);
            if (!event.isOpen()) throw Problem.stale("Only a published event can be called off.");
            if (!event.endsAt().isAfter(clock.instant())) throw Problem.stale("This event is over.");
            guests.calledOff(handle, events.callOff(handle, id, note));
            audit.note(handle, staff.id(), "called off the event " + event.title());
        });
        Flash.put(ctx, "Called off. Everyone is told, and their calendars, too.");
        ctx.redirect("/desk/events/" + id, HttpStatus.SEE_OTHER);
    }

    /** POST /desk/events/{id}/afterwards: {@code recording}, {@code papers}, {@code tell} */
    public void afterwards(Context ctx) {
        Visit.editor(ctx);
        Event event = event(ctx);
        String recording =
                Optional.ofNullable(ctx.formParam("recording")).orElse("").strip();
        String papers = Optional.ofNullable(ctx.formParam("papers")).orElse("").strip();
        boolean tell = "yes".equals(ctx.formParam("tell"));
        if (!recording.isEmpty() && !EventForm.isAddress(recording) && !recording.startsWith("/"))
            throw Problem.invalid("Please give the recording's whole address, beginning with https://");
        if (papers.length() > 10_000) throw Problem.invalid("Please use at most 10,000 letters for the papers.");
        for (String line : Event.lines(papers))
            if (!EventForm.isAddress(line.substring(line.lastIndexOf('|') + 1).strip()))
                throw Problem.invalid("Each paper is a line such as: The figures | https://example.org/figures.pdf");
        if (tell && event.endsAt().isAfter(clock.instant()))
            throw Problem.stale("The event is not over yet. Save it without the letter for now.");
        jdbi.useTransaction(handle -> events.remember(handle, event.id(), recording, papers, tell));
        Flash.put(ctx, tell ? "Saved. Everyone who was there gets a letter." : "Saved.");
        ctx.redirect("/desk/events/" + event.id(), HttpStatus.SEE_OTHER);
    }

    /** POST /desk/events/{id}/remove: a draft only */
    public void remove(Context ctx) {
        Visit.editor(ctx);
        if (!jdbi.inTransaction(handle -> events.remove(handle, id(ctx))))
            throw Problem.stale("Only a draft can be removed. A published event is called off.");
        Flash.put(ctx, "Removed.");
        ctx.redirect("/desk/events", HttpStatus.SEE_OTHER);
    }
}
