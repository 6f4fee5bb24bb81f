package press.masthead.teams;

import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jdbi.v3.core.Jdbi;
import press.masthead.account.TestClock;
import press.masthead.billing.GiftMembershipLetters;
import press.masthead.billing.GiftMemberships;
import press.masthead.billing.InvoiceLetters;
import press.masthead.billing.MarkPaid;
import press.masthead.billing.RemindInvoices;
import press.masthead.books.Invoices;
import press.masthead.books.Ledger;
import press.masthead.books.Taxes;
import press.masthead.plans.Memberships;
import press.masthead.platform.db.Database;
import press.masthead.platform.db.TestDatabase;
import press.masthead.platform.mail.Letterhead;
import press.masthead.platform.mail.Outbox;
import press.masthead.platform.web.Html;
import press.masthead.platform.web.Secret;
import press.masthead.publication.Publication;
import press.masthead.readers.EmailAddress;
import press.masthead.readers.Reader;
import press.masthead.readers.Readers;

/** A business desk and its teams over a database of their own, on a clock moved by hand. Dina manages the ministry. */
final class TeamRoom implements AutoCloseable {
    static final ZoneId ZONE = ZoneId.of("Europe/Brussels");

    /** A Wednesday. */
    final TestClock clock = new TestClock("2026-11-25T09:00:00Z");

    final Database database = TestDatabase.fresh();
    final Jdbi jdbi = database.jdbi();
    private final Letterhead letterhead = new Letterhead("The Parallel", "http://parallel.example", "", ZONE);
    final Readers readers = new Readers(jdbi, clock);
    final Teams teams = new Teams(jdbi, clock);
    final Seats seats = new Seats(jdbi, clock);
    final Contracts contracts = new Contracts(jdbi, clock);
    final Ledger ledger = new Ledger(jdbi);
    final Invoices books = new Invoices(jdbi, clock, new Taxes(jdbi), ledger);
    final ContractInvoices invoices = new ContractInvoices(jdbi, books);
    final Requests requests = new Requests(jdbi, clock);
    final Domains domains = new Domains(jdbi, clock);
    final Enquiries enquiries = new Enquiries(jdbi, clock);
    final Usage usage = new Usage(jdbi, clock);
    final TeamLetters letters = new TeamLetters(new Outbox(clock), new Html(), () -> letterhead);
    private final Outbox outbox = new Outbox(clock);
    private final Html html = new Html();
    private final Publication publication = new Publication(jdbi);
    private final InvoiceLetters invoiceLetters =
            new InvoiceLetters(outbox, html, () -> letterhead, publication, books);
    final RemindInvoices remindInvoices = new RemindInvoices(jdbi, clock, invoiceLetters);
    final MarkPaid markPaid = new MarkPaid(
            jdbi,
            clock,
            new Memberships(jdbi, clock),
            books,
            new GiftMemberships(jdbi, clock),
            new GiftMembershipLetters(outbox, html, () -> letterhead, publication),
            invoiceLetters,
            letterhead::zone);
    final Invite invite = new Invite(jdbi, clock, teams, seats, letters);
    final FreeSeat freeSeat = new FreeSeat(jdbi, clock, teams, seats, invite, letters);
    final AskForSeat askForSeat = new AskForSeat(jdbi, clock, teams, seats, requests, domains, letters);
    final TakeSeat takeSeat = new TakeSeat(jdbi, clock, teams, seats, askForSeat, letters);
    final AddSeats addSeats = new AddSeats(jdbi, clock, teams, contracts, invoices, letters);
    final RenewContract renew = new RenewContract(jdbi, clock, teams, contracts, invoices, letters);
    final DrawUpContract drawUp =
            new DrawUpContract(jdbi, teams, seats, contracts, invoices, enquiries, readers, letters);
    final DecideRequest decide = new DecideRequest(jdbi, clock, teams, seats, requests, freeSeat, addSeats, letters);
    final MindContracts mindContracts = new MindContracts(jdbi, clock, teams, contracts, enquiries, letters);
    final EndCourtesies endCourtesies = new EndCourtesies(jdbi, clock, teams, seats, letters);
    final RemindNextSteps remindNextSteps = new RemindNextSteps(jdbi, clock, new Publication(jdbi), enquiries, letters);

