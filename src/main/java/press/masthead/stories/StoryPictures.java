package press.masthead.stories;

import java.util.List;
import org.jdbi.v3.core.Jdbi;
import press.masthead.pictures.Picture;
import press.masthead.pictures.PictureDesk;

/** Where pictures are shown: above stories, in their texts, and beside their authors. */
public final class StoryPictures implements PictureDesk.Uses {
    private final Jdbi jdbi;

    public StoryPictures(Jdbi jdbi) {
        this.jdbi = jdbi;
    }

    @Override
    public List<PictureDesk.Use> of(Picture picture) {
        return jdbi.withHandle(handle -> handle.createQuery("""
                        (select s.title, '/desk/stories/' || s.id as address, s.state
                         from story_picture sp join story s on s.id = sp.story_id
                         where sp.picture_id = :id order by s.updated_at desc limit 100)
                        union all
                        (select a.name, '/desk/authors/' || a.id, 'author' from author a where a.portrait = :name order by a.name)
                        """)
                .bind("id", picture.id())
                .bind("name", picture.name())
                .mapTo(PictureDesk.Use.class)
                .list());
    }
}
