package press.masthead.teams;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;

/**
 * Reminds of contracts that nobody has renewed 60, 30 and 7 days before their end, says so when the end has come and when the grace
 * is over. Each once: what was written is an event of the contract. After a long stop only the latest reminder goes out.
 */
public final class MindContracts implements Runnable {
    private static final List<Integer> DAYS = List.of(7, 30, 60);

    private final Jdbi jdbi;
    private final Clock clock;
    private final Teams teams;
    private final Contracts contracts;
    private final Enquiries enquiries;
    private final TeamLetters letters;

    public MindContracts(
            Jdbi jdbi, Clock clock, Teams teams, Contracts contracts, Enquiries enquiries, TeamLetters letters) {
        this.jdbi = jdbi;
        this.clock = clock;
        this.teams = teams;
        this.contracts = contracts;
        this.enquiries = enquiries;
        this.letters = letters;
    }

    @Override
    public void run() {
        contracts
                .ending()
                .forEach(found -> jdbi.useTransaction(handle -> {
                    Team team = teams.hold(handle, found.teamId());
                    contracts
                            .find(handle, team.id(), found.id())
                            .filter(contract -> contract.renewedBy().isEmpty())
                            .filter(contract -> contracts.of(team.id()).stream()
                                    .noneMatch(other -> other.since().isAfter(contract.since())))
                            .ifPresent(contract -> mind(handle, team, contract));
                }));
    }

    private void mind(Handle handle, Team team, Contract contract) {
        Instant now = clock.instant();
        switch (contract.state(now)) {
            case AHEAD -> {}
            case RUNNING -> remind(handle, team, contract, now);
            case GRACE ->
                once(
                        handle,
                        contract,
                        "grace",
                        "",
                        () -> teams.managers(handle, team.id())
                                .forEach(manager -> letters.grace(handle, team, contract, to(manager))));
            case ENDED ->
                once(
                        handle,
                        contract,
                        "ended",
                        "",
                        () -> teams.managers(handle, team.id())
                                .forEach(manager -> letters.ended(handle, team, contract, to(manager))));
        }
    }

    private void remind(Handle handle, Team team, Contract contract, Instant now) {
        long left = Duration.between(now, contract.until())
                .plusHours(23)
                .plusMinutes(59)
                .toDays();
        Optional<Integer> due = DAYS.stream().filter(days -> left <= days).findFirst();
        // A term that is shorter than two months begins with no reminder of its end.
        boolean early = due.filter(
                        days -> contract.until().minus(Duration.ofDays(days)).isBefore(contract.since()))
                .isPresent();
        if (due.isEmpty() || early) return;
        once(handle, contract, "reminded", due.get() + " days", () -> {
            teams.managers(handle, team.id())
                    .forEach(manager -> letters.reminder(handle, team, contract, to(manager), left, false));
            enquiries.business(handle).forEach(staff -> letters.reminder(handle, team, contract, staff, left, true));
        });
    }

    private void once(Handle handle, Contract contract, String what, String note, Runnable write) {
        if (contracts.noted(handle, contract.id(), what, note)) return;
        contracts.note(handle, contract.id(), what, Optional.empty(), 0, 0, note);
        write.run();
    }

    private static TeamLetters.To to(Teams.Person manager) {
        return new TeamLetters.To(manager.email(), manager.name());
    }
}
