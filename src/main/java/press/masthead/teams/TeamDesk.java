package press.masthead.teams;

import io.javalin.http.Context;
import io.javalin.http.HttpStatus;
import java.time.Clock;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.Jdbi;
import press.masthead.access.Visit;
import press.masthead.billing.MarkPaid;
import press.masthead.books.BillingDetails;
import press.masthead.books.Invoice;
import press.masthead.desk.Complaint;
import press.masthead.plans.Because;
import press.masthead.platform.calendar.Zones;
import press.masthead.platform.web.Flash;
import press.masthead.platform.web.Html;
import press.masthead.platform.web.Problem;
import press.masthead.platform.web.Times;
import press.masthead.publication.Publication;
import press.masthead.readers.EmailAddress;
import press.masthead.readers.Reader;
import press.masthead.signin.IdentityProvider;

/** Teams as the business staff look after them: contracts, seats added in mid-term, invoices, managers. */
public final class TeamDesk {
    private static final int PAGE = 100;

    private final Jdbi jdbi;
    private final Clock clock;
    private final Teams teams;
    private final Seats seats;
    private final Contracts contracts;
    private final ContractInvoices invoices;
    private final Enquiries enquiries;
    private final DrawUpContract drawUp;
    private final AddSeats addSeats;
    private final RenewContract renew;
    private final MarkPaid markPaid;
    private final SignOn signOn;
    private final Publication publication;
    private final Html html;

    public TeamDesk(
            Jdbi jdbi,
            Clock clock,
            Teams teams,
            Seats seats,
            Contracts contracts,
            ContractInvoices invoices,
            Enquiries enquiries,
            DrawUpContract drawUp,
            AddSeats addSeats,
            RenewContract renew,
            MarkPaid markPaid,
            SignOn signOn,
            Publication publication,
            Html html) {
        this.jdbi = jdbi;
        this.clock = clock;
        this.teams = teams;
        this.seats = seats;
        this.contracts = contracts;
        this.invoices = invoices;
        this.enquiries = enquiries;
        this.drawUp = drawUp;
        this.addSeats = addSeats;
        this.renew = renew;
        this.markPaid = markPaid;
        this.signOn = signOn;
        this.publication = publication;
        this.html = html;
    }

    record ListPage(Reader staff, String notice, List<Teams.Listed> teams, String more, Times times) {
        String word(Teams.Listed team) {
            if (team.until().isEmpty()) return "No contract";
            if (times.now().isBefore(team.until().get())) return "Runs";
            return times.now().isBefore(team.graceUntil().orElseThrow()) ? "Ended, reads on" : "Ended";
        }

        String tone(Teams.Listed team) {
            return switch (word(team)) {
                case "Runs" -> "good";
                case "Ended, reads on" -> "waiting";
                default -> "";
            };
        }
    }

    /** GET /desk/teams?after= */
    public void list(Context ctx) {
        Reader staff = Visit.business(ctx);
        String after = Optional.ofNullable(ctx.queryParam("after")).orElse("");
        List<Teams.Listed> found = teams.list(after, PAGE + 1);
        String more = found.size() > PAGE
                ? "/desk/teams?after="
                        + java.net.URLEncoder.encode(
                                found.get(PAGE - 1).name().toLowerCase(java.util.Locale.ROOT),
                                java.nio.charset.StandardCharsets.UTF_8)
                : "";
        html.page(
                ctx,
                "teams/teams",
                new ListPage(staff, Flash.take(ctx), found.stream().limit(PAGE).toList(), more, times()));
    }

    record FormPage(
            Reader staff,
            Complaint complaint,
            Optional<Team> team,
            Optional<Enquiry> enquiry,
            ContractForm form,
            List<Contracts.Choice> plans,
            List<String> zones) {
        List<BillingDetails.Country> countries() {
            return BillingDetails.named();
        }
    }

    /** GET /desk/teams/contracts/new?enquiry=&team= */
    public void blank(Context ctx) {
        Reader staff = Visit.business(ctx);
        Optional<Enquiry> enquiry = TeamDoor.number(ctx.queryParam("enquiry")).flatMap(enquiries::find);
        Optional<Team> team = TeamDoor.number(ctx.queryParam("team")).flatMap(teams::find);
        ContractForm form = team.flatMap(known ->
                        contracts.of(known.id()).stream().findFirst().map(last -> ContractForm.after(known, last)))
                .or(() -> enquiry.map(asked -> ContractForm.from(asked, zone(), today(), currency())))
                .orElseGet(() -> ContractForm.blank(zone(), today(), currency()));
        show(ctx, 200, staff, team, enquiry, form, Complaint.NONE);
    }

