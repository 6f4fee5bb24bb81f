package press.masthead.stories;

import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import press.masthead.access.Answer;

/** What has been published, for readers. Drafts and everything that changes a story are the desk's: {@link Drafts}. */
public final class Stories {
    private final Jdbi jdbi;

    public Stories(Jdbi jdbi) {
        this.jdbi = jdbi;
    }

    /** The newest articles, memos and reports; pages are not news. */
    public List<StoryCard> newest(int most, int skip) {
        return jdbi.withHandle(handle -> handle.createQuery("""
                        select * from story_card where kind <> 'page'
                        order by published_at desc, id desc limit :most offset :skip
                        """)
                .bind("most", most)
                .bind("skip", skip)
                .mapTo(StoryCard.class)
                .list());
    }

    /** The newest of one kind: {@code article}, {@code memo} or {@code report}. */
    public List<StoryCard> newestOf(String kind, int most, int skip) {
        return jdbi.withHandle(handle -> handle.createQuery("""
                        select * from story_card where kind = :kind
                        order by published_at desc, id desc limit :most offset :skip
                        """)
                .bind("kind", kind)
                .bind("most", most)
                .bind("skip", skip)
                .mapTo(StoryCard.class)
                .list());
    }

    public List<StoryCard> underTopic(String topic, int most, int skip) {
        return jdbi.withHandle(handle -> handle.createQuery("""
                        select c.* from (
                          select st.story_id, st.published_at from story_topic st
                          where st.topic_id = (select id from topic where slug = :topic) and st.published_at is not null
                          order by st.published_at desc, st.story_id desc limit :most offset :skip) filed
                        join story_card c on c.id = filed.story_id
                        order by filed.published_at desc, filed.story_id desc
                        """)
                .bind("topic", topic)
                .bind("most", most)
                .bind("skip", skip)
                .mapTo(StoryCard.class)
                .list());
    }

    /** Stories that name this one of the list of people and organisations. */
    public List<StoryCard> naming(String entity, int most, int skip) {
        return jdbi.withHandle(handle -> handle.createQuery("""
                        select c.* from (
                          select se.story_id, se.published_at from story_entity se
                          where se.entity_id = (select id from entity where slug = :entity) and se.published_at is not null
                          order by se.published_at desc, se.story_id desc limit :most offset :skip) filed
                        join story_card c on c.id = filed.story_id
                        order by filed.published_at desc, filed.story_id desc
                        """)
                .bind("entity", entity)
                .bind("most", most)
                .bind("skip", skip)
                .mapTo(StoryCard.class)
                .list());
    }

    /** Someone or something of that list. */
    public record Named(String slug, String name) {}

    /** Whom a published story names, as an editor accepted. */
    public List<Named> namedIn(long story) {
        return jdbi.withHandle(handle ->
                handle.createQuery("""
                        select e.slug, e.name from story_entity se join entity e on e.id = se.entity_id
                        where se.story_id = :story and se.published_at is not null order by e.name, e.id limit 12
                        """).bind("story", story).mapTo(Named.class).list());
    }

    public List<StoryCard> underIndustry(String industry, int most, int skip) {
        return jdbi.withHandle(handle -> handle.createQuery("""
                        select c.* from (
                          select si.story_id, si.published_at from story_industry si
                          where si.industry_id = (select id from industry where slug = :industry) and si.published_at is not null
                          order by si.published_at desc, si.story_id desc limit :most offset :skip) filed
                        join story_card c on c.id = filed.story_id
                        order by filed.published_at desc, filed.story_id desc
                        """)
                .bind("industry", industry)
                .bind("most", most)
                .bind("skip", skip)
                .mapTo(StoryCard.class)
                .list());
    }

    /** @param country a code of ISO 3166-1 */
    public List<StoryCard> about(String country, int most, int skip) {
        return jdbi.withHandle(handle -> handle.createQuery("""
                        select c.* from (
                          select sc.story_id, sc.published_at from story_country sc
                          where sc.country = :country and sc.published_at is not null
                          order by sc.published_at desc, sc.story_id desc limit :most offset :skip) filed
                        join story_card c on c.id = filed.story_id
                        order by filed.published_at desc, filed.story_id desc
                        """)
                .bind("country", country)
                .bind("most", most)
                .bind("skip", skip)
                .mapTo(StoryCard.class)
                .list());
    }

    public List<StoryCard> by(String author, int most, int skip) {
        return jdbi.withHandle(handle -> handle.createQuery("""
                        select c.* from story_author sa join story_card c on c.id = sa.story_id
                        where sa.author_id = (select id from author where slug = :author)
                        order by c.published_at desc, c.id desc limit :most offset :skip
                        """)
                .bind("author", author)
                .bind("most", most)
                .bind("skip", skip)
                .mapTo(StoryCard.class)
                .list());
    }

