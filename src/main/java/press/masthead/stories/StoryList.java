package press.masthead.stories;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.jdbi.v3.core.Jdbi;
import press.masthead.access.Audience;
import press.masthead.access.FreeTime;
import press.masthead.access.Rule;

/** What the newsroom reads of its stories, in any state. */
final class StoryList {
    /** Beyond this many a tab says "500+": nobody waits for a count. */
    static final int MOST_COUNTED = 500;

    private final Jdbi jdbi;

    StoryList(Jdbi jdbi) {
        this.jdbi = jdbi;
    }

    /** @param toBeReplaced it came with the program ({@link FirstPages}) and nobody has saved it since */
    record Row(
            long id,
            String kind,
            String title,
            String state,
            String access,
            boolean featured,
            Optional<Instant> publishedAt,
            Optional<Instant> embargoUntil,
            Instant updatedAt,
            Optional<String> pictureName,
            Optional<String> authors,
            Optional<String> topic,
            boolean toBeReplaced) {

        /** Where the page after this row begins. */
        Place place() {
            return new Place(updatedAt, id);
        }
    }

    /** A place in the list, which is ordered by when a story was last changed. */
    record Place(Instant at, long id) {
        /** Before everything. */
        static final Place TOP = new Place(Instant.parse("9999-01-01T00:00:00Z"), Long.MAX_VALUE);

        /** As an address carries it: {@code 2026-11-03T09:00:00.123456Z_42}. */
        static Place read(String text) {
            try {
                int bar = text.indexOf('_');
                return bar < 0
                        ? TOP
                        : new Place(Instant.parse(text.substring(0, bar)), Long.parseLong(text.substring(bar + 1)));
            } catch (DateTimeParseException | NumberFormatException e) {
                return TOP;
            }
        }

        @Override
        public String toString() {
            return at + "_" + id;
        }
    }

    /**
     * What to show; an empty part stands for any.
     *
     * @param author and topic: slugs
     * @param words the beginnings of words that must appear
     */
    record Filter(String state, String kind, String author, String topic, String words) {
        boolean isEmpty() {
            return (state + kind + author + topic + words).isEmpty();
        }

        /** The same with another state, as the query of an address. */
        String query(String otherState) {
            return "?state=" + otherState + "&kind=" + kind + "&author=" + encoded(author) + "&topic=" + encoded(topic)
                    + "&q=" + encoded(words);
        }

        private static String encoded(String text) {
            return URLEncoder.encode(text, StandardCharsets.UTF_8);
        }
    }

    static final String FIND = """
            select s.id, s.kind, s.title, s.state, s.access, s.featured, s.published_at, s.embargo_until, s.updated_at,
                   p.name as picture_name,
                   (select string_agg(a.name, ', ' order by sa.position)
                    from story_author sa join author a on a.id = sa.author_id where sa.story_id = s.id) as authors,
                   (select t.name from story_topic st join topic t on t.id = st.topic_id
                    where st.story_id = s.id order by st.position limit 1) as topic,
                   s.revision = 1 and jsonb_exists(s.details, 'to_be_replaced') as to_be_replaced
            from story s left join picture p on p.id = s.picture_id
            where (s.updated_at, s.id) < (:at, :id)
              and (:state = '' or s.state = :state)
              and (:kind = '' or s.kind = :kind)
              and (:author = '' or exists (select from story_author sa join author a on a.id = sa.author_id
                                           where sa.story_id = s.id and a.slug = :author))
              and (:topic = '' or exists (select from story_topic st join topic t on t.id = st.topic_id
                                          where st.story_id = s.id and t.slug = :topic))
              and (:words = '' or s.words_open @@ to_tsquery('simple', :words))
            order by s.updated_at desc, s.id desc limit :most
            """;

    /** The stories after this place, the last changed first. */
    List<Row> find(Filter filter, Place after, int most) {
        return jdbi.withHandle(handle -> handle.createQuery(FIND)
                .bind("at", after.at())
                .bind("id", after.id())
                .bind("state", filter.state())
                .bind("kind", filter.kind())
                .bind("author", filter.author())
                .bind("topic", filter.topic())
                .bind("words", beginnings(filter.words()))
                .bind("most", most)
                .mapTo(Row.class)
                .list());
    }

    /** What was typed as a query for words that begin so; anything but letters and digits divides. */
    static String beginnings(String words) {
        return Arrays.stream(words.split("[^\\p{L}\\p{M}\\p{N}]+"))
                .filter(word -> !word.isEmpty())
                .limit(10)
                .map(word -> "'" + word + "':*")
                .collect(Collectors.joining(" & "));
    }

