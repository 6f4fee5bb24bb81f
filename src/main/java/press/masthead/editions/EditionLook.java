package press.masthead.editions;

import io.javalin.http.Context;
import java.time.Clock;
import java.util.List;
import press.masthead.access.Answer;
import press.masthead.access.Audience;
import press.masthead.access.Paywall;
import press.masthead.access.Visit;
import press.masthead.deliveries.Deliveries;
import press.masthead.deliveries.LetterState;
import press.masthead.deliveries.TroubledLetter;
import press.masthead.newsletters.Newsletter;
import press.masthead.newsletters.Newsletters;
import press.masthead.platform.web.Html;
import press.masthead.platform.web.Problem;
import press.masthead.platform.web.Times;
import press.masthead.publication.Publication;
import press.masthead.readers.Reader;

/** An edition looked at: as its letter on a desktop, on a phone and in plain text, and by the names of its letters' trouble. */
public final class EditionLook {
    /** The letter is a page of its own with styles on its elements; nothing in it may run. */
    private static final String POLICY =
            "sandbox; default-src 'none'; style-src 'unsafe-inline'; img-src 'self' http: https:; frame-ancestors 'self'";

    private static final int PAGE = 100;

    private final Editions editions;
    private final Newsletters newsletters;
    private final EditionLetter letter;
    private final Deliveries deliveries;
    private final Publication publication;
    private final Html html;
    private final Clock clock;

    public EditionLook(
            Editions editions,
            Newsletters newsletters,
            EditionLetter letter,
            Deliveries deliveries,
            Publication publication,
            Html html,
            Clock clock) {
        this.editions = editions;
        this.newsletters = newsletters;
        this.letter = letter;
        this.deliveries = deliveries;
        this.publication = publication;
        this.html = html;
        this.clock = clock;
    }

    /** @param as {@code everyone} or {@code members} */
    record LookPage(Reader staff, Edition edition, Newsletter newsletter, String as, String preheader) {}

    /** @param state what the letters have in common */
    record NamesPage(
            Reader staff,
            Edition edition,
            Newsletter newsletter,
            LetterState state,
            List<TroubledLetter> letters,
            String more,
            Times times) {}

    /** GET /desk/editions/{id}/look?as= */
    public void look(Context ctx) {
        Reader staff = Visit.staff(ctx);
        Edition edition = find(ctx);
        Sheet sheet = sheet(ctx, edition, staff);
        html.page(
                ctx,
                "editions/look",
                new LookPage(
                        staff,
                        edition,
                        sheet.newsletter(),
                        sheet.member() ? "members" : "everyone",
                        sheet.preheader()));
    }

    /** GET /desk/editions/{id}/preview: the letter as the editor would get it */
    public void preview(Context ctx) {
        Reader staff = Visit.staff(ctx);
        ctx.header("Content-Security-Policy", POLICY).header("Cache-Control", "private, no-store");
        ctx.contentType("text/html; charset=utf-8").result(letter.html(sheet(ctx, find(ctx), staff)));
    }

    /** GET /desk/editions/{id}/preview.txt */
    public void previewText(Context ctx) {
        Reader staff = Visit.staff(ctx);
        ctx.header("Cache-Control", "private, no-store");
        ctx.contentType("text/plain; charset=utf-8").result(letter.text(sheet(ctx, find(ctx), staff)));
    }

    /** As everyone gets it, or as members do; only someone who may read what is theirs is shown that. */
    private Sheet sheet(Context ctx, Edition edition, Reader staff) {
        boolean asMember = "members".equals(ctx.queryParam("as"));
        Newsletter newsletter = newsletters.byId(edition.newsletterId()).orElseThrow();
        if (asMember && Paywall.ask(Visit.of(ctx).standing(), Audience.MEMBER) instanceof Answer.Open pass)
            return letter.sheet(edition, newsletter, editions.items(edition.id(), pass), staff.name(), true);
        return letter.sheet(edition, newsletter, editions.items(edition.id()), staff.name(), false);
    }

    /** GET /desk/editions/{id}/letters/{state}?after= */
    public void names(Context ctx) {
        Reader staff = Visit.staff(ctx);
        Edition edition = find(ctx);
        LetterState state = switch (ctx.pathParam("state")) {
            case "accepted" -> LetterState.ACCEPTED;
            case "deferred" -> LetterState.DEFERRED;
            case "refused" -> LetterState.REFUSED;
            case "doubtful" -> LetterState.DOUBTFUL;
            default -> throw Problem.notFound("Letters have no such state.");
        };
        long mailing =
                edition.mailingId().orElseThrow(() -> Problem.notFound("Nothing of this edition has been sent."));
        long after = EditionForm.number(ctx.queryParam("after"));
        List<TroubledLetter> letters = deliveries.troubled(mailing, state, after, PAGE + 1);
        String more = "";
        if (letters.size() > PAGE) {
            letters = letters.subList(0, PAGE);
            more = ctx.path() + "?after=" + letters.getLast().id();
        }
        Newsletter newsletter = newsletters.byId(edition.newsletterId()).orElseThrow();
        var times = new Times(publication.settings().zone(), clock.instant());
        html.page(ctx, "editions/names", new NamesPage(staff, edition, newsletter, state, letters, more, times));
    }

    private Edition find(Context ctx) {
        return editions.byId(EditionForm.number(ctx.pathParam("id")))
                .orElseThrow(() -> Problem.notFound("There is no such edition."));
    }
}
