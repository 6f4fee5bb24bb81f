package press.masthead.stories;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import press.masthead.access.Audience;
import press.masthead.access.FreeTime;
import press.masthead.access.Rule;

/** What was chosen for a story besides its words, as a saving keeps it. */
record Filed(
        String kind,
        String slug,
        String language,
        String direction,
        String dateline,
        @Nullable Long picture,
        String access,
        @Nullable JsonNode rule,
        boolean featured,
        List<String> topics,
        List<String> industries,
        @Nullable List<String> countries,
        @Nullable List<String> entities,
        List<String> authors,
        JsonNode details) {
    private static final ObjectMapper JSON = new ObjectMapper();

    static Filed read(String json) {
        try {
            return JSON.readValue(json, Filed.class);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("a saving holds what is no filing: " + json, e);
        }
    }

    /** A saving from before rules had more than an audience has no more. */
    private Rule wholeRule() {
        JsonNode kept = rule == null ? JSON.createObjectNode() : rule;
        var plans = new LinkedHashSet<String>();
        kept.path("plans").forEach(slug -> plans.add(slug.asText()));
        return new Rule(
                Audience.of(access),
                plans,
                new FreeTime(
                        at(kept, "free_from"),
                        at(kept, "free_until"),
                        RuleWords.zone(
                                Optional.ofNullable(kept.path("free_zone").asText(null)))),
                kept.path("metered").asBoolean());
    }

    private static Optional<Instant> at(JsonNode kept, String name) {
        return kept.path(name).isTextual()
                ? Optional.of(OffsetDateTime.parse(kept.path(name).asText()).toInstant())
                : Optional.empty();
    }

    Draft draft(String title, String standfirst, String body) {
        return new Draft(
                kind,
                slug,
                title,
                standfirst,
                body,
                language,
                direction,
                dateline,
                Optional.ofNullable(picture),
                wholeRule(),
                featured,
                topics,
                industries,
                countries == null ? List.of() : countries,
                authors,
                details.toString());
    }
}
