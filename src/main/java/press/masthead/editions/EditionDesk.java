package press.masthead.editions;

import io.javalin.http.Context;
import io.javalin.http.HttpStatus;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import press.masthead.access.Answer;
import press.masthead.access.Audience;
import press.masthead.access.Paywall;
import press.masthead.access.Visit;
import press.masthead.deliveries.Deliveries;
import press.masthead.deliveries.Progress;
import press.masthead.editions.Editions.Saved;
import press.masthead.newsletters.Newsletter;
import press.masthead.newsletters.Newsletters;
import press.masthead.pictures.Picture;
import press.masthead.pictures.Pictures;
import press.masthead.platform.web.Flash;
import press.masthead.platform.web.Html;
import press.masthead.platform.web.Problem;
import press.masthead.platform.web.Times;
import press.masthead.publication.Publication;
import press.masthead.readers.Reader;

/** One edition in the newsroom: put in order, approved. How it leaves is {@link DispatchDesk}. */
public final class EditionDesk {
    private static final int MOST_FOUND = 12;
    private static final int MOST_PICTURES = 18;
    private static final String STALE =
            "Someone saved this edition while you were at it. This is theirs; make your change again.";

    private final Editions editions;
    private final Newsletters newsletters;
    private final SendTest sendTest;
    private final ShorterDesk shorter;
    private final Deliveries deliveries;
    private final Pictures pictures;
    private final Publication publication;
    private final Html html;
    private final Clock clock;

    public EditionDesk(
            Editions editions,
            Newsletters newsletters,
            SendTest sendTest,
            ShorterDesk shorter,
            Deliveries deliveries,
            Pictures pictures,
            Publication publication,
            Html html,
            Clock clock) {
        this.editions = editions;
        this.newsletters = newsletters;
        this.sendTest = sendTest;
        this.shorter = shorter;
        this.deliveries = deliveries;
        this.pictures = pictures;
        this.publication = publication;
        this.html = html;
        this.clock = clock;
    }

    record EditionPage(
            Reader staff,
            String notice,
            String problem,
            String putBack,
            Edition edition,
            Newsletter newsletter,
            List<Item> items,
            String model,
            Found found,
            List<Picture> pictures,
            Optional<Progress> progress,
            long unmade,
            Times times) {
        boolean mayEdit() {
            return edition.open() && staff.mayPublish();
        }

        boolean overdue() {
            return !edition.dueAt().isAfter(times.now());
        }
    }

    /** What a search for something to add has found. */
    record Found(long edition, String words, String kind, List<Item.Story> stories) {}

    /** GET /desk/editions/{id} */
    public void edition(Context ctx) {
        Visit.staff(ctx);
        show(ctx, 200, editions.named(ctx.pathParam("id")), "");
    }

    private void show(Context ctx, int status, Edition edition, String problem) {
        Reader staff = Visit.staff(ctx);
        ctx.status(status);
        html.page(
                ctx,
                "editions/edition",
                new EditionPage(
                        staff,
                        Flash.take(ctx),
                        problem,
                        EditionForm.text(ctx.queryParam("taken-out")),
                        edition,
                        newsletter(edition),
                        editions.items(edition.id(), seen(ctx)),
                        shorter.model(),
                        found(ctx, edition),
                        edition.open() ? pictures.find("", "", Long.MAX_VALUE, MOST_PICTURES) : List.of(),
                        edition.mailingId().flatMap(deliveries::progress),
                        edition.mailingId().map(deliveries::unmade).orElse(0L),
                        times()));
    }

    /** Staff see the blocks for members as well. */
    static Answer seen(Context ctx) {
        return Paywall.ask(Visit.of(ctx).standing(), Audience.MEMBER);
    }

    private Found found(Context ctx, Edition edition) {
        String words = EditionForm.text(ctx.queryParam("find"));
        String kind = EditionForm.text(ctx.queryParam("kind"));
        if (!edition.open()) return new Found(edition.id(), words, kind, List.of());
        return new Found(edition.id(), words, kind, editions.addable(edition.id(), words, kind, MOST_FOUND));
    }

    /** GET /desk/editions/{id}/found?find=&kind=: the list alone, for a script */
    public void found(Context ctx) {
        Visit.staff(ctx);
        html.page(ctx, "editions/found", found(ctx, editions.named(ctx.pathParam("id"))));
    }

