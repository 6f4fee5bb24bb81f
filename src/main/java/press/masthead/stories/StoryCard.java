package press.masthead.stories;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import press.masthead.access.Rule;

/**
 * A published story as a list, a feed or a letter shows it. It has no body, so it can't give one away.
 *
 * @param kind {@code article}, {@code memo}, {@code report} or {@code page}
 * @param direction {@code ltr} or {@code rtl}
 * @param access as stored, and the four at the end: ask {@link #rule}
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
        List<String> topicSlugs,
        List<String> plans,
        boolean metered,
        Optional<Instant> freeFrom,
        Optional<Instant> freeUntil) {

    /** The same under another standfirst. */
    public StoryCard withStandfirst(String other) {
        return new StoryCard(
                id,
                kind,
                slug,
                title,
                other,
                language,
                direction,
                dateline,
                access,
                words,
                featured,
                publishedAt,
                updatedAt,
                pictureName,
                pictureWidth,
                pictureHeight,
                pictureAlt,
                pictureCaption,
                pictureCredit,
                authorNames,
                authorSlugs,
                topicNames,
                topicSlugs,
                plans,
                metered,
                freeFrom,
                freeUntil);
    }

    /** Who may read it. */
    public Rule rule() {
        return Rule.stored(access, plans, freeFrom, freeUntil, metered);
    }

    /** Whether its rest is for members, or some of them. */
    public boolean isForSome() {
        return switch (rule().audience()) {
            case PUBLIC, SIGN_IN -> false;
            case MEMBER, PLAN, CLOSED -> true;
        };
    }

    public String path() {
        return "/" + slug + "/";
    }
}
