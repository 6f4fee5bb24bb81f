package press.masthead.tagging;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import press.masthead.platform.db.TestDatabase;

/** A list of a hundred thousand names is asked by index. */
class GrownNamesTest {
    @Test
    void whoever_else_goes_by_a_name_is_found_by_index() {
        var jdbi = TestDatabase.fresh().jdbi();
        List<String> plan = jdbi.withHandle(handle -> {
            handle.execute(
                    "insert into entity (kind, slug, name) select 'person', 'p' || n, 'Person ' || n from generate_series(1, 50000) n");
            handle.execute("""
                    insert into entity_alias (entity_id, folded, alias)
                    select e.id, w.folded, w.folded from entity e
                    cross join lateral (values (lower(e.name)), ('also ' || (e.id % 40000))) w (folded)
                    """);
            handle.execute("analyze entity, entity_alias");
            return handle.createQuery("explain (costs off) " + Entities.ALSO_CALLED)
                    .bind("id", 77)
                    .mapTo(String.class)
                    .list();
        });
        assertThat(String.join("\n", plan)).contains("entity_alias_folded").doesNotContain("Seq Scan");
        assertThat(new Entities(jdbi).bySlug("p77").map(one -> new Entities(jdbi).alsoCalled(one)))
                .contains(List.of("Person 40077"));
    }
}
