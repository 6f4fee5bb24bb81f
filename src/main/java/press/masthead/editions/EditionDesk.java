package press.masthead.editions;

import io.javalin.http.Context;
import io.javalin.http.HttpStatus;
import java.time.Clock;
import java.time.Duration;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import press.masthead.access.Visit;
import press.masthead.deliveries.Deliveries;
import press.masthead.deliveries.LetterState;
import press.masthead.deliveries.Progress;
import press.masthead.deliveries.TroubledLetter;
import press.masthead.newsletters.Cadence;
import press.masthead.newsletters.Holidays;
import press.masthead.newsletters.Newsletter;
import press.masthead.newsletters.Newsletters;
import press.masthead.platform.web.Flash;
import press.masthead.platform.web.Html;
import press.masthead.platform.web.Problem;
import press.masthead.platform.web.Times;
import press.masthead.publication.Publication;
import press.masthead.readers.Reader;
import press.masthead.stories.StoryCard;

/** Editions in the newsroom: the coming week, one edition to put in order and let go, and how its letters are doing. */
public final class EditionDesk {
    private static final int MOST_NAMED = 50;
    private static final Duration WEEK = Duration.ofDays(7);

    private final Editions editions;
    private final Newsletters newsletters;
    private final SendEdition sendEdition;
    private final EditionLetter letter;
    private final Deliveries deliveries;
    private final Publication publication;
    private final Html html;
    private final Clock clock;

    public EditionDesk(
            Editions editions,
            Newsletters newsletters,
            SendEdition sendEdition,
            EditionLetter letter,
            Deliveries deliveries,
            Publication publication,
            Html html,
            Clock clock) {
        this.editions = editions;
        this.newsletters = newsletters;
        this.sendEdition = sendEdition;
        this.letter = letter;
        this.deliveries = deliveries;
        this.publication = publication;
        this.html = html;
        this.clock = clock;
    }

    /** A run of the coming week; it has an edition once it is near. */
    record Coming(Newsletter newsletter, Cadence.Run run, Optional<Editions.Listed> edition) {}

    /** A newsletter that will never go out, and why. */
    record Silent(Newsletter newsletter, String why) {}

    /** A day of the coming week on which newsletters rest. */
    record Rest(LocalDate day, String holiday, List<String> newsletters) {}

    record WeekPage(
            Reader staff,
            String notice,
            List<Coming> coming,
            List<Silent> silent,
            List<Rest> rests,
            List<Editions.Listed> waiting,
            List<Editions.Listed> past,
            Times times) {}

    record EditionPage(
            Reader staff,
            String notice,
            String problem,
            Edition edition,
            Newsletter newsletter,
            List<StoryCard> stories,
            List<StoryCard> addable,
            Optional<Progress> progress,
            List<TroubledLetter> doubtful,
            List<TroubledLetter> refused,
            Times times) {
        boolean open() {
            return edition.open() || edition.state() == Edition.State.MISSED;
        }

        /** How much is settled, in whole per cent. */
        int done() {
            return progress.map(p -> p.expected() == 0 ? 100 : (int) (100 * p.settled() / p.expected()))
                    .orElse(0);
        }
    }

    /** GET /desk/editions */
    public void week(Context ctx) {
        Reader staff = Visit.staff(ctx);
        var now = clock.instant();
        List<Editions.Listed> open = editions.open();
        var coming = new ArrayList<Coming>();
        var silent = new ArrayList<Silent>();
        var rests = new TreeMap<LocalDate, Rest>();
        for (Newsletter newsletter : newsletters.active()) {
            Holidays holidays = newsletters.holidays(newsletter.id());
            Cadence cadence = newsletter.cadence();
            cadence.never(now, holidays).ifPresent(why -> silent.add(new Silent(newsletter, why)));
            for (Cadence.Run run : cadence.runs(now, now.plus(WEEK), holidays))
                coming.add(new Coming(newsletter, run, edition(open, newsletter, run)));
            for (Cadence.Run run : cadence.runs(now, now.plus(WEEK), none -> false))
                holidays.name(run.day())
                        .ifPresent(
                                name -> rests.computeIfAbsent(run.day(), day -> new Rest(day, name, new ArrayList<>()))
                                        .newsletters()
                                        .add(newsletter.name()));
        }
        coming.sort(Comparator.comparing(run -> run.run().due()));
        List<Editions.Listed> waiting = open.stream()
                .filter(listed -> !listed.edition().dueAt().isAfter(now))
                .toList();
        html.page(
                ctx,
                "editions/week",
                new WeekPage(
                        staff,
                        Flash.take(ctx),
                        coming,
                        silent,
                        List.copyOf(rests.values()),
                        waiting,
                        editions.past(20),
                        times()));
    }

