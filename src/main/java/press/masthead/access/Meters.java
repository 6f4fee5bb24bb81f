package press.masthead.access;

import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.Jdbi;
import press.masthead.publication.FreeReading;
import press.masthead.publication.Publication;

/** Counts the stories that someone reads free in a month: the same one once, and never one more than the settings allow. */
public final class Meters {
    private final Jdbi jdbi;
    private final Publication publication;
    private final Clock clock;

    public Meters(Jdbi jdbi, Publication publication, Clock clock) {
        this.jdbi = jdbi;
        this.publication = publication;
        this.clock = clock;
    }

    private record Row(List<Long> stories) {}

    /**
     * What the count says, which is not changed by asking.
     *
     * @param whose none for a device that has opened nothing yet: then no row is looked for
     * @param kind the story's
     */
    public Meter look(Optional<Whose> whose, String kind, long story, Instant moment) {
        int most = most(whose, kind);
        if (most == 0) return Meter.OFF;
        return said(whose.map(one -> read(one, month(moment))).orElse(List.of()), story, most);
    }

    /** Opens one more story, where there is room. Two at once stand in line at the row. */
    public Meter take(Whose whose, String kind, long story) {
        int most = most(Optional.of(whose), kind);
        if (most == 0) return Meter.OFF;
        String key = switch (whose) {
            case Whose.OfReader reader -> "reader_id";
            case Whose.OfDevice device -> "device";
        };
        List<Long> stories = jdbi.withHandle(handle -> handle.createQuery("""
                        insert into meter (<key>, month, stories) values (:who, :month, array[:story])
                        on conflict (<key>, month) do update set stories =
                          case when :story = any(meter.stories) or cardinality(meter.stories) >= :most then meter.stories
                          else meter.stories || :story end
                        returning stories
                        """)
                .define("key", key)
                .bind("who", who(whose))
                .bind("month", month(clock.instant()))
                .bind("story", story)
                .bind("most", most)
                .mapTo(Row.class)
                .one()
                .stories());
        return said(stories, story, most);
    }

    private List<Long> read(Whose whose, LocalDate month) {
        String query = switch (whose) {
            case Whose.OfReader reader -> "select stories from meter where reader_id = :who and month = :month";
            case Whose.OfDevice device -> "select stories from meter where device = :who and month = :month";
        };
        return jdbi.withHandle(handle -> handle.createQuery(query)
                .bind("who", who(whose))
                .bind("month", month)
                .mapTo(Row.class)
                .findOne()
                .map(Row::stories)
                .orElse(List.of()));
    }

    private static Object who(Whose whose) {
        return switch (whose) {
            case Whose.OfReader(long id) -> id;
            case Whose.OfDevice(var device) -> device.hash();
        };
    }

    private static Meter said(List<Long> stories, long story, int most) {
        int at = stories.indexOf(story);
        if (at >= 0) return new Meter.Counted(at + 1, Math.max(most, at + 1));
        return stories.size() < most ? new Meter.Left(stories.size(), most) : new Meter.Spent(most);
    }

    private int most(Optional<Whose> whose, String kind) {
        FreeReading free = publication.freeReading();
        if (!free.kinds().contains(kind)) return 0;
        return whose.filter(one -> one instanceof Whose.OfReader).isPresent() ? free.readers() : free.visitors();
    }

    private LocalDate month(Instant moment) {
        return moment.atZone(publication.settings().zone()).toLocalDate().withDayOfMonth(1);
    }

    /** Forgets the months that are over; for the timetable. */
    public void forgetOld() {
        jdbi.useHandle(handle -> handle.createUpdate("delete from meter where month < :month")
                .bind("month", month(clock.instant()))
                .execute());
    }
}
