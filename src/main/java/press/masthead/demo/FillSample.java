package press.masthead.demo;

import java.time.Clock;
import java.time.ZoneId;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import press.masthead.pictures.Picture;
import press.masthead.pictures.Pictures;
import press.masthead.publication.Emblems;
import press.masthead.publication.FreeReading;
import press.masthead.publication.Promotion;
import press.masthead.publication.Publication;
import press.masthead.publication.Settings;
import press.masthead.site.Drawings;
import press.masthead.stories.Drafts;
import press.masthead.tagging.Entities;

/** Fills an empty database with the sample publication: its subjects, people, pictures, texts and readers. */
public final class FillSample {
    private final Jdbi jdbi;
    private final Publication publication;
    private final Pictures pictures;
    private final Drawings drawings;
    private final Drafts drafts;
    private final Consumer<Handle> industryLetters;
    private final Entities entities;
    private final Clock clock;

    /** @param industryLetters gives each industry its newsletter */
    public FillSample(
            Jdbi jdbi,
            Publication publication,
            Pictures pictures,
            Drawings drawings,
            Drafts drafts,
            Consumer<Handle> industryLetters,
            Entities entities,
            Clock clock) {
        this.jdbi = jdbi;
        this.publication = publication;
        this.pictures = pictures;
        this.drawings = drawings;
        this.drafts = drafts;
        this.industryLetters = industryLetters;
        this.entities = entities;
        this.clock = clock;
    }

    /** Does it all in one transaction, or nothing where a newsroom has begun; of two nodes that start at once, one does it. */
    public void run() {
        if (begun()) return;
        Map<String, Picture> kept = takePicturesIn();
        Emblems emblems = takeEmblemsIn();
        jdbi.useTransaction(handle -> {
            handle.execute("select pg_advisory_xact_lock(hashtext('sample'))");
            if (begun(handle)) return;
            Fields sample = SampleFiles.fields("publication.yaml");
            settings(handle, sample);
            publication.save(handle, emblems);
            publication.save(handle, new FreeReading(3, 5, Set.of("article"), 10));
            publication.save(handle, promotion(sample.map("promotion"), kept));
            subjects(handle, sample, kept);
            newsletters(handle, sample);
            industryLetters.accept(handle);
            new SampleTexts(drafts, kept, clock.instant()).write(handle);
            SampleNames.write(handle, sample, entities);
            SampleEditions.write(handle, clock.instant());
            SampleReaders.write(handle, clock.instant());
            SampleTeams.write(handle, clock.instant());
            SampleEvents.write(handle, clock.instant());
            SampleSession.write(handle, clock.instant());
            handle.execute("select pg_notify('settings', ''), pg_notify('published', '')");
        });
        publication.forget();
    }

    private boolean begun() {
        return jdbi.withHandle(FillSample::begun);
    }

    private static boolean begun(Handle handle) {
        return handle.createQuery("select exists (select from reader) or exists (select from story)")
                .mapTo(Boolean.class)
                .one();
    }

    private Map<String, Picture> takePicturesIn() {
        var kept = new ConcurrentHashMap<String, Picture>();
        Fields list = SampleFiles.fields("pictures.yaml");
        list.list("pictures").parallelStream().forEach(picture -> {
            String name = picture.text("name");
            byte[] bytes = SampleFiles.bytes("pictures/" + name + ".jpg");
            kept.put(
                    name,
                    pictures.addOurs(
                            name, bytes, picture.text("alt"), picture.text("caption"), picture.text("credit")));
        });
        SampleFiles.fields("publication.yaml").list("authors").parallelStream().forEach(author -> {
            String slug = author.text("slug");
            byte[] bytes = SampleFiles.bytes("authors/" + slug + ".jpg");
            kept.put(slug, pictures.addOurs(slug, bytes, "Portrait of " + author.text("name"), "", ""));
        });
        return kept;
    }

    private Emblems takeEmblemsIn() {
        Fields sample = SampleFiles.fields("publication.yaml");
        return new Emblems(
                drawings.add(SampleFiles.bytes(sample.text("logo"))), picture(sample, "icon"), picture(sample, "card"));
    }

    private String picture(Fields sample, String emblem) {
        byte[] bytes = SampleFiles.bytes(sample.text(emblem));
        return pictures.add(emblem, bytes, sample.text("name"), "", "", null).path();
    }

