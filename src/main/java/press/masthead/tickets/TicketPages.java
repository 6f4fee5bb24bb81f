package press.masthead.tickets;

import io.javalin.http.Context;
import io.javalin.http.HttpStatus;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiFunction;
import org.jsoup.Jsoup;
import press.masthead.access.Visit;
import press.masthead.events.Admission;
import press.masthead.events.Announcement;
import press.masthead.events.Event;
import press.masthead.events.Events;
import press.masthead.platform.web.Flash;
import press.masthead.platform.web.Html;
import press.masthead.platform.web.Pdf;
import press.masthead.platform.web.Problem;
import press.masthead.platform.web.PublicPages;
import press.masthead.platform.web.QrPicture;
import press.masthead.platform.web.Typeset;
import press.masthead.publication.Publication;
import press.masthead.readers.Reader;

/** A guest's own tickets: on the phone, on paper, in the calendar; handed on and given back. Nobody else's are ever found. */
public final class TicketPages {
    private final Events events;
    private final Tickets tickets;
    private final TicketSeal seal;
    private final GiveBack giveBack;
    private final HandOn handOn;
    private final GuestMail mail;
    private final Publication publication;
    private final PublicPages pages;
    private final Html html;
    private final Clock clock;
    private final BiFunction<String, String, String> words;

    /** @param words a word of the site and a language to the word in that language */
    public TicketPages(
            Events events,
            Tickets tickets,
            TicketSeal seal,
            GiveBack giveBack,
            HandOn handOn,
            GuestMail mail,
            Publication publication,
            PublicPages pages,
            Html html,
            Clock clock,
            BiFunction<String, String, String> words) {
        this.events = events;
        this.tickets = tickets;
        this.seal = seal;
        this.giveBack = giveBack;
        this.handOn = handOn;
        this.mail = mail;
        this.publication = publication;
        this.pages = pages;
        this.html = html;
        this.clock = clock;
        this.words = words;
    }

    /** What someone holds of an event that they were admitted to. */
    private record Held(Reader reader, Announcement announcement, Event event, List<Ticket> tickets) {}

    /** None where nobody is signed in. */
    private Optional<Held> held(Context ctx) {
        return Visit.of(ctx).reader().map(reader -> {
            Announcement announcement = announcement(ctx);
            List<Ticket> theirs = tickets.of(announcement.id(), reader.id());
            if (theirs.isEmpty()) throw Problem.notFound("You have no ticket for this event.");
            return switch (announcement.admission(Visit.of(ctx).standing(), false, true)) {
                case Admission.Admitted pass ->
                    new Held(reader, announcement, events.whole(announcement, pass), theirs);
                case Admission.SignIn(), Admission.Upgrade(), Admission.Uninvited(), Admission.Closed() ->
                    throw Problem.notFound("You have no ticket for this event.");
            };
        });
    }

    private Announcement announcement(Context ctx) {
        return events.announced(ctx.pathParam("slug"))
                .orElseThrow(() -> Problem.notFound("There is no event at this address."));
    }

    private static void toSignIn(Context ctx) {
        ctx.redirect("/signin/?next=" + URLEncoder.encode(ctx.path(), StandardCharsets.UTF_8), HttpStatus.SEE_OTHER);
    }

    /** GET /events/{slug}/ticket/ */
    public void show(Context ctx) {
        held(ctx).ifPresentOrElse(held -> show(ctx, 200, held, "", ""), () -> toSignIn(ctx));
    }

    private void show(Context ctx, int status, Held held, String error, String typed) {
        Event event = held.event();
        Locale language = Locale.forLanguageTag(publication.settings().language());
        var context = new HashMap<String, Object>();
        context.put("title", event.title());
        context.put("url", event.path());
        context.put("when", Event.when(event.startsAt(), event.endsAt(), event.zoneId(), language));
        if (!event.where().isEmpty()) context.put("where", event.where());
        if (!event.map().isEmpty()) context.put("map", event.map());
        if (!event.onlineUrl().isEmpty()) context.put("online", event.onlineUrl());
        context.put("over", !event.endsAt().isAfter(clock.instant()));
        boolean several = held.tickets().size() > 1;
        context.put("several", several);
        context.put(
                "tickets",
                held.tickets().stream()
                        .map(ticket -> ticket(event, ticket, several))
                        .toList());
        String notice = Flash.take(ctx);
        if (!notice.isEmpty()) context.put("notice", notice);
        if (!error.isEmpty()) context.put("error", error);
        context.put("to", typed);
        ctx.header("Referrer-Policy", "no-referrer");
        pages.show(ctx, status, "custom-ticket", context);
    }

