package press.masthead.teams;

import io.javalin.http.Context;
import io.javalin.http.HttpStatus;
import java.time.Clock;
import java.time.LocalDate;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeParseException;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import press.masthead.access.Visit;
import press.masthead.desk.Complaint;
import press.masthead.platform.web.Flash;
import press.masthead.platform.web.Html;
import press.masthead.platform.web.Problem;
import press.masthead.platform.web.Times;
import press.masthead.publication.Publication;
import press.masthead.readers.Reader;

/** The pipeline of the business staff: who asked, how far it is, what comes next. */
public final class EnquiryDesk {
    private static final int IN_A_COLUMN = 100;
    private static final DateTimeFormatter DAY = DateTimeFormatter.ofPattern("d MMM", Locale.ENGLISH);

    private final Enquiries enquiries;
    private final Publication publication;
    private final Html html;
    private final Clock clock;

    public EnquiryDesk(Enquiries enquiries, Publication publication, Html html, Clock clock) {
        this.enquiries = enquiries;
        this.publication = publication;
        this.html = html;
        this.clock = clock;
    }

    record Column(Enquiry.State state, List<Enquiry> enquiries) {
        int seats() {
            return enquiries.stream().mapToInt(Enquiry::seats).sum();
        }
    }

    record Board(Reader staff, String notice, List<Column> columns, LocalDate today, Times times) {
        boolean isEmpty() {
            return columns.stream().allMatch(column -> column.enquiries().isEmpty());
        }

        static String day(LocalDate day) {
            return DAY.format(day);
        }
    }

    /** GET /desk/teams/enquiries */
    public void board(Context ctx) {
        Reader staff = Visit.business(ctx);
        List<Column> columns = Arrays.stream(Enquiry.State.values())
                .map(state -> new Column(state, enquiries.in(state, IN_A_COLUMN)))
                .toList();
        html.page(ctx, "teams/board", new Board(staff, Flash.take(ctx), columns, today(), times()));
    }

    record Page(
            Reader staff,
            String notice,
            Complaint complaint,
            Enquiry enquiry,
            List<Enquiries.Event> history,
            List<Enquiries.Owner> owners,
            String step,
            String day,
            LocalDate today,
            Times times) {
        static String happened(Enquiries.Event event) {
            return switch (event.what()) {
                case "came" -> "The enquiry came in";
                case "moved" -> "Moved to " + event.note();
                case "step" -> event.note().isBlank() ? "No next step" : "Next: " + event.note();
                case "owner" -> event.note().isBlank() ? "Nobody’s for now" : "Now with " + event.note();
                case "contract" -> "Contract with " + event.note();
                default -> event.note();
            };
        }
    }

    /** GET /desk/teams/enquiries/{id} */
    public void one(Context ctx) {
        Reader staff = Visit.business(ctx);
        Enquiry enquiry = find(ctx);
        show(
                ctx,
                200,
                staff,
                enquiry,
                enquiry.nextStep(),
                enquiry.nextDay().map(LocalDate::toString).orElse(""),
                Complaint.NONE);
    }

    private void show(
            Context ctx, int status, Reader staff, Enquiry enquiry, String step, String day, Complaint complaint) {
        ctx.status(status);
        html.page(
                ctx,
                "teams/enquiry",
                new Page(
                        staff,
                        Flash.take(ctx),
                        complaint,
                        enquiry,
                        enquiries.history(enquiry.id()),
                        enquiries.owners(),
                        step,
                        day,
                        today(),
                        times()));
    }

    /** POST /desk/teams/enquiries/{id}/move: by drag, by keyboard or by its form */
    public void move(Context ctx) {
        Reader staff = Visit.business(ctx);
        Enquiry enquiry = find(ctx);
        Enquiry.State to = state(TeamDoor.text(ctx, "to"));
        enquiries.move(enquiry.id(), to, staff);
        if ("application/json".equals(ctx.header("Accept"))) {
            ctx.json(Map.of("said", enquiry.organisation() + " is now in " + to.shown() + "."));
            return;
        }
        Flash.put(ctx, enquiry.organisation() + " is now in " + to.shown() + ".");
        ctx.redirect(
                TeamDoor.text(ctx, "back").equals("board")
                        ? "/desk/teams/enquiries"
                        : "/desk/teams/enquiries/" + enquiry.id(),
                HttpStatus.SEE_OTHER);
    }

    /** POST /desk/teams/enquiries/{id}/note */
    public void note(Context ctx) {
        Reader staff = Visit.business(ctx);
        Enquiry enquiry = find(ctx);
        String words = TeamDoor.text(ctx, "words");
        if (words.isEmpty() || words.length() > 4_000)
            throw Problem.invalid("Please write a note of at most 4,000 letters.");
        enquiries.write(enquiry.id(), staff, words);
        ctx.redirect("/desk/teams/enquiries/" + enquiry.id(), HttpStatus.SEE_OTHER);
    }

    /** POST /desk/teams/enquiries/{id}/next: the next step, its day, and whose it is */
    public void next(Context ctx) {
        Reader staff = Visit.business(ctx);
        Enquiry enquiry = find(ctx);
        String step = TeamDoor.text(ctx, "step").replaceAll("\\p{Cntrl}", " ");
        String day = TeamDoor.text(ctx, "day");
        Optional<LocalDate> on = Optional.empty();
        Complaint complaint =
                step.length() > 200 ? new Complaint("step", "Please use at most 200 letters.") : Complaint.NONE;
        try {
            if (!day.isEmpty()) on = Optional.of(LocalDate.parse(day));
        } catch (DateTimeParseException e) {
            complaint = new Complaint("day", "Please choose a day.");
        }
        if (on.isPresent() && step.isEmpty()) complaint = new Complaint("step", "What is to be done on that day?");
        if (!complaint.isNone()) {
            show(ctx, 422, staff, enquiry, step, day, complaint);
            return;
        }
        Optional<Long> owner = TeamDoor.number(ctx.formParam("owner"))
                .filter(id -> enquiries.owners().stream().anyMatch(one -> one.id() == id));
        enquiries.plan(enquiry.id(), staff, step, on, owner);
        Flash.put(ctx, "Saved.");
        ctx.redirect("/desk/teams/enquiries/" + enquiry.id(), HttpStatus.SEE_OTHER);
    }

    private Enquiry find(Context ctx) {
        return TeamDoor.number(ctx.pathParam("id"))
                .flatMap(enquiries::find)
                .orElseThrow(() -> Problem.notFound("There is no such enquiry."));
    }

    private static Enquiry.State state(String name) {
        return Arrays.stream(Enquiry.State.values())
                .filter(state -> state.stored().equals(name))
                .findFirst()
                .orElseThrow(() -> Problem.invalid("Please choose where it stands."));
    }

    private LocalDate today() {
        return LocalDate.ofInstant(clock.instant(), publication.settings().zone());
    }

    private Times times() {
        return new Times(publication.settings().zone(), clock.instant());
    }
}
