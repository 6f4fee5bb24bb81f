package press.masthead.live;

import io.javalin.http.Context;
import io.javalin.http.HttpStatus;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import press.masthead.access.Answer;
import press.masthead.access.Standing;
import press.masthead.access.Visit;
import press.masthead.broadcast.Passes;
import press.masthead.broadcast.Playlists;
import press.masthead.events.Event;
import press.masthead.platform.web.Flash;
import press.masthead.platform.web.Guard;
import press.masthead.platform.web.Problem;
import press.masthead.platform.web.PublicPages;
import press.masthead.publication.Publication;
import press.masthead.readers.Reader;
import press.masthead.search.Gatherings;

/** Live sessions as readers see them: announced to everyone; to whom the rule lets in, the pictures, the questions, the recording. */
public final class LivePages {
    private static final int LISTED = 100;

    private final LiveSessions sessions;
    private final Questions questions;
    private final Captions captions;
    private final Happenings happenings;
    private final Playlists playlists;
    private final Passes passes;
    private final Reminders reminders;
    private final Publication publication;
    private final PublicPages pages;
    private final SessionPage sessionPage;

    public LivePages(
            LiveSessions sessions,
            Questions questions,
            Captions captions,
            Happenings happenings,
            Playlists playlists,
            Passes passes,
            Reminders reminders,
            Publication publication,
            PublicPages pages,
            SessionPage sessionPage) {
        this.sessions = sessions;
        this.questions = questions;
        this.captions = captions;
        this.happenings = happenings;
        this.playlists = playlists;
        this.passes = passes;
        this.reminders = reminders;
        this.publication = publication;
        this.pages = pages;
        this.sessionPage = sessionPage;
    }

    /** GET /live/ */
    public void list(Context ctx) {
        var context = new HashMap<String, Object>();
        context.put("title", "Live");
        context.put("coming", sessions.coming(LISTED).stream().map(this::listed).toList());
        context.put("past", sessions.past(LISTED).stream().map(this::listed).toList());
        pages.show(ctx, 200, "custom-live-sessions", context);
    }

    private Map<String, Object> listed(LiveSession one) {
        var map = new HashMap<String, Object>();
        map.put("title", one.title());
        map.put("url", one.path());
        map.put("when", when(one));
        map.put("audience", one.access());
        map.put("live", one.isLive());
        String first = one.announcement().lines().findFirst().orElse("");
        if (!first.isEmpty()) map.put("announcement", first);
        return map;
    }

    private String when(LiveSession one) {
        return Event.moment(
                one.startsAt(),
                one.zoneId(),
                Locale.forLanguageTag(publication.settings().language()));
    }

    private LiveSession session(Context ctx) {
        boolean staff = Visit.of(ctx).standing() instanceof Standing.Staff;
        return sessions.find(ctx.pathParam("slug"), staff)
                .orElseThrow(() -> Problem.notFound("There is no live session at this address."));
    }

    /** GET /live/{slug}/ */
    public void page(Context ctx) {
        show(ctx, 200, session(ctx), "", "");
    }

    private void show(Context ctx, int status, LiveSession one, String error, String typed) {
        var context = new HashMap<String, Object>();
        context.put("title", one.title());
        context.put("url", one.path());
        context.put("when", when(one));
        context.put("starts", one.startsAt().toString());
        context.put("paragraphs", paragraphs(one.announcement()));
        context.put("audience", one.access());
        context.put("state", one.state());
        String notice = Flash.take(ctx);
        if (!notice.isEmpty()) context.put("notice", notice);
        if (!error.isEmpty()) context.put("error", error);
        context.put("typed", typed);
        Visit visit = Visit.of(ctx);
        switch (one.ask(visit.standing())) {
            case Answer.Open open -> {
                context.put("standing", visit.reader().isEmpty() ? "watch" : "ask");
                tell(ctx, context, one, open, visit);
            }
            case Answer.SignIn() -> context.put("standing", "sign-in");
            case Answer.Upgrade() ->
                context.put("standing", visit.reader().isEmpty() ? "sign-in-or-upgrade" : "upgrade");
            case Answer.Closed() -> context.put("standing", "closed");
        }
        sessionPage.show(ctx, status, one, recorded(one), context);
    }

