package press.masthead.search;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.function.BooleanSupplier;
import org.jdbi.v3.core.Jdbi;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;
import press.masthead.access.Standing;
import press.masthead.platform.db.TestDatabase;

/** What is found although none of its words was typed, wherever pieces lie; and that search goes on by words where the model can't be run. */
@ParameterizedClass
@EnumSource(Place.class)
class MeaningTest {
    private static final Model MODEL = Model.inTheBox();
    private final Jdbi jdbi = TestDatabase.fresh().jdbi();

    private final String name = OpenSearchServer.freshName();

    @TempDir
    private Path folder;

    private final Place place;

    MeaningTest(Place place) {
        this.place = place;
    }

    private long publish(String slug, String language, String title, String opening, String rest, String access) {
        return jdbi.withHandle(handle -> handle.createQuery("""
                        insert into story (slug, language, title, opening, rest, access, plans, state, published_at, created_at, updated_at)
                        values (:slug, :language, :title, :opening, :rest, :access, '{pro}', 'published', now(), now(), now()) returning id
                        """)
                .bind("slug", slug)
                .bind("language", language)
                .bind("title", title)
                .bind("opening", "<p>" + opening + "</p>")
                .bind("rest", rest.isEmpty() ? "" : "<p>" + rest + "</p>")
                .bind("access", access)
                .mapTo(Long.class)
                .one());
    }

    private List<Hit> found(String typed, Standing standing) throws Exception {
        try (var reading = new ReadStories(jdbi, MODEL)) {
            while (reading.one()) assertThat(Thread.interrupted()).isFalse();
        }
        try (var index = place.catalogue(jdbi, folder, name, MODEL)) {
            index.begin();
            soon(index::isReady);
            return new Search(index, MODEL, new KnownBetter(jdbi))
                    .find(Wanted.of(typed, standing, Instant.now()))
                    .orElseThrow();
        }
    }

    private static void soon(BooleanSupplier right) {
        Instant end = Instant.now().plus(Duration.ofSeconds(30));
        while (Instant.now().isBefore(end) && !right.getAsBoolean()) Thread.onSpinWait();
        assertThat(right.getAsBoolean()).isTrue();
    }

    private static List<Long> ids(List<Hit> hits) {
        return hits.stream().map(Hit::piece).toList();
    }

    @Test
    void a_text_is_found_by_what_it_is_about() throws Exception {
        long cars = publish(
                "cars",
                "en",
                "Electric vehicles overtake diesel",
                "Battery prices fell for a third year.",
                "",
                "public");
        long bread =
                publish("bread", "en", "Bakers knead by hand again", "Sourdough rises slowly in winter.", "", "public");
        assertThat(ids(found("automobile that needs no petrol", new Standing.Visitor())))
                .containsExactly(cars);
        assertThat(ids(found("loaf recipes", new Standing.Visitor()))).containsExactly(bread);
        assertThat(ids(found("quantum chromodynamics", new Standing.Visitor()))).isEmpty();
    }

    @Test
    void what_lies_beyond_the_cut_is_not_found_by_its_meaning_either() throws Exception {
        long memo = publish(
                "memo",
                "en",
                "A note for the week",
                "We look at three things.",
                "Electric vehicles overtake diesel as battery prices fall for a third year.",
                "plan");
        assertThat(found("automobile that needs no petrol", new Standing.Visitor()))
                .isEmpty();
        assertThat(found("automobile that needs no petrol", new Standing.SignedIn()))
                .isEmpty();
        var member = new Standing.Member(Set.of("pro"), Instant.now().plusSeconds(600));
        var hits = found("automobile that needs no petrol", member);
        assertThat(ids(hits)).containsExactly(memo);
        assertThat(hits.getFirst().beyondCut()).isTrue();
        var other = new Standing.Member(Set.of("student"), Instant.now().plusSeconds(600));
        assertThat(found("automobile that needs no petrol", other)).isEmpty();
    }

    @Test
    void pieces_about_the_same_stand_near_each_other_once_and_never_by_what_is_hidden() throws Exception {
        long cars = publish(
                "cars",
                "en",
                "Electric vehicles overtake diesel",
                "Battery prices fell for a third year.",
                "",
                "public");
        long vans = publish(
                "vans",
                "en",
                "Electric vans reach the villages",
                "Batteries are cheap enough for the post.",
                "",
                "public");
        publish(
                "again",
                "en",
                "Electric vehicles overtake diesel",
                "Battery prices fell for a third year.",
                "",
                "public");
        publish("bread", "en", "Bakers knead by hand again", "Sourdough rises slowly in winter.", "", "public");
        publish(
                "memo",
                "en",
                "A note for the week",
                "We look at three things.",
                "Electric vehicles overtake diesel.",
                "plan");
        found("anything", new Standing.Visitor());
        try (var index = place.catalogue(jdbi, folder, name, MODEL)) {
            index.begin();
            soon(index::isReady);
            var near = new Related(index, Clock.systemUTC()).to(cars, 4);
            assertThat(near.stream().map(Related.Near::piece)).containsExactly(vans);
            assertThat(near.getFirst().likeness()).isBetween(0.35f, 0.97f);
            assertThat(new Related(index, Clock.systemUTC()).to(987_654, 4)).isEmpty();
        }
    }

    @Test
    void a_changed_text_is_read_again_and_an_unchanged_one_is_not() {
        long story = publish("cars", "en", "Electric vehicles", "Battery prices fell.", "", "public");
        publish("ar", "ar", "السيارات الكهربائية", "انخفضت الأسعار", "", "public");
        try (var reading = new ReadStories(jdbi, MODEL)) {
            while (reading.one()) assertThat(Thread.interrupted()).isFalse();
            byte[] before = directions(story);
            assertThat(count("story_meaning")).as("the model reads English").isEqualTo(1);
            jdbi.useHandle(handle -> handle.execute("update story set standfirst = 'Sourdough', updated_at = now()"));
            while (reading.one()) assertThat(Thread.interrupted()).isFalse();
            assertThat(directions(story)).isNotEqualTo(before);
            assertThat(count("story_unread")).isZero();
        }
    }

    private byte[] directions(long story) {
        return jdbi.withHandle(handle -> handle.createQuery("select opening from story_meaning where story_id = :id")
                .bind("id", story)
                .mapTo(byte[].class)
                .one());
    }

    private long count(String table) {
        return jdbi.withHandle(handle -> handle.createQuery("select count(*) from " + table)
                .mapTo(Long.class)
                .one());
    }

    @Test
    void a_broken_model_leaves_search_by_words() throws Exception {
        long story = publish("cars", "en", "Electric vehicles", "Battery prices fell.", "", "public");
        var broken = Model.of("broken", () -> MiniLm.load("not a model".getBytes(StandardCharsets.UTF_8)));
        assertThatThrownBy(() -> MiniLm.load(new byte[100])).isInstanceOf(MiniLm.ModelUnusable.class);
        try (var index = place.catalogue(jdbi, folder, name, broken);
                var reading = new ReadStories(jdbi, broken)) {
            assertThat(reading.one()).isFalse();
            index.begin();
            soon(index::isReady);
            var search = new Search(index, broken, new KnownBetter(jdbi));
            assertThat(ids(search.find(Wanted.of("vehicle", new Standing.Visitor(), Instant.now()))
                            .orElseThrow()))
                    .containsExactly(story);
        }
    }
}
