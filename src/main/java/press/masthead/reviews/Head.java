package press.masthead.reviews;

import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jdbi.v3.core.Handle;

/** What stands above an industry's pieces in one week: its name and its editor's foreword, which may be empty. */
record Head(long id, String slug, String name, String foreword, Optional<Long> editorId) {
    static Map<Long, Head> of(Handle handle, long edition) {
        return handle.createQuery("""
                        select i.id, coalesce(m.slug, i.slug) as slug, i.name, coalesce(f.text, '') as foreword, i.editor_id
                        from industry i left join industry m on m.id = i.merged_into left join review_foreword f on f.industry_id = i.id and f.edition_id = :edition
                        """).bind("edition", edition).mapTo(Head.class).stream()
                .collect(Collectors.toMap(Head::id, head -> head));
    }
}
