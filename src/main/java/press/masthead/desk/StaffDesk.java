package press.masthead.desk;

import io.javalin.http.Context;
import io.javalin.http.HttpStatus;
import java.time.Clock;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Supplier;
import org.jdbi.v3.core.Jdbi;
import org.jspecify.annotations.Nullable;
import press.masthead.access.Visit;
import press.masthead.platform.mail.Letter;
import press.masthead.platform.mail.Letterhead;
import press.masthead.platform.mail.Outbox;
import press.masthead.platform.web.Flash;
import press.masthead.platform.web.Html;
import press.masthead.platform.web.Problem;
import press.masthead.platform.web.Times;
import press.masthead.publication.Publication;
import press.masthead.readers.EmailAddress;
import press.masthead.readers.Reader;
import press.masthead.readers.Reader.Role;
import press.masthead.readers.Readers;
import press.masthead.readers.Staff;
import press.masthead.signin.Factors;
import press.masthead.signin.Fresh;

/** Who works here. Everyone of the staff may look; an owner invites, changes and removes. */
public final class StaffDesk {
    private final Jdbi jdbi;
    private final Staff staff;
    private final Readers readers;
    private final Supplier<List<Byline>> bylines;
    private final Audit audit;
    private final Factors factors;
    private final Outbox outbox;
    private final Supplier<Letterhead> letterhead;
    private final Publication publication;
    private final Html html;
    private final Clock clock;

    /** An author to choose, as whom someone writes. */
    public record Byline(long id, String name) {}

    /** @param bylines every author */
    public StaffDesk(
            Jdbi jdbi,
            Staff staff,
            Readers readers,
            Supplier<List<Byline>> bylines,
            Audit audit,
            Factors factors,
            Outbox outbox,
            Supplier<Letterhead> letterhead,
            Publication publication,
            Html html,
            Clock clock) {
        this.jdbi = jdbi;
        this.staff = staff;
        this.readers = readers;
        this.bylines = bylines;
        this.audit = audit;
        this.factors = factors;
        this.outbox = outbox;
        this.letterhead = letterhead;
        this.publication = publication;
        this.html = html;
        this.clock = clock;
    }

    record StaffPage(
            Reader staff,
            String notice,
            Complaint complaint,
            String email,
            List<Staff.Member> members,
            List<Byline> bylines,
            List<Audit.Entry> events,
            boolean mayChange,
            Times times) {
        static String allows(Role role) {
            return switch (role) {
                case OWNER -> "Everything, and who works here";
                case EDITOR -> "Publishes, sends, corrects";
                case REPORTER -> "Writes and asks for review";
                case BUSINESS -> "Readers, plans and invoices";
            };
        }
    }

    /** GET /desk/staff */
    public void list(Context ctx) {
        show(ctx, 200, "", Complaint.NONE);
    }

    /** POST /desk/staff: invites an address */
    public void invite(Context ctx) {
        Reader owner = owner(ctx);
        String typed = text(ctx.formParam("email"));
        Optional<EmailAddress> email = EmailAddress.parse(typed);
        if (email.isEmpty()) {
            show(
                    ctx,
                    422,
                    typed,
                    new Complaint("email", "That does not look like an e-mail address. Please check it."));
            return;
        }
        Role role = role(ctx);
        boolean added = jdbi.inTransaction(handle -> {
            long reader = readers.meet(handle, email.get());
            if (!staff.employ(handle, reader, role, author(ctx))) return false;
            audit.note(handle, owner.id(), "invited " + email.get().typed() + " as " + said(role));
            outbox.put(handle, invitation(owner, email.get()));
            return true;
        });
        if (!added) {
            show(ctx, 422, typed, new Complaint("email", "This person works here already."));
            return;
        }
        Flash.put(ctx, "A letter is on its way to " + email.get().typed() + ".");
        ctx.redirect("/desk/staff", HttpStatus.SEE_OTHER);
    }

    /** POST /desk/staff/{id}: the role and the byline */
    public void change(Context ctx) {
        Reader owner = owner(ctx);
        Staff.Member member = member(ctx);
        Role role = role(ctx);
        jdbi.useTransaction(handle -> {
            if (role != Role.OWNER && staff.isLastOwner(handle, member.id())) throw lastOwner();
            staff.change(handle, member.id(), role, author(ctx));
            if (role != member.role()) audit.note(handle, owner.id(), "made " + member.shownName() + " " + said(role));
        });
        Flash.put(ctx, "Saved.");
        ctx.redirect("/desk/staff", HttpStatus.SEE_OTHER);
    }

