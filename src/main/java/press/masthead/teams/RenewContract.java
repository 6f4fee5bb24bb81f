package press.masthead.teams;

import java.time.Clock;
import java.time.Instant;
import java.util.Optional;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import press.masthead.platform.web.Problem;
import press.masthead.readers.Reader;

/** One more term, as long as the last, for as many seats at the same price; pressed twice it comes out the same. */
public final class RenewContract {
    private final Jdbi jdbi;
    private final Clock clock;
    private final Teams teams;
    private final Contracts contracts;
    private final ContractInvoices invoices;
    private final TeamLetters letters;

    public RenewContract(
            Jdbi jdbi, Clock clock, Teams teams, Contracts contracts, ContractInvoices invoices, TeamLetters letters) {
        this.jdbi = jdbi;
        this.clock = clock;
        this.teams = teams;
        this.contracts = contracts;
        this.invoices = invoices;
        this.letters = letters;
    }

    void byStaff(Team team, Reader staff) {
        jdbi.useTransaction(handle -> {
            teams.hold(handle, team.id());
            renew(handle, team, last(handle, team), staff);
        });
    }

    /** By a manager, where the contract says that they may. */
    void bySelf(Team team, Reader manager) {
        jdbi.useTransaction(handle -> {
            teams.hold(handle, team.id());
            Contract last = last(handle, team);
            if (!last.byThemselves())
                throw Problem.forbidden("Your contract leaves renewing to us. Please write to us.");
            renew(handle, team, last, manager);
        });
    }

    private Contract last(Handle handle, Team team) {
        return contracts
                .lastForUpdate(handle, team.id())
                .orElseThrow(() -> Problem.stale("There is no contract to renew."));
    }

    private void renew(Handle handle, Team team, Contract last, Reader by) {
        Instant now = clock.instant();
        switch (last.state(now)) {
            case AHEAD -> throw Problem.stale("The next term is agreed already.");
            case ENDED ->
                throw Problem.stale("The contract ended too long ago to be renewed. Please agree on a new one.");
            case RUNNING, GRACE -> {}
        }
        Instant until = last.nextUntil(team.zoneId());
        long number = contracts.renew(handle, last, until, Week.graceEnd(until, team.zoneId()));
        Contract next = contracts.find(handle, team.id(), number).orElseThrow();
        contracts.note(handle, last.id(), "renewed", Optional.of(by.id()), 0, 0, "by " + next.label());
        contracts.note(
                handle,
                number,
                "drawn_up",
                Optional.of(by.id()),
                next.seats(),
                next.total(),
                "follows " + last.label());
        String what = TeamLetters.seats(next.seats()) + ", " + team.name() + ", contract " + next.label();
        invoices.issue(handle, next, what, next.total(), next.since(), next.until())
                .ifPresent(invoice -> letters.invoice(handle, team, next, invoice));
        teams.managers(handle, team.id())
                .forEach(manager ->
                        letters.renewed(handle, team, next, new TeamLetters.To(manager.email(), manager.name())));
    }
}
