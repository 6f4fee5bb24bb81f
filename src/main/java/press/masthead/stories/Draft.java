package press.masthead.stories;

import java.util.List;
import java.util.Optional;
import press.masthead.access.Audience;
import press.masthead.access.Rule;

/**
 * Everything about a story that someone writes or chooses, as a form or an import has it.
 *
 * @param kind {@code article}, {@code memo}, {@code report} or {@code page}
 * @param slug empty to have one made of the title
 * @param body HTML of any cleanliness; {@code <!--members-->} or {@code <hr data-cut>} is the membership line
 * @param direction {@code ltr} or {@code rtl}
 * @param picture the id of the lead picture
 * @param rule who may read what lies beyond the membership line
 * @param topics slugs, the one it is filed under first; unknown ones are passed over, here and below
 * @param countries codes of ISO 3166-1
 * @param authors slugs in the order of the byline
 * @param details JSON of what only one kind has; empty keeps what is there
 */
public record Draft(
        String kind,
        String slug,
        String title,
        String standfirst,
        String body,
        String language,
        String direction,
        String dateline,
        Optional<Long> picture,
        Rule rule,
        boolean featured,
        List<String> topics,
        List<String> industries,
        List<String> countries,
        List<String> authors,
        String details) {

    Audience access() {
        return rule.audience();
    }

    /** An empty sheet in the language given. */
    static Draft blank(String language, List<String> authors) {
        return new Draft(
                "article",
                "",
                "",
                "",
                "",
                language,
                directionOf(language),
                "",
                Optional.empty(),
                Rule.of(Audience.PUBLIC),
                false,
                List.of(),
                List.of(),
                List.of(),
                authors,
                "");
    }

    Draft withSlug(String other) {
        return new Draft(
                kind,
                other,
                title,
                standfirst,
                body,
                language,
                direction,
                dateline,
                picture,
                rule,
                featured,
                topics,
                industries,
                countries,
                authors,
                details);
    }

    /** These words in place of its own; all that was chosen stays. */
    Draft withText(String otherTitle, String otherStandfirst, String otherBody) {
        return new Draft(
                kind,
                slug,
                otherTitle,
                otherStandfirst,
                otherBody,
                language,
                direction,
                dateline,
                picture,
                rule,
                featured,
                topics,
                industries,
                countries,
                authors,
                details);
    }

    /** What an older version said and showed, under the address and the rules of now. */
    Draft withWordsOf(Draft old) {
        return new Draft(
                kind,
                slug,
                old.title,
                old.standfirst,
                old.body,
                language,
                direction,
                old.dateline,
                old.picture,
                rule,
                featured,
                topics,
                industries,
                countries,
                authors,
                old.details);
    }

    static String directionOf(String language) {
        return language.matches("(?i)(ar|he|fa|ur|ps|dv|yi|ckb|sd|ug)(-.*)?") ? "rtl" : "ltr";
    }
}