    /** POST /desk/staff/{id}/remove */
    public void remove(Context ctx) {
        Reader owner = owner(ctx);
        Staff.Member member = member(ctx);
        jdbi.useTransaction(handle -> {
            if (staff.isLastOwner(handle, member.id())) throw lastOwner();
            staff.dismiss(handle, member.id());
            audit.note(handle, owner.id(), "took " + member.shownName() + " off the staff");
        });
        Flash.put(ctx, member.shownName() + " no longer works here.");
        ctx.redirect("/desk/staff", HttpStatus.SEE_OTHER);
    }

    /** POST /desk/staff/{id}/reset: takes their passkeys and codes away, for someone who has lost them. */
    public void reset(Context ctx) {
        Reader owner = owner(ctx);
        Fresh.require(ctx);
        Staff.Member member = member(ctx);
        if (member.id() == owner.id()) throw Problem.invalid("Your own passkeys and codes are in your account.");
        Letterhead from = letterhead.get();
        jdbi.useTransaction(handle -> {
            factors.reset(handle, member.id());
            audit.note(handle, owner.id(), "reset the second step of " + member.shownName());
            outbox.put(handle, wasReset(from, owner).to(member.email(), member.name(), from, html));
        });
        Flash.put(ctx, member.shownName() + " is signed out and sets up a new second step at the next sign-in.");
        ctx.redirect("/desk/staff", HttpStatus.SEE_OTHER);
    }

    private static Letter wasReset(Letterhead from, Reader owner) {
        String who = owner.name().isBlank() ? owner.email() : owner.name();
        return new Letter(
                "Your second step at " + from.name() + " was reset",
                "Set up a new second step",
                List.of(who + " has removed your passkeys and code app at " + from.name() + ", and you were signed out."
                        + " The next time you come to the newsroom, you set up new ones."),
                "Go to the newsroom",
                from.at("/signin/?next=/desk/stories"),
                List.of("If you did not ask for this, please speak to " + who + "."));
    }

    private Outbox.Note invitation(Reader owner, EmailAddress to) {
        Letterhead from = letterhead.get();
        String who = owner.name().isBlank() ? owner.email() : owner.name();
        // No secret in it: the page asks for the address and sends a link that lives for minutes, so this one may lie
        // about.
        return new Letter(
                        who + " invites you to the newsroom of " + from.name(),
                        "Come in",
                        List.of(
                                who + " has put you on the staff of " + from.name() + ".",
                                "Press the button and enter this address. A link that signs you in follows at once."),
                        "Go to the newsroom",
                        from.at("/signin/?next=/desk/stories"),
                        List.of("If you do not know what this is about, do nothing."))
                .to(to.typed(), "", from, html);
    }

    private static Problem lastOwner() {
        return Problem.invalid("The newsroom needs an owner. Make someone else one first.");
    }

    private static Reader owner(Context ctx) {
        Reader reader = Visit.staff(ctx);
        if (reader.role().filter(Role.OWNER::equals).isEmpty())
            throw Problem.forbidden("Only an owner can change who works here.");
        return reader;
    }

    private void show(Context ctx, int status, String email, Complaint complaint) {
        Reader reader = Visit.staff(ctx);
        ctx.status(status);
        html.page(
                ctx,
                "desk/staff",
                new StaffPage(
                        reader,
                        Flash.take(ctx),
                        complaint,
                        email,
                        staff.all(),
                        bylines.get(),
                        audit.latest(50),
                        reader.role().filter(Role.OWNER::equals).isPresent(),
                        new Times(publication.settings().zone(), clock.instant())));
    }

    private Staff.Member member(Context ctx) {
        String id = ctx.pathParam("id");
        return (id.matches("\\d{1,18}") ? staff.byId(Long.parseLong(id)) : Optional.<Staff.Member>empty())
                .orElseThrow(() -> Problem.notFound("Nobody of this number works here."));
    }

    private Optional<Long> author(Context ctx) {
        String id = text(ctx.formParam("author"));
        return bylines.get().stream()
                .map(Byline::id)
                .filter(known -> id.equals(Long.toString(known)))
                .findFirst();
    }

    private static Role role(Context ctx) {
        String name = text(ctx.formParam("role"));
        return Arrays.stream(Role.values())
                .filter(role -> said(role).equals(name))
                .findFirst()
                .orElseThrow(() -> Problem.invalid("Choose what this person may do."));
    }

    static String said(Role role) {
        return role.name().toLowerCase(Locale.ROOT);
    }

    private static String text(@Nullable String value) {
        return value == null ? "" : value.strip();
    }
}
