package press.masthead.tagging;

import io.javalin.http.Context;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import press.masthead.access.Visit;
import press.masthead.briefing.Blurb;
import press.masthead.briefing.Headlines;
import press.masthead.platform.web.Html;
import press.masthead.platform.web.Problem;
import press.masthead.readers.Reader;
import press.masthead.tagging.Suggestion.Kind;
import press.masthead.topics.Country;

/** Suggestions beside a story that is being written. They are asked for in a pause of writing, and nothing of a story is changed here. */
public final class AssistDesk {
    private static final int LONGEST = 60_000;
    /** Suggestions that come later than this come in the next pause. */
    private static final Duration PATIENCE = Duration.ofSeconds(5);
    /** Shorter than this a text needs nobody to sum it up. */
    private static final int ENOUGH = 50;

    private static final int LONGEST_STANDFIRST = 220;
    private static final int MOST_WORDS = 16;
    private static final int LONGEST_WORD = 80;

    private final Suggest suggest;
    private final Earlier earlier;
    private final Html html;
    private final Clock clock;
    private final InTime inTime =
            new InTime(PATIENCE, Math.max(2, Runtime.getRuntime().availableProcessors()));

    public AssistDesk(Suggest suggest, Earlier earlier, Html html, Clock clock) {
        this.suggest = suggest;
        this.earlier = earlier;
        this.html = html;
        this.clock = clock;
    }

    /** @param fresh names that are on no list, for whoever wants to put them there */
    record PanelPage(
            List<Part> parts,
            List<String> fresh,
            List<String> headlines,
            List<String> standfirsts,
            List<Earlier.Story> earlier,
            boolean mayAdd,
            boolean early) {}

    /** Suggestions of one kind, under their heading. */
    record Part(String heading, List<Suggestion> suggestions) {}

    /** POST /desk/assist: what to suggest for the text that is sent, as a part of the editor's page */
    public void suggestions(Context ctx) {
        Reader staff = Visit.staff(ctx);
        Written written = read(ctx);
        PanelPage panel = inTime.done(() -> panel(staff, written))
                .orElseThrow(
                        () -> Problem.unavailable("Suggestions take too long just now. Your text is not touched."));
        html.page(ctx, "tagging/panel", panel);
    }

    private PanelPage panel(Reader staff, Written written) {
        var told = suggest.suggested(written);
        List<Suggestion> suggested = told.suggestions();
        var parts = Stream.of(Kind.values())
                .map(kind -> new Part(
                        kind.heading(),
                        suggested.stream().filter(one -> one.kind() == kind).toList()))
                .filter(part -> !part.suggestions().isEmpty())
                .toList();
        return new PanelPage(
                parts,
                suggest.freshNames(written),
                headlines(written),
                standfirsts(written),
                told.earlier(),
                staff.mayPublish(),
                written.words() < ENOUGH);
    }

    record FoundPage(String words, List<Earlier.Story> found) {}

    /** GET /desk/assist/found: what we said before about these words */
    public void found(Context ctx) {
        Visit.staff(ctx);
        String words = cut(ctx.queryParam("q"), 200).replaceAll("\\s+", " ");
        html.page(
                ctx,
                "tagging/found",
                new FoundPage(words, words.isEmpty() ? List.of() : earlier.about(words, clock.instant())));
    }

    /** Offered while there is none; drawn from the text, never made up. */
    private static List<String> headlines(Written written) {
        return written.title().isBlank() ? Headlines.of(written.body(), written.language(), 3) : List.of();
    }

    private static List<String> standfirsts(Written written) {
        if (!written.standfirst().isBlank() || written.words() < ENOUGH) return List.of();
        return Blurb.of(written.title(), written.body(), written.language(), LONGEST_STANDFIRST).stream()
                .toList();
    }

    /** POST /desk/assist/answer: what was taken or dismissed, so that it is known next time */
    public void answer(Context ctx) {
        Visit.staff(ctx);
        Kind kind = Stream.of(Kind.values())
                .filter(one -> one.stored().equals(ctx.formParam("kind")))
                .findFirst()
                .orElseThrow(() -> Problem.invalid("There is no such kind of suggestion."));
        boolean taken = switch (text(ctx.formParam("answer"))) {
            case "taken" -> true;
            case "dismissed" -> false;
            default -> throw Problem.invalid("A suggestion is taken or dismissed.");
        };
        String value = text(ctx.formParam("value"));
        if (!suggest.knows(kind, value)) throw Problem.invalid("There is nothing of this name to suggest.");
        suggest.answers().note(number(ctx.formParam("story")), kind, value, words(ctx), taken);
        ctx.status(204);
    }

    private static List<String> words(Context ctx) {
        return ctx.formParams("word").stream()
                .map(String::strip)
                .filter(word -> word.matches("[\\p{L}\\p{N}]+:.+") && word.length() <= LONGEST_WORD)
                .distinct()
                .limit(MOST_WORDS)
                .toList();
    }

    static Written read(Context ctx) {
        Set<String> has = new TreeSet<>();
        for (Kind kind : Kind.values())
            for (String value : ctx.formParams(kind.stored()))
                has.add(kind.stored() + ":" + coded(kind, value.strip()));
        String language = text(ctx.formParam("language"));
        return new Written(
                number(ctx.formParam("story")),
                cut(ctx.formParam("title"), 300),
                cut(ctx.formParam("standfirst"), 1_000),
                cut(ctx.formParam("text"), LONGEST),
                language.matches("[A-Za-z]{2,3}(-[A-Za-z0-9]{2,8}){0,3}") ? language : "en",
                has);
    }

    /** Countries stand in the form by name. */
    private static String coded(Kind kind, String value) {
        return kind == Kind.COUNTRY ? Country.called(value).map(Country::code).orElse(value) : value;
    }

    private static String cut(@Nullable String value, int most) {
        String text = text(value);
        return text.length() <= most ? text : text.substring(0, most);
    }

    private static String text(@Nullable String value) {
        return Optional.ofNullable(value).map(String::strip).orElse("");
    }

    private static long number(@Nullable String value) {
        return value != null && value.matches("\\d{1,18}") ? Long.parseLong(value) : 0;
    }
}
