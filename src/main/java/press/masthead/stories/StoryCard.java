package press.masthead.stories;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * A published story as a list, a feed or a letter shows it. It has no body, so it can't give one away.
 *
 * @param kind {@code article}, {@code memo}, {@code report} or {@code page}
 * @param direction {@code ltr} or {@code rtl}
 * @param access as stored: see {@link press.masthead.access.Audience}
 * @param words the length of the whole text
 * @param topicSlugs the first is the topic that it is filed under
 */
public record StoryCard(
        long id,
        String kind,
        String slug,
        String title,
        String standfirst,
        String language,
        String direction,
        String dateline,
        String access,
        int words,
        boolean featured,
        Instant publishedAt,
        Instant updatedAt,
        Optional<String> pictureName,
        Optional<Integer> pictureWidth,
        Optional<Integer> pictureHeight,
        Optional<String> pictureAlt,
        Optional<String> pictureCaption,
        Optional<String> pictureCredit,
        List<String> authorNames,
        List<String> authorSlugs,
        List<String> topicNames,
        List<String> topicSlugs) {

    public String path() {
        return "/" + slug + "/";
    }
}