    final Reader ada = reader("ada@parallel.example");
    final Reader dina = reader("dina@ministry.example");

    TeamRoom() {
        jdbi.useHandle(handle -> handle.execute("insert into staff (reader_id, role) values (?, 'owner')", ada.id()));
    }

    Reader reader(String email) {
        long id = jdbi.inTransaction(handle -> {
            long met = readers.meet(handle, EmailAddress.parse(email).orElseThrow());
            readers.confirm(handle, met);
            return met;
        });
        return readers.byId(id).orElseThrow();
    }

    /** Dina's team with as many seats, from the 1st of November 2026 for a year, each at USD 240. */
    Team team(int seats, boolean byThemselves) {
        return team("Ministry of Ports", seats, byThemselves, "2026-11-01T00:00:00+01:00", "2027-11-01T00:00:00+01:00");
    }

    Team team(String name, int seats, boolean byThemselves, String since, String until) {
        long plan = contracts.plans().getFirst().id();
        var terms = new Terms(
                plan,
                seats,
                24_000,
                "USD",
                Instant.parse(since),
                Instant.parse(until),
                "PO-77",
                30,
                name,
                "",
                "",
                "",
                "Noor Vale",
                "accounts@ministry.example",
                byThemselves);
        long id =
                drawUp.begin(name, ZONE, terms, EmailAddress.parse(dina.email()).orElseThrow(), Optional.empty(), ada);
        return teams.find(id).orElseThrow();
    }

    /** The team's domain, shown to be theirs. */
    void atHome(Team team, String domain, boolean byThemselves) {
        domains.add(team.id(), domain);
        long id = domains.of(team.id()).getLast().id();
        domains.verify(id, "dns");
        domains.joining(team.id(), id, byThemselves);
    }

    Invite.Report invited(Team team, String addresses) {
        long report = invite.run(team, dina, InviteList.read(addresses));
        return invite.report(team.id(), report).orElseThrow();
    }

    /** Invites and sits down. */
    Seat seated(Team team, String email) {
        invited(team, email);
        takeSeat.run(secret(email), reader(email));
        return seat(team, email);
    }

    Seat seat(Team team, String email) {
        return jdbi.withHandle(
                handle -> seats.of(handle, team.id(), EmailAddress.parse(email).orElseThrow())
                        .orElseThrow());
    }

    /** Whether they read what members read at this moment. */
    boolean reads(String email) {
        return jdbi.withHandle(handle -> handle.createQuery("""
                        select exists (select from entitlement e join reader r on r.id = e.reader_id
                                       where r.email_key = :email and e.since <= :now and e.until > :now)
                        """)
                .bind("email", email)
                .bind("now", clock.instant())
                .mapTo(Boolean.class)
                .one());
    }

    record Sent(String subject, String bodyText) {}

    List<Sent> letters(String to) {
        return jdbi.withHandle(
                handle -> handle.createQuery("select subject, body_text from outbox where to_address = :to order by id")
                        .bind("to", to)
                        .mapTo(Sent.class)
                        .list());
    }

    /** Of the last letter with a link to a seat or a domain. */
    Secret secret(String to) {
        var link = Pattern.compile("/seat/(?:domain/)?([A-Za-z0-9_-]{43})");
        return letters(to).reversed().stream()
                .map(sent -> link.matcher(sent.bodyText()))
                .filter(java.util.regex.Matcher::find)
                .map(found -> Secret.read(found.group(1)).orElseThrow())
                .findFirst()
                .orElseThrow();
    }

    long count(String sql) {
        return jdbi.withHandle(
                handle -> handle.createQuery(sql).mapTo(Long.class).one());
    }

    @Override
    public void close() {
        database.close();
    }
}
