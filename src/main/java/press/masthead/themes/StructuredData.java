package press.masthead.themes;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.SerializableString;
import com.fasterxml.jackson.core.io.CharacterEscapes;
import com.fasterxml.jackson.core.io.SerializedString;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What a page tells search engines of itself, as JSON in the words of schema.org. Written straight out: maps to begin with
 * cost more than the writing, and came out in another order on each start.
 */
final class StructuredData {
    private static final JsonFactory JSON = new JsonFactory().setCharacterEscapes(new WithinScript());

    private StructuredData() {}

    /** NewsArticle with Google's paywall markup: the gated part of every theme carries the class "paywalled". */
    static String newsArticle(Head head, Head.Article article) {
        return written(json -> {
            begin(json, "NewsArticle");
            json.writeStringField("mainEntityOfPage", head.canonical());
            json.writeStringField("headline", article.headline());
            json.writeStringField("description", head.description());
            if (head.picture().isPresent()) {
                json.writeArrayFieldStart("image");
                json.writeString(head.picture().get().url());
                json.writeEndArray();
            }
            json.writeStringField("datePublished", article.published().toString());
            json.writeStringField("dateModified", article.modified().toString());
            json.writeArrayFieldStart("author");
            for (var author : article.authors()) {
                json.writeStartObject();
                json.writeStringField("@type", "Person");
                json.writeStringField("name", author.name());
                json.writeStringField("url", author.url());
                json.writeEndObject();
            }
            json.writeEndArray();
            publisher(json, head, article.logo());
            json.writeStringField("articleSection", article.section());
            json.writeArrayFieldStart("keywords");
            for (String topic : article.topics()) json.writeString(topic);
            json.writeEndArray();
            json.writeStringField("inLanguage", head.locale());
            free(json, article.free());
        });
    }

    private static void free(JsonGenerator json, boolean free) throws IOException {
        json.writeBooleanField("isAccessibleForFree", free);
        if (free) return;
        json.writeObjectFieldStart("hasPart");
        json.writeStringField("@type", "WebPageElement");
        json.writeBooleanField("isAccessibleForFree", false);
        json.writeStringField("cssSelector", ".paywalled");
        json.writeEndObject();
    }

    /** What the front page says of the whole: its name, who publishes it, how to search it. */
    static String webSite(Head head, Head.Site site) {
        return written(json -> {
            begin(json, "WebSite");
            json.writeStringField("url", head.canonical());
            json.writeStringField("name", head.siteName());
            json.writeStringField("description", head.description());
            json.writeStringField("inLanguage", head.locale());
            publisher(json, head, site.logo());
            json.writeObjectFieldStart("potentialAction");
            json.writeStringField("@type", "SearchAction");
            json.writeObjectFieldStart("target");
            json.writeStringField("@type", "EntryPoint");
            json.writeStringField("urlTemplate", site.search());
            json.writeEndObject();
            json.writeStringField("query-input", "required name=search_term_string");
            json.writeEndObject();
        });
    }

    /** A page of stories about someone or something. */
    static String collection(Head head, Head.Subject subject) {
        return written(json -> {
            begin(json, "CollectionPage");
            json.writeStringField("url", head.canonical());
            json.writeStringField("name", head.title());
            json.writeStringField("inLanguage", head.locale());
            json.writeObjectFieldStart("about");
            json.writeStringField("@type", subject.type());
            json.writeStringField("name", subject.name());
            if (!head.description().isEmpty()) json.writeStringField("description", head.description());
            json.writeEndObject();
        });
    }

