package press.masthead.stories;

import io.javalin.http.Context;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import press.masthead.access.Audience;

/** The editor's form as it was sent. */
record StoryForm(int revision, Draft draft) {
    static StoryForm read(Context ctx) {
        String first = text(ctx.formParam("topic"));
        List<String> topics = Stream.concat(Stream.of(first), ctx.formParams("topics").stream())
                .filter(slug -> !slug.isBlank())
                .distinct()
                .toList();
        String language = text(ctx.formParam("language")).isEmpty() ? "en" : text(ctx.formParam("language"));
        return new StoryForm(
                (int) number(ctx.formParam("revision")),
                new Draft(
                        oneOf(text(ctx.formParam("kind")), "article", "article", "memo", "report", "page"),
                        text(ctx.formParam("slug")),
                        text(ctx.formParam("title")),
                        text(ctx.formParam("standfirst")),
                        ctx.formParam("body") instanceof String body ? body : "",
                        language,
                        oneOf(text(ctx.formParam("direction")), "ltr", "ltr", "rtl"),
                        text(ctx.formParam("dateline")),
                        Optional.of(number(ctx.formParam("picture"))).filter(id -> id > 0),
                        Audience.of(oneOf(text(ctx.formParam("access")), "public", "public", "sign_in", "member")),
                        ctx.formParam("featured") != null,
                        topics,
                        ctx.formParams("industries"),
                        ctx.formParams("authors"),
                        ""));
    }

    /** What is wrong with it in one sentence, or nothing. */
    Optional<String> complaint() {
        if (draft.title().isBlank()) return Optional.of("A story needs a headline before it can be saved.");
        if (draft.title().length() > 300) return Optional.of("This headline is longer than 300 characters.");
        if (draft.standfirst().length() > 1_000) return Optional.of("This standfirst is longer than 1,000 characters.");
        return Optional.empty();
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
