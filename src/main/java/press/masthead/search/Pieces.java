package press.masthead.search;

import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.Jdbi;
import press.masthead.access.Rule;
import press.masthead.search.PieceIndex.Directions;

/**
 * Published pieces as the index wants them, whole. The one place outside the paywall that reads what lies beyond a cut; it goes into
 * fields of its own and comes out for those alone whom {@link Readable} names.
 */
final class Pieces {
    private final Jdbi jdbi;

    Pieces(Jdbi jdbi) {
        this.jdbi = jdbi;
    }

    /** With what a model made of it, if one has read it. */
    record Known(Piece piece, Directions directions) {}

    record Row(
            long id,
            String kind,
            String language,
            String title,
            String standfirst,
            String opening,
            String rest,
            List<String> notes,
            String access,
            List<String> plans,
            boolean metered,
            Optional<Instant> freeFrom,
            Optional<Instant> freeUntil,
            Instant publishedAt,
            List<String> authorSlugs,
            List<String> topicSlugs,
            List<String> industrySlugs,
            List<String> countries,
            Optional<byte[]> openDirections,
            Optional<byte[]> restDirections) {}

    private static final String COLUMNS = """
            select s.id, s.kind, s.language, s.title, s.standfirst, s.opening, s.rest,
                   array(select jsonb_array_elements_text(coalesce(s.details -> 'key_points', '[]')))
                     || array(select jsonb_array_elements_text(coalesce(s.details -> 'watch', '[]'))) as notes,
                   s.access, s.plans, s.metered, s.free_from, s.free_until, s.published_at,
                   s.author_slugs, s.topic_slugs, s.industry_slugs, s.countries,
                   m.opening as open_directions, m.rest as rest_directions
            from story s left join story_meaning m on m.story_id = s.id and m.model = :model
            """;

    /** Those of them that are published. */
    List<Known> of(Collection<Long> ids, String model) {
        return jdbi
                .withHandle(handle -> handle.createQuery(COLUMNS + "where s.id = any(:ids) and s.state = 'published'")
                        .bind("model", model)
                        .bindArray("ids", Long.class, ids)
                        .mapTo(Row.class)
                        .list())
                .parallelStream()
                .map(Pieces::known)
                .toList();
    }

    /** The next after this number, by their numbers. */
    List<Known> after(long id, int most, String model) {
        return jdbi
                .withHandle(handle -> handle.createQuery(COLUMNS + """
                                where s.id > :id and s.state = 'published' order by s.id limit :most
                                """)
                        .bind("model", model)
                        .bind("id", id)
                        .bind("most", most)
                        .mapTo(Row.class)
                        .list())
                .parallelStream()
                .map(Pieces::known)
                .toList();
    }

    long count() {
        return jdbi.withHandle(handle -> handle.createQuery("select count(*) from story where state = 'published'")
                .mapTo(Long.class)
                .one());
    }

    /** What this model made of the first passage of a published piece that everyone may read. */
    Optional<byte[]> opening(long id, String model) {
        return jdbi.withHandle(handle -> handle.createQuery("""
                                select substring(m.opening for :length) from story_meaning m join story s on s.id = m.story_id
                                where m.story_id = :id and m.model = :model and s.state = 'published'
                                """)
                        .bind("length", Vectors.DIMENSIONS)
                        .bind("id", id)
                        .bind("model", model)
                        .mapTo(byte[].class)
                        .findOne())
                .filter(opening -> opening.length == Vectors.DIMENSIONS);
    }

    private static Known known(Row row) {
        String notes = String.join("\n", row.notes());
        String rest = PlainText.of(row.rest());
        var piece = new Piece(
                row.id(),
                row.kind(),
                row.language(),
                row.title(),
                row.standfirst(),
                PlainText.of(row.opening()),
                notes.isEmpty() ? rest : rest + "\n" + notes,
                Rule.stored(row.access(), row.plans(), row.freeFrom(), row.freeUntil(), row.metered()),
                row.publishedAt(),
                row.authorSlugs(),
                row.topicSlugs(),
                row.industrySlugs(),
                row.countries());
        return new Known(
                piece,
                new Directions(
                        row.openDirections().map(Vectors::apart).orElse(List.of()),
                        row.restDirections().map(Vectors::apart).orElse(List.of())));
    }
}
