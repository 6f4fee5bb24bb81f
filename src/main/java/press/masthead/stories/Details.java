package press.masthead.stories;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import com.fasterxml.jackson.databind.annotation.JsonNaming;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * What only one kind of story has; kept as JSON, and never read for a teaser.
 *
 * @param answers the questions that a memo answers; told to everyone
 * @param keyPoints a memo's, one sentence each
 * @param watch what a memo tells its reader to look out for
 * @param sources whom a memo rests on, in words
 * @param confidence a memo's: {@code high}, {@code moderate}, {@code low} or empty
 * @param subtitle a report's
 */
@JsonNaming(PropertyNamingStrategies.SnakeCaseStrategy.class)
@JsonIgnoreProperties(ignoreUnknown = true)
@JsonInclude(JsonInclude.Include.NON_EMPTY)
record Details(
        List<String> answers,
        List<String> keyPoints,
        List<String> watch,
        List<String> sources,
        String confidence,
        String confidenceWhy,
        String subtitle,
        String coverCaption,
        String coverCredit) {
    /** The parts by the names under which they are kept. */
    static final List<String> NAMES = List.of(
            "answers",
            "key_points",
            "watch",
            "sources",
            "confidence",
            "confidence_why",
            "subtitle",
            "cover_caption",
            "cover_credit");

    static final List<String> CONFIDENCES = List.of("high", "moderate", "low");
    private static final ObjectMapper JSON = new ObjectMapper();

    Details(
            @Nullable List<String> answers,
            @Nullable List<String> keyPoints,
            @Nullable List<String> watch,
            @Nullable List<String> sources,
            @Nullable String confidence,
            @Nullable String confidenceWhy,
            @Nullable String subtitle,
            @Nullable String coverCaption,
            @Nullable String coverCredit) {
        this.answers = Objects.requireNonNullElse(answers, List.of());
        this.keyPoints = Objects.requireNonNullElse(keyPoints, List.of());
        this.watch = Objects.requireNonNullElse(watch, List.of());
        this.sources = Objects.requireNonNullElse(sources, List.of());
        this.confidence = Objects.requireNonNullElse(confidence, "");
        this.confidenceWhy = Objects.requireNonNullElse(confidenceWhy, "");
        this.subtitle = Objects.requireNonNullElse(subtitle, "");
        this.coverCaption = Objects.requireNonNullElse(coverCaption, "");
        this.coverCredit = Objects.requireNonNullElse(coverCredit, "");
    }

    /** @param json as a {@link Draft} carries it; empty for nothing */
    static Details of(String json) {
        try {
            return JSON.readValue(json.isBlank() ? "{}" : json, Details.class);
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException("not a story's details: " + json, e);
        }
    }

    String json() {
        try {
            return JSON.writeValueAsString(this);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException(e);
        }
    }

    /** What the part of this name says, a line for each entry; empty when it says nothing. */
    String said(String name) {
        return switch (name) {
            case "answers" -> String.join("\n", answers);
            case "key_points" -> String.join("\n", keyPoints);
            case "watch" -> String.join("\n", watch);
            case "sources" -> String.join("\n", sources);
            case "confidence" -> confidence;
            case "confidence_why" -> confidenceWhy;
            case "subtitle" -> subtitle;
            case "cover_caption" -> coverCaption;
            case "cover_credit" -> coverCredit;
            default -> throw new IllegalArgumentException("no such part: " + name);
        };
    }
}
