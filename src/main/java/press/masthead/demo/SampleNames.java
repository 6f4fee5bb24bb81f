package press.masthead.demo;

import java.util.List;
import java.util.stream.Stream;
import org.jdbi.v3.core.Handle;
import press.masthead.stories.StoryEntities;
import press.masthead.tagging.Entities;
import press.masthead.tagging.Entity;

/** The people and organisations that the sample's stories come back to, each linked to the stories that name it. */
final class SampleNames {
    private SampleNames() {}

    static void write(Handle handle, Fields sample, Entities entities) {
        for (Fields name : sample.list("names"))
            entities.add(
                    handle,
                    new Entity(
                            0,
                            name.text("kind"),
                            "",
                            name.text("name"),
                            name.text("description"),
                            name.texts("aliases"),
                            false));
        handle.createQuery("""
                        select s.id, array_agg(distinct e.slug) as slugs from story s
                        join entity_alias a on position(a.alias in replace(concat_ws(' ', s.title, s.standfirst, s.opening, s.rest), '&amp;', '&')) > 0
                        join entity e on e.id = a.entity_id group by s.id
                        """)
                .map((row, _) -> new Named(
                        row.getLong("id"),
                        Stream.of((String[]) row.getArray("slugs").getArray()).toList()))
                .forEach(named -> StoryEntities.file(handle, named.story(), named.slugs()));
    }

    private record Named(long story, List<String> slugs) {}
}