    record Count(String state, int many) {
        String shown() {
            return many > MOST_COUNTED ? MOST_COUNTED + "+" : Integer.toString(many);
        }
    }

    List<Count> counts() {
        return jdbi.withHandle(handle -> handle.createQuery("""
                        select v.state, (select count(*) from (
                            select from story s where s.state = v.state limit :most + 1) counted) as many
                        from unnest(array['draft', 'review', 'scheduled', 'published', 'withdrawn']) with ordinality v(state, n)
                        order by v.n
                        """)
                .bind("most", MOST_COUNTED)
                .mapTo(Count.class)
                .list());
    }

    private record Full(
            long id,
            int revision,
            String state,
            int words,
            Optional<Instant> publishedAt,
            Optional<String> publishedZone,
            Optional<Instant> embargoUntil,
            Optional<String> embargoZone,
            Instant updatedAt,
            Optional<String> savedBy,
            String kind,
            String slug,
            String title,
            String standfirst,
            String language,
            String direction,
            String dateline,
            Optional<Long> pictureId,
            String access,
            List<String> plans,
            boolean metered,
            Optional<Instant> freeFrom,
            Optional<Instant> freeUntil,
            Optional<String> freeZone,
            String opening,
            String rest,
            boolean featured,
            List<String> topics,
            List<String> industries,
            List<String> countries,
            List<String> authors,
            String details) {

        Written written() {
            Audience audience = Audience.of(access);
            var draft = new Draft(
                    kind,
                    slug,
                    title,
                    standfirst,
                    StoryText.whole(opening, rest, audience, kind),
                    language,
                    direction,
                    dateline,
                    pictureId,
                    new Rule(
                            audience,
                            Set.copyOf(plans),
                            new FreeTime(freeFrom, freeUntil, RuleWords.zone(freeZone)),
                            metered),
                    featured,
                    topics,
                    industries,
                    countries,
                    authors,
                    details);
            return new Written(
                    id,
                    revision,
                    state,
                    words,
                    publishedAt,
                    publishedZone,
                    embargoUntil,
                    embargoZone,
                    updatedAt,
                    savedBy.orElse(""),
                    draft);
        }
    }

    Optional<Written> byId(long id) {
        return jdbi.withHandle(handle ->
                        handle.createQuery("""
                                select s.id, s.revision, s.state, s.words, s.published_at, s.published_zone,
                                       s.embargo_until, s.embargo_zone, s.updated_at, s.kind, s.slug, s.title,
                                       s.standfirst, s.language, s.direction, s.dateline, s.picture_id, s.access, s.plans, s.metered, s.free_from, s.free_until,
                                       s.free_zone, s.opening, s.rest,
                                       s.featured, s.countries, s.details,
                                       (select coalesce(nullif(by.name, ''), by.email) from story_revision r join reader by on by.id = r.saved_by
                                        where r.story_id = s.id and r.revision = s.revision) as saved_by,
                                       array(select t.slug from story_topic st join topic t on t.id = st.topic_id
                                             where st.story_id = s.id order by st.position) as topics,
                                       array(select i.slug from story_industry si join industry i on i.id = si.industry_id
                                             where si.story_id = s.id order by i.position) as industries,
                                       array(select a.slug from story_author sa join author a on a.id = sa.author_id
                                             where sa.story_id = s.id order by sa.position) as authors
                                from story s where s.id = :id
                                """).bind("id", id).mapTo(Full.class).findOne())
                .map(Full::written);
    }

    /** A subject or a person to choose from. */
    record Choice(String slug, String name) {}

    List<Choice> topics() {
        return choices("select slug, name from topic order by position, name");
    }

    List<Choice> industries() {
        return choices("""
                select slug, name || case when retired_at is null then '' else ' (retired)' end as name
                from industry where merged_into is null order by retired_at is not null, position, name
                """);
    }

    List<Choice> plans() {
        return choices("select slug, name from plan order by active desc, name");
    }

    List<Choice> authors() {
        return choices("select slug, name from author order by name");
    }

    private List<Choice> choices(String query) {
        return jdbi.withHandle(
                handle -> handle.createQuery(query).mapTo(Choice.class).list());
    }

    /** The byline of a member of staff who has one. */
    List<String> bylineOf(long staff) {
        return jdbi.withHandle(handle ->
                handle.createQuery("""
                        select a.slug from staff s join author a on a.id = s.author_id where s.reader_id = :staff
                        """).bind("staff", staff).mapTo(String.class).list());
    }
}
