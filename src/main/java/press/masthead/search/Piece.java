package press.masthead.search;

import java.time.Instant;
import java.util.List;
import press.masthead.access.Rule;

/**
 * What a search knows of one published text; all of it plain text.
 *
 * @param id a story's own; of sessions and events as {@link Gatherings} says
 * @param language a BCP 47 tag
 * @param opening what everyone may read
 * @param rest what lies beyond the membership line; empty when nothing does
 * @param rule who may read the rest
 * @param authors slugs, as {@code topics} and {@code industries}
 * @param countries codes of ISO 3166-1
 */
public record Piece(
        long id,
        String kind,
        String language,
        String title,
        String standfirst,
        String opening,
        String rest,
        Rule rule,
        Instant publishedAt,
        List<String> authors,
        List<String> topics,
        List<String> industries,
        List<String> countries) {}