    /** Event, as search engines list it. Its place is what the page tells everyone, and no more. */
    static String event(Head head, Head.Gathering event) {
        return written(json -> {
            begin(json, "Event");
            json.writeStringField("url", head.canonical());
            json.writeStringField("name", event.name());
            json.writeStringField("description", head.description());
            json.writeStringField("startDate", event.starts());
            json.writeStringField("endDate", event.ends());
            json.writeStringField(
                    "eventStatus", "https://schema.org/" + (event.calledOff() ? "EventCancelled" : "EventScheduled"));
            boolean inPerson = !event.place().isEmpty();
            json.writeStringField(
                    "eventAttendanceMode",
                    "https://schema.org/"
                            + (event.online() && inPerson
                                    ? "MixedEventAttendanceMode"
                                    : event.online() ? "OnlineEventAttendanceMode" : "OfflineEventAttendanceMode"));
            json.writeArrayFieldStart("location");
            if (inPerson) {
                json.writeStartObject();
                json.writeStringField("@type", "Place");
                json.writeStringField("name", event.place());
                json.writeStringField("address", event.address());
                json.writeEndObject();
            }
            if (event.online()) {
                json.writeStartObject();
                json.writeStringField("@type", "VirtualLocation");
                json.writeStringField("url", head.canonical());
                json.writeEndObject();
            }
            json.writeEndArray();
            json.writeObjectFieldStart("organizer");
            json.writeStringField("@type", "NewsMediaOrganization");
            json.writeStringField("name", head.siteName());
            json.writeEndObject();
            json.writeBooleanField("isAccessibleForFree", event.free());
            if (event.price().isEmpty()) return;
            json.writeObjectFieldStart("offers");
            json.writeStringField("@type", "Offer");
            json.writeStringField("url", head.canonical());
            json.writeStringField("price", event.price());
            json.writeStringField("priceCurrency", event.currency());
            json.writeEndObject();
        });
    }

    /** VideoObject, with the paywall markup; it has no address of pictures, which are had by signed ones alone. */
    static String video(Head head, Head.Gathering event, Head.Recording recording) {
        return written(json -> {
            begin(json, "VideoObject");
            json.writeStringField("url", head.canonical());
            json.writeStringField("name", event.name());
            json.writeStringField("description", head.description());
            json.writeStringField("uploadDate", recording.uploaded().toString());
            json.writeStringField("duration", recording.duration());
            if (head.picture().isPresent())
                json.writeStringField("thumbnailUrl", head.picture().get().url());
            json.writeObjectFieldStart("publication");
            json.writeStringField("@type", "BroadcastEvent");
            json.writeBooleanField("isLiveBroadcast", true);
            json.writeStringField("startDate", event.starts());
            json.writeStringField("endDate", event.ends());
            json.writeEndObject();
            free(json, event.free());
        });
    }

    private static void begin(JsonGenerator json, String type) throws IOException {
        json.writeStringField("@context", "https://schema.org");
        json.writeStringField("@type", type);
    }

    private static void publisher(JsonGenerator json, Head head, Optional<String> logo) throws IOException {
        json.writeObjectFieldStart("publisher");
        json.writeStringField("@type", "NewsMediaOrganization");
        json.writeStringField("name", head.siteName());
        if (logo.isPresent()) {
            json.writeObjectFieldStart("logo");
            json.writeStringField("@type", "ImageObject");
            json.writeStringField("url", logo.get());
            json.writeEndObject();
        }
        json.writeEndObject();
    }

    private interface Fields {
        void write(JsonGenerator json) throws IOException;
    }

    private static String written(Fields fields) {
        var text = new StringWriter(1500);
        try (JsonGenerator json = JSON.createGenerator(text)) {
            json.writeStartObject();
            fields.write(json);
            json.writeEndObject();
        } catch (IOException e) {
            throw new UncheckedIOException("texts in memory always become JSON", e);
        }
        return text.toString();
    }

    /** JSON that can't end the script element it stands in. */
    private static final class WithinScript extends CharacterEscapes {
        private static final Map<Integer, SerializableString> WRITTEN = Map.of(
                (int) '<', new SerializedString("\\u003c"),
                (int) '>', new SerializedString("\\u003e"),
                (int) '&', new SerializedString("\\u0026"));

        private final int[] escapes = standardAsciiEscapesForJSON();

        WithinScript() {
            WRITTEN.keySet().forEach(character -> escapes[character] = ESCAPE_CUSTOM);
        }

        @Override
        public int[] getEscapeCodesForAscii() {
            return escapes;
        }

        @Override
        public @Nullable SerializableString getEscapeSequence(int character) {
            return WRITTEN.get(character);
        }
    }
}
