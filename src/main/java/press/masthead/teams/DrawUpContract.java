package press.masthead.teams;

import java.time.ZoneId;
import java.util.Optional;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import press.masthead.platform.web.Problem;
import press.masthead.readers.EmailAddress;
import press.masthead.readers.Reader;
import press.masthead.readers.Readers;

/** The newsroom writes down what was agreed: team, contract, invoice, and a letter to whoever manages the seats. */
public final class DrawUpContract {
    private final Jdbi jdbi;
    private final Teams teams;
    private final Seats seats;
    private final Contracts contracts;
    private final ContractInvoices invoices;
    private final Enquiries enquiries;
    private final Readers readers;
    private final TeamLetters letters;

    public DrawUpContract(
            Jdbi jdbi,
            Teams teams,
            Seats seats,
            Contracts contracts,
            ContractInvoices invoices,
            Enquiries enquiries,
            Readers readers,
            TeamLetters letters) {
        this.jdbi = jdbi;
        this.teams = teams;
        this.seats = seats;
        this.contracts = contracts;
        this.invoices = invoices;
        this.enquiries = enquiries;
        this.readers = readers;
        this.letters = letters;
    }

    /** A new team. Returns its number. */
    long begin(String name, ZoneId zone, Terms terms, EmailAddress manager, Optional<Long> enquiry, Reader staff) {
        return jdbi.inTransaction(handle -> {
            long id = teams.begin(handle, name, zone);
            Team team = new Team(id, name, zone.getId());
            sign(handle, team, terms, enquiry, staff);
            appoint(handle, team, manager);
            enquiry.ifPresent(number -> enquiries.won(handle, number, staff, name));
            return id;
        });
    }

    /** A further term of a team that is there, on terms of its own. */
    void next(Team team, Terms terms, Reader staff) {
        jdbi.useTransaction(handle -> {
            teams.hold(handle, team.id());
            Optional<Contract> last = contracts.lastForUpdate(handle, team.id());
            if (last.filter(before -> terms.since().isBefore(before.until())).isPresent())
                throw Problem.invalid("The new term begins before the last one ends. Please choose a later first day.");
            Room room = seats.room(handle, team.id());
            if (terms.seats() < room.used())
                throw Problem.invalid(TeamLetters.seats(room.used())
                        + " are in use. Take some back first, or agree on at least as many.");
            sign(handle, team, terms, Optional.empty(), staff);
        });
    }

    /** Whoever has the address manages the team from now on, and is told. */
    boolean appoint(Handle handle, Team team, EmailAddress manager) {
        long reader = readers.meet(handle, manager);
        if (!teams.appoint(handle, team.id(), reader)) return false;
        letters.manager(handle, team, new TeamLetters.To(manager.typed(), ""));
        return true;
    }

    private void sign(Handle handle, Team team, Terms terms, Optional<Long> enquiry, Reader staff) {
        long number = contracts.drawUp(handle, team.id(), terms, Week.graceEnd(terms.until(), team.zoneId()), enquiry);
        Contract contract = contracts.find(handle, team.id(), number).orElseThrow();
        contracts.note(handle, number, "drawn_up", Optional.of(staff.id()), contract.seats(), contract.total(), "");
        String what = TeamLetters.seats(contract.seats()) + ", " + team.name() + ", contract " + contract.label();
        invoices.issue(handle, contract, what, contract.total(), contract.since(), contract.until())
                .ifPresent(invoice -> letters.invoice(handle, team, contract, invoice));
    }
}
