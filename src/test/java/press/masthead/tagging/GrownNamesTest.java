package press.masthead.tagging;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jdbi.v3.core.Jdbi;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import press.masthead.platform.db.TestDatabase;

/** A list of a hundred thousand names is asked by index. */
class GrownNamesTest {
    private static final Jdbi JDBI = TestDatabase.fresh().jdbi();
    private static final Entities ENTITIES = new Entities(JDBI);

    @BeforeAll
    static void fill() {
        JDBI.useHandle(handle -> {
            handle.execute(
                    "insert into entity (kind, slug, name) select 'person', 'p' || n, 'Person ' || n from generate_series(1, 50000) n");
            handle.execute("""
                    insert into entity_alias (entity_id, folded, alias)
                    select e.id, w.folded, w.folded from entity e
                    cross join lateral (values (lower(e.name)), ('also ' || (e.id % 40000))) w (folded)
                    """);
            handle.execute("analyze entity, entity_alias");
        });
        JDBI.useTransaction(handle -> {
            for (String[] name : new String[][] {
                {"Mira Holt-Serrin", "Ministre de l’Eau"},
                {"وزارة المياه", "مياه كرسة"},
                {"עיריית השרון", "הנמל הישן"},
                {"O'Brannigan & Sons"}
            })
                ENTITIES.add(
                        handle,
                        new Entity(
                                0,
                                "person",
                                "",
                                name[0],
                                "",
                                Stream.of(name).skip(1).toList(),
                                false));
        });
    }

    private static String plan(String sql, Map<String, ?> bound) {
        return JDBI.withHandle(handle -> String.join(
                "\n",
                handle.createQuery("explain (costs off) " + sql)
                        .bindMap(bound)
                        .mapTo(String.class)
                        .list()));
    }

    @Test
    void whoever_else_goes_by_a_name_is_found_by_index() {
        assertThat(plan(Entities.ALSO_CALLED, Map.of("id", 77)))
                .contains("entity_alias_folded")
                .doesNotContain("Seq Scan");
        assertThat(ENTITIES.bySlug("p77").map(ENTITIES::alsoCalled)).contains(List.of("Person 40077"));
    }

    @Test
    void a_name_and_the_list_are_found_by_index() {
        assertThat(plan(Entities.NAMED, Map.of("asked", Entities.asked("person 4711"), "most", 61, "skip", 0)))
                .contains("entity_alias_words")
                .doesNotContain("Seq Scan");
        assertThat(plan(Entities.ALL, Map.of("most", 61, "skip", 120)))
                .startsWith("Limit\n  ->  Index Scan using entity_listed on entity e")
                .doesNotContain("Seq Scan");
        assertThat(named("person 4711"))
                .containsExactly(
                        "Person 4711",
                        "Person 47110",
                        "Person 47111",
                        "Person 47112",
                        "Person 47113",
                        "Person 47114",
                        "Person 47115",
                        "Person 47116",
                        "Person 47117",
                        "Person 47118",
                        "Person 47119");
    }

    private static List<String> named(String typed) {
        return ENTITIES.named(typed, 60, 0).stream().map(Entity::name).toList();
    }

    @Test
    void a_name_is_found_by_how_any_of_its_words_begins_with_or_without_an_article() {
        for (String typed : List.of("mira", "HOLT", "serr", "holt mira", "holt-serrin", "mira h", "de minist"))
            assertThat(named(typed)).as(typed).containsExactly("Mira Holt-Serrin");
        for (String typed : List.of("المياه", "مياه", "وزارة الميا", "كرسة", "الكرسة"))
            assertThat(named(typed)).as(typed).containsExactly("وزارة المياه");
        for (String typed : List.of("שרון", "השרון", "עירי", "נמל", "הנמל", "ישן נמל"))
            assertThat(named(typed)).as(typed).containsExactly("עיריית השרון");
        for (String typed : List.of("o'bran", "o’brannigan", "obrann", "sons"))
            assertThat(named(typed)).as(typed).containsExactly("O'Brannigan & Sons");
        for (String typed : List.of("nobody", "olt", "'; drop", "\\", "mira & person", "mira | person 5", "(", ":*"))
            assertThat(ENTITIES.named(typed, 60, 0)).as(typed).hasSizeLessThanOrEqualTo(60);
        assertThat(named("nobody")).isEmpty();
        assertThat(named("mira | person 5")).isEmpty();
        assertThat(ENTITIES.named("& !", 60, 0)).as("no word: the list").hasSize(60);
        assertThat(named("x".repeat(5_000))).isEmpty();
    }
}
