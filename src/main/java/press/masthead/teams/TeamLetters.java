package press.masthead.teams;

import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.jdbi.v3.core.Handle;
import press.masthead.books.Invoice;
import press.masthead.industries.AskIndustries;
import press.masthead.platform.mail.Letter;
import press.masthead.platform.mail.Letterhead;
import press.masthead.platform.mail.Outbox;
import press.masthead.platform.web.Html;
import press.masthead.platform.web.Secret;

/** What we write to people on a team and to those who manage it; each letter in the transaction that makes it due. */
public final class TeamLetters {
    private final Outbox outbox;
    private final Html html;
    private final Supplier<Letterhead> letterhead;

    public TeamLetters(Outbox outbox, Html html, Supplier<Letterhead> letterhead) {
        this.outbox = outbox;
        this.html = html;
        this.letterhead = letterhead;
    }

    Letterhead from() {
        return letterhead.get();
    }

    /** Dates for a team are said by the team's own clock. */
    private Letterhead from(ZoneId zone) {
        return letterhead.get().in(zone);
    }

    /** A moment by the team's clock, as letters say it. */
    String moment(Team team, Instant at) {
        return from(team.zoneId()).moment(at);
    }

    /** @param name may be empty */
    record To(String email, String name) {}

    private void put(
            Handle handle,
            To to,
            Letterhead from,
            String subject,
            String heading,
            List<String> text,
            Button button,
            String why) {
        outbox.put(
                handle,
                new Letter(
                                subject,
                                heading,
                                text,
                                button.words(),
                                button.path().isEmpty() ? "" : from.at(button.path()),
                                List.of(why))
                        .to(to.email(), to.name(), from, html));
    }

    private record Button(String words, String path) {
        static final Button NONE = new Button("", "");
    }

    // Before there is a team

    void thanks(Handle handle, Enquiry enquiry) {
        Letterhead from = from();
        put(
                handle,
                new To(enquiry.email(), enquiry.name()),
                from,
                "Your enquiry about " + from.name() + " for " + enquiry.organisation(),
                "Thank you, we have your enquiry",
                List.of(
                        "You asked about " + seats(enquiry.seats()) + " for " + enquiry.organisation()
                                + ". One of us writes back, usually on the next working day, with a price and answers to what you asked.",
                        "You can answer this letter if something comes to mind meanwhile."),
                Button.NONE,
                "You get this letter because someone entered this address in our form for teams. If it was not you, do nothing.");
    }

    void enquiryCame(Handle handle, To staff, Enquiry enquiry) {
        Letterhead from = from();
        put(
                handle,
                staff,
                from,
                enquiry.organisation() + " asks about " + seats(enquiry.seats()),
                "A new enquiry",
                List.of(
                        enquiry.name() + " of " + enquiry.organisation() + " asks about " + seats(enquiry.seats())
                                + ".",
                        enquiry.words().isBlank() ? "They wrote no more than that." : "They wrote: " + enquiry.words()),
                new Button("Open the enquiry", "/desk/teams/enquiries/" + enquiry.id()),
                "You get this letter because you mind the business of " + from.name() + ".");
    }

    void nextStep(Handle handle, To staff, Enquiry enquiry) {
        Letterhead from = from();
        put(
                handle,
                staff,
                from,
                "Today: " + enquiry.nextStep() + " (" + enquiry.organisation() + ")",
                "A next step is due",
                List.of(enquiry.organisation() + ": " + enquiry.nextStep() + "."),
                new Button("Open the enquiry", "/desk/teams/enquiries/" + enquiry.id()),
                "You get this letter because this enquiry is yours, or nobody’s yet.");
    }

    // To managers

    void manager(Handle handle, Team team, To to) {
        Letterhead from = from();
        put(
                handle,
                to,
                from,
                "You manage the seats of " + team.name() + " at " + from.name(),
                "Your team is ready",
                List.of(
                        "You can now invite colleagues of " + team.name()
                                + ", take seats back, and see how many are used.",
                        "Press the button and enter this address. A link that signs you in follows at once."),
                // No secret in it, so that it may lie about.
                new Button("Open your team", "/signin/?next=/team/" + team.id() + "/"),
                "You get this letter because you were named as a manager of this team.");
    }

    /** @param path of the page that the button opens */
    void toManager(Handle handle, Team team, To to, String subject, String heading, List<String> text, String path) {
        put(
                handle,
                to,
                from(),
                subject,
                heading,
                text,
                new Button("Open the page", path),
                "You get this letter because you manage the seats of " + team.name() + ".");
    }

