package press.masthead.archive;

import io.javalin.http.Context;
import io.javalin.http.HttpStatus;
import java.time.Clock;
import java.time.Duration;
import java.time.ZoneId;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.jdbi.v3.core.Jdbi;
import press.masthead.access.Answer.Open;
import press.masthead.access.Visit;
import press.masthead.platform.web.Flash;
import press.masthead.platform.web.Limits;
import press.masthead.platform.web.Problem;
import press.masthead.platform.web.PublicPages;
import press.masthead.readers.Reader;
import press.masthead.search.Search;
import press.masthead.stories.Stories;
import press.masthead.stories.StoryCard;
import press.masthead.teams.Colleagues;
import press.masthead.wording.Wording;

/** Asking the archive: a member's questions and answers. Whoever may not ask gets the offer and nothing else. */
public final class AskPages {
    /** Characters. */
    static final int LONGEST = 500;

    private static final int NOTE = 1000;
    private static final int LATELY = 8;
    private static final int LISTED = 200;
    private static final int A_MINUTE = 10;
    private static final Duration MINUTE = Duration.ofMinutes(1);

    private final Questions questions;
    private final AskRules rules;
    private final AskArchive archive;
    private final Colleagues colleagues;
    private final Stories stories;
    private final Limits limits;
    private final PublicPages pages;

    /** @param wording by a large model, where the operator connected one */
    public AskPages(
            Jdbi jdbi,
            Search search,
            Stories stories,
            Colleagues colleagues,
            Limits limits,
            Supplier<ZoneId> zone,
            Optional<Wording> wording,
            PublicPages pages,
            Clock clock) {
        questions = new Questions(jdbi, clock);
        rules = new AskRules(jdbi, zone, clock);
        archive = new AskArchive(search, stories, questions, rules, wording.map(Compose::new), clock);
        this.colleagues = colleagues;
        this.stories = stories;
        this.limits = limits;
        this.pages = pages;
    }

    /** Forgets old counts; for the timetable. */
    public void forgetOld() {
        rules.forgetOld();
    }

    /** The asker; none after whoever may not ask was shown the offer. */
    private Optional<Reader> asker(Context ctx, int status) {
        Visit visit = Visit.of(ctx);
        if (visit.reader().isPresent() && rules.ask(visit.standing()) instanceof Open) return visit.reader();
        pages.show(
                ctx,
                status,
                "custom-ask",
                Map.of(
                        "title",
                        "Ask the archive",
                        "standing",
                        visit.reader().isEmpty() ? "sign-in-or-upgrade" : "upgrade"));
        return Optional.empty();
    }

    /** GET /pro/ask/ */
    public void begin(Context ctx) {
        asker(ctx, 200).ifPresent(reader -> show(ctx, 200, reader, List.of(), new Typed("", "")));
    }

    /** What stands in the box, and what is wrong with it. */
    private record Typed(String text, String error) {}

    /** POST /pro/ask/: {@code question}, and {@code after} for one that follows another. */
    public void ask(Context ctx) {
        asker(ctx, 403).ifPresent(reader -> ask(ctx, reader));
    }

    private void ask(Context ctx, Reader reader) {
        String text = text(ctx, "question");
        Optional<Asked> after = number(
                        ctx.formParamAsClass("after", String.class).getOrDefault(""))
                .flatMap(questions::find)
                .filter(before -> before.readerId() == reader.id());
        if (text.codePoints().noneMatch(Character::isLetterOrDigit))
            refuse(ctx, 422, reader, after, text, "Write a question first.");
        else if (text.length() > LONGEST)
            refuse(
                    ctx,
                    422,
                    reader,
                    after,
                    text,
                    "A question can have 500 characters. This one is longer: nothing of it is lost, please shorten it here.");
        else if (!limits.allows("ask:" + reader.id(), A_MINUTE, MINUTE))
            refuse(ctx, 429, reader, after, text, "That were many questions at once. Please try again in a minute.");
        else
            switch (archive.ask(reader, Visit.of(ctx).standing(), text, after)) {
                case AskArchive.Result.Kept kept ->
                    ctx.redirect(kept.asked().path() + "#q" + kept.asked().id(), HttpStatus.SEE_OTHER);
                case AskArchive.Result.Spent() ->
                    refuse(
                            ctx,
                            429,
                            reader,
                            after,
                            text,
                            "You have asked all of this month's questions. New ones are there from the first of the next month.");
                case AskArchive.Result.NotReady() ->
                    refuse(
                            ctx,
                            503,
                            reader,
                            after,
                            text,
                            "The archive is being put in order. Please try again in a few minutes.");
                case AskArchive.Result.Away() -> {
                    ctx.header("Retry-After", "60");
                    refuse(ctx, 503, reader, after, text, "Search is away for a moment. Please try again in a minute.");
                }
            }
    }

