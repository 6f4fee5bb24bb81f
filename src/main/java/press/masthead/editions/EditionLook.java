package press.masthead.editions;

import io.javalin.http.Context;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.Jdbi;
import press.masthead.access.Answer;
import press.masthead.access.Audience;
import press.masthead.access.Paywall;
import press.masthead.access.Visit;
import press.masthead.deliveries.Deliveries;
import press.masthead.deliveries.LetterState;
import press.masthead.deliveries.TroubledLetter;
import press.masthead.newsletters.Newsletter;
import press.masthead.newsletters.Newsletters;
import press.masthead.platform.web.Flash;
import press.masthead.platform.web.Html;
import press.masthead.platform.web.Problem;
import press.masthead.platform.web.Times;
import press.masthead.publication.Publication;
import press.masthead.readers.EmailAddress;
import press.masthead.readers.Reader;
import press.masthead.readers.Readers;

/** An edition looked at: as its letter on a desktop, on a phone and in plain text, and by the names of its letters' trouble. */
public final class EditionLook {
    /** The letter is a page of its own with styles on its elements; nothing in it may run. */
    private static final String POLICY =
            "sandbox; default-src 'none'; style-src 'unsafe-inline'; img-src 'self' http: https:; frame-ancestors 'self'";

    private static final String NOTHING =
            "<!doctype html><html lang=\"en\"><title>Nothing</title><p>Nothing this week.</p></html>";

    private static final int PAGE = 100;

    private final Jdbi jdbi;
    private final Editions editions;
    private final Newsletters newsletters;
    private final EditionLetter letter;
    private final Composition composition;
    private final Readers readers;
    private final Deliveries deliveries;
    private final Publication publication;
    private final Html html;
    private final Clock clock;

    public EditionLook(
            Jdbi jdbi,
            Editions editions,
            Newsletters newsletters,
            EditionLetter letter,
            Composition composition,
            Readers readers,
            Deliveries deliveries,
            Publication publication,
            Html html,
            Clock clock) {
        this.jdbi = jdbi;
        this.editions = editions;
        this.newsletters = newsletters;
        this.letter = letter;
        this.composition = composition;
        this.readers = readers;
        this.deliveries = deliveries;
        this.publication = publication;
        this.html = html;
        this.clock = clock;
    }

    /** @param as {@code everyone} or {@code members} */
    record LookPage(Reader staff, Edition edition, Newsletter newsletter, String as, String preheader) {}

    /**
     * A letter that is composed for each.
     *
     * @param as {@code newcomer}, {@code self} or {@code member}
     * @param problem why there is nothing to look at; empty when there is
     */
    record ComposedPage(
            Reader staff,
            String notice,
            Edition edition,
            Newsletter newsletter,
            String as,
            String address,
            String subject,
            String problem) {
        String query() {
            return "?as=" + as
                    + (address.isEmpty() ? "" : "&address=" + URLEncoder.encode(address, StandardCharsets.UTF_8));
        }
    }

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
        Edition edition = editions.named(ctx.pathParam("id"));
        if (newsletter(edition).isPersonal()) {
            lookAtComposed(ctx, staff, edition);
            return;
        }
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

    private Newsletter newsletter(Edition edition) {
        return newsletters.byId(edition.newsletterId()).orElseThrow();
    }

    private static String as(Context ctx) {
        String as = EditionForm.text(ctx.queryParam("as"));
        return as.equals("self") || as.equals("member") ? as : "newcomer";
    }

    /** For whom the letter is composed that is looked at; nobody where an address is no reader's. */
    private Optional<Composition.For> whom(Context ctx, Reader staff) {
        return switch (as(ctx)) {
            case "self" -> Optional.of(new Composition.For.One(staff.id()));
            case "member" ->
                EmailAddress.parse(EditionForm.text(ctx.queryParam("address")))
                        .flatMap(readers::byEmail)
                        .map(reader -> new Composition.For.One(reader.id()));
            default -> Optional.of(new Composition.For.Newcomer());
        };
    }

    private Optional<Composition.Look> composed(Context ctx, Reader staff, Edition edition) {
        String name = as(ctx).equals("self") ? staff.name() : "";
        return whom(ctx, staff)
                .flatMap(whom -> jdbi.inTransaction(
                        handle -> composition.look(handle, edition, newsletter(edition), whom, name, clock.instant())));
    }

    private void lookAtComposed(Context ctx, Reader staff, Edition edition) {
        String address = EditionForm.text(ctx.queryParam("address"));
        Optional<Composition.Look> look = composed(ctx, staff, edition);
        String problem = look.isPresent()
                ? ""
                : whom(ctx, staff).isEmpty()
                        ? address.isEmpty() ? "Write a member’s address." : "Nobody has the address " + address + "."
                        : "There is nothing for them this week: they are no member, or have seen it all.";
        html.page(
                ctx,
                "editions/composed",
                new ComposedPage(
                        staff,
                        Flash.take(ctx),
                        edition,
                        newsletter(edition),
                        as(ctx),
                        address,
                        look.map(Composition.Look::subject).orElse(""),
                        problem));
    }

    /** GET /desk/editions/{id}/preview: the letter as the editor would get it */
    public void preview(Context ctx) {
        Reader staff = Visit.staff(ctx);
        ctx.header("Content-Security-Policy", POLICY).header("Cache-Control", "private, no-store");
        Edition edition = editions.named(ctx.pathParam("id"));
        ctx.contentType("text/html; charset=utf-8")
                .result(
                        newsletter(edition).isPersonal()
                                ? composed(ctx, staff, edition)
                                        .map(Composition.Look::html)
                                        .orElse(NOTHING)
                                : letter.html(sheet(ctx, edition, staff)));
    }

    /** GET /desk/editions/{id}/preview.txt */
    public void previewText(Context ctx) {
        Reader staff = Visit.staff(ctx);
        ctx.header("Cache-Control", "private, no-store");
        Edition edition = editions.named(ctx.pathParam("id"));
        ctx.contentType("text/plain; charset=utf-8")
                .result(
                        newsletter(edition).isPersonal()
                                ? composed(ctx, staff, edition)
                                        .map(Composition.Look::text)
                                        .orElse("Nothing this week.")
                                : letter.text(sheet(ctx, edition, staff)));
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
        Edition edition = editions.named(ctx.pathParam("id"));
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
}
