package press.masthead.live;

import io.javalin.http.Context;
import io.javalin.http.HttpStatus;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.Jdbi;
import press.masthead.access.Visit;
import press.masthead.desk.Audit;
import press.masthead.platform.web.Flash;
import press.masthead.platform.web.Html;
import press.masthead.platform.web.Problem;
import press.masthead.platform.web.Upload;
import press.masthead.readers.Reader;

/** Captions in the newsroom: typed while a session is live, uploaded as a file once there is a recording. */
public final class TranscriptDesk {
    private static final int SHOWN = 6;
    private static final long LONGEST_MS = 24L * 3600 * 1000;

    private final Jdbi jdbi;
    private final LiveSessions sessions;
    private final Captions captions;
    private final Audit audit;
    private final Html html;

    public TranscriptDesk(Jdbi jdbi, LiveSessions sessions, Captions captions, Audit audit, Html html) {
        this.jdbi = jdbi;
        this.sessions = sessions;
        this.captions = captions;
        this.audit = audit;
        this.html = html;
    }

    /** @param complaints why a file was not taken, line by line */
    record Page(
            Reader staff,
            String notice,
            LiveSession session,
            String kind,
            List<Captions.Line> typed,
            List<Cue> transcript,
            List<String> complaints) {}

    private LiveSession session(Context ctx) {
        String id = ctx.pathParam("id");
        return sessions.find(id.matches("\\d{1,18}") ? Long.parseLong(id) : 0)
                .orElseThrow(() -> Problem.notFound("There is no such live session."));
    }

    /** GET /desk/live/{id}/captions */
    public void page(Context ctx) {
        Visit.staff(ctx);
        show(ctx, 200, session(ctx), List.of());
    }

    private void show(Context ctx, int status, LiveSession one, List<String> complaints) {
        ctx.status(status);
        html.page(
                ctx,
                "live/captions",
                new Page(
                        Visit.staff(ctx),
                        Flash.take(ctx),
                        one,
                        captions.kind(one.id()).orElse(""),
                        one.isLive() ? captions.typed(one.id(), SHOWN) : List.of(),
                        one.isOver() ? Cue.paragraphs(LivePages.transcript(ctx, one, captions)) : List.of(),
                        complaints));
    }

    /** POST /desk/live/{id}/captions: {@code words} */
    public void type(Context ctx) {
        Visit.staff(ctx);
        LiveSession one = session(ctx);
        boolean script = "yes".equals(ctx.formParam("script"));
        try {
            captions.type(
                    one.id(),
                    Optional.ofNullable(ctx.formParam("words"))
                            .orElse("")
                            .strip()
                            .replaceAll("\\s+", " "));
            if (script) ctx.result("shown");
            else ctx.redirect("/desk/live/" + one.id() + "/captions", HttpStatus.SEE_OTHER);
        } catch (Problem problem) {
            if (script) ctx.status(problem.status()).result(problem.sentence());
            else show(ctx, problem.status(), one, List.of(problem.sentence()));
        }
    }

    /** POST /desk/live/{id}/transcript: {@code file}, in WebVTT. Where anything in it is wrong, nothing is changed */
    public void upload(Context ctx) {
        Reader staff = Visit.editor(ctx);
        LiveSession one = session(ctx);
        try {
            if (!one.isOver()) throw Problem.stale("A transcript can be uploaded once the session is over.");
            Upload file =
                    Upload.read(ctx, "file", WebVtt.MOST_BYTES, "This file is larger than 2 MB, so it was not taken.");
            long length = captions.length(one);
            WebVtt.Read read = WebVtt.read(file.bytes(), length > 0 ? length : LONGEST_MS);
            if (!read.complaints().isEmpty()) {
                show(ctx, 422, one, read.complaints());
                return;
            }
            captions.replace(one, read.cues());
            done(ctx, one, staff, "uploaded a transcript of ", "Saved. It stands beside the recording now.");
        } catch (Problem problem) {
            show(ctx, problem.status(), one, List.of(problem.sentence()));
        }
    }

    /** POST /desk/live/{id}/transcript/remove: the uploaded one; what was typed comes back */
    public void remove(Context ctx) {
        Reader staff = Visit.editor(ctx);
        LiveSession one = session(ctx);
        captions.remove(one.id());
        done(ctx, one, staff, "removed the transcript of ", "Removed.");
    }

    private void done(Context ctx, LiveSession one, Reader staff, String did, String said) {
        jdbi.useTransaction(handle -> audit.note(handle, staff.id(), did + one.title()));
        Flash.put(ctx, said);
        ctx.redirect("/desk/live/" + one.id() + "/captions", HttpStatus.SEE_OTHER);
    }
}