    /** How long the recording is as it is cut. */
    private Optional<Duration> recorded(LiveSession one) {
        if (!one.isOver()) return Optional.empty();
        double seconds = playlists.length(one.id()) - one.trimStart() - one.trimEnd();
        return seconds > 0 ? Optional.of(Duration.ofSeconds(Math.round(seconds))) : Optional.empty();
    }

    private static List<String> paragraphs(String text) {
        return Stream.of(text.split("\\R\\s*\\R"))
                .map(String::strip)
                .filter(one -> !one.isEmpty())
                .toList();
    }

    /** What those who may watch are told besides. */
    private void tell(Context ctx, Map<String, Object> context, LiveSession one, Answer.Open open, Visit visit) {
        long reader = visit.reader().map(Reader::id).orElse(0L);
        Set<Long> votes = questions.votes(one.id(), reader);
        List<Question> all = questions.of(one.id());
        context.put("open", true);
        // Only here may the player reach elsewhere, and only who may watch is told where that is.
        if (one.isFromOutside())
            ctx.header("Content-Security-Policy", Guard.policyReaching(OutsideStream.origin(one.outside())));
        context.put("anonymous", one.anonymous());
        context.put("held_first", one.holdFirst());
        context.put(
                "questions",
                all.stream()
                        .filter(asked -> asked.isShown() || (reader != 0 && asked.readerId() == reader))
                        .map(asked -> question(asked, reader, votes))
                        .toList());
        if (one.state().equals("announced"))
            context.put("reminded", reader != 0 && reminders.isWanted(one.id(), reader));
        if (!one.isOver()) return;
        context.put("recording", playlists.length(one.id()) > 0);
        context.put("chapters", chapters(one, all));
        List<Cue> transcript = captions.of(one, open);
        if (transcript.isEmpty()) return;
        context.put("captions", transcriptLanguage(transcript));
        context.put(
                "transcript",
                Cue.paragraphs(transcript).stream().map(LivePages::paragraph).toList());
    }

    private static String transcriptLanguage(List<Cue> transcript) {
        var some = new StringBuilder();
        transcript.stream().limit(50).forEach(cue -> some.append(cue.words()).append(' '));
        return Gatherings.language("", some.toString());
    }

    private static Map<String, Object> paragraph(Cue cue) {
        var map = new HashMap<String, Object>();
        map.put("at", cue.starts() / 1000);
        map.put("clock", cue.clock());
        if (!cue.voice().isEmpty()) map.put("voice", cue.voice());
        map.put("text", cue.words());
        return map;
    }

    private static String clock(long at) {
        return at >= 3600
                ? "%d:%02d:%02d".formatted(at / 3600, at / 60 % 60, at % 60)
                : "%d:%02d".formatted(at / 60, at % 60);
    }

    static List<Cue> transcript(Context ctx, LiveSession one, Captions captions) {
        return captions.of(one, open(ctx, one));
    }

    /** GET /live/{slug}/captions.vtt: the transcript of the recording, in WebVTT */
    public void captions(Context ctx) {
        LiveSession one = session(ctx);
        List<Cue> transcript = transcript(ctx, one, captions);
        if (!one.isOver() || transcript.isEmpty()) throw Problem.notFound("There is no transcript of this session.");
        ctx.contentType("text/vtt; charset=utf-8")
                .header("Cache-Control", "private, no-store")
                .result(WebVtt.written(transcript).getBytes(StandardCharsets.UTF_8));
    }

    private static Map<String, Object> question(Question asked, long reader, Set<Long> votes) {
        var map = new HashMap<String, Object>();
        map.put("id", asked.id());
        map.put("text", asked.body());
        if (!asked.name().isEmpty()) map.put("name", asked.name());
        map.put("state", asked.state());
        map.put("votes", asked.votes());
        map.put("ahead", asked.ahead());
        if (!asked.answer().isEmpty()) map.put("answer", asked.answer());
        map.put("own", reader != 0 && asked.readerId() == reader);
        map.put("voted", votes.contains(asked.id()));
        return map;
    }

    /** Where each question that was answered aloud begins, in seconds of the recording as it is cut. */
    private List<Map<String, Object>> chapters(LiveSession one, List<Question> all) {
        double end = playlists.length(one.id()) - one.trimEnd();
        var chapters = new ArrayList<Map<String, Object>>();
        all.stream()
                .filter(asked -> asked.isAnswered() && asked.answeringAt().isPresent())
                .sorted(java.util.Comparator.comparing(
                        asked -> asked.answeringAt().orElseThrow()))
                .forEach(asked -> {
                    double place = playlists.place(one.id(), asked.answeringAt().orElseThrow());
                    if (place > end) return;
                    long at = Math.max(0, Math.round(place) - one.trimStart());
                    chapters.add(Map.of("at", at, "clock", clock(at), "text", asked.body()));
                });
        return chapters;
    }

