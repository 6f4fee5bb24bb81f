package press.masthead.demo;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jdbi.v3.core.Handle;
import org.jsoup.Jsoup;
import org.jsoup.nodes.Document;
import org.jsoup.nodes.Element;
import press.masthead.access.Audience;
import press.masthead.access.FreeTime;
import press.masthead.access.Rule;
import press.masthead.demo.SampleFiles.Text;
import press.masthead.pictures.Picture;
import press.masthead.stories.Draft;
import press.masthead.stories.Drafts;

/** Writes the sample's stories, memos, reports and pages as an editor would: drafted, cleaned, filed, published. */
final class SampleTexts {
    private static final ObjectMapper JSON = new ObjectMapper();

    private final Drafts drafts;
    private final Map<String, Picture> pictures;
    private final Instant now;

    SampleTexts(Drafts drafts, Map<String, Picture> pictures, Instant now) {
        this.drafts = drafts;
        this.pictures = pictures;
        this.now = now;
    }

    void write(Handle handle) {
        for (Text text : SampleFiles.texts("stories")) write(handle, "article", text);
        for (Text text : SampleFiles.texts("memos")) write(handle, "memo", text);
        for (Text text : SampleFiles.texts("reports")) write(handle, "report", text);
        for (Text text : SampleFiles.texts("pages")) write(handle, "page", text);
    }

    private void write(Handle handle, String kind, Text text) {
        Fields fields = text.fields();
        String language = fields.text("language", "en");
        var draft = new Draft(
                kind,
                text.slug(),
                fields.text("title"),
                fields.text("standfirst"),
                body(text.body()),
                language,
                language.matches("ar|he|fa|ur") ? "rtl" : "ltr",
                fields.text("dateline"),
                Optional.ofNullable(pictures.get(fields.text("picture"))).map(Picture::id),
                rule(fields),
                fields.yes("featured"),
                fields.texts("topics"),
                fields.texts("industries"),
                fields.texts("countries"),
                fields.texts("authors"),
                details(fields));
        if (!(drafts.create(handle, draft, null) instanceof Drafts.Saved saved))
            throw new IllegalStateException("two sample texts are called " + text.slug());
        Instant published = now.minus(fields.age("age"));
        drafts.publishing().publishAt(handle, saved.id(), published, null);
        handle.createUpdate("update story set created_at = :at, updated_at = :at where id = :id")
                .bind("at", published)
                .bind("id", saved.id())
                .execute();
        for (Fields correction : fields.list("corrections"))
            handle.createUpdate("insert into correction (story_id, text, at) values (:id, :text, :at)")
                    .bind("id", saved.id())
                    .bind("text", correction.text("text"))
                    .bind("at", now.minus(correction.age("age")))
                    .execute();
    }

    private static Rule rule(Fields fields) {
        String words = fields.text("access", "public");
        Audience audience = words.equals("sign-in") ? Audience.SIGN_IN : Audience.of(words);
        return new Rule(audience, Set.copyOf(fields.texts("plans")), FreeTime.NEVER, fields.yes("metered"));
    }

    /** A figure that names a picture becomes one that shows it, with the picture's own words where it has none. */
    private String body(String html) {
        Document document = Jsoup.parseBodyFragment(html);
        document.outputSettings().prettyPrint(false);
        for (Element figure : document.select("figure[data-picture]")) {
            Picture picture = pictures.get(figure.attr("data-picture"));
            if (picture == null) throw new IllegalStateException("no sample picture " + figure.attr("data-picture"));
            figure.removeAttr("data-picture");
            Element caption = figure.selectFirst("figcaption");
            if (caption == null) caption = figure.appendElement("figcaption").text(picture.caption());
            caption.appendText(" ").appendElement("span").addClass("credit").text(picture.credit());
            figure.prependElement("img")
                    .attr("src", "/content/images/size/w1000/" + picture.name())
                    .attr("alt", picture.alt())
                    .attr("width", Integer.toString(picture.width()))
                    .attr("height", Integer.toString(picture.height()))
                    .attr("loading", "lazy");
        }
        return document.body().html();
    }

    /** What only one kind has, as the story keeps it. */
    private static String details(Fields fields) {
        var details = new LinkedHashMap<String, Object>();
        for (String name : List.of("answers", "key_points", "watch", "sources"))
            if (!fields.texts(name).isEmpty()) details.put(name, fields.texts(name));
        for (String name : List.of("confidence", "confidence_why", "subtitle", "cover_caption", "cover_credit"))
            if (!fields.text(name).isEmpty()) details.put(name, fields.text(name));
        try {
            return details.isEmpty() ? "" : JSON.writeValueAsString(details);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException(e);
        }
    }
}