    private void refuse(Context ctx, int status, Reader reader, Optional<Asked> after, String text, String error) {
        List<Asked> thread = after.map(before -> questions.thread(before.threadId(), reader.id()))
                .orElse(List.of());
        show(ctx, status, reader, thread, new Typed(text, error));
    }

    /** GET /pro/ask/{id}/: the conversation that the question is part of; a colleague's question alone. */
    public void question(Context ctx) {
        asker(ctx, 200).ifPresent(reader -> {
            Asked asked = visible(ctx, reader);
            boolean own = asked.readerId() == reader.id();
            show(
                    ctx,
                    200,
                    reader,
                    own ? questions.thread(asked.threadId(), reader.id()) : List.of(asked),
                    new Typed("", ""));
        });
    }

    /** One's own, or one that was shared with a team of theirs. */
    private Asked visible(Context ctx, Reader reader) {
        return number(ctx.pathParam("id"))
                .flatMap(questions::find)
                .filter(asked -> asked.readerId() == reader.id()
                        || asked.sharedTeam()
                                .filter(team ->
                                        colleagues.teamsOf(reader.id()).stream().anyMatch(mine -> mine.id() == team))
                                .isPresent())
                .orElseThrow(() -> Problem.notFound("There is no question at this address."));
    }

    private Asked own(Context ctx, Reader reader) {
        return number(ctx.pathParam("id"))
                .flatMap(questions::find)
                .filter(asked -> asked.readerId() == reader.id())
                .orElseThrow(() -> Problem.notFound("There is no question at this address."));
    }

    private void show(Context ctx, int status, Reader reader, List<Asked> thread, Typed typed) {
        var context = frame(reader);
        context.put("typed", typed.text());
        if (!typed.error().isEmpty()) context.put("error", typed.error());
        String notice = Flash.take(ctx);
        if (!notice.isEmpty()) context.put("notice", notice);
        context.put(
                "turns", thread.stream().map(asked -> turn(ctx, reader, asked)).toList());
        if (thread.isEmpty()) {
            if (!Objects.equals(context.get("left"), 0)) context.put("examples", examples());
            context.put("lately", listed(questions.of(reader.id(), false, LATELY)));
            context.put("shared", listed(questions.sharedWith(teams(reader), reader.id(), LATELY)));
        } else {
            context.put("title", thread.getFirst().asked());
            if (thread.getLast().readerId() == reader.id())
                context.put("after", thread.getLast().id());
        }
        pages.show(ctx, status, "custom-ask", context);
    }

    private Map<String, Object> frame(Reader reader) {
        int of = rules.settings().aMonth();
        var context =
                new HashMap<String, Object>(Map.of("title", "Ask the archive", "standing", "ask", "longest", LONGEST));
        context.put("of", of);
        context.put("left", Math.max(0, of - rules.use(reader.id()).asked()));
        context.put(
                "teams",
                colleagues.teamsOf(reader.id()).stream()
                        .map(team -> Map.<String, Object>of("id", team.id(), "name", team.name()))
                        .toList());
        return context;
    }

