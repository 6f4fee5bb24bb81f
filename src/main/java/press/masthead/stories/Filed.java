package press.masthead.stories;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import press.masthead.access.Audience;

/** What was chosen for a story besides its words, as a saving keeps it. */
record Filed(
        String kind,
        String slug,
        String language,
        String direction,
        String dateline,
        @Nullable Long picture,
        String access,
        boolean featured,
        List<String> topics,
        List<String> industries,
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
                Audience.of(access),
                featured,
                topics,
                industries,
                authors,
                details.toString());
    }
}
