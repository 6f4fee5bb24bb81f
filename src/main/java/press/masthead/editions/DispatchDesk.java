package press.masthead.editions;

import io.javalin.http.Context;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import press.masthead.access.Visit;
import press.masthead.deliveries.Deliveries;
import press.masthead.newsletters.Newsletter;
import press.masthead.newsletters.Newsletters;
import press.masthead.platform.web.Html;
import press.masthead.platform.web.Problem;
import press.masthead.platform.web.Times;
import press.masthead.publication.Publication;
import press.masthead.readers.Reader;

/** An edition that leaves: how many will get it, a test to oneself, letting it go, and what becomes of its letters. */
public final class DispatchDesk {
    private final Editions editions;
    private final Newsletters newsletters;
    private final SendEdition sendEdition;
    private final SendTest sendTest;
    private final Deliveries deliveries;
    private final Publication publication;
    private final Html html;
    private final Clock clock;

    public DispatchDesk(
            Editions editions,
            Newsletters newsletters,
            SendEdition sendEdition,
            SendTest sendTest,
            Deliveries deliveries,
            Publication publication,
            Html html,
            Clock clock) {
        this.editions = editions;
        this.newsletters = newsletters;
        this.sendEdition = sendEdition;
        this.sendTest = sendTest;
        this.deliveries = deliveries;
        this.publication = publication;
        this.html = html;
        this.clock = clock;
    }

    record ConfirmPage(Reader staff, Edition edition, Newsletter newsletter, List<Item> items, Times times) {
        long carried() {
            return items.stream()
                    .filter(item -> item instanceof Item.Story story
                            && story.uncarried().isEmpty())
                    .count();
        }
    }

    /** GET /desk/editions/{id}/send: how many will get it, before they do */
    public void confirm(Context ctx) {
        Reader editor = Visit.editor(ctx);
        Edition edition = editions.named(ctx.pathParam("id"));
        if (!edition.open()) throw Problem.stale("This edition has left or was skipped, so it can't be sent.");
        var page = new ConfirmPage(
                editor,
                edition,
                newsletters.byId(edition.newsletterId()).orElseThrow(),
                editions.items(edition.id(), EditionDesk.seen(ctx)),
                new Times(publication.settings().zone(), clock.instant()));
        html.page(ctx, "editions/confirm", page);
    }

    /** POST /desk/editions/{id}/send */
    public void send(Context ctx) {
        Visit.editor(ctx);
        Edition edition = editions.named(ctx.pathParam("id"));
        sendEdition.send(edition.id(), (int) EditionForm.number(ctx.formParam("revision")));
        EditionDesk.back(ctx, edition, "On its way.");
    }

    /** POST /desk/editions/{id}/test: a real letter to the editor, as everyone gets it or as members do */
    public void test(Context ctx) {
        Reader editor = Visit.editor(ctx);
        Edition edition = editions.named(ctx.pathParam("id"));
        boolean asMember = Set.of("members", "self").contains(EditionForm.text(ctx.formParam("as")));
        sendTest.send(edition, editor.id(), asMember);
        EditionDesk.back(ctx, edition, EditionDesk.notice("test", editor));
    }

    /** POST /desk/editions/{id}/letters: what a person decides about letters */
    public void letters(Context ctx) {
        Visit.editor(ctx);
        Edition edition = editions.named(ctx.pathParam("id"));
        long mailing = edition.mailingId().orElseThrow(() -> Problem.stale("Nothing of this edition has been sent."));
        String done = switch (EditionForm.text(ctx.formParam("what"))) {
            case "again" -> letters(deliveries.sendDoubtfulAgain(mailing), "is owed again.", "are owed again.");
            case "mend" ->
                letters(sendEdition.mend(edition.id()), "is made again and owed.", "are made again and owed.");
            case "accepted" ->
                letters(deliveries.countDoubtfulAsAccepted(mailing), "counts as accepted.", "count as accepted.");
            case "hold" -> {
                deliveries.hold(mailing, "An editor held it.");
                yield "Held. Nothing more leaves until you release it.";
            }
            case "release" -> {
                deliveries.release(mailing, clock.instant().plus(Duration.ofHours(6)));
                yield "Released.";
            }
            case "cancel" -> letters(deliveries.cancelRest(mailing), "will not be sent.", "will not be sent.");
            default -> throw Problem.invalid("There is no such thing to do with letters.");
        };
        EditionDesk.back(ctx, edition, done);
    }

    /** Such as "1 letter is owed again." or "2 letters are owed again." */
    static String letters(long count, String one, String many) {
        return count == 1 ? "1 letter " + one : count + " letters " + many;
    }
}