    /** Published from the first instant up to, not including, the second; newest first. */
    public List<StoryCard> between(Instant from, Instant until, int most) {
        return jdbi.withHandle(handle -> handle.createQuery("""
                        select * from story_card where kind <> 'page' and published_at >= :from and published_at < :until
                        order by published_at desc, id desc limit :most
                        """)
                .bind("from", from)
                .bind("until", until)
                .bind("most", most)
                .mapTo(StoryCard.class)
                .list());
    }

    /** Stories that share most topics with the one given, newer before older. */
    public List<StoryCard> relatedTo(long story, int most) {
        return jdbi.withHandle(handle -> handle.createQuery("""
                        select c.* from (
                          select other.story_id, count(*) as shared, max(other.published_at) as published_at
                          from story_topic mine
                          cross join lateral (
                            select st.story_id, st.published_at from story_topic st
                            where st.topic_id = mine.topic_id and st.published_at is not null and st.story_id <> :story
                            order by st.published_at desc, st.story_id desc limit 20) other
                          where mine.story_id = :story
                          group by other.story_id
                          order by shared desc, published_at desc limit :most) near
                        join story_card c on c.id = near.story_id
                        order by near.shared desc, near.published_at desc
                        """)
                .bind("story", story)
                .bind("most", most)
                .mapTo(StoryCard.class)
                .list());
    }

    /** A word that stands in every story would have all of them ranked: of what is found, the newest two thousand are. */
    static final String SEARCH = """
            select c.* from (
              select near.id, ts_rank(near.words_open, near.q) * (1 + 1 / (1 + extract(epoch from now() - near.published_at) / 864000)) as rank
              from (
                select s.id, s.words_open, s.published_at, q
                from story s, websearch_to_tsquery('simple', :words) q
                where s.state = 'published' and s.words_open @@ q
                order by s.published_at desc, s.id desc limit 2000) near
              order by rank desc, near.id desc limit :most offset :skip) found
            join story_card c on c.id = found.id
            order by found.rank desc, found.id desc
            """;

    /** Finds words that everyone may read; what lies beyond a cut is not searched, so it can't be guessed at. */
    public List<StoryCard> search(String words, int most, int skip) {
        return jdbi.inTransaction(handle -> {
            // Planned for these very words: through the newest stories where they are common, through the words where
            // they are rare.
            handle.execute("set local plan_cache_mode = force_custom_plan");
            return handle.createQuery(SEARCH)
                    .bind("words", words)
                    .bind("most", most)
                    .bind("skip", skip)
                    .mapTo(StoryCard.class)
                    .list();
        });
    }

    /** Those of them that are published, in the order given. */
    public List<StoryCard> cards(List<Long> ids) {
        if (ids.isEmpty()) return List.of();
        return jdbi.withHandle(handle -> handle.createQuery("""
                        select c.* from unnest(:ids) with ordinality wanted (id, place)
                        join story_card c on c.id = wanted.id order by wanted.place
                        """)
                .bindArray("ids", Long.class, ids)
                .mapTo(StoryCard.class)
                .list());
    }

    /** What everyone may read of each of them, as HTML. */
    public Map<Long, String> openings(Collection<Long> ids) {
        return texts("select id, opening as text from story where id = any(:ids) and state = 'published'", ids);
    }

    /** What lies beyond the cut of each of them, for someone whom the paywall let through to every one. */
    public Map<Long, String> rests(Map<Long, Answer.Open> passes) {
        return texts(
                "select id, rest as text from story where id = any(:ids) and state = 'published'", passes.keySet());
    }

    record Text(long id, String text) {}

    private Map<Long, String> texts(String query, Collection<Long> ids) {
        if (ids.isEmpty()) return Map.of();
        return jdbi.withHandle(handle -> handle.createQuery(query)
                .bindArray("ids", Long.class, ids)
                .mapTo(Text.class)
                .collect(Collectors.toMap(Text::id, Text::text)));
    }

    public Optional<StoryCard> card(String slug) {
        return jdbi.withHandle(handle -> handle.createQuery("select * from story_card where slug = :slug")
                .bind("slug", slug)
                .mapTo(StoryCard.class)
                .findOne());
    }

    /** The published story at this address, as far as everyone may read it. */
    public Optional<Teaser> teaser(String slug) {
        return jdbi.withHandle(handle -> handle.createQuery("select * from story_teaser where slug = :slug")
                .bind("slug", slug)
                .mapTo(Teaser.class)
                .findOne());
    }

    /** As {@link #teaser(String)}, by its number. */
    public Optional<Teaser> teaser(long id) {
        return jdbi.withHandle(handle -> handle.createQuery("select * from story_teaser where id = :id")
                .bind("id", id)
                .mapTo(Teaser.class)
                .findOne());
    }

    /** A story's headline and where it stands, published or not. */
    public Optional<Headline> headline(long id) {
        return jdbi.withHandle(handle -> handle.createQuery("select title, state from story where id = :id")
                .bind("id", id)
                .mapTo(Headline.class)
                .findOne());
    }