    private void show(
            Context ctx,
            int status,
            Reader staff,
            Optional<Team> team,
            Optional<Enquiry> enquiry,
            ContractForm form,
            Complaint complaint) {
        ctx.status(status);
        List<String> zones = Zones.ids().stream()
                .filter(id -> id.matches("[A-Z][a-z]+/[A-Za-z_/-]+"))
                .sorted()
                .toList();
        html.page(
                ctx,
                "teams/contractform",
                new FormPage(staff, complaint, team, enquiry, form, contracts.plans(), zones));
    }

    /** POST /desk/teams/contracts/new */
    public void drawUp(Context ctx) {
        Reader staff = Visit.business(ctx);
        Optional<Enquiry> enquiry = TeamDoor.number(ctx.formParam("enquiry")).flatMap(enquiries::find);
        Optional<Team> team = TeamDoor.number(ctx.formParam("team_id")).flatMap(teams::find);
        ContractForm form = ContractForm.of(ctx);
        Complaint complaint = form.complaint(team.isEmpty(), contracts.plans());
        if (!complaint.isNone()) {
            show(ctx, 422, staff, team, enquiry, form, complaint);
            return;
        }
        long id;
        try {
            id = team.isPresent() ? next(team.get(), form, staff) : begin(form, enquiry, staff);
        } catch (Problem problem) {
            show(ctx, problem.status(), staff, team, enquiry, form, new Complaint("", problem.sentence()));
            return;
        }
        Flash.put(ctx, "The contract is drawn up. The invoice and a letter to the manager are on their way.");
        ctx.redirect("/desk/teams/" + id, HttpStatus.SEE_OTHER);
    }

    private long next(Team team, ContractForm form, Reader staff) {
        drawUp.next(team, form.terms(team.zoneId()), staff);
        return team.id();
    }

    private long begin(ContractForm form, Optional<Enquiry> enquiry, Reader staff) {
        ZoneId zone = form.zoneId().orElseThrow();
        EmailAddress manager = EmailAddress.parse(form.manager()).orElseThrow();
        return drawUp.begin(form.team(), zone, form.terms(zone), manager, enquiry.map(Enquiry::id), staff);
    }

    record Shown(Contract contract, List<Contracts.Event> history) {}

    record Page(
            Reader staff,
            String notice,
            Complaint complaint,
            Team team,
            Room room,
            List<Shown> contracts,
            List<Invoice> invoices,
            List<Teams.Person> managers,
            Optional<IdentityProvider> provider,
            SignOn.Tested signOn,
            String email,
            Times times) {
        static String happened(Contracts.Event event, Contract contract) {
            String words = switch (event.what()) {
                case "drawn_up" -> "Drawn up, " + contract.money(event.amount());
                case "seats_added" -> TeamLetters.seats(event.seats()) + " more, " + contract.money(event.amount());
                case "renewed" -> "Renewed " + event.note();
                case "reminded" -> "Reminded, " + event.note() + " before the end";
                case "grace" -> "Ended; the team reads on to a Sunday night";
                default -> "The seats are closed";
            };
            return event.note().isBlank()
                            || event.what().equals("renewed")
                            || event.what().equals("reminded")
                    ? words
                    : words + " (" + event.note() + ")";
        }

        String word(Contract contract) {
            return switch (contract.state(times.now())) {
                case AHEAD -> "Begins later";
                case RUNNING -> "Runs";
                case GRACE -> "Ended, reads on";
                case ENDED -> "Ended";
            };
        }

        String tone(Contract contract) {
            return switch (contract.state(times.now())) {
                case AHEAD -> "scheduled";
                case RUNNING -> "good";
                case GRACE -> "waiting";
                case ENDED -> "";
            };
        }

        String word(Invoice invoice) {
            return switch (invoice.state(times.now())) {
                case OPEN -> "Open";
                case OVERDUE -> "Overdue";
                case PAID -> "Paid";
                case VOID -> "Nothing owed";
            };
        }

        String tone(Invoice invoice) {
            return switch (invoice.state(times.now())) {
                case OPEN -> "scheduled";
                case OVERDUE -> "bad";
                case PAID -> "good";
                case VOID -> "";
            };
        }

        boolean renewable(Contract contract) {
            return contract.renewedBy().isEmpty()
                    && contracts.getFirst().contract().id() == contract.id()
                    && switch (contract.state(times.now())) {
                        case RUNNING, GRACE -> true;
                        case AHEAD, ENDED -> false;
                    };
        }
    }

