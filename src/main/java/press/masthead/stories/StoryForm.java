package press.masthead.stories;

import io.javalin.http.Context;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import press.masthead.access.Rule;
import press.masthead.desk.Complaint;
import press.masthead.platform.web.Times;
import press.masthead.topics.Country;

/**
 * The editor's form as it was sent.
 *
 * @param revision the saving that the writer began from
 * @param rule who may read it, as typed; the draft has what was understood of it
 */
record StoryForm(int revision, Draft draft, RuleFields rule) {
    /** @param kept the rule that stays when the form asks for none */
    static StoryForm read(Context ctx, Rule kept) {
        String language = text(ctx.formParam("language")).isEmpty() ? "en" : text(ctx.formParam("language"));
        RuleFields rule = RuleFields.read(ctx);
        boolean asked = ctx.formParam("access") != null;
        return new StoryForm(
                (int) number(ctx.formParam("revision")),
                new Draft(
                        oneOf(text(ctx.formParam("kind")), "article", "article", "memo", "report", "page"),
                        text(ctx.formParam("slug")),
                        text(ctx.formParam("title")).replaceAll("\\s+", " "),
                        text(ctx.formParam("standfirst")).replaceAll("\\s+", " "),
                        ctx.formParam("body") instanceof String body ? body : "",
                        language,
                        oneOf(text(ctx.formParam("direction")), "ltr", "ltr", "rtl"),
                        text(ctx.formParam("dateline")),
                        Optional.of(number(ctx.formParam("picture"))).filter(id -> id > 0),
                        asked ? rule.rule() : kept,
                        ctx.formParam("featured") != null,
                        chosen(ctx, "topics"),
                        chosen(ctx, "industries"),
                        countries(ctx),
                        chosen(ctx, "authors"),
                        details(ctx)),
                asked ? rule : RuleFields.of(kept, new Times(ZoneOffset.UTC, Instant.EPOCH)));
    }

    private static List<String> chosen(Context ctx, String name) {
        return ctx.formParams(name).stream()
                .map(String::strip)
                .filter(slug -> !slug.isEmpty())
                .distinct()
                .toList();
    }

    /** Codes; what names no country stays as it was typed, and is complained of. */
    private static List<String> countries(Context ctx) {
        return chosen(ctx, "countries").stream()
                .map(typed -> Country.called(typed).map(Country::code).orElse(typed))
                .distinct()
                .toList();
    }

    /** Empty, which keeps what there is, when the form has none of these fields. */
    private static String details(Context ctx) {
        if (ctx.formParam("key_points") == null) return "";
        return new Details(
                        lines(ctx.formParam("answers")),
                        lines(ctx.formParam("key_points")),
                        lines(ctx.formParam("watch")),
                        lines(ctx.formParam("sources")),
                        oneOf(text(ctx.formParam("confidence")), "", "high", "moderate", "low"),
                        text(ctx.formParam("confidence_why")),
                        text(ctx.formParam("subtitle")),
                        text(ctx.formParam("cover_caption")),
                        text(ctx.formParam("cover_credit")))
                .json();
    }

    /** What is wrong with it in one sentence, or nothing. */
    Optional<Complaint> complaint() {
        var complaints = new ArrayList<Complaint>();
        if (draft.title().isBlank())
            complaints.add(new Complaint("title", "A story needs a headline before it can be saved."));
        if (draft.title().length() > 300)
            complaints.add(new Complaint("title", "This headline is longer than 300 characters."));
        if (draft.standfirst().length() > 1_000)
            complaints.add(new Complaint("standfirst", "This standfirst is longer than 1,000 characters."));
        if (!draft.language().matches("[A-Za-z]{2,3}(-[A-Za-z0-9]{2,8}){0,3}"))
            complaints.add(new Complaint("language", "Write the language like en, fr or pt-BR."));
        if (draft.dateline().length() > 80)
            complaints.add(new Complaint("dateline", "This dateline is longer than 80 characters."));
        draft.countries().stream()
                .filter(code -> Country.of(code).isEmpty())
                .findFirst()
                .ifPresent(typed -> complaints.add(new Complaint(
                        "countries", "We know no country called " + typed + ". Choose one from the list.")));
        rule.complaint().ifPresent(complaints::add);
        DataCharts.complaint(draft.body()).ifPresent(said -> complaints.add(new Complaint("", said)));
        return complaints.stream().findFirst();
    }

    private static List<String> lines(@Nullable String value) {
        return text(value)
                .lines()
                .map(String::strip)
                .filter(line -> !line.isEmpty())
                .toList();
    }

    private static String oneOf(String given, String otherwise, String... allowed) {
        return List.of(allowed).contains(given) ? given : otherwise;
    }

    private static String text(@Nullable String value) {
        return value == null ? "" : value.strip();
    }

    private static long number(@Nullable String value) {
        return value != null && value.matches("\\d{1,18}") ? Long.parseLong(value) : 0;
    }
}
