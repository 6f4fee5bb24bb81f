package press.masthead.editions;

import io.javalin.http.Context;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * An edition as its form sends it. Buttons that move, add or take out one thing carry its key as their value, so that the
 * form works without script.
 *
 * @param subject empty for one that follows the first story
 */
record EditionForm(int revision, String subject, String top, List<Entry> entries) {
    static final int LONGEST_SUBJECT = 200;
    static final int LONGEST_TEXT = 4_000;

    sealed interface Entry {
        record Story(long id) implements Entry {}

        /** @param picture the number of a picture, 0 for none */
        record Block(String kind, String title, String body, long picture, String link, boolean forMembers)
                implements Entry {}
    }

    static EditionForm read(Context ctx) {
        var keys = new ArrayList<>(ctx.formParams("item"));
        int up = keys.indexOf(text(ctx.formParam("up")));
        if (up > 0) Collections.swap(keys, up, up - 1);
        int down = keys.indexOf(text(ctx.formParam("down")));
        if (down >= 0 && down < keys.size() - 1) Collections.swap(keys, down, down + 1);
        keys.remove(text(ctx.formParam("remove")));
        var entries = new ArrayList<Entry>();
        for (String key : keys) entry(ctx, key).ifPresent(entries::add);
        putBack(ctx, entries);
        entry(ctx, text(ctx.formParam("add")))
                .filter(added -> !entries.contains(added))
                .ifPresent(entries::add);
        if (ctx.formParam("add-text") != null) entries.add(new Entry.Block("text", "", "", 0, "", false));
        long picture = number(ctx.formParam("add-picture"));
        if (picture > 0) entries.add(new Entry.Block("picture", "", "", picture, "", false));
        return new EditionForm(
                (int) number(ctx.formParam("revision")),
                text(ctx.formParam("subject")),
                text(ctx.formParam("top")),
                entries);
    }

    private static Optional<Entry> entry(Context ctx, String key) {
        if (key.matches("s\\d{1,18}")) return Optional.of(new Entry.Story(Long.parseLong(key.substring(1))));
        if (!key.matches("b\\w{1,20}")) return Optional.empty();
        String kind = text(ctx.formParam(key + "-kind"));
        if (!kind.matches("text|picture")) return Optional.empty();
        return Optional.of(new Entry.Block(
                kind,
                text(ctx.formParam(key + "-title")),
                text(ctx.formParam(key + "-body")),
                number(ctx.formParam(key + "-picture")),
                text(ctx.formParam(key + "-link")),
                ctx.formParam(key + "-members") != null));
    }

    /** A story that was taken out, at the place where it stood: {@code s12@3}. */
    private static void putBack(Context ctx, List<Entry> entries) {
        String wanted = text(ctx.formParam("put-back"));
        if (!wanted.matches("s\\d{1,18}@\\d{1,3}")) return;
        int at = wanted.indexOf('@');
        var story = new Entry.Story(Long.parseLong(wanted.substring(1, at)));
        if (!entries.contains(story))
            entries.add(Math.min(Integer.parseInt(wanted.substring(at + 1)), entries.size()), story);
    }

    /** Where a story stood that the form's button takes out, as {@link #putBack} wants it; empty for anything else. */
    static String takenOut(Context ctx) {
        String key = text(ctx.formParam("remove"));
        int at = ctx.formParams("item").indexOf(key);
        return key.matches("s\\d{1,18}") && at >= 0 ? key + "@" + at : "";
    }

    /** What is wrong with it, in one sentence; empty when nothing is. */
    String problem() {
        if (subject.length() > LONGEST_SUBJECT) return "A subject line has at most 200 characters.";
        if (subject.lines().count() > 1) return "A subject line is one line.";
        if (top.length() > LONGEST_TEXT) return "The lines on top have at most 4,000 characters.";
        for (Entry entry : entries)
            if (entry instanceof Entry.Block block) {
                if (block.body().length() > LONGEST_TEXT) return "A text of your own has at most 4,000 characters.";
                if (block.title().length() > LONGEST_SUBJECT) return "A heading has at most 200 characters.";
                if (!block.link().isEmpty() && !block.link().matches("https?://[^\\s\"<>]{3,1000}"))
                    return "A link begins with https:// and has no spaces: “" + block.link() + "” is none.";
            }
        return "";
    }

    static String text(@Nullable String value) {
        return value == null ? "" : value.strip();
    }

    static long number(@Nullable String value) {
        return value != null && value.matches("\\d{1,18}") ? Long.parseLong(value) : 0;
    }
}
