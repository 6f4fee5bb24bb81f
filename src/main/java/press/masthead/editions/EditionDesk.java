package press.masthead.editions;

import io.javalin.http.Context;
import io.javalin.http.HttpStatus;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
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

/** One edition in the newsroom: put in order, approved, let go. */
public final class EditionDesk {
    private static final int MOST_FOUND = 12;
    private static final int MOST_PICTURES = 18;
    private static final String STALE =
            "Someone saved this edition while you were at it. This is theirs; make your change again.";

    private final Editions editions;
    private final Newsletters newsletters;
    private final SendEdition sendEdition;
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
            SendEdition sendEdition,
            SendTest sendTest,
            ShorterDesk shorter,
            Deliveries deliveries,
            Pictures pictures,
            Publication publication,
            Html html,
            Clock clock) {
        this.editions = editions;
        this.newsletters = newsletters;
        this.sendEdition = sendEdition;
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

    record ConfirmPage(Reader staff, Edition edition, Newsletter newsletter, List<Item> items, Times times) {
        long carried() {
            return items.stream()
                    .filter(item -> item instanceof Item.Story story
                            && story.uncarried().isEmpty())
                    .count();
        }
    }

    /** GET /desk/editions/{id} */
    public void edition(Context ctx) {
        Visit.staff(ctx);
        show(ctx, 200, find(ctx), "");
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
                        whole(edition, Visit.of(ctx)),
                        shorter.model(),
                        found(ctx, edition),
                        edition.open() ? pictures.find("", "", Long.MAX_VALUE, MOST_PICTURES) : List.of(),
                        edition.mailingId().flatMap(deliveries::progress),
                        edition.mailingId().map(deliveries::unmade).orElse(0L),
                        times()));
    }

    /** Staff see the blocks for members as well. */
    private List<Item> whole(Edition edition, Visit visit) {
        return switch (Paywall.ask(visit.standing(), Audience.MEMBER)) {
            case Answer.Open pass -> editions.items(edition.id(), pass);
            case Answer.SignIn() -> editions.items(edition.id());
            case Answer.Upgrade() -> editions.items(edition.id());
            case Answer.Closed() -> editions.items(edition.id());
        };
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
        html.page(ctx, "editions/found", found(ctx, find(ctx)));
    }

    /** POST /desk/editions/{id}: one form; its button says what is done besides saving. A script gets JSON. */
    public void save(Context ctx) {
        Reader editor = Visit.editor(ctx);
        Edition edition = find(ctx);
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

    private static String notice(String then, Reader editor) {
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
        Edition edition = find(ctx);
        editions.reopen(edition.id());
        back(ctx, edition, "Open again.");
    }

    /** GET /desk/editions/{id}/send: how many will get it, before they do */
    public void confirm(Context ctx) {
        Reader editor = Visit.editor(ctx);
        Edition edition = find(ctx);
        if (!edition.open()) throw Problem.stale("This edition has left or was skipped, so it can't be sent.");
        var page = new ConfirmPage(editor, edition, newsletter(edition), whole(edition, Visit.of(ctx)), times());
        html.page(ctx, "editions/confirm", page);
    }

    /** POST /desk/editions/{id}/send */
    public void send(Context ctx) {
        Visit.editor(ctx);
        Edition edition = find(ctx);
        sendEdition.send(edition.id(), (int) EditionForm.number(ctx.formParam("revision")));
        back(ctx, edition, "On its way.");
    }

    /** POST /desk/editions/{id}/test: a real letter to the editor, as everyone gets it or as members do */
    public void test(Context ctx) {
        Reader editor = Visit.editor(ctx);
        Edition edition = find(ctx);
        boolean asMember = Set.of("members", "self").contains(EditionForm.text(ctx.formParam("as")));
        sendTest.send(edition, editor.id(), asMember);
        back(ctx, edition, notice("test", editor));
    }

    /** As everyone gets it; of letters that are composed for each, the editor's own. */
    private void test(Edition edition, Reader editor) {
        sendTest.send(edition, editor.id(), newsletter(edition).isPersonal());
    }

    /** POST /desk/editions/{id}/letters: what a person decides about letters */
    public void letters(Context ctx) {
        Visit.editor(ctx);
        Edition edition = find(ctx);
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
        back(ctx, edition, done);
    }

    /** Such as "1 letter is owed again." or "2 letters are owed again." */
    static String letters(long count, String one, String many) {
        return count == 1 ? "1 letter " + one : count + " letters " + many;
    }

    private static void back(Context ctx, Edition edition, String notice) {
        Flash.put(ctx, notice);
        ctx.redirect("/desk/editions/" + edition.id(), HttpStatus.SEE_OTHER);
    }

    private static boolean wantsJson(Context ctx) {
        return EditionForm.text(ctx.header("Accept")).contains("application/json");
    }

    private Edition find(Context ctx) {
        return editions.byId(EditionForm.number(ctx.pathParam("id")))
                .orElseThrow(() -> Problem.notFound("There is no such edition."));
    }

    private Newsletter newsletter(Edition edition) {
        return newsletters.byId(edition.newsletterId()).orElseThrow();
    }

    private Times times() {
        return new Times(publication.settings().zone(), clock.instant());
    }
}