    private Map<String, Object> ticket(Event event, Ticket ticket, boolean several) {
        String address = event.path() + "ticket/" + ticket.id();
        boolean companion = ticket.readerId().isEmpty();
        var context = new HashMap<String, Object>(Map.of(
                "number", ticket.label(),
                "name", ticket.name(),
                "companion", companion,
                "picture", QrPicture.svg(seal.code(ticket), "Ticket " + ticket.label()),
                "action", address + "/hand-on"));
        if (companion && several) context.put("back", address + "/give-back");
        return context;
    }

    record Sheet(
            String publication,
            Event event,
            String when,
            List<Ticket> tickets,
            BiFunction<String, String, String> words,
            String language) {
        String t(String word) {
            return words.apply(word, language);
        }
    }

    /** GET /events/{slug}/ticket.pdf */
    public void pdf(Context ctx) {
        held(ctx)
                .ifPresentOrElse(
                        held -> Pdf.send(ctx, "ticket-" + held.event().id(), paper(held)), () -> toSignIn(ctx));
    }

    private byte[] paper(Held held) {
        String language = publication.settings().language();
        Event event = held.event();
        var codes = new HashMap<String, Typeset.Drawing>();
        held.tickets().forEach(ticket -> codes.put("code-" + ticket.number(), QrPicture.drawing(seal.code(ticket))));
        String when = Event.when(event.startsAt(), event.endsAt(), event.zoneId(), Locale.forLanguageTag(language));
        String page = html.text(
                "tickets/paper",
                new Sheet(publication.settings().name(), event, when, held.tickets(), words, language));
        boolean rtl = List.of("ar", "he", "fa", "ur").contains(language);
        return Typeset.of(Jsoup.parse(page), rtl, name -> Optional.empty(), codes);
    }

    /** GET /events/{slug}/event.ics: to whoever may know where it is */
    public void calendar(Context ctx) {
        Visit visit = Visit.of(ctx);
        Announcement announcement = announcement(ctx);
        boolean invited = visit.reader()
                .filter(reader -> events.isInvited(announcement.id(), reader.email()))
                .isPresent();
        boolean comes = visit.reader()
                .filter(reader -> !tickets.of(announcement.id(), reader.id()).isEmpty())
                .isPresent();
        switch (announcement.admission(visit.standing(), invited, comes)) {
            case Admission.Admitted pass ->
                ctx.contentType("text/calendar; charset=utf-8")
                        .header("Cache-Control", "private, no-store")
                        .header("Content-Disposition", "attachment; filename=\"event.ics\"")
                        .result(mail.file(events.whole(announcement, pass)).getBytes(StandardCharsets.UTF_8));
            case Admission.SignIn(), Admission.Upgrade(), Admission.Uninvited(), Admission.Closed() ->
                throw Problem.forbidden("This event is for its guests. Please sign in, or see its page.");
        }
    }

    /** POST /events/{slug}/ticket/{ticket}/hand-on: {@code to} */
    public void handOn(Context ctx) {
        Held held = held(ctx).orElseThrow(() -> Problem.forbidden("Please sign in first."));
        String id = ctx.pathParam("ticket");
        String typed = Optional.ofNullable(ctx.formParam("to")).orElse("").strip();
        try {
            Reader now = handOn.run(
                    held.announcement(), held.reader(), id.matches("\\d{1,18}") ? Long.parseLong(id) : 0, typed);
            Flash.put(ctx, "Your ticket is with " + (now.name().isBlank() ? now.email() : now.name()) + " now.");
            ctx.redirect(held.event().path(), HttpStatus.SEE_OTHER);
        } catch (Problem problem) {
            if (problem.status() == 404) throw problem;
            show(ctx, problem.status(), held, problem.sentence(), typed);
        }
    }

    /** POST /events/{slug}/give-back: one's tickets, or one's place in line */
    public void giveBack(Context ctx) {
        Reader reader = Visit.of(ctx).reader().orElseThrow(() -> Problem.forbidden("Please sign in first."));
        Announcement announcement = announcement(ctx);
        giveBack.run(announcement.id(), reader);
        Flash.put(ctx, "Done. You are no longer on the list.");
        ctx.redirect(announcement.path(), HttpStatus.SEE_OTHER);
    }

    /** POST /events/{slug}/ticket/{ticket}/give-back: the seat of whom one brings */
    public void giveOneBack(Context ctx) {
        Held held = held(ctx).orElseThrow(() -> Problem.forbidden("Please sign in first."));
        String id = ctx.pathParam("ticket");
        giveBack.companion(held.event().id(), held.reader(), id.matches("\\d{1,18}") ? Long.parseLong(id) : 0);
        Flash.put(ctx, "Done. That seat goes to the next in line; yours stays.");
        ctx.redirect(held.event().path() + "ticket/", HttpStatus.SEE_OTHER);
    }
}
