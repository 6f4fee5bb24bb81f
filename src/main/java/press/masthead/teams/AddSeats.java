package press.masthead.teams;

import java.time.Clock;
import java.time.Instant;
import java.util.Optional;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import press.masthead.platform.web.Problem;
import press.masthead.readers.Reader;

/** More seats in mid-term: an amendment of the contract, invoiced for the rest of its term. */
public final class AddSeats {
    private final Jdbi jdbi;
    private final Clock clock;
    private final Teams teams;
    private final Contracts contracts;
    private final ContractInvoices invoices;
    private final TeamLetters letters;

    public AddSeats(
            Jdbi jdbi, Clock clock, Teams teams, Contracts contracts, ContractInvoices invoices, TeamLetters letters) {
        this.jdbi = jdbi;
        this.clock = clock;
        this.teams = teams;
        this.contracts = contracts;
        this.invoices = invoices;
        this.letters = letters;
    }

    /** By the newsroom, as agreed. */
    void byStaff(long team, Reader staff, int more, String note) {
        jdbi.useTransaction(handle -> {
            Team held = teams.hold(handle, team);
            add(handle, held, running(handle, held), staff, more, note);
        });
    }

    /** By a manager alone, where the contract says that they may. The caller has held the team. */
    void bySelf(Handle handle, Team team, Reader manager, int more) {
        Contract contract = running(handle, team);
        if (!contract.byThemselves())
            throw Problem.forbidden("Your contract leaves more seats to us. Please write to us and we add them.");
        add(handle, team, contract, manager, more, "by a manager");
    }

    private Contract running(Handle handle, Team team) {
        return contracts
                .running(handle, team.id())
                .orElseThrow(
                        () -> Problem.stale("No contract runs at the moment, so there is nothing to add seats to."));
    }

    private void add(Handle handle, Team team, Contract contract, Reader by, int more, String note) {
        if (more < 1 || contract.seats() + more > 100_000)
            throw Problem.invalid("Please add between 1 and 100,000 seats.");
        Instant now = clock.instant();
        long amount = contract.prorated(more, now);
        contracts.addSeats(handle, contract.id(), more);
        contracts.note(handle, contract.id(), "seats_added", Optional.of(by.id()), more, amount, note);
        String what = TeamLetters.seats(more) + " more, " + team.name() + ", contract " + contract.label();
        invoices.issue(handle, contract, what, amount, now, contract.until())
                .ifPresent(invoice -> letters.invoice(handle, team, contract, invoice));
    }
}
