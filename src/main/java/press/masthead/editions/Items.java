package press.masthead.editions;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.mapper.Nested;
import press.masthead.access.Answer;
import press.masthead.briefing.Blurb;
import press.masthead.editions.EditionForm.Entry;
import press.masthead.search.Texts;
import press.masthead.stories.StoryCard;

/** What an edition holds. A story that was withdrawn meanwhile is not among it. */
final class Items {
    private Items() {}

    /** @param opening what everyone may read, asked for where the story has no standfirst */
    private record StoryRow(
            @Nested StoryCard card,
            int position,
            Optional<Long> event,
            boolean apart,
            Optional<LocalDate> carried,
            Optional<String> opening) {

        /** A story without a standfirst is told in the best of its own sentences, of those that everyone may read. */
        Item.Story item() {
            Optional<StoryCard> told = opening.flatMap(
                            html -> Blurb.of(card.title(), Texts.plain(html), card.language(), Blurb.USUAL))
                    .map(card::withStandfirst);
            return new Item.Story(told.orElse(card), carried, apart, List.of(), told.isPresent(), Optional.empty());
        }
    }

    private static final String OPENING =
            "(select s.opening from story s where s.id = c.id and c.standfirst = '') as opening,";

    private record BlockRow(
            long id,
            int position,
            String kind,
            String title,
            String body,
            String link,
            boolean forMembers,
            Optional<Long> pictureId,
            Optional<String> name,
            Optional<String> alt,
            Optional<String> credit,
            Optional<Integer> width,
            Optional<Integer> height) {
        Optional<Item> item() {
            String key = "b" + id;
            if (kind.equals("text")) return Optional.of(new Item.Words(key, title, body, link, forMembers));
            return pictureId.map(picture -> new Item.Picture(
                    key,
                    picture,
                    name.orElse(""),
                    alt.orElse(""),
                    credit.orElse(""),
                    width.orElse(0),
                    height.orElse(0),
                    body,
                    link,
                    forMembers));
        }
    }

    private record Placed(int position, Item item) {}

    /** What everyone may see of it. */
    static List<Item> open(Handle handle, long edition) {
        return read(handle, edition, false);
    }

    /** With the blocks for members; asked for only for someone whom {@link press.masthead.access.Paywall} let through. */
    static List<Item> whole(Handle handle, long edition, Answer.Open pass) {
        return read(handle, edition, true);
    }

    private static List<Item> read(Handle handle, long edition, boolean members) {
        var placed = new ArrayList<Placed>();
        var events = new LinkedHashMap<Long, List<StoryRow>>();
        handle.createQuery("""
                        select c.*, i.position, i.event, i.apart, %s
                               (select max(e.day) from edition_item other join edition e on e.id = other.edition_id
                                where other.story_id = i.story_id and e.id <> i.edition_id and e.newsletter_id = mine.newsletter_id
                                  and e.state in ('sending', 'sent')) as carried
                        from edition_item i join edition mine on mine.id = i.edition_id join story_card c on c.id = i.story_id
                        where i.edition_id = :edition order by i.position
                        """.formatted(OPENING))
                .bind("edition", edition)
                .mapTo(StoryRow.class)
                .forEach(row -> events.computeIfAbsent(
                                row.event().orElse(row.card().id()), first -> new ArrayList<>())
                        .add(row));
        Map<Long, Shorter> written = Blurbs.of(handle, edition);
        for (List<StoryRow> event : events.values()) placed.add(together(event, written));
        handle.createQuery("""
                        select b.id, b.position, b.kind, b.title, b.body, b.link, b.audience = 'members' as for_members,
                               p.id as picture_id, p.name, p.alt, p.credit, p.width, p.height
                        from edition_block b left join picture p on p.id = b.picture_id
                        where b.edition_id = :edition and (:members or b.audience = 'everyone')
                        """)
                .bind("edition", edition)
                .bind("members", members)
                .mapTo(BlockRow.class)
                .forEach(row -> row.item().ifPresent(item -> placed.add(new Placed(row.position(), item))));
        return placed.stream()
                .sorted(Comparator.comparingInt(Placed::position))
                .map(Placed::item)
                .toList();
    }

