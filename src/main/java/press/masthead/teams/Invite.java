package press.masthead.teams;

import java.time.Clock;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import press.masthead.platform.web.Problem;
import press.masthead.platform.web.Secret;
import press.masthead.readers.EmailAddress;
import press.masthead.readers.Reader;

/** A manager invites addresses; each that there is a seat for gets its letter in the same transaction, the others are named. */
public final class Invite {
    /** More lines than this at once are refused as a whole. */
    static final int MOST = 2_000;

    private final Jdbi jdbi;
    private final Clock clock;
    private final Teams teams;
    private final Seats seats;
    private final TeamLetters letters;

    public Invite(Jdbi jdbi, Clock clock, Teams teams, Seats seats, TeamLetters letters) {
        this.jdbi = jdbi;
        this.clock = clock;
        this.teams = teams;
        this.seats = seats;
        this.letters = letters;
    }

    enum Outcome {
        INVITED,
        ALREADY,
        MALFORMED,
        TWICE,
        OVER
    }

    /** @return the number of the report */
    long run(Team team, Reader manager, List<InviteList.Entry> entries) {
        if (entries.isEmpty()) throw Problem.invalid("There is no address in it.");
        if (entries.size() > MOST)
            throw Problem.invalid("That is more than %,d addresses. Please send them in parts.".formatted(MOST));
        return jdbi.inTransaction(handle -> {
            teams.hold(handle, team.id());
            int left = seats.room(handle, team.id()).left();
            long report = open(handle, team, manager);
            var seen = new HashSet<String>();
            var lines = handle.prepareBatch("""
                    insert into seat_invite_line (invite_id, line, place, text, outcome, seat_id)
                    values (:invite, :line, :place, :text, :outcome, :seat)
                    """);
            for (InviteList.Entry entry : entries) {
                var outcome = Outcome.MALFORMED;
                Optional<Long> seat = Optional.empty();
                if (entry.email().isPresent()) {
                    EmailAddress email = entry.email().get();
                    if (!seen.add(email.key())) outcome = Outcome.TWICE;
                    else if (seats.of(handle, team.id(), email).isPresent()) outcome = Outcome.ALREADY;
                    else if (left == 0) outcome = Outcome.OVER;
                    else {
                        seat = Optional.of(one(handle, team, manager, email, "invitation", ""));
                        outcome = Outcome.INVITED;
                        left--;
                    }
                }
                lines.bind("invite", report)
                        .bind("line", entry.line())
                        .bind("place", entry.place())
                        .bind("text", entry.text())
                        .bind("outcome", outcome)
                        .bind("seat", seat)
                        .add();
            }
            lines.execute();
            return report;
        });
    }

    /** Holds a seat and writes the letter; the caller has held the team and looked for room. */
    long one(Handle handle, Team team, Reader manager, EmailAddress email, String cameBy, String note) {
        Secret secret = Secret.fresh();
        long seat = seats.invite(handle, team.id(), email, secret, cameBy).orElseThrow();
        seats.note(handle, seat, "invited", Optional.of(manager.id()), note);
        letters.invitation(handle, team, new TeamLetters.To(email.typed(), ""), shown(manager), secret);
        return seat;
    }

    /** Sends it once more, with a link of its own; the one before ends. An old one needs a free seat again. */
    void again(Team team, Reader manager, long seatId) {
        jdbi.useTransaction(handle -> {
            teams.hold(handle, team.id());
            Seat seat = seats.find(handle, team.id(), seatId).orElseThrow(Invite::unknown);
            switch (seat.state(clock.instant())) {
                case PENDING -> {}
                case EXPIRED -> {
                    if (seats.room(handle, team.id()).isFull()) throw full();
                }
                case TAKEN, COURTESY, ENDED -> throw Problem.stale("This invitation is not open any more.");
            }
            Secret secret = Secret.fresh();
            seats.renew(handle, seat.id(), secret);
            seats.note(handle, seat.id(), "sent_again", Optional.of(manager.id()), "");
            letters.invitation(handle, team, new TeamLetters.To(seat.email(), seat.name()), shown(manager), secret);
        });
    }

    static Problem full() {
        return Problem.stale("No seat is free. Take one back first, or ask for more seats.");
    }

    static Problem unknown() {
        return Problem.notFound("There is no such seat on your team.");
    }

    static String shown(Reader reader) {
        return reader.name().isBlank() ? reader.email() : reader.name();
    }

    private long open(Handle handle, Team team, Reader manager) {
        return handle.createQuery("insert into seat_invite (team_id, at, by) values (:team, :now, :by) returning id")
                .bind("team", team.id())
                .bind("now", clock.instant())
                .bind("by", manager.id())
                .mapTo(Long.class)
                .one();
    }

    record Line(int line, String text, Outcome outcome) {}

    /**
     * What became of the addresses that were sent at once.
     *
     * @param left how many of the letters have left, or were refused, so far
     */
    record Report(long id, List<Line> lines, long left) {
        long count(Outcome outcome) {
            return lines.stream().filter(line -> line.outcome() == outcome).count();
        }
    }

    /** One of this team's reports; a number that is another's is nobody's. */
    Optional<Report> report(long team, long report) {
        return jdbi.withHandle(handle -> {
            List<Line> lines = handle.createQuery("""
                            select l.line, l.text, l.outcome from seat_invite i join seat_invite_line l on l.invite_id = i.id
                            where i.id = :report and i.team_id = :team order by l.line, l.place
                            """)
                    .bind("report", report)
                    .bind("team", team)
                    .mapTo(Line.class)
                    .list();
            if (lines.isEmpty()) return Optional.empty();
            return Optional.of(new Report(report, new ArrayList<>(lines), lettersLeft(handle, report)));
        });
    }

    private static long lettersLeft(Handle handle, long report) {
        return handle.createQuery("""
                        select count(*) from seat_invite i
                        join seat_invite_line l on l.invite_id = i.id and l.outcome = 'invited'
                        join seat s on s.id = l.seat_id
                        where i.id = :report and not exists (
                          select from outbox o where lower(o.to_address) = lower(s.email)
                            and o.created_at >= i.at and o.state in ('owed', 'sending'))
                        """).bind("report", report).mapTo(Long.class).one();
    }
}
