package press.masthead.search;

import io.javalin.http.Context;
import io.javalin.http.HttpStatus;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.jdbi.v3.core.Jdbi;
import press.masthead.access.Visit;
import press.masthead.desk.Audit;
import press.masthead.desk.Complaint;
import press.masthead.platform.web.Flash;
import press.masthead.platform.web.Html;
import press.masthead.readers.Reader;
import press.masthead.search.KnownBetter.Pin;
import press.masthead.search.KnownBetter.Same;

/** What editors tell the search: which pieces come first for some words, and which words mean the same. */
public final class SearchDesk {
    private static final int MOST_WORDS = 12;
    private static final int LONGEST = 100;

    private final Jdbi jdbi;
    private final KnownBetter knownBetter;
    private final Catalogue catalogue;
    private final Audit audit;
    private final Html html;

    public SearchDesk(Jdbi jdbi, KnownBetter knownBetter, Catalogue catalogue, Audit audit, Html html) {
        this.jdbi = jdbi;
        this.knownBetter = knownBetter;
        this.catalogue = catalogue;
        this.audit = audit;
        this.html = html;
    }

    record SearchPage(
            Reader staff,
            String notice,
            Complaint complaint,
            Optional<Catalogue.State> state,
            List<Pin> pins,
            List<Same> same,
            String asked,
            String story,
            String words) {}

    /** GET /desk/search */
    public void page(Context ctx) {
        show(ctx, 200, Complaint.NONE, "", "", "");
    }

    private void show(Context ctx, int status, Complaint complaint, String asked, String story, String words) {
        ctx.status(status);
        html.page(
                ctx,
                "search/search",
                new SearchPage(
                        Visit.staff(ctx),
                        Flash.take(ctx),
                        complaint,
                        catalogue.state(),
                        knownBetter.pins(),
                        knownBetter.same(),
                        asked,
                        story,
                        words));
    }

    /** POST /desk/search/pins */
    public void pin(Context ctx) {
        Reader editor = Visit.editor(ctx);
        String asked = text(ctx, "asked");
        String story = text(ctx, "story");
        String slug = story.replaceFirst("^https?://[^/]+", "").replaceAll("^/|/.*$", "");
        if (Search.folded(asked).isEmpty() || asked.length() > LONGEST) {
            show(
                    ctx,
                    422,
                    new Complaint("asked", "Write the words that people search for, up to 100 letters."),
                    asked,
                    story,
                    "");
            return;
        }
        if (!knownBetter.pin(asked, slug)) {
            show(ctx, 422, new Complaint("story", "There is no published story at this address."), asked, story, "");
            return;
        }
        note(editor, "pinned /" + slug + "/ first in a search for " + asked);
        back(ctx, "It comes first from now on.");
    }

    /** POST /desk/search/pins/{id}/remove */
    public void unpin(Context ctx) {
        Reader editor = Visit.editor(ctx);
        knownBetter.unpin(number(ctx));
        note(editor, "took a pin out of search");
        back(ctx, "The pin is gone.");
    }

    /** POST /desk/search/same */
    public void sameAs(Context ctx) {
        Reader editor = Visit.editor(ctx);
        String typed = text(ctx, "words");
        var words = Stream.of(typed.split(","))
                .map(String::strip)
                .filter(word -> !Search.folded(word).isEmpty())
                .distinct()
                .toList();
        if (words.size() < 2 || words.size() > MOST_WORDS || words.stream().anyMatch(word -> word.length() > LONGEST)) {
            show(
                    ctx,
                    422,
                    new Complaint("words", "Write two to twelve words or names, with commas between them."),
                    "",
                    "",
                    typed);
            return;
        }
        knownBetter.sameAs(words);
        note(editor, "told search that these mean the same: " + String.join(", ", words));
        back(ctx, "Search knows it now.");
    }

    /** POST /desk/search/same/{id}/remove */
    public void notSame(Context ctx) {
        Reader editor = Visit.editor(ctx);
        knownBetter.notSame(number(ctx));
        note(editor, "took words that mean the same out of search");
        back(ctx, "They are separate words again.");
    }

    private void note(Reader editor, String what) {
        jdbi.useTransaction(handle -> audit.note(handle, editor.id(), what));
    }

    private static void back(Context ctx, String notice) {
        Flash.put(ctx, notice);
        ctx.redirect("/desk/search", HttpStatus.SEE_OTHER);
    }

    private static String text(Context ctx, String name) {
        return ctx.formParamAsClass(name, String.class).getOrDefault("").strip();
    }

    private static long number(Context ctx) {
        String id = ctx.pathParam("id");
        return id.matches("\\d{1,18}") ? Long.parseLong(id) : 0;
    }
}
