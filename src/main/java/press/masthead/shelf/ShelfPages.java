package press.masthead.shelf;

import io.javalin.http.Context;
import io.javalin.http.HttpStatus;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import press.masthead.access.Visit;
import press.masthead.platform.web.LocalPath;
import press.masthead.platform.web.Problem;
import press.masthead.platform.web.PublicPages;
import press.masthead.readers.Reader;
import press.masthead.stories.StoryCard;

/** Saving a story and writing a note beside it, on the story's page; and both lists, in the account. */
public final class ShelfPages {
    private static final int LISTED = 500;

    private final Bookmarks bookmarks;
    private final Notes notes;
    private final PublicPages pages;

    public ShelfPages(Bookmarks bookmarks, Notes notes, PublicPages pages) {
        this.bookmarks = bookmarks;
        this.notes = notes;
        this.pages = pages;
    }

    /** What a story's page shows of it; none to whoever is not signed in. */
    public Optional<Map<String, Object>> beside(Context ctx, StoryCard card) {
        if (card.kind().equals("page")) return Optional.empty();
        return Visit.of(ctx).reader().map(reader -> {
            Notes.Beside beside = notes.beside(reader.id(), card.id());
            var shape = new HashMap<String, Object>(Map.of(
                    "save_action",
                    "/saved/" + card.slug(),
                    "saved",
                    beside.saved(),
                    "note_action",
                    "/notes/" + card.slug(),
                    "revision",
                    beside.revision(),
                    "owner",
                    Long.toString(reader.id()),
                    "longest",
                    Notes.LONGEST));
            if (!beside.text().isEmpty()) shape.put("note", beside.text());
            switch (Optional.ofNullable(ctx.queryParam("noted")).orElse("")) {
                case "yes" -> shape.put("said", "Saved.");
                case "both" ->
                    shape.put(
                            "said",
                            "You also wrote here elsewhere meanwhile. Both texts are kept, one below the other.");
                default -> {}
            }
            return shape;
        });
    }

    private static Reader reader(Context ctx) {
        return Visit.of(ctx).reader().orElseThrow(() -> Problem.forbidden("Please sign in first."));
    }

    /** POST /saved/{slug}: {@code save=yes}, or {@code no} to take it off the list; back to {@code next}. */
    public void save(Context ctx) {
        Reader reader = reader(ctx);
        String slug = ctx.pathParam("slug");
        if ("no".equals(ctx.formParam("save"))) bookmarks.remove(reader.id(), slug);
        else if (!bookmarks.add(reader.id(), slug)) throw Problem.notFound("There is no story at this address.");
        String next = LocalPath.of(ctx.formParam("next"));
        ctx.redirect(next.isEmpty() ? "/" + slug + "/" : next, HttpStatus.SEE_OTHER);
    }

    /** POST /notes/{slug}: {@code text} as typed, and the {@code revision} that the page had; back to {@code next}. */
    public void write(Context ctx) {
        Reader reader = reader(ctx);
        String slug = ctx.pathParam("slug");
        String text = Optional.ofNullable(ctx.formParam("text"))
                .orElse("")
                .replace("\r\n", "\n")
                .replace("\u0000", "");
        if (text.length() > Notes.LONGEST) {
            list(
                    ctx,
                    422,
                    reader,
                    Map.of(
                            "slug",
                            slug,
                            "typed",
                            text,
                            "error",
                            "A note can have 20,000 characters. This one is longer: nothing of it is lost, please shorten it here."));
            return;
        }
        Notes.Written written = notes.write(reader.id(), slug, text, number(ctx.formParam("revision")));
        String said = switch (written) {
            case KEPT -> "yes";
            case BOTH -> "both";
            case NO_STORY -> throw Problem.notFound("There is no story at this address.");
        };
        String next = LocalPath.of(ctx.formParam("next"));
        ctx.redirect(next.isEmpty() ? "/" + slug + "/?noted=" + said + "#note" : next, HttpStatus.SEE_OTHER);
    }

    private static int number(@Nullable String text) {
        return text != null && text.matches("\\d{1,9}") ? Integer.parseInt(text) : 0;
    }

    /** GET /account/saved/, and ?removed=slug with what can be put back. */
    public void saved(Context ctx) {
        visiting(ctx).ifPresent(reader -> {
            List<Bookmarks.Saved> saved = bookmarks.of(reader.id(), LISTED);
            var context = new HashMap<String, Object>(Map.of(
                    "title",
                    "Saved",
                    "posts",
                    saved.stream().map(ShelfPages::shape).toList()));
            Optional.ofNullable(ctx.queryParam("removed"))
                    .filter(slug -> slug.matches("[\\p{L}\\p{N}-]{1,200}"))
                    .filter(slug ->
                            saved.stream().noneMatch(one -> one.card().slug().equals(slug)))
                    .ifPresent(slug -> context.put("removed", "/saved/" + slug));
            pages.show(ctx, 200, "custom-saved", context);
        });
    }

    private static Map<String, Object> shape(Bookmarks.Saved saved) {
        StoryCard card = saved.card();
        return Map.of(
                "title", card.title(),
                "slug", card.slug(),
                "url", card.path(),
                "kind", card.kind(),
                "language", card.language(),
                "direction", card.direction(),
                "custom_excerpt", card.standfirst(),
                "published_at", card.publishedAt(),
                "seen", saved.seen(),
                "action", "/saved/" + card.slug());
    }

    /** GET /account/notes/?q= */
    public void notes(Context ctx) {
        visiting(ctx).ifPresent(reader -> list(ctx, 200, reader, Map.of()));
    }

    private void list(Context ctx, int status, Reader reader, Map<String, Object> more) {
        String words = Optional.ofNullable(ctx.queryParam("q")).orElse("").strip();
        if (words.length() > 100) words = words.substring(0, 100);
        var context = new HashMap<String, Object>(Map.of(
                "title",
                "Your notes",
                "query",
                words,
                "notes",
                notes.of(reader.id(), words, LISTED).stream()
                        .map(ShelfPages::shape)
                        .toList()));
        context.putAll(more);
        pages.show(ctx, status, "custom-notes", context);
    }

    private static Map<String, Object> shape(Notes.Listed note) {
        return Map.of(
                "title", note.title(),
                "url", "/" + note.slug() + "/#note",
                "text", note.text(),
                "at", note.updatedAt(),
                "gone", note.gone(),
                "action", "/notes/" + note.slug());
    }

    /** POST /notes/{slug}/delete: the page that follows holds the text, so that it can be put back. */
    public void delete(Context ctx) {
        Reader reader = reader(ctx);
        notes.remove(reader.id(), ctx.pathParam("slug"))
                .ifPresentOrElse(
                        note -> list(ctx, 200, reader, Map.of("deleted", shape(note))),
                        () -> ctx.redirect("/account/notes/", HttpStatus.SEE_OTHER));
    }

    /** Who is signed in; anyone else is led to sign in and back. */
    private static Optional<Reader> visiting(Context ctx) {
        Optional<Reader> reader = Visit.of(ctx).reader();
        if (reader.isEmpty()) ctx.redirect("/signin/?next=" + ctx.path(), HttpStatus.SEE_OTHER);
        return reader;
    }
}