    private List<Long> teams(Reader reader) {
        return colleagues.teamsOf(reader.id()).stream()
                .map(Colleagues.OfTeam::id)
                .toList();
    }

    /** The newest headlines, as something to begin with. */
    private List<String> examples() {
        return stories.newestOf("article", 3, 0).stream().map(StoryCard::title).toList();
    }

    private static List<Map<String, Object>> listed(List<Asked> asked) {
        return asked.stream()
                .map(one -> {
                    var map = new HashMap<String, Object>(Map.of(
                            "text",
                            one.asked(),
                            "url",
                            one.path() + "#q" + one.id(),
                            "at",
                            one.at(),
                            "found",
                            one.answered(),
                            "saved",
                            one.savedAt().isPresent(),
                            "action",
                            one.path(),
                            "asker",
                            one.asker()));
                    return map;
                })
                .map(map -> (Map<String, Object>) map)
                .toList();
    }

    private Map<String, Object> turn(Context ctx, Reader reader, Asked asked) {
        Shown shown = Shown.of(
                asked,
                questions.quotes(asked.id()),
                archive.library(),
                Visit.of(ctx).standing());
        boolean own = asked.readerId() == reader.id();
        var turn = new HashMap<String, Object>(Map.of(
                "id",
                asked.id(),
                "text",
                asked.asked(),
                "at",
                asked.at(),
                "action",
                asked.path(),
                "own",
                own,
                "state",
                !asked.answered() ? "absent" : shown.sentences().isEmpty() ? "gone" : "answered"));
        turn.put("by_model", asked.byModel());
        turn.put("own_words", shown.sentences().stream().anyMatch(Shown.Sentence::hasOwn));
        turn.put("saved", asked.savedAt().isPresent());
        turn.put("helpful", asked.helpful().map(yes -> yes ? "yes" : "no").orElse(""));
        turn.put("note", asked.note());
        if (!own) turn.put("asker", asked.asker());
        if (asked.sharedTeam().isPresent()) turn.put("team", asked.teamName());
        turn.put("sentences", shown.sentences().stream().map(AskPages::shape).toList());
        turn.put("sources", shown.sources().stream().map(AskPages::shape).toList());
        shown.newest().ifPresent(at -> turn.put("newest", at));
        shown.oldest().ifPresent(at -> turn.put("oldest", at));
        turn.put(
                "differing",
                shown.differing().stream()
                        .map(pair -> pair.stream().map(AskPages::shape).toList())
                        .toList());
        turn.put("near", shown.near().stream().map(AskPages::shape).toList());
        return turn;
    }

    private static Map<String, Object> shape(Shown.Sentence one) {
        return Map.of(
                "text",
                one.text(),
                "stretches",
                one.stretches().stream()
                        .map(stretch -> Map.of("text", stretch.text(), "own", stretch.own()))
                        .toList(),
                "language",
                one.language(),
                "direction",
                one.direction(),
                "cites",
                one.cites().stream()
                        .map(cite -> Map.of("number", cite.number(), "url", cite.url()))
                        .toList());
    }

    private static Map<String, Object> shape(Shown.Cited one) {
        var map = new HashMap<>(shape(one.card()));
        map.put("number", one.number());
        map.put("url", one.url());
        map.put("newest", one.newest());
        return map;
    }

    private static Map<String, Object> shape(Shown.Stated one) {
        var map = shape(one.source());
        map.put("figure", one.figure());
        return map;
    }

    private static Map<String, Object> shape(StoryCard card) {
        var map = new HashMap<String, Object>(Map.of(
                "title",
                card.title(),
                "url",
                card.path(),
                "kind",
                card.kind(),
                "language",
                card.language(),
                "direction",
                card.direction(),
                "published_at",
                card.publishedAt()));
        if (!card.authorNames().isEmpty()) map.put("byline", String.join(", ", card.authorNames()));
        return map;
    }

