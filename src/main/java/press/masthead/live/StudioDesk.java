package press.masthead.live;

import io.javalin.http.Context;
import io.javalin.http.HttpStatus;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import org.jdbi.v3.core.Jdbi;
import press.masthead.access.Visit;
import press.masthead.broadcast.Broadcast;
import press.masthead.desk.Audit;
import press.masthead.platform.web.Flash;
import press.masthead.platform.web.Html;
import press.masthead.platform.web.Problem;
import press.masthead.readers.Reader;

/** Where a journalist goes live from, and where questions are put in order. */
public final class StudioDesk {
    /** Seconds of pictures at the pace that browsers are asked for are far less. */
    private static final int MOST_BYTES = 4 << 20;

    private final Jdbi jdbi;
    private final LiveSessions sessions;
    private final Questions questions;
    private final Happenings happenings;
    private final Broadcast broadcast;
    private final GoLive goLive;
    private final StreamKeys keys;
    private final Supplier<Optional<String>> rtmp;
    private final Audit audit;
    private final Html html;

    /** @param rtmp the address that programs send pictures to, where there is one */
    public StudioDesk(
            Jdbi jdbi,
            LiveSessions sessions,
            Questions questions,
            Happenings happenings,
            Broadcast broadcast,
            GoLive goLive,
            StreamKeys keys,
            Supplier<Optional<String>> rtmp,
            Audit audit,
            Html html) {
        this.jdbi = jdbi;
        this.sessions = sessions;
        this.questions = questions;
        this.happenings = happenings;
        this.broadcast = broadcast;
        this.goLive = goLive;
        this.keys = keys;
        this.rtmp = rtmp;
        this.audit = audit;
        this.html = html;
    }

    record Page(Reader staff, String notice, LiveSession session, boolean possible, String rtmp, boolean hasKey) {}

    private Page page(Context ctx) {
        Reader staff = Visit.staff(ctx);
        LiveSession session = session(ctx);
        return new Page(
                staff,
                Flash.take(ctx),
                session,
                broadcast.isPossible(),
                rtmp.get().orElse(""),
                keys.trouble(session.id()).isPresent());
    }

    /** GET /desk/live/{id}/studio */
    public void studio(Context ctx) {
        html.page(ctx, "live/studio", page(ctx));
    }

    /** GET /desk/live/{id}/questions */
    public void moderate(Context ctx) {
        html.page(ctx, "live/questions", page(ctx));
    }

    private LiveSession session(Context ctx) {
        return sessions.find(number(ctx, "id")).orElseThrow(() -> Problem.notFound("There is no such live session."));
    }

    private static long number(Context ctx, String name) {
        String typed = ctx.pathParam(name);
        return typed.matches("\\d{1,18}") ? Long.parseLong(typed) : 0;
    }

    /** POST /desk/live/{id}/takes: goes live, or goes on after a break; {@code over} where someone else's is to be taken over, {@code go} where
     * the button was pressed */
    public void begin(Context ctx) {
        Reader staff = Visit.staff(ctx);
        LiveSession session = session(ctx);
        long take = goLive.fromBrowser(
                session, staff.id(), "yes".equals(ctx.queryParam("over")), "yes".equals(ctx.queryParam("go")));
        ctx.json(Map.of("take", take));
    }

    /** POST /desk/live/{id}/takes/{take}/{part}: what the browser recorded since the part before */
    public void part(Context ctx) {
        Visit.staff(ctx);
        byte[] bytes = ctx.bodyAsBytes();
        if (bytes.length > MOST_BYTES) throw Problem.tooLarge("This part of the recording is too large.");
        String part = ctx.pathParam("part");
        if (!part.matches("\\d{1,9}")) throw Problem.notFound("There is no such part.");
        ctx.json(broadcast.receive(number(ctx, "id"), number(ctx, "take"), Integer.parseInt(part), bytes));
    }

    /** POST /desk/live/{id}/open: begins a session whose pictures come from elsewhere */
    public void open(Context ctx) {
        Reader staff = Visit.staff(ctx);
        LiveSession session = session(ctx);
        goLive.fromOutside(session, staff.id());
        Flash.put(ctx, "The session has begun. Everyone who waits sees the stream now.");
        ctx.redirect("/desk/live/" + session.id() + "/studio", HttpStatus.SEE_OTHER);
    }

    /** POST /desk/live/{id}/key: a fresh key for programs, told this once; the old one is good no more */
    public void key(Context ctx) {
        Reader staff = Visit.staff(ctx);
        LiveSession session = session(ctx);
        if (session.isOver()) throw Problem.stale("This session is over.");
        String key = jdbi.inTransaction(handle -> {
            audit.note(handle, staff.id(), "made a stream key for " + session.title());
            return keys.renew(handle, session.id(), staff.id()).reveal();
        });
        ctx.header("Cache-Control", "no-store").json(Map.of("key", key));
    }

    /** GET /desk/live/{id}/program: whether a program is live, and what is wrong with it */
    public void program(Context ctx) {
        Visit.staff(ctx);
        LiveSession session = session(ctx);
        boolean live = session.isLive()
                && broadcast
                        .onAir(session.id())
                        .filter(Broadcast.OnAir::isProgram)
                        .isPresent();
        ctx.header("Cache-Control", "no-store")
                .json(Map.of(
                        "live", live,
                        "trouble", keys.trouble(session.id()).orElse(""),
                        "littleRoom", broadcast.hasLittleRoom(),
                        "state", session.state()));
    }

    /** POST /desk/live/{id}/end */
    public void end(Context ctx) {
        Reader staff = Visit.staff(ctx);
        LiveSession session = session(ctx);
        if (!session.isLive()) throw Problem.stale("This session is not live.");
        broadcast.close(session.id());
        jdbi.useTransaction(handle -> {
            var _ = sessions.hold(handle, session.id()).orElseThrow();
            sessions.end(handle, session.id());
            questions.finish(handle, session.id());
            audit.note(handle, staff.id(), "ended the live session " + session.title());
            questions.tellState(handle, session.id());
        });
        if ("yes".equals(ctx.formParam("back")))
            ctx.redirect("/desk/live/" + session.id() + "/studio", HttpStatus.SEE_OTHER);
        else ctx.result("ended");
    }

    /** GET /desk/live/{id}/events */
    public void events(Context ctx) {
        Reader staff = Visit.staff(ctx);
        new Listener(session(ctx).id(), staff.id(), true).serve(ctx, happenings);
    }

    /** POST /desk/live/{id}/questions/{question}/{act}: {@code words} of an answer, {@code into} of a merge */
    public void act(Context ctx) {
        Visit.staff(ctx);
        long session = session(ctx).id();
        long question = number(ctx, "question");
        switch (ctx.pathParam("act")) {
            case "mute" -> questions.mute(session, question);
            case "write" ->
                questions.answer(
                        session,
                        question,
                        Optional.ofNullable(ctx.formParam("words")).orElse("").strip());
            case "merge" -> {
                String into = Optional.ofNullable(ctx.formParam("into")).orElse("");
                questions.merge(session, question, into.matches("\\d{1,18}") ? Long.parseLong(into) : 0);
            }
            case "show", "hold", "refuse", "queue", "answer", "done" ->
                questions.move(
                        session,
                        question,
                        Questions.Move.valueOf(ctx.pathParam("act").toUpperCase(Locale.ROOT)));
            default -> throw Problem.notFound("There is no such thing to do with a question.");
        }
        ctx.result("done");
    }
}