    private static Optional<Editions.Listed> edition(
            List<Editions.Listed> open, Newsletter newsletter, Cadence.Run run) {
        return open.stream()
                .filter(listed -> listed.edition().newsletterId() == newsletter.id()
                        && listed.edition().day().equals(run.day()))
                .findFirst();
    }

    /** GET /desk/editions/{id} */
    public void edition(Context ctx) {
        show(ctx, 200, find(ctx), "");
    }

    private void show(Context ctx, int status, Edition edition, String problem) {
        Reader staff = Visit.staff(ctx);
        Newsletter newsletter = newsletter(edition);
        Optional<Progress> progress = edition.mailingId().flatMap(deliveries::progress);
        ctx.status(status);
        html.page(
                ctx,
                "editions/edition",
                new EditionPage(
                        staff,
                        Flash.take(ctx),
                        problem,
                        edition,
                        newsletter,
                        editions.stories(edition.id()),
                        edition.open() ? editions.addable(edition.id(), 30) : List.of(),
                        progress,
                        named(progress, LetterState.DOUBTFUL),
                        named(progress, LetterState.REFUSED),
                        times()));
    }

    private List<TroubledLetter> named(Optional<Progress> progress, LetterState state) {
        return progress.map(p -> deliveries.troubled(p.id(), state, 0, MOST_NAMED))
                .orElse(List.of());
    }

    /** POST /desk/editions/{id}: one form; its button says what is done besides saving */
    public void save(Context ctx) {
        Reader editor = Visit.editor(ctx);
        Edition edition = find(ctx);
        List<Long> order = order(ctx);
        String subject = text(ctx.formParam("subject"));
        String top = text(ctx.formParam("top"));
        if (subject.isEmpty()) {
            show(ctx, 422, edition, "An edition needs a subject line.");
            return;
        }
        if (!edition.open()) throw Problem.stale("This edition has left or was skipped, so it can't be changed.");
        if (!editions.save(edition.id(), (int) number(ctx.formParam("revision")), subject, top, order, editor.id())) {
            show(
                    ctx,
                    409,
                    editions.byId(edition.id()).orElseThrow(),
                    "Someone saved this edition while you were at it. This is theirs; make your change again.");
            return;
        }
        Flash.put(ctx, after(ctx, edition.id()));
        ctx.redirect("/desk/editions/" + edition.id(), HttpStatus.SEE_OTHER);
    }

    private String after(Context ctx, long id) {
        String then = text(ctx.formParam("then"));
        switch (then) {
            case "approve" -> editions.approve(id);
            case "send" -> send(id);
            case "skip" -> editions.skip(id, "An editor skipped it.");
            default -> {
                return "Saved.";
            }
        }
        return switch (then) {
            case "approve" -> "Approved. It leaves by itself at its time.";
            case "send" -> "On its way.";
            default -> "Skipped. Nothing will be sent.";
        };
    }

    private void send(long id) {
        sendEdition.send(id);
    }

    /** POST /desk/editions/{id}/reopen */
    public void reopen(Context ctx) {
        Visit.editor(ctx);
        Edition edition = find(ctx);
        editions.reopen(edition.id());
        back(ctx, edition, "Open again.");
    }