    /** GET /desk/teams/{id} */
    public void one(Context ctx) {
        show(ctx, 200, Visit.business(ctx), find(ctx), "", Complaint.NONE);
    }

    private void show(Context ctx, int status, Reader staff, Team team, String email, Complaint complaint) {
        ctx.status(status);
        List<Shown> shown = contracts.of(team.id()).stream()
                .map(contract -> new Shown(contract, contracts.history(contract.id())))
                .toList();
        html.page(
                ctx,
                "teams/team",
                new Page(
                        staff,
                        Flash.take(ctx),
                        complaint,
                        team,
                        seats.room(team.id()),
                        shown,
                        invoices.of(team.id()),
                        teams.managers(team.id()),
                        signOn.of(team.id()),
                        signOn.tested(team.id()),
                        email,
                        new Times(team.zoneId(), clock.instant())));
    }

    /** POST /desk/teams/{id}/seats: more of them in mid-term */
    public void addSeats(Context ctx) {
        Reader staff = Visit.business(ctx);
        Team team = find(ctx);
        String more = TeamDoor.text(ctx, "more");
        if (!more.matches("[1-9]\\d{0,4}")) {
            show(ctx, 422, staff, team, "", new Complaint("more", "Please give a number from 1 to 99,999."));
            return;
        }
        addSeats.byStaff(team.id(), staff, Integer.parseInt(more), "as agreed");
        back(ctx, team, TeamLetters.seats(Integer.parseInt(more)) + " more. The invoice is on its way.");
    }

    /** POST /desk/teams/{id}/renew */
    public void renew(Context ctx) {
        Reader staff = Visit.business(ctx);
        Team team = find(ctx);
        renew.byStaff(team, staff);
        back(ctx, team, "Renewed for as long, at the same price.");
    }

    /** POST /desk/teams/{id}/invoices/{number}/paid */
    public void paid(Context ctx) {
        Reader staff = Visit.business(ctx);
        Team team = find(ctx);
        long number = TeamDoor.number(ctx.pathParam("number")).orElse(0L);
        if (invoices.find(team.id(), number).isEmpty()) throw Problem.notFound("This team has no such invoice.");
        jdbi.useTransaction(handle -> markPaid.run(handle, number, today(), Because.desk(staff, "")));
        back(ctx, team, "Marked as paid. The receipt is on its way to the contact for invoices.");
    }

    /** POST /desk/teams/{id}/managers */
    public void appoint(Context ctx) {
        Reader staff = Visit.business(ctx);
        Team team = find(ctx);
        String typed = TeamDoor.text(ctx, "email");
        Optional<EmailAddress> email = EmailAddress.parse(typed);
        if (email.isEmpty()) {
            show(ctx, 422, staff, team, typed, new Complaint("email", InvitePages.MALFORMED));
            return;
        }
        boolean added = jdbi.inTransaction(handle -> drawUp.appoint(handle, team, email.get()));
        back(ctx, team, added ? "A letter is on its way to " + typed + "." : typed + " manages the team already.");
    }

    /** POST /desk/teams/{id}/managers/remove */
    public void dismiss(Context ctx) {
        Visit.business(ctx);
        Team team = find(ctx);
        long who = TeamDoor.number(ctx.formParam("id")).orElse(0L);
        if (!jdbi.inTransaction(handle -> teams.dismiss(handle, team.id(), who)))
            throw Problem.stale("A team needs a manager. Name another one first.");
        back(ctx, team, "Removed.");
    }

    private static void back(Context ctx, Team team, String notice) {
        Flash.put(ctx, notice);
        ctx.redirect("/desk/teams/" + team.id(), HttpStatus.SEE_OTHER);
    }

    private Team find(Context ctx) {
        return TeamDoor.number(ctx.pathParam("id"))
                .flatMap(teams::find)
                .orElseThrow(() -> Problem.notFound("There is no such team."));
    }

    private String currency() {
        return contracts.currencies().stream()
                .filter("USD"::equals)
                .findFirst()
                .orElseGet(() -> contracts.currencies().getFirst());
    }

    private ZoneId zone() {
        return publication.settings().zone();
    }

    private LocalDate today() {
        return LocalDate.ofInstant(clock.instant(), zone());
    }

    private Times times() {
        return new Times(zone(), clock.instant());
    }
}
