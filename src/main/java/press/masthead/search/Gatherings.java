package press.masthead.search;

import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.jdbi.v3.core.Jdbi;
import press.masthead.access.Rule;
import press.masthead.search.PieceIndex.Directions;

/**
 * Live sessions and events as the index wants them. What everyone is told of one is its opening; the rest of a session, what was asked,
 * answered and said, is had by whom its rule lets in. An event has no rest: its place and programme are not searched.
 */
public final class Gatherings {
    private static final String ALL = """
            select -2 * s.id as number, 'session' as kind, s.title, s.announcement as opening,
                   case when s.state = 'ended' then live_said(s.id) else '' end as rest, s.access, s.plans, s.starts_at
            from live_session s where s.state <> 'draft' and (:all or s.id = any(:sessions))
            union all
            select -2 * e.id - 1, 'event', e.title, concat_ws(E'\\n', nullif(e.announcement, ''), nullif(e.city, '')), '', 'public', '{}', e.starts_at
            from event e where e.state = 'published' and (:all or e.id = any(:events))
            """;

    private final Jdbi jdbi;

    Gatherings(Jdbi jdbi) {
        this.jdbi = jdbi;
    }

    /** Under which number a session stands in the index, whose stories have their own. */
    public static long numberOfSession(long id) {
        return -2 * id;
    }

    public static long numberOfEvent(long id) {
        return -2 * id - 1;
    }

    /** The session of this number, if it is one's. */
    public static Optional<Long> session(long number) {
        return number < 0 && number % 2 == 0 ? Optional.of(-number / 2) : Optional.empty();
    }

    /** The event of this number, if it is one's. */
    public static Optional<Long> event(long number) {
        return number < 0 && number % 2 != 0 ? Optional.of((-number - 1) / 2) : Optional.empty();
    }

    /** In which language it seems to be announced, as a BCP 47 tag. */
    public static String language(String title, String announcement) {
        return Languages.of(title + " " + announcement);
    }

    private record Row(
            long number,
            String kind,
            String title,
            String opening,
            String rest,
            String access,
            List<String> plans,
            Instant startsAt) {}

    List<Pieces.Known> all() {
        return read(true, List.of());
    }

    /** Those of them that everyone may know of. */
    List<Pieces.Known> of(Collection<Long> numbers) {
        return numbers.stream().noneMatch(number -> number < 0) ? List.of() : read(false, numbers);
    }

    private List<Pieces.Known> read(boolean all, Collection<Long> numbers) {
        return jdbi.withHandle(handle -> handle.createQuery(ALL)
                .bind("all", all)
                .bindArray("sessions", Long.class, ids(numbers.stream().map(Gatherings::session)))
                .bindArray("events", Long.class, ids(numbers.stream().map(Gatherings::event)))
                .mapTo(Row.class)
                .map(Gatherings::known)
                .list());
    }

    private static List<Long> ids(Stream<Optional<Long>> ids) {
        return ids.flatMap(Optional::stream).toList();
    }

    private static Pieces.Known known(Row row) {
        var piece = new Piece(
                row.number(),
                row.kind(),
                language(row.title(), row.opening()),
                row.title(),
                "",
                row.opening(),
                row.rest(),
                Rule.stored(row.access(), row.plans(), Optional.empty(), Optional.empty(), false),
                row.startsAt(),
                List.of(),
                List.of(),
                List.of(),
                List.of());
        return new Pieces.Known(piece, Directions.NONE);
    }
}