    /** The first of an event's stories leads: where it was withdrawn, the next does. */
    private static Placed together(List<StoryRow> event, Map<Long, Shorter> written) {
        var stories = event.stream().map(StoryRow::item).toList();
        var item = stories.getFirst().with(stories.subList(1, stories.size()));
        return new Placed(
                event.getFirst().position(),
                item.told(Optional.ofNullable(written.get(item.card().id()))));
    }

    /** Has the edition hold exactly this, in this order. */
    static void write(Handle handle, long edition, List<Entry> entries) {
        handle.createUpdate("delete from edition_item where edition_id = :id")
                .bind("id", edition)
                .execute();
        handle.createUpdate("delete from edition_block where edition_id = :id")
                .bind("id", edition)
                .execute();
        int position = 0;
        for (Entry entry : entries) {
            position++;
            switch (entry) {
                case Entry.Story story -> {
                    writeStory(handle, edition, story, story.id(), position);
                    for (long more : story.more()) writeStory(handle, edition, story, more, ++position);
                }
                case Entry.Block block ->
                    handle.createUpdate("""
                                    insert into edition_block (edition_id, position, kind, title, body, picture_id, link, audience)
                                    values (:edition, :position, :kind, :title, :body, (select id from picture where id = :picture), :link,
                                            case when :members then 'members' else 'everyone' end)
                                    """)
                            .bind("edition", edition)
                            .bind("position", position)
                            .bind("kind", block.kind())
                            .bind("title", block.title())
                            .bind("body", block.body())
                            .bind("picture", block.picture())
                            .bind("link", block.link())
                            .bind("members", block.forMembers())
                            .execute();
            }
        }
    }

    private static void writeStory(Handle handle, long edition, Entry.Story of, long story, int position) {
        handle.createUpdate("""
                        insert into edition_item (edition_id, story_id, position, event, apart)
                        select :edition, id, :position, cast(:event as bigint), :apart from story where id = :story and kind <> 'page'
                        on conflict do nothing
                        """)
                .bind("edition", edition)
                .bind("story", story)
                .bind("position", position)
                .bind("event", of.more().isEmpty() ? Optional.<Long>empty() : Optional.of(of.id()))
                .bind("apart", of.apart())
                .execute();
    }

    /** What the first of them is called, for a subject that nobody has written. */
    static Optional<String> lead(Handle handle, long edition) {
        return open(handle, edition).stream()
                .map(item -> switch (item) {
                    case Item.Story story -> story.card().title();
                    case Item.Words words -> words.title();
                    case Item.Picture picture -> "";
                    case Item.Head head -> head.title();
                    case Item.Leaves leaves -> "";
                })
                .filter(title -> !title.isBlank())
                .findFirst();
    }

    /** What an editor may add, newest first; what this edition holds is left out. */
    static List<Item.Story> addable(Handle handle, long edition, String words, String kind, int most) {
        return handle.createQuery("""
                        select c.*, 0 as position, null::bigint as event, false as apart, null::text as opening,
                               (select max(e.day) from edition_item other join edition e on e.id = other.edition_id
                                where other.story_id = c.id and e.id <> mine.id and e.newsletter_id = mine.newsletter_id
                                  and e.state in ('sending', 'sent')) as carried
                        from edition mine cross join lateral (
                          select s.id from story s
                          where s.state = 'published' and s.kind <> 'page' and (:kind = '' or s.kind = :kind)
                            and (:words = '' or s.words_open @@ websearch_to_tsquery('simple', :words)
                                 or s.title ilike '%' || :pattern || '%')
                            and not exists (select from edition_item i where i.edition_id = mine.id and i.story_id = s.id)
                          order by s.published_at desc, s.id desc limit :most) found
                        join story_card c on c.id = found.id
                        where mine.id = :edition order by c.published_at desc, c.id desc
                        """)
                .bind("edition", edition)
                .bind("words", words)
                .bind("pattern", words.replaceAll("([\\\\%_])", "\\\\$1"))
                .bind("kind", kind)
                .bind("most", most)
                .mapTo(StoryRow.class)
                .map(StoryRow::item)
                .list();
    }
}