    /** POST /desk/editions/{id}/send: an edition whose time was missed */
    public void sendLate(Context ctx) {
        Visit.editor(ctx);
        Edition edition = find(ctx);
        send(edition.id());
        back(ctx, edition, "On its way.");
    }

    /** POST /desk/editions/{id}/letters: what a person decides about letters */
    public void letters(Context ctx) {
        Visit.editor(ctx);
        Edition edition = find(ctx);
        long mailing = edition.mailingId().orElseThrow(() -> Problem.stale("Nothing of this edition has been sent."));
        String done = switch (text(ctx.formParam("what"))) {
            case "again" -> deliveries.sendDoubtfulAgain(mailing) + " letters are owed again.";
            case "accepted" -> deliveries.countDoubtfulAsAccepted(mailing) + " letters count as accepted.";
            case "hold" -> {
                deliveries.hold(mailing, "An editor held it.");
                yield "Held. Nothing more leaves until you release it.";
            }
            case "release" -> {
                deliveries.release(mailing, clock.instant().plus(Duration.ofHours(6)));
                yield "Released.";
            }
            case "cancel" -> deliveries.cancelRest(mailing) + " letters will not be sent.";
            default -> throw Problem.invalid("There is no such thing to do with letters.");
        };
        back(ctx, edition, done);
    }

    private static void back(Context ctx, Edition edition, String notice) {
        Flash.put(ctx, notice);
        ctx.redirect("/desk/editions/" + edition.id(), HttpStatus.SEE_OTHER);
    }

    /** GET /desk/editions/{id}/preview: the letter as the editor would get it */
    public void preview(Context ctx) {
        Reader staff = Visit.staff(ctx);
        ctx.header(
                "Content-Security-Policy",
                "sandbox; default-src 'none'; style-src 'unsafe-inline'; img-src 'self' http: https:; frame-ancestors 'self'");
        ctx.contentType("text/html; charset=utf-8").result(letter.html(sheet(find(ctx), staff)));
    }

    /** GET /desk/editions/{id}/preview.txt */
    public void previewText(Context ctx) {
        Reader staff = Visit.staff(ctx);
        ctx.contentType("text/plain; charset=utf-8").result(letter.text(sheet(find(ctx), staff)));
    }

    private EditionLetter.Sheet sheet(Edition edition, Reader staff) {
        String name = staff.name().isBlank() ? "" : ", " + staff.name().split(" ")[0];
        return letter.sheet(
                edition, newsletter(edition), editions.stories(edition.id()), "Good morning" + name + ".", "#");
    }

    /** The order of the form, with one story moved, removed or added where a button without script asked for it. */
    private static List<Long> order(Context ctx) {
        var order = new ArrayList<Long>();
        for (String id : ctx.formParams("story")) if (number(id) > 0) order.add(number(id));
        int up = order.indexOf(number(ctx.formParam("up")));
        if (up > 0) Collections.swap(order, up, up - 1);
        int down = order.indexOf(number(ctx.formParam("down")));
        if (down >= 0 && down < order.size() - 1) Collections.swap(order, down, down + 1);
        order.remove(number(ctx.formParam("remove")));
        long added = number(ctx.formParam("add"));
        if (added > 0 && ctx.formParam("add-now") != null && !order.contains(added)) order.add(added);
        return order;
    }

    private Edition find(Context ctx) {
        return editions.byId(number(ctx.pathParam("id")))
                .orElseThrow(() -> Problem.notFound("There is no such edition."));
    }

    private Newsletter newsletter(Edition edition) {
        return newsletters.byId(edition.newsletterId()).orElseThrow();
    }

    private Times times() {
        return new Times(publication.settings().zone(), clock.instant());
    }

    private static String text(@Nullable String value) {
        return value == null ? "" : value.strip();
    }

    private static long number(@Nullable String value) {
        return value != null && value.matches("\\d{1,18}") ? Long.parseLong(value) : 0;
    }
}
