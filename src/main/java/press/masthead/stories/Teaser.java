package press.masthead.stories;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.mapper.Nested;

/**
 * A published story as far as everyone may read it; one row, so that a page is one question to the database.
 *
 * @param opening cleaned HTML; the whole body when nothing is held back
 * @param cut whether more lies beyond, which {@link Stories#rest} hands out
 * @param industrySlugs the industries that it carries
 * @param correctionTexts what was put right, oldest first
 * @param correctionTimes when, in the same order
 * @param ruleTurnsAt when it is free for everyone, or no longer, by itself
 * @param countries codes of ISO 3166-1
 */
public record Teaser(
        @Nested StoryCard card,
        String opening,
        boolean cut,
        List<String> industrySlugs,
        List<String> industryNames,
        List<String> correctionTexts,
        List<Instant> correctionTimes,
        Optional<Instant> ruleTurnsAt,
        List<String> countries) {}