    private static Answer.Open open(Context ctx, LiveSession one) {
        return switch (one.ask(Visit.of(ctx).standing())) {
            case Answer.Open open -> open;
            case Answer.SignIn() -> throw Problem.forbidden("Please sign in to watch this session.");
            case Answer.Upgrade() -> throw Problem.forbidden("This session is for members.");
            case Answer.Closed() -> throw Problem.forbidden("Nobody can watch this session just now.");
        };
    }

    /** GET /live/{slug}/pass: the address of the pictures for the next minutes, decided anew each time */
    public void pass(Context ctx) {
        LiveSession one = session(ctx);
        open(ctx, one);
        long reader = Visit.of(ctx).reader().map(Reader::id).orElse(0L);
        ctx.header("Cache-Control", "no-store")
                .json(Map.of(
                        "base",
                        "/live/media/" + one.id() + "/" + passes.issue(one.id(), reader) + "/",
                        "seconds",
                        Passes.LIFE.toSeconds(),
                        "outside",
                        one.outside()));
    }

    /** GET /live/{slug}/events */
    public void events(Context ctx) {
        LiveSession one = session(ctx);
        open(ctx, one);
        new Listener(one.id(), Visit.of(ctx).reader().map(Reader::id).orElse(0L), false).serve(ctx, happenings);
    }

    /** GET /live/{slug}/session.ics */
    public void calendar(Context ctx) {
        LiveSession one = session(ctx);
        ctx.contentType("text/calendar; charset=utf-8")
                .header("Cache-Control", "private, no-store")
                .header("Content-Disposition", "attachment; filename=\"session.ics\"")
                .result(reminders.file(one).getBytes(StandardCharsets.UTF_8));
    }

    /** POST /live/{slug}/remind: {@code wanted} */
    public void remind(Context ctx) {
        Reader reader = Visit.of(ctx).reader().orElseThrow(() -> Problem.forbidden("Please sign in first."));
        LiveSession one = session(ctx);
        open(ctx, one);
        boolean wanted = "yes".equals(ctx.formParam("wanted"));
        reminders.choose(one, reader.id(), wanted);
        Flash.put(ctx, wanted ? "We write to you a day and ten minutes before." : "You get no reminder.");
        ctx.redirect(one.path(), HttpStatus.SEE_OTHER);
    }

    /** POST /live/{slug}/questions: {@code question}, {@code anonymous} */
    public void ask(Context ctx) {
        Reader reader = Visit.of(ctx).reader().orElseThrow(() -> Problem.forbidden("Please sign in to ask."));
        LiveSession one = session(ctx);
        String typed = Optional.ofNullable(ctx.formParam("question")).orElse("").strip();
        boolean script = "yes".equals(ctx.formParam("script"));
        try {
            boolean held = questions.ask(one, open(ctx, one), reader, typed, "yes".equals(ctx.formParam("anonymous")));
            String said =
                    held ? "Thank you. A moderator looks at it first." : "Thank you. Everyone sees your question now.";
            if (script) {
                ctx.result(said);
                return;
            }
            Flash.put(ctx, said);
            ctx.redirect(one.path(), HttpStatus.SEE_OTHER);
        } catch (Problem problem) {
            problem.tellWhen(ctx);
            if (script) ctx.status(problem.status()).result(problem.sentence());
            else show(ctx, problem.status(), one, problem.sentence(), typed);
        }
    }

    /** POST /live/{slug}/questions/{question}/vote */
    public void vote(Context ctx) {
        Reader reader = Visit.of(ctx).reader().orElseThrow(() -> Problem.forbidden("Please sign in to vote."));
        LiveSession one = session(ctx);
        String id = ctx.pathParam("question");
        boolean now = questions.vote(one, open(ctx, one), reader, id.matches("\\d{1,18}") ? Long.parseLong(id) : 0);
        if ("yes".equals(ctx.formParam("script"))) ctx.result(now ? "yes" : "no");
        else ctx.redirect(one.path(), HttpStatus.SEE_OTHER);
    }
}