    public record Headline(String title, String state) {}

    /** The newest that are not for everyone, for whoever tries a rule out. */
    public List<StoryCard> newestRestricted(int most) {
        return jdbi.withHandle(handle -> handle.createQuery("""
                        select * from story_card where access <> 'public' order by published_at desc, id desc limit :most
                        """)
                .bind("most", most)
                .mapTo(StoryCard.class)
                .list());
    }

    /** What lies beyond the cut. Asked for only by someone whom {@link press.masthead.access.Paywall} let through. */
    public String rest(long story, Answer.Open pass) {
        return jdbi.withHandle(
                handle -> handle.createQuery("select rest from story where id = :id and state = 'published'")
                        .bind("id", story)
                        .mapTo(String.class)
                        .one());
    }

    /** What stands beside a memo's text; for those who may read all of it. */
    public MemoNotes notes(long story, Answer.Open pass) {
        return jdbi.withHandle(handle -> notes(handle, story, pass));
    }

    /** As {@link #notes(long, Answer.Open)}, within the caller's transaction. */
    public static MemoNotes notes(Handle handle, long story, Answer.Open pass) {
        return handle.createQuery("""
                        select array(select jsonb_array_elements_text(coalesce(details -> 'key_points', '[]'))) as key_points,
                               array(select jsonb_array_elements_text(coalesce(details -> 'watch', '[]'))) as watch,
                               nullif(details ->> 'confidence', '') as confidence, details ->> 'confidence_why' as confidence_why,
                               array(select jsonb_array_elements_text(coalesce(details -> 'sources', '[]'))) as sources
                        from story where id = :id and state = 'published'
                        """).bind("id", story).mapTo(MemoNotes.class).one();
    }

    /** What a report's cover says to everyone. Chapters and tables are counted over the whole text, and told as numbers only. */
    public ReportCover cover(long story) {
        return jdbi.withHandle(handle -> handle.createQuery("""
                        select coalesce(details ->> 'subtitle', '') as subtitle,
                               coalesce(details ->> 'cover_caption', '') as caption,
                               coalesce(details ->> 'cover_credit', '') as credit,
                               regexp_count(opening || rest, '<section id=') as chapters,
                               regexp_count(opening || rest, '<table') as tables
                        from story where id = :id and state = 'published'
                        """)
                .bind("id", story)
                .mapTo(ReportCover.class)
                .one());
    }

    /** The months in which something was published, newest first, with how much. */
    public List<Month> months(java.time.ZoneId zone) {
        return jdbi.withHandle(handle -> handle.createQuery("""
                        select extract(year from month)::int as year, extract(month from month)::int as month, stories from (
                          select date_trunc('month', published_at at time zone :zone) as month, count(*)::int as stories
                          from story where state = 'published' and kind <> 'page' group by 1) months
                        order by months.month desc
                        """)
                .bind("zone", zone.getId())
                .mapTo(Month.class)
                .list());
    }

    public record Month(int year, int month, int stories) {}

    /** Every published address, pages among them, newest first. */
    public List<Address> addresses(int most) {
        return jdbi.withHandle(handle ->
                handle.createQuery("""
                        select s.slug, s.updated_at, p.name as picture
                        from story s left join picture p on p.id = s.picture_id
                        where s.state = 'published' order by s.published_at desc, s.id desc limit :most
                        """).bind("most", most).mapTo(Address.class).list());
    }

    /** The addresses of what was published from the first instant up to, not including, the second; newest first. */
    public List<Address> addresses(Instant from, Instant until, int most) {
        return jdbi.withHandle(handle -> handle.createQuery("""
                        select s.slug, s.updated_at, p.name as picture
                        from story s left join picture p on p.id = s.picture_id
                        where s.state = 'published' and s.published_at >= :from and s.published_at < :until
                        order by s.published_at desc, s.id desc limit :most
                        """)
                .bind("from", from)
                .bind("until", until)
                .bind("most", most)
                .mapTo(Address.class)
                .list());
    }

    /** @param picture the name of the picture that stands over it */
    public record Address(String slug, Instant updatedAt, Optional<String> picture) {}

    /** Whether what was once published at this address has been taken back. */
    public boolean isWithdrawn(String slug) {
        return jdbi.withHandle(handle ->
                handle.createQuery("""
                        select exists (select from story where slug = :slug and state = 'withdrawn')
                            or exists (select from former_slug f join story s on s.id = f.story_id
                                       where f.slug = :slug and s.state = 'withdrawn')
                        """).bind("slug", slug).mapTo(Boolean.class).one());
    }

    /** Where a story went whose address was changed. */
    public Optional<String> movedTo(String formerSlug) {
        return jdbi.withHandle(handle -> handle.createQuery("""
                        select s.slug from former_slug f join story s on s.id = f.story_id
                        where f.slug = :slug and s.state = 'published'
                        """)
                .bind("slug", formerSlug)
                .mapTo(String.class)
                .findOne());
    }
}
