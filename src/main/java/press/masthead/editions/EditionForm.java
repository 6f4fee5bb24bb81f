package press.masthead.editions;

import io.javalin.http.Context;
import java.util.ArrayList;
import java.util.Arrays;
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
        /**
         * @param more the numbers of the stories that follow it as links
         * @param apart whether it is to stand alone in the drafts to come as well
         */
        record Story(long id, List<Long> more, boolean apart) implements Entry {
            Story(long id) {
                this(id, List.of(), false);
            }

            boolean holds(long story) {
                return id == story || more.contains(story);
            }
        }

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
        part(text(ctx.formParam("part")), entries);
        join(text(ctx.formParam("join")), entries);
        putBack(ctx, entries);
        entry(ctx, text(ctx.formParam("add")))
                .filter(added -> !(added instanceof Entry.Story story && hold(entries, story.id())))
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
        if (key.matches("s\\d{1,18}"))
            return Optional.of(new Entry.Story(
                    Long.parseLong(key.substring(1)), more(ctx, key), ctx.formParam(key + "-apart") != null));
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

    private static List<Long> more(Context ctx, String key) {
        return ctx.formParams(key + "-more").stream()
                .map(EditionForm::number)
                .filter(story -> story > 0)
                .distinct()
                .toList();
    }

    private static boolean hold(List<Entry> entries, long story) {
        return entries.stream().anyMatch(entry -> entry instanceof Entry.Story held && held.holds(story));
    }

    private static int place(String key, List<Entry> entries) {
        for (int i = 0; i < entries.size(); i++)
            if (entries.get(i) instanceof Entry.Story story && key.equals("s" + story.id())) return i;
        return -1;
    }

    /** The stories of one event become items of their own, and stay so. */
    private static void part(String key, List<Entry> entries) {
        int at = place(key, entries);
        if (at < 0 || !(entries.get(at) instanceof Entry.Story story)) return;
        entries.set(at, new Entry.Story(story.id(), List.of(), true));
        for (long more : story.more()) entries.add(++at, new Entry.Story(more, List.of(), true));
    }

    /** A story follows the one above it as a link. */
    private static void join(String key, List<Entry> entries) {
        int at = place(key, entries);
        if (at < 0 || !(entries.get(at) instanceof Entry.Story story)) return;
        for (int above = at - 1; above >= 0; above--)
            if (entries.get(above) instanceof Entry.Story lead) {
                var more = new ArrayList<>(lead.more());
                more.add(story.id());
                more.addAll(story.more());
                entries.set(above, new Entry.Story(lead.id(), List.copyOf(more), false));
                entries.remove(at);
                return;
            }
    }

    /** A story that was taken out, with what followed it, at the place where it stood: {@code s12.14.15@3}. */
    private static void putBack(Context ctx, List<Entry> entries) {
        String wanted = text(ctx.formParam("put-back"));
        if (!wanted.matches("s\\d{1,18}(\\.\\d{1,18}){0,99}@\\d{1,3}")) return;
        int at = wanted.indexOf('@');
        var stories = Arrays.stream(wanted.substring(1, at).split("\\."))
                .map(Long::valueOf)
                .filter(story -> !hold(entries, story))
                .toList();
        if (!stories.isEmpty())
            entries.add(
                    Math.min(Integer.parseInt(wanted.substring(at + 1)), entries.size()),
                    new Entry.Story(stories.getFirst(), stories.subList(1, stories.size()), false));
    }

    /** Where a story stood that the form's button takes out, as {@link #putBack} wants it; empty for anything else. */
    static String takenOut(Context ctx) {
        String key = text(ctx.formParam("remove"));
        int at = ctx.formParams("item").indexOf(key);
        if (!key.matches("s\\d{1,18}") || at < 0) return "";
        var more = new StringBuilder();
        for (long story : more(ctx, key)) more.append('.').append(story);
        return key + more + "@" + at;
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
