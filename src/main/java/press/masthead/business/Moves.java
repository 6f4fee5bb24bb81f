package press.masthead.business;

import java.time.Instant;
import java.time.LocalDate;
import java.time.YearMonth;
import java.util.List;
import java.util.function.Consumer;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;

/** The members behind a figure: who moved, and when. */
final class Moves {
    private final Jdbi jdbi;

    Moves(Jdbi jdbi) {
        this.jdbi = jdbi;
    }

    /**
     * @param readerId 0 where the account was deleted
     * @param yearly minor units a year, gained or lost
     */
    record Move(
            long membershipId,
            long readerId,
            String email,
            String name,
            Instant at,
            String what,
            long yearly,
            String currency,
            String plan,
            String interval,
            String payment,
            String source,
            String reason) {
        String who() {
            return readerId == 0 ? "Deleted account" : name.isBlank() ? email : name;
        }

        String words() {
            return Moves.words(what);
        }
    }

    static String words(String what) {
        return switch (what) {
            case "began" -> "Joined";
            case "returned" -> "Came back";
            case "went_on" -> "Went on after a pause";
            case "expanded" -> "Pays more";
            case "contracted" -> "Pays less";
            case "paused" -> "Paused";
            case "left" -> "Left";
            case "trial_began" -> "Began a trial";
            case "trial_converted" -> "Stayed after the trial";
            case "trial_lost" -> "Did not stay after the trial";
            case "given" -> "Was given a membership";
            case "given_ended" -> "Given membership ended";
            default -> what;
        };
    }

    private static final String SELECT = """
            select v.membership_id, coalesce(m.reader_id, 0) as reader_id, coalesce(r.email, '') as email,
                   coalesce(r.name, '') as name, v.at, v.what, v.yearly, v.currency, p.name as plan, v."interval", v.payment,
                   m.source, m.cancel_reason as reason
            from business_movement v
            join membership m on m.id = v.membership_id
            join plan p on p.id = v.plan_id
            left join reader r on r.id = m.reader_id
            where v.what = any(:what) and v.day >= :from and v.day < :until
              and v.at >= :from::timestamp - interval '1 day' and v.at < :until::timestamp + interval '1 day'
              and (v.at, v.membership_id) < (:before, :beforeId)
            order by v.at desc, v.membership_id desc
            """;

    /** Where a page ended; {@link #FIRST} for the first. */
    record Place(Instant at, long membership) {
        static final Place FIRST = new Place(Instant.parse("9999-01-01T00:00:00Z"), Long.MAX_VALUE);
    }

    List<Move> page(List<String> what, YearMonth month, Place before, int most) {
        return jdbi.withHandle(handle -> query(
                        handle, what, month.atDay(1), month.plusMonths(1).atDay(1), before)
                .setMaxRows(most)
                .mapTo(Move.class)
                .list());
    }

    /** All of them, one after the other. */
    void each(List<String> what, YearMonth month, Consumer<Move> to) {
        jdbi.useTransaction(handle -> query(
                        handle, what, month.atDay(1), month.plusMonths(1).atDay(1), Place.FIRST)
                .setFetchSize(1_000)
                .mapTo(Move.class)
                .forEach(to));
    }

    private static org.jdbi.v3.core.statement.Query query(
            Handle handle, List<String> what, LocalDate from, LocalDate until, Place before) {
        return handle.createQuery(SELECT)
                .bindArray("what", String.class, what)
                .bind("from", from)
                .bind("until", until)
                .bind("before", before.at())
                .bind("beforeId", before.membership());
    }
}
