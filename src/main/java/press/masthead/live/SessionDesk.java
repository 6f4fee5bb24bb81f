package press.masthead.live;

import io.javalin.http.Context;
import io.javalin.http.HttpStatus;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.Jdbi;
import press.masthead.access.Visit;
import press.masthead.desk.Audit;
import press.masthead.desk.Complaint;
import press.masthead.desk.Slug;
import press.masthead.plans.Plans;
import press.masthead.platform.calendar.Zones;
import press.masthead.platform.web.Flash;
import press.masthead.platform.web.Html;
import press.masthead.platform.web.Problem;
import press.masthead.platform.web.Times;
import press.masthead.publication.Publication;
import press.masthead.readers.Reader;

/** Live sessions in the newsroom: the list, the form, announcing, and the recording's ends. */
public final class SessionDesk {
    private static final int SHOWN = 200;
    private static final int MOST_ROWS = 100_000;
    private static final int LONGEST_CUT = 12 * 3600;

    private final Jdbi jdbi;
    private final LiveSessions sessions;
    private final Attendance attendance;
    private final DraftMemo draftMemo;
    private final OutsideStream outside;
    private final Plans plans;
    private final Publication publication;
    private final Audit audit;
    private final Html html;
    private final Clock clock;

    public SessionDesk(
            Jdbi jdbi,
            LiveSessions sessions,
            Attendance attendance,
            DraftMemo draftMemo,
            OutsideStream outside,
            Plans plans,
            Publication publication,
            Audit audit,
            Html html,
            Clock clock) {
        this.jdbi = jdbi;
        this.sessions = sessions;
        this.attendance = attendance;
        this.draftMemo = draftMemo;
        this.outside = outside;
        this.plans = plans;
        this.publication = publication;
        this.audit = audit;
        this.html = html;
        this.clock = clock;
    }

    record ListPage(Reader staff, String notice, List<LiveSession> rows, Times times) {
        String when(LiveSession row) {
            return new Times(row.zoneId(), times.now()).full(row.startsAt());
        }
    }

    record FormPage(
            Reader staff,
            String notice,
            Optional<LiveSession> session,
            SessionForm.Typed typed,
            Complaint complaint,
            List<Plans.Named> plans,
            List<String> zones,
            List<Attendance.Watcher> watchers,
            Optional<Long> memo) {
        String title() {
            return session.map(LiveSession::title).orElse("New live session");
        }

        long id() {
            return session.map(LiveSession::id).orElse(0L);
        }

        String state() {
            return session.map(LiveSession::state).orElse("new");
        }

        String clock(int seconds) {
            return "%d:%02d".formatted(seconds / 60, seconds % 60);
        }
    }

    /** GET /desk/live */
    public void list(Context ctx) {
        html.page(
                ctx,
                "live/list",
                new ListPage(
                        Visit.staff(ctx),
                        Flash.take(ctx),
                        sessions.all(SHOWN),
                        new Times(publication.settings().zone(), clock.instant())));
    }

    /** GET /desk/live/new */
    public void blank(Context ctx) {
        Visit.editor(ctx);
        ZoneId zone = publication.settings().zone();
        LocalDateTime starts =
                LocalDateTime.of(clock.instant().atZone(zone).toLocalDate().plusDays(7), LocalTime.of(16, 0));
        show(ctx, 200, Optional.empty(), SessionForm.blank(zone, starts), Complaint.NONE);
    }

    private void show(
            Context ctx, int status, Optional<LiveSession> session, SessionForm.Typed typed, Complaint complaint) {
        ctx.status(status);
        html.page(
                ctx,
                "live/form",
                new FormPage(
                        Visit.staff(ctx),
                        Flash.take(ctx),
                        session,
                        typed,
                        complaint,
                        plans.named(),
                        Zones.ids().stream()
                                .filter(id -> id.contains("/") && !id.startsWith("Etc/") && !id.startsWith("SystemV/"))
                                .sorted()
                                .toList(),
                        session.map(one -> attendance.of(one.id(), SHOWN)).orElse(List.of()),
                        session.flatMap(one -> draftMemo.made(one.id()))));
    }

    private List<String> planSlugs() {
        return plans.named().stream().map(Plans.Named::slug).toList();
    }

    /** POST /desk/live/new */
    public void create(Context ctx) {
        Reader staff = Visit.editor(ctx);
        SessionForm.Typed typed = SessionForm.typed(ctx);
        try {
            SessionForm.Read form = SessionForm.read(typed, planSlugs());
            outside.check(form.outside());
            long id = add(form);
            note(staff, "made the live session " + typed.get("title"));
            Flash.put(ctx, "Saved as a draft. Nobody sees it before you announce it.");
            ctx.redirect("/desk/live/" + id, HttpStatus.SEE_OTHER);
        } catch (SessionForm.Wrong wrong) {
            show(ctx, 422, Optional.empty(), typed, wrong.complaint);
        }
    }

    private void note(Reader staff, String sentence) {
        jdbi.useTransaction(handle -> audit.note(handle, staff.id(), sentence));
    }

    private long add(SessionForm.Read form) {
        String slug = Slug.of(form.title());
        for (int n = 1; n < 1_000; n++) {
            Optional<Long> id = sessions.add(form, n == 1 ? slug : slug + "-" + n);
            if (id.isPresent()) return id.get();
        }
        throw Problem.stale("There are too many sessions with this title. Please choose another.");
    }