    void requested(Handle handle, Team team, To manager, String who, long request, Optional<Instant> courtesyUntil) {
        Letterhead from = from(team.zoneId());
        put(
                handle,
                manager,
                from,
                who + " asks for a seat of " + team.name(),
                "Someone asks for a seat",
                List.of(
                        who + " would like a seat of " + team.name() + ".",
                        courtesyUntil
                                .map(until ->
                                        "All seats are taken. So that nobody is locked out in mid-week, they read on until "
                                                + from.moment(until) + ", at no cost. Until then you decide.")
                                .orElse("They read nothing of what members read until you decide.")),
                new Button("Decide", "/team/" + team.id() + "/requests/" + request),
                "You get this letter because you manage this team.");
    }

    void shared(Handle handle, Team team, To manager, String who, String email, String title, int free) {
        Letterhead from = from(team.zoneId());
        put(
                handle,
                manager,
                from,
                who + " would like to send a story to " + email,
                "A colleague without a seat",
                List.of(
                        who + " wanted to send “" + title + "” to " + email + ", who has no seat of " + team.name()
                                + " so far.",
                        free == 1 ? "1 seat is free." : free + " seats are free."),
                new Button("Give them a seat", "/team/" + team.id() + "/invite/"),
                "You get this letter because you manage this team.");
    }

    void reminder(Handle handle, Team team, Contract contract, To to, long days, boolean staff) {
        Letterhead from = from(team.zoneId());
        String next = staff
                ? "Renew it in the newsroom, or agree on something new."
                : contract.byThemselves()
                        ? "You can renew it with one click, for as long and at the same price."
                        : "We write to you about the next term; you can also answer this letter.";
        put(
                handle,
                to,
                from,
                "The contract of " + team.name() + " ends in " + days + " days",
                "The contract ends on " + from.day(contract.until()),
                List.of(
                        "Contract " + contract.label() + ", " + seats(contract.seats()) + ", ends on "
                                + from.day(contract.until()) + ". " + next,
                        "If it is not renewed by then, everyone on the team reads on until the night of "
                                + from.day(contract.graceUntil().minusSeconds(1)) + ", a Sunday."),
                staff
                        ? new Button("Open the team", "/desk/teams/" + team.id())
                        : new Button("See the contract", "/team/" + team.id() + "/contract/"),
                staff
                        ? "You get this letter because you mind the business."
                        : "You get this letter because you manage this team.");
    }

    void grace(Handle handle, Team team, Contract contract, To to) {
        Letterhead from = from(team.zoneId());
        put(
                handle,
                to,
                from,
                "The contract of " + team.name() + " has ended; your team reads on for now",
                "Your contract has ended",
                List.of(
                        "Contract " + contract.label() + " ended on " + from.day(contract.until())
                                + ". Nobody is locked out in mid-week: everyone on the team reads on until the night of "
                                + from.day(contract.graceUntil().minusSeconds(1)) + ", a Sunday.",
                        "New seats can’t be given until the contract is renewed."),
                new Button("See the contract", "/team/" + team.id() + "/contract/"),
                "You get this letter because you manage this team.");
    }

    void ended(Handle handle, Team team, Contract contract, To to) {
        Letterhead from = from(team.zoneId());
        put(
                handle,
                to,
                from,
                "The seats of " + team.name() + " are closed",
                "Your team no longer reads what members read",
                List.of(
                        "Contract " + contract.label() + " was not renewed, so the seats of " + team.name()
                                + " are closed since today.",
                        "Nobody is forgotten: renew, and everyone sits where they sat."),
                new Button("See the contract", "/team/" + team.id() + "/contract/"),
                "You get this letter because you manage this team.");
    }

    void renewed(Handle handle, Team team, Contract contract, To to) {
        Letterhead from = from(team.zoneId());
        put(
                handle,
                to,
                from,
                "Renewed: " + team.name() + " until " + from.day(contract.until()),
                "Your contract is renewed",
                List.of("Contract " + contract.label() + " begins on " + from.day(contract.since()) + ", for "
                        + seats(contract.seats()) + ", until " + from.day(contract.until())
                        + ". The invoice comes in a letter of its own."),
                new Button("See the contract", "/team/" + team.id() + "/contract/"),
                "You get this letter because you manage this team.");
    }