    /** POST /desk/editions/{id}: one form; its button says what is done besides saving. A script gets JSON. */
    public void save(Context ctx) {
        Reader editor = Visit.editor(ctx);
        Edition edition = editions.named(ctx.pathParam("id"));
        if (!edition.open()) throw Problem.stale("This edition has left or was skipped, so it can't be changed.");
        EditionForm form = EditionForm.read(ctx);
        String problem = problem(ctx, edition, form);
        if (!problem.isEmpty()) {
            refuse(ctx, 422, edition, problem);
            return;
        }
        switch (editions.save(edition.id(), form, editor.id())) {
            case Saved.Done(int revision, String subject) -> {
                String said = shorter.answer(edition.id(), EditionForm.text(ctx.formParam("shorter")));
                if (wantsJson(ctx)) ctx.json(Map.of("revision", revision, "subject", subject, "said", said));
                else then(ctx, editor, edition.id(), said);
            }
            case Saved.Stale() -> refuse(ctx, 409, editions.byId(edition.id()).orElseThrow(), STALE);
        }
    }

    private String problem(Context ctx, Edition edition, EditionForm form) {
        String added = EditionForm.text(ctx.formParam("add"));
        if (added.matches("s\\d{1,18}") && editions.carried(edition.id(), Long.parseLong(added.substring(1))))
            return "This newsletter has carried that story already, and it carries none twice.";
        if (EditionForm.text(ctx.formParam("then")).equals("approve")
                && form.entries().isEmpty())
            return "There is nothing in this edition yet, so there is nothing to approve.";
        return form.problem();
    }

    private void refuse(Context ctx, int status, Edition edition, String sentence) {
        if (wantsJson(ctx)) ctx.status(status).json(Map.of("message", sentence));
        else show(ctx, status, edition, sentence);
    }

    private void then(Context ctx, Reader editor, long id, String said) {
        String then = EditionForm.text(ctx.formParam("then"));
        String page = "/desk/editions/" + id;
        String takenOut = EditionForm.takenOut(ctx);
        String key = EditionForm.text(ctx.formParam("shorter")).replaceFirst("^\\w+:", "");
        switch (then) {
            case "approve" -> editions.approve(id);
            case "reopen" -> editions.reopen(id);
            case "skip" -> editions.skip(id, "An editor skipped it.");
            case "test" -> test(editions.byId(id).orElseThrow(), editor);
            default -> {}
        }
        if (!then.equals("send") && !then.equals("look")) Flash.put(ctx, said.isEmpty() ? notice(then, editor) : said);
        ctx.redirect(
                switch (then) {
                    case "send" -> page + "/send";
                    case "look" -> page + "/look";
                    case "find" -> page + "?find=" + encoded(ctx, "find") + "&kind=" + encoded(ctx, "kind") + "#add";
                    default ->
                        page
                                + (takenOut.isEmpty() ? "" : "?taken-out=" + takenOut)
                                + (said.isEmpty() ? "" : "#shorter-" + key);
                },
                HttpStatus.SEE_OTHER);
    }

    static String notice(String then, Reader editor) {
        return switch (then) {
            case "approve" -> "Approved. It leaves by itself at its time.";
            case "reopen" -> "No longer approved.";
            case "skip" -> "Skipped. Nothing will be sent.";
            case "test" -> "A test letter is on its way to " + editor.email() + ".";
            default -> "Saved.";
        };
    }

    private static String encoded(Context ctx, String field) {
        return java.net.URLEncoder.encode(
                EditionForm.text(ctx.formParam(field)), java.nio.charset.StandardCharsets.UTF_8);
    }

    /** POST /desk/editions/{id}/reopen: undoes skipping */
    public void reopen(Context ctx) {
        Visit.editor(ctx);
        Edition edition = editions.named(ctx.pathParam("id"));
        editions.reopen(edition.id());
        back(ctx, edition, "Open again.");
    }

    /** As everyone gets it; of letters that are composed for each, the editor's own. */
    private void test(Edition edition, Reader editor) {
        sendTest.send(edition, editor.id(), newsletter(edition).isPersonal());
    }

    static void back(Context ctx, Edition edition, String notice) {
        Flash.put(ctx, notice);
        ctx.redirect("/desk/editions/" + edition.id(), HttpStatus.SEE_OTHER);
    }

    private static boolean wantsJson(Context ctx) {
        return EditionForm.text(ctx.header("Accept")).contains("application/json");
    }

    private Newsletter newsletter(Edition edition) {
        return newsletters.byId(edition.newsletterId()).orElseThrow();
    }

    private Times times() {
        return new Times(publication.settings().zone(), clock.instant());
    }
}
