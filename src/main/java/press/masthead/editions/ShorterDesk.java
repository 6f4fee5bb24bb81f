package press.masthead.editions;

import io.javalin.http.Context;
import java.util.Map;
import java.util.Optional;
import org.jdbi.v3.core.Jdbi;
import press.masthead.access.Visit;
import press.masthead.platform.web.Html;
import press.masthead.platform.web.Problem;

/** An item told shorter by a large model: written at an editor's word, looked at beside its sources, taken or left. */
public final class ShorterDesk {
    private final Jdbi jdbi;
    private final Editions editions;
    private final WriteShorter writeShorter;
    private final Html html;

    public ShorterDesk(Jdbi jdbi, Editions editions, WriteShorter writeShorter, Html html) {
        this.jdbi = jdbi;
        this.editions = editions;
        this.writeShorter = writeShorter;
        this.html = html;
    }

    /** @param model the model's name, empty where none is connected */
    record Part(Item.Story story, String model) {}

    /** The model's name; empty where none is connected. */
    String model() {
        return writeShorter.model().orElse("");
    }

    /** POST /desk/editions/{id}/shorter: {@code item} is told shorter. Answers with its part of the form, or with JSON that says why not. */
    public void write(Context ctx) {
        Visit.editor(ctx);
        Edition edition = editions.named(ctx.pathParam("id"));
        if (!edition.open()) throw Problem.stale("This edition has left or was skipped, so it can't be changed.");
        String key = EditionForm.text(ctx.formParam("item"));
        switch (write(edition.id(), key)) {
            case WriteShorter.Outcome.Ready() ->
                html.page(
                        ctx,
                        "editions/shorter",
                        new Part(item(edition.id(), key).orElseThrow(), model()));
            case WriteShorter.Outcome.Nothing nothing ->
                ctx.status(nothing.status()).json(Map.of("message", nothing.why()));
        }
    }

    private WriteShorter.Outcome write(long edition, String key) {
        return item(edition, key)
                .map(story -> writeShorter.write(edition, story))
                .orElse(new WriteShorter.Outcome.Nothing(404, "That story is not in this edition any more."));
    }

    private Optional<Item.Story> item(long edition, String key) {
        return editions.items(edition).stream()
                .filter(Item.Story.class::isInstance)
                .map(Item.Story.class::cast)
                .filter(story -> story.key().equals(key))
                .findFirst();
    }

    /**
     * Does what a button of the form wishes, after the form was saved: {@code write:s12}, {@code use:s12}, {@code undo:s12} or
     * {@code leave:s12}.
     *
     * @return a sentence on how it went; empty where nothing was wished
     */
    String answer(long edition, String wish) {
        int colon = wish.indexOf(':');
        if (colon < 0) return "";
        Optional<Item.Story> item = item(edition, wish.substring(colon + 1));
        if (item.isEmpty()) return "That story is not in this edition any more.";
        long story = item.get().card().id();
        boolean written = item.get().shorter().isPresent();
        return switch (wish.substring(0, colon)) {
            case "write" ->
                switch (writeShorter.write(edition, item.get())) {
                    case WriteShorter.Outcome.Ready() -> "Written. Look at it beside its sources.";
                    case WriteShorter.Outcome.Nothing nothing -> nothing.why();
                };
            case "use" -> {
                if (!written) yield "The story was changed meanwhile, so the shorter text has lost its source.";
                jdbi.useHandle(handle -> Blurbs.use(handle, edition, story, true));
                yield "The letter says the shorter text now.";
            }
            case "undo" -> {
                jdbi.useHandle(handle -> Blurbs.use(handle, edition, story, false));
                yield "The letter says what it said before.";
            }
            case "leave" -> {
                jdbi.useHandle(handle -> Blurbs.leave(handle, edition, story));
                yield "Left as it was.";
            }
            default -> "";
        };
    }
}