    private LiveSession session(Context ctx) {
        return sessions.find(id(ctx)).orElseThrow(() -> Problem.notFound("There is no such live session."));
    }

    private static long id(Context ctx) {
        String id = ctx.pathParam("id");
        return id.matches("\\d{1,18}") ? Long.parseLong(id) : 0;
    }

    /** GET /desk/live/{id} */
    public void form(Context ctx) {
        Visit.staff(ctx);
        LiveSession session = session(ctx);
        show(ctx, 200, Optional.of(session), SessionForm.of(session), Complaint.NONE);
    }

    /** POST /desk/live/{id} */
    public void save(Context ctx) {
        Visit.editor(ctx);
        LiveSession session = session(ctx);
        SessionForm.Typed typed = SessionForm.typed(ctx);
        try {
            SessionForm.Read form = SessionForm.read(typed, planSlugs());
            if (!form.outside().equals(session.outside())) outside.check(form.outside());
            sessions.change(session.id(), form);
            Flash.put(ctx, "Saved.");
            ctx.redirect("/desk/live/" + session.id(), HttpStatus.SEE_OTHER);
        } catch (SessionForm.Wrong wrong) {
            show(ctx, 422, Optional.of(session), typed, wrong.complaint);
        }
    }

    /** POST /desk/live/{id}/announce */
    public void announce(Context ctx) {
        Reader staff = Visit.editor(ctx);
        LiveSession session = session(ctx);
        sessions.announce(session.id());
        note(staff, "announced the live session " + session.title());
        Flash.put(ctx, "Announced. Readers see it and can ask already.");
        ctx.redirect("/desk/live/" + session.id(), HttpStatus.SEE_OTHER);
    }

    /** POST /desk/live/{id}/trim: {@code start} and {@code end}, in seconds or as 1:30 */
    public void trim(Context ctx) {
        Visit.editor(ctx);
        LiveSession session = session(ctx);
        sessions.trim(session.id(), seconds(ctx, "start"), seconds(ctx, "end"));
        Flash.put(ctx, "Saved. Whoever opens the recording now gets it so.");
        ctx.redirect("/desk/live/" + session.id(), HttpStatus.SEE_OTHER);
    }

    /** POST /desk/live/{id}/memo: a draft of what was asked and answered; where there is one, the way to it */
    public void memo(Context ctx) {
        Reader staff = Visit.staff(ctx);
        DraftMemo.Made made = draftMemo.make(session(ctx).id(), staff);
        Flash.put(
                ctx,
                made.isNew()
                        ? "Here is the draft. Nobody but the newsroom sees it before it is published."
                        : "There is a draft of this session already: this one.");
        ctx.redirect("/desk/stories/" + made.story(), HttpStatus.SEE_OTHER);
    }

    private static int seconds(Context ctx, String name) {
        String typed = Optional.ofNullable(ctx.formParam(name)).orElse("").strip();
        if (typed.isEmpty()) return 0;
        if (!typed.matches("\\d{1,5}|\\d{1,3}:[0-5]\\d"))
            throw Problem.invalid("Please give minutes and seconds, such as 1:30.");
        int colon = typed.indexOf(':');
        int seconds = colon < 0
                ? Integer.parseInt(typed)
                : Integer.parseInt(typed.substring(0, colon)) * 60 + Integer.parseInt(typed.substring(colon + 1));
        if (seconds > LONGEST_CUT) throw Problem.invalid("At most twelve hours can be cut away.");
        return seconds;
    }

    /** GET /desk/live/{id}/attendance.csv (RFC 4180) */
    public void attendance(Context ctx) {
        Visit.editor(ctx);
        LiveSession session = session(ctx);
        var csv = new StringBuilder("\uFEFFreader,name,team,minutes_live,minutes_later\r\n");
        for (Attendance.Watcher one : attendance.of(session.id(), MOST_ROWS))
            csv.append(cell(one.email()))
                    .append(',')
                    .append(cell(one.name()))
                    .append(',')
                    .append(cell(one.team()))
                    .append(',')
                    .append(one.live())
                    .append(',')
                    .append(one.later())
                    .append("\r\n");
        ctx.contentType("text/csv; charset=utf-8")
                .header("Cache-Control", "private, no-store")
                .header("Content-Disposition", "attachment; filename=\"watched-" + session.id() + ".csv\"")
                .result(csv.toString().getBytes(StandardCharsets.UTF_8));
    }

    /** Quoted; what a spreadsheet would take for a formula begins with an apostrophe. */
    private static String cell(String text) {
        String safe = text.matches("(?s)[=+\\-@\t\r].*") ? "'" + text : text;
        return "\"" + safe.replace("\"", "\"\"") + "\"";
    }

    /** POST /desk/live/{id}/remove: a draft only */
    public void remove(Context ctx) {
        Visit.editor(ctx);
        if (!sessions.remove(id(ctx))) throw Problem.stale("Only a draft can be removed.");
        Flash.put(ctx, "Removed.");
        ctx.redirect("/desk/live", HttpStatus.SEE_OTHER);
    }
}