    void invoice(Handle handle, Team team, Contract contract, Invoice invoice) {
        Letterhead from = from(team.zoneId());
        String order =
                contract.purchaseOrder().isEmpty() ? "" : " Your purchase order: " + contract.purchaseOrder() + ".";
        put(
                handle,
                new To(contract.contactEmail(), contract.contactName()),
                from,
                "Invoice " + invoice.label() + " for " + team.name(),
                "Invoice " + invoice.label(),
                List.of(
                        invoice.what() + ": " + invoice.price() + ", payable by " + from.day(invoice.dueAt()) + "."
                                + order,
                        "A manager of the team finds it as a page and as a PDF under the contract."),
                new Button("Open the invoice", "/team/" + team.id() + "/contract/invoices/" + invoice.number()),
                "You get this letter because you are the contact for invoices of " + contract.billingName() + ".");
    }

    // To colleagues

    void invitation(Handle handle, Team team, To to, String who, Secret secret) {
        Letterhead from = from(team.zoneId());
        put(
                handle,
                to,
                from,
                who + " gives you a seat at " + from.name(),
                "A seat for you",
                List.of(
                        team.name() + " reads " + from.name() + ", and " + who
                                + " has kept a seat for you: every memo, every report, the whole archive."
                                + " There is nothing for you to pay.",
                        "The seat is for this address. The link is good for " + Seats.INVITATION.toDays() + " days."),
                new Button("Take your seat", "/seat/" + secret.reveal()),
                "You get this letter because " + who
                        + " entered your address. If you do not want the seat, do nothing.");
    }

    void welcome(Handle handle, Team team, To to) {
        Letterhead from = from();
        put(
                handle,
                to,
                from,
                "Your seat at " + from.name() + " is ready",
                "Welcome",
                List.of("You now read everything at " + from.name() + ", on a seat of " + team.name() + "."),
                new Button("Begin to read", AskIndustries.WELCOME),
                "You get this letter because you took a seat of " + team.name() + ".");
    }

    void takenBack(Handle handle, Team team, To to) {
        Letterhead from = from();
        put(
                handle,
                to,
                from,
                "Your seat at " + from.name() + " was taken back",
                "Your seat has ended",
                List.of(
                        "A manager of " + team.name()
                                + " has taken your seat back. Your newsletters and your account stay as they are.",
                        "If that was a mistake, please ask your manager. We can’t decide it."),
                new Button("Your account", "/account/"),
                "You get this letter because you had a seat of " + team.name() + ".");
    }

    void granted(Handle handle, Team team, To to) {
        Letterhead from = from();
        put(
                handle,
                to,
                from,
                "You have a seat at " + from.name(),
                "Your seat is yours",
                List.of("A manager of " + team.name() + " has given you a seat. You read everything from now on."),
                new Button("Begin to read", AskIndustries.WELCOME),
                "You get this letter because you asked for a seat of " + team.name() + ".");
    }

    void refused(Handle handle, Team team, To to, Optional<Instant> courtesyUntil) {
        Letterhead from = from(team.zoneId());
        put(
                handle,
                to,
                from,
                "No seat of " + team.name() + " is free for you",
                "Your manager has decided",
                List.of("A manager of " + team.name() + " can’t give you a seat at the moment."
                        + courtesyUntil
                                .map(until -> " You read on until " + from.moment(until) + ".")
                                .orElse("")),
                new Button("See the plan", "/pro/"),
                "You get this letter because you asked for a seat of " + team.name() + ".");
    }

    void courtesyOver(Handle handle, Team team, To to) {
        Letterhead from = from();
        put(
                handle,
                to,
                from,
                "Your week at " + from.name() + " is over",
                "Your week is over",
                List.of("All seats of " + team.name() + " are taken and nobody has decided about yours."
                        + " Please ask your manager: as soon as one is given to you, you read on."),
                new Button("Ask again", "/seat/join/"),
                "You get this letter because you asked for a seat of " + team.name() + ".");
    }

    void domain(Handle handle, Team team, String domain, String to, Secret secret) {
        Letterhead from = from();
        put(
                handle,
                new To(to, ""),
                from,
                "Is " + team.name() + " at home at " + domain + "?",
                "Please confirm the domain " + domain,
                List.of(
                        "A manager of " + team.name() + " says that addresses at " + domain + " are those of "
                                + team.name() + ". Once you confirm it, people with such an address can join the team.",
                        "The link is good for 7 days. If this is not so, do nothing."),
                new Button("Look at it", "/seat/domain/" + secret.reveal()),
                "You get this letter because this address minds the mail of " + domain + ".");
    }

    static String seats(int number) {
        return number == 1 ? "1 seat" : "%,d seats".formatted(number);
    }
}