    private static Promotion promotion(Fields fields, Map<String, Picture> kept) {
        Picture picture = Objects.requireNonNull(kept.get(fields.text("picture")));
        return new Promotion(fields.text("headline"), fields.text("text"), fields.text("button"), picture.name());
    }

    private void settings(Handle handle, Fields sample) {
        Settings before = publication.settings();
        publication.save(
                handle,
                new Settings(
                        sample.text("name"),
                        sample.text("tagline"),
                        sample.text("description"),
                        sample.text("notice"),
                        sample.text("language", "en"),
                        ZoneId.of(sample.text("zone", "UTC")),
                        sample.text("address"),
                        sample.text("email"),
                        before.accent(),
                        sample.text("paying")));
    }

    private static void subjects(Handle handle, Fields sample, Map<String, Picture> kept) {
        int position = 0;
        for (Fields topic : sample.list("topics"))
            handle.createUpdate(
                            "insert into topic (slug, name, description, position) values (:slug, :name, :description, :position)")
                    .bind("slug", topic.text("slug"))
                    .bind("name", topic.text("name"))
                    .bind("description", topic.text("description"))
                    .bind("position", position++)
                    .execute();
        for (Fields author : sample.list("authors"))
            handle.createUpdate("""
                            insert into author (slug, name, role, bio, location, portrait)
                            values (:slug, :name, :role, :bio, :location, :portrait)
                            """)
                    .bind("slug", author.text("slug"))
                    .bind("name", author.text("name"))
                    .bind("role", author.text("role"))
                    .bind("bio", author.text("bio"))
                    .bind("location", author.text("location"))
                    .bind("portrait", portrait(kept, author.text("slug")))
                    .execute();
        position = 0;
        for (Fields industry : sample.list("industries"))
            handle.createUpdate("""
                            insert into industry (slug, name, description, position, editor_id)
                            values (:slug, :name, :description, :position, (select id from author where slug = :editor))
                            """)
                    .bind("slug", industry.text("slug"))
                    .bind("name", industry.text("name"))
                    .bind("description", industry.text("description"))
                    .bind("position", position++)
                    .bind("editor", industry.text("editor"))
                    .execute();
    }

    private static String portrait(Map<String, Picture> kept, String author) {
        return Objects.requireNonNull(kept.get(author), author).name();
    }

    private static void newsletters(Handle handle, Fields sample) {
        int position = 0;
        for (Fields letter : sample.list("newsletters")) {
            String slug = letter.text("slug");
            List<String> days = days(letter.text("days"));
            long id = handle.createQuery("""
                            insert into newsletter (slug, name, description, sender_name, audience, days, at, zone, slot, release, position)
                            values (:slug, :name, :description, :sender, :audience, :days, cast(:at as time), :zone, :slot, :release, :position)
                            returning id
                            """)
                    .bind("slug", slug)
                    .bind("name", letter.text("name"))
                    .bind("description", letter.text("description"))
                    .bind("sender", letter.text("sender"))
                    .bind("audience", slug.equals("weekly-review") ? "members" : "everyone")
                    .bind("days", days.toArray(String[]::new))
                    .bind("at", letter.text("time"))
                    .bind("zone", letter.text("zone"))
                    .bind("slot", slot(slug, days))
                    .bind("release", letter.text("sends").equals("waits") ? "waits" : "by_itself")
                    .bind("position", position++)
                    .mapTo(Long.class)
                    .one();
            for (String topic : letter.texts("topics"))
                handle.createUpdate("insert into newsletter_topic select :id, id from topic where slug = :topic")
                        .bind("id", id)
                        .bind("topic", topic)
                        .execute();
        }
    }

    private static List<String> days(String words) {
        return switch (words) {
            case "every-day" -> List.of("mon", "tue", "wed", "thu", "fri", "sat", "sun");
            case "weekdays" -> List.of("mon", "tue", "wed", "thu", "fri");
            default -> List.of(words.substring(0, 3).toLowerCase(Locale.ROOT));
        };
    }

    private static String slot(String slug, List<String> days) {
        return switch (slug) {
            case "morning" -> "am";
            case "evening" -> "pm";
            case "week-in-review" -> "review";
            case "weekly-review" -> "personal";
            default -> days.size() == 1 ? "weekly" : "daily";
        };
    }
}