    /** POST /pro/ask/{id}/helpful: {@code helpful} is yes or no, with a {@code note}. */
    public void judge(Context ctx) {
        asker(ctx, 403).ifPresent(reader -> {
            Asked asked = own(ctx, reader);
            String note = text(ctx, "note");
            questions.judge(
                    asked.id(),
                    "yes".equals(ctx.formParam("helpful")),
                    note.length() > NOTE ? note.substring(0, NOTE) : note);
            back(ctx, asked, "Thank you. The newsroom reads this without your name.");
        });
    }

    /** POST /pro/ask/{id}/save: {@code save} is yes or no. */
    public void save(Context ctx) {
        asker(ctx, 403).ifPresent(reader -> {
            Asked asked = own(ctx, reader);
            boolean wanted = !"no".equals(ctx.formParam("save"));
            questions.save(asked.id(), wanted);
            back(ctx, asked, wanted ? "Saved." : "No longer saved.");
        });
    }

    /** POST /pro/ask/{id}/share: {@code team}, a number; none takes the sharing back. */
    public void share(Context ctx) {
        asker(ctx, 403).ifPresent(reader -> {
            Asked asked = own(ctx, reader);
            Optional<Long> team = number(
                            ctx.formParamAsClass("team", String.class).getOrDefault(""))
                    .filter(teams(reader)::contains);
            questions.share(asked.id(), team);
            back(
                    ctx,
                    asked,
                    team.isPresent()
                            ? "Shared with your team. Each sees what they may read themselves."
                            : "No longer shared.");
        });
    }

    /** Who is signed in: what one asked is one's own, also without the plan that it was asked with. */
    private static Reader signedIn(Context ctx) {
        return Visit.of(ctx).reader().orElseThrow(() -> Problem.forbidden("Please sign in first."));
    }

    /** POST /pro/ask/{id}/delete */
    public void delete(Context ctx) {
        questions.delete(own(ctx, signedIn(ctx)).id());
        Flash.put(ctx, "The question is deleted.");
        ctx.redirect("/pro/ask/history/", HttpStatus.SEE_OTHER);
    }

    /** GET /pro/ask/history/, and ?saved=yes */
    public void history(Context ctx) {
        Visit.of(ctx)
                .reader()
                .ifPresentOrElse(
                        reader -> {
                            var context = frame(reader);
                            boolean saved = "yes".equals(ctx.queryParam("saved"));
                            context.put("title", saved ? "Saved answers" : "Your questions");
                            context.put("saved_alone", saved);
                            context.put("questions", listed(questions.of(reader.id(), saved, LISTED)));
                            String notice = Flash.take(ctx);
                            if (!notice.isEmpty()) context.put("notice", notice);
                            pages.show(ctx, 200, "custom-ask-history", context);
                        },
                        () -> ctx.redirect("/signin/?next=/pro/ask/history/", HttpStatus.SEE_OTHER));
    }

    /** POST /pro/ask/history/delete: all of them. */
    public void deleteAll(Context ctx) {
        questions.deleteAll(signedIn(ctx).id());
        Flash.put(ctx, "All your questions are deleted.");
        ctx.redirect("/pro/ask/history/", HttpStatus.SEE_OTHER);
    }

    private static void back(Context ctx, Asked asked, String notice) {
        Flash.put(ctx, notice);
        ctx.redirect(asked.path() + "#q" + asked.id(), HttpStatus.SEE_OTHER);
    }

    /** Without what only directs how letters run or can't be seen. */
    private static String text(Context ctx, String name) {
        return Stream.of(ctx.formParamAsClass(name, String.class).getOrDefault(""))
                .map(typed -> typed.replaceAll(
                                "[\\p{Cc}\\p{Cs}\\p{Co}\\p{Cn}\\u202A-\\u202E\\u2066-\\u2069\\u200B\\uFEFF]", " ")
                        .replaceAll("\\s+", " ")
                        .strip())
                .findFirst()
                .orElse("");
    }

    private static Optional<Long> number(String text) {
        return text.matches("[1-9]\\d{0,17}") ? Optional.of(Long.parseLong(text)) : Optional.empty();
    }
}
