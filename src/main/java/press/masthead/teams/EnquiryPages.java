package press.masthead.teams;

import io.javalin.http.Context;
import java.time.Clock;
import java.time.Duration;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.jdbi.v3.core.Jdbi;
import press.masthead.access.Visit;
import press.masthead.platform.web.Limits;
import press.masthead.platform.web.Network;
import press.masthead.platform.web.Problem;
import press.masthead.platform.web.PublicPages;
import press.masthead.readers.EmailAddress;

/** An organisation asks about seats: one short form, a letter to them and one to whoever minds the business. */
public final class EnquiryPages {
    /** Nobody fills it in faster; programs do. */
    private static final Duration FASTEST = Duration.ofSeconds(3);

    private static final String NOT_SENT = "We could not tell a person from a program. Please press Send once more.";

    private final Jdbi jdbi;
    private final Clock clock;
    private final Enquiries enquiries;
    private final TeamLetters letters;
    private final Limits limits;
    private final PublicPages pages;

    public EnquiryPages(
            Jdbi jdbi, Clock clock, Enquiries enquiries, TeamLetters letters, Limits limits, PublicPages pages) {
        this.jdbi = jdbi;
        this.clock = clock;
        this.enquiries = enquiries;
        this.letters = letters;
        this.limits = limits;
        this.pages = pages;
    }

    /** GET /pro/teams/ */
    public void form(Context ctx) {
        var known = new HashMap<String, Object>();
        Visit.of(ctx).reader().ifPresent(reader -> {
            known.put("name", reader.name());
            known.put("email", reader.email());
        });
        show(ctx, 200, known);
    }

    private void show(Context ctx, int status, Map<String, Object> more) {
        var context = new HashMap<String, Object>(more);
        context.put("title", "For teams");
        context.putIfAbsent("seen", clock.millis());
        pages.show(ctx, status, "custom-teams", context);
    }

    /** POST /pro/teams */
    public void ask(Context ctx) {
        Form form = Form.of(ctx);
        Map<String, String> wrong = form.wrong();
        if (wrong.isEmpty() && form.isHasty(clock.millis())) wrong = Map.of("whole", NOT_SENT);
        if (!wrong.isEmpty()) {
            show(ctx, 422, form.again(wrong));
            return;
        }
        try {
            limits.spend("enquiry:network:" + Network.of(ctx), 10, Duration.ofHours(1));
            limits.spend(
                    "enquiry:address:"
                            + EmailAddress.parse(form.email()).orElseThrow().key(),
                    3,
                    Duration.ofDays(1));
        } catch (Problem problem) {
            problem.tellWhen(ctx);
            show(ctx, problem.status(), form.again(Map.of("whole", problem.sentence())));
            return;
        }
        keep(form.asked());
        pages.show(
                ctx,
                200,
                "custom-message",
                Map.of(
                        "title", "Thank you",
                        "text",
                                "We have your enquiry, and a letter is on its way to " + form.email()
                                        + ". One of us writes back, usually on the next working day.",
                        "tone", "good"));
    }

    private void keep(Enquiries.Asked asked) {
        jdbi.useTransaction(handle -> {
            long id = enquiries.add(handle, asked, Optional.empty());
            Enquiry enquiry = enquiries.find(handle, id).orElseThrow();
            letters.thanks(handle, enquiry);
            enquiries.business(handle).forEach(staff -> letters.enquiryCame(handle, staff, enquiry));
        });
    }

    /** @param trap a field that people don't see */
    private record Form(
            String name, String email, String organisation, String seats, String words, String trap, String seen) {
        static Form of(Context ctx) {
            return new Form(
                    line(ctx, "name"),
                    line(ctx, "email"),
                    line(ctx, "organisation"),
                    line(ctx, "seats"),
                    TeamDoor.text(ctx, "words"),
                    line(ctx, "website"),
                    line(ctx, "seen"));
        }

        private static String line(Context ctx, String field) {
            return TeamDoor.text(ctx, field).replaceAll("\\p{Cntrl}", " ");
        }

        Map<String, String> wrong() {
            var wrong = new LinkedHashMap<String, String>();
            if (organisation.isEmpty() || organisation.length() > 120)
                wrong.put("organisation", "Please say for whom, in at most 120 letters.");
            if (!seats.matches("[1-9]\\d{0,4}")) wrong.put("seats", "Please give a number from 1 to 99,999.");
            if (name.isEmpty() || name.length() > 120)
                wrong.put("name", "Please give your name, in at most 120 letters.");
            if (EmailAddress.parse(email).isEmpty()) wrong.put("email", InvitePages.MALFORMED);
            if (words.length() > 4_000) wrong.put("words", "Please use at most 4,000 letters.");
            return wrong;
        }

        boolean isHasty(long now) {
            boolean early = !seen.matches("\\d{1,15}") || now - Long.parseLong(seen) < FASTEST.toMillis();
            return early || !trap.isEmpty();
        }

        /** What was typed, with a sentence for each field; the moment it was first seen stays, so that pressing again helps. */
        Map<String, Object> again(Map<String, String> wrong) {
            var map = new HashMap<String, Object>();
            map.put("name", name);
            map.put("email", email);
            map.put("organisation", organisation);
            map.put("seats", seats);
            map.put("words", words);
            if (seen.matches("\\d{1,15}")) map.put("seen", Long.parseLong(seen));
            wrong.forEach((field, sentence) -> map.put(field + "_error", sentence));
            return map;
        }

        Enquiries.Asked asked() {
            return new Enquiries.Asked(name, email, organisation, Integer.parseInt(seats), words);
        }
    }
}
