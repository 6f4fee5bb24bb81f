package press.masthead.stories;

import org.jdbi.v3.core.mapper.Nested;

/**
 * A published story as far as everyone may read it.
 *
 * @param opening cleaned HTML; the whole body when nothing is held back
 * @param cut whether more lies beyond, which {@link Stories#rest} hands out
 */
public record Teaser(@Nested StoryCard card, String opening, boolean cut) {}
