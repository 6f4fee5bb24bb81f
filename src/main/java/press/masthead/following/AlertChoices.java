package press.masthead.following;

import java.time.Clock;
import java.time.Duration;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.Optional;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.jspecify.annotations.Nullable;
import press.masthead.platform.mail.LetterWords;

/** How each member hears of new memos. */
public final class AlertChoices {
    /** For how long a letter's link that ended the alerts can be undone by the same link. */
    private static final Duration UNDONE_WITHIN = Duration.ofDays(1);

    private final Jdbi jdbi;
    private final Clock clock;

    public AlertChoices(Jdbi jdbi, Clock clock) {
        this.jdbi = jdbi;
        this.clock = clock;
    }

    private record Row(AlertChoice.How how, LocalTime at, String zone) {
        AlertChoice choice() {
            return new AlertChoice(how, at, ZoneId.of(zone));
        }
    }

    /** Empty for someone who has never followed anything. */
    Optional<AlertChoice> of(long reader) {
        return jdbi.withHandle(handle -> of(handle, reader));
    }

    private static Optional<AlertChoice> of(Handle handle, long reader) {
        return handle.createQuery("select how, at, zone from alert_choice where reader_id = :reader")
                .bind("reader", reader)
                .mapTo(Row.class)
                .findOne()
                .map(Row::choice);
    }

    /** The language that this reader's letters speak, a tag. */
    String language(long reader) {
        return jdbi.withHandle(handle -> handle.createQuery("select language from reader where id = :reader")
                .bind("reader", reader)
                .mapTo(String.class)
                .one());
    }

    void speak(Handle handle, long reader, LetterWords words) {
        handle.createUpdate("update reader set language = :language where id = :reader")
                .bind("language", words.language())
                .bind("reader", reader)
                .execute();
    }

    /** With the first thing that someone follows; says whether it was the first. */
    boolean begin(Handle handle, long reader, ZoneId zone) {
        return handle.createUpdate("""
                        insert into alert_choice (reader_id, how, at, zone, since) values (:reader, 'at_once', :at, :zone, :now)
                        on conflict do nothing
                        """)
                        .bind("reader", reader)
                        .bind("at", AlertChoice.USUAL_TIME)
                        .bind("zone", zone.getId())
                        .bind("now", clock.instant())
                        .execute()
                == 1;
    }

    /** From now on so; what came out before is not told of again, and a daily letter that runs already goes on where it is. */
    void choose(Handle handle, long reader, AlertChoice choice) {
        handle.createUpdate("""
                        insert into alert_choice (reader_id, how, at, zone, since, next_at)
                        values (:reader, :how, :at, :zone, :now, :next)
                        on conflict (reader_id) do update set how = excluded.how, at = excluded.at, zone = excluded.zone,
                          since = case when alert_choice.how = 'daily' and excluded.how = 'daily' then alert_choice.since else excluded.since end,
                          next_at = excluded.next_at, stopped = null, stopped_at = null
                        """)
                .bind("reader", reader)
                .bind("how", choice.how())
                .bind("at", choice.at())
                .bind("zone", choice.zone().getId())
                .bind("now", clock.instant())
                .bind("next", next(choice))
                .execute();
    }

    private java.time.@Nullable Instant next(AlertChoice choice) {
        return choice.how() == AlertChoice.How.DAILY ? choice.next(clock.instant()) : null;
    }

    /** By a letter's link. A second time changes nothing. */
    void stop(long reader) {
        jdbi.useHandle(handle -> handle.createUpdate("""
                        update alert_choice set how = 'none', next_at = null, stopped = how, stopped_at = :now
                        where reader_id = :reader and how <> 'none'
                        """)
                .bind("reader", reader)
                .bind("now", clock.instant())
                .execute());
    }

    /** As it was before {@link #stop}; false when that was more than a day ago. */
    boolean putBack(long reader) {
        return jdbi.inTransaction(handle -> {
            Optional<AlertChoice.How> before = handle.createQuery("""
                            select stopped from alert_choice
                            where reader_id = :reader and stopped is not null and stopped_at > :since for update
                            """)
                    .bind("reader", reader)
                    .bind("since", clock.instant().minus(UNDONE_WITHIN))
                    .mapTo(AlertChoice.How.class)
                    .findOne();
            before.ifPresent(how -> {
                AlertChoice now = of(handle, reader).orElseThrow();
                choose(handle, reader, new AlertChoice(how, now.at(), now.zone()));
            });
            return before.isPresent();
        });
    }
}
