package press.masthead.tagging;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import press.masthead.desk.FormerSlugs;
import press.masthead.desk.Slug;

/** The newsroom's own list of whom and what its stories name. */
public final class Entities {
    private static final String ENTITY = """
            select e.id, e.kind, e.slug, e.name, e.description, e.retired_at is not null as retired,
                   array(select a.alias from entity_alias a where a.entity_id = e.id and a.alias <> e.name order by a.alias) as aliases
            from entity e where e.merged_into is null
            """;

    private static final int MOST_WORDS = 20;
    /** Letters of what is looked for; PostgreSQL takes no word of more than 2,046 bytes. */
    private static final int LONGEST = 200;

    private final Jdbi jdbi;

    public Entities(Jdbi jdbi) {
        this.jdbi = jdbi;
    }

    /** Also a retired one, whose page stays. */
    public Optional<Entity> bySlug(String slug) {
        return jdbi.withHandle(handle -> handle.createQuery(ENTITY + " and e.slug = :slug")
                .bind("slug", slug)
                .mapTo(Entity.class)
                .findOne());
    }

    /** Where one went that was merged, or that got another address. */
    public Optional<String> movedTo(String slug) {
        return jdbi.withHandle(handle ->
                handle.createQuery("""
                        select m.slug from entity e join entity m on m.id = coalesce(e.merged_into, e.id)
                        where e.id = coalesce(
                          (select id from entity where slug = :slug),
                          (select subject_id from former_subject_slug where kind = 'entity' and slug = :slug))
                        """).bind("slug", slug).mapTo(String.class).findOne());
    }

    /** Pages of those that a published story names, for search engines. */
    public List<String> paths(int most) {
        return jdbi.withHandle(handle ->
                handle.createQuery("""
                        select '/who/' || e.slug || '/' from entity e
                        where e.merged_into is null
                          and exists (select from story_entity se where se.entity_id = e.id and se.published_at is not null)
                        order by e.slug limit :most
                        """).bind("most", most).mapTo(String.class).list());
    }

    Optional<Entity> byId(long id) {
        return jdbi.withHandle(handle -> handle.createQuery(ENTITY + " and e.id = :id")
                .bind("id", id)
                .mapTo(Entity.class)
                .findOne());
    }

    /** By name, those with a name or an alias that has all these words, each at least begun; the retired at the end. */
    List<Entity> named(String words, int most, int skip) {
        String asked = asked(words);
        return jdbi.withHandle(handle -> handle.createQuery(asked.isEmpty() ? ALL : NAMED)
                .bind("asked", asked)
                .bind("most", most)
                .bind("skip", skip)
                .mapTo(Entity.class)
                .list());
    }

    /** As PostgreSQL asks for it; empty where no word was typed. */
    static String asked(String words) {
        return Stream.of(Names.folded(words.substring(0, Math.min(LONGEST, words.length())))
                        .split("[ \\-\u2011]+"))
                .filter(word -> !word.isEmpty())
                .limit(MOST_WORDS)
                .map(word -> withoutArticle(word)
                        .map(bare -> "(" + begun(word) + " | " + begun(bare) + ")")
                        .orElseGet(() -> begun(word)))
                .collect(Collectors.joining(" & "));
    }

    private static Optional<String> withoutArticle(String word) {
        return Stream.of("ال", "ה")
                .filter(article -> word.startsWith(article) && word.length() > article.length() + 1)
                .map(article -> word.substring(article.length()))
                .findFirst();
    }

    private static String begun(String word) {
        return "'" + word.replace("\\", "\\\\").replace("'", "''") + "':*";
    }

    static final String ALL = ENTITY + """
             order by e.retired_at is not null, e.name, e.id limit :most offset :skip
            """;

    static final String NAMED = ENTITY + """
             and e.id in (select a.entity_id from entity_alias a where entity_words(a.folded) @@ :asked::tsquery)
            order by e.retired_at is not null, e.name, e.id limit :most offset :skip
            """;

    /** Those of whom this is the name or another one. */
    List<Entity> called(String name) {
        return jdbi.withHandle(handle -> handle.createQuery(ENTITY + """
                         and e.id in (select a.entity_id from entity_alias a where a.folded = :folded)
                        order by e.id limit 50
                        """)
                .bind("folded", Names.folded(name))
                .mapTo(Entity.class)
                .list());
    }

    /** Everything that may be suggested, retired ones left out. */
    List<Entity> suggested() {
        return jdbi.withHandle(handle -> handle.createQuery(ENTITY + " and e.retired_at is null")
                .mapTo(Entity.class)
                .list());
    }

    long edition() {
        return jdbi.withHandle(handle -> handle.createQuery("select edition from entity_edition")
                .mapTo(Long.class)
                .one());
    }

    /** How many stories name it, published or not. */
    int stories(long id) {
        return jdbi.withHandle(handle -> handle.createQuery("select count(*) from story_entity where entity_id = :id")
                .bind("id", id)
                .mapTo(Integer.class)
                .one());
    }

    /** Others that go by this name too. */
    List<String> alsoCalled(Entity entity) {
        return jdbi.withHandle(handle -> handle.createQuery(ALSO_CALLED)
                .bind("id", entity.id())
                .mapTo(String.class)
                .list());
    }

    static final String ALSO_CALLED = """
            select distinct o.name from entity_alias mine
            join entity_alias a on a.folded = mine.folded and a.entity_id <> mine.entity_id
            join entity o on o.id = a.entity_id and o.merged_into is null
            where mine.entity_id = :id order by o.name
            """;

    /** Its number and address are given to it here, whatever it brings. Returns its number. */
    public long add(Handle handle, Entity entity) {
        long id = handle.createQuery("""
                        insert into entity (kind, slug, name, description) values (:kind, :slug, :name, :description) returning id
                        """)
                .bind("kind", entity.kind())
                .bind("slug", free(handle, Slug.of(entity.name())))
                .bind("name", entity.name())
                .bind("description", entity.description())
                .mapTo(Long.class)
                .one();
        aliases(handle, id, entity);
        return id;
    }

    private static String free(Handle handle, String slug) {
        String free = slug;
        for (int n = 2; taken(handle, free); n++) free = slug + "-" + n;
        return free;
    }

    private static boolean taken(Handle handle, String slug) {
        return handle.createQuery("""
                        select exists (select from entity where slug = :slug)
                          or exists (select from former_subject_slug where kind = 'entity' and slug = :slug)
                        """).bind("slug", slug).mapTo(Boolean.class).one();
    }

    /** Whether the address is another's, merged ones among them. */
    boolean isAnothers(String slug, long id) {
        return jdbi.withHandle(
                handle -> handle.createQuery("select exists (select from entity where slug = :slug and id <> :id)")
                        .bind("slug", slug)
                        .bind("id", id)
                        .mapTo(Boolean.class)
                        .one());
    }

    void change(Handle handle, Entity before, Entity entity) {
        move(handle, before, entity.slug());
        handle.createUpdate(
                        "update entity set kind = :kind, slug = :slug, name = :name, description = :description where id = :id")
                .bind("id", entity.id())
                .bind("slug", entity.slug())
                .bind("kind", entity.kind())
                .bind("name", entity.name())
                .bind("description", entity.description())
                .execute();
        aliases(handle, entity.id(), entity);
    }

    /** The old address leads to the new one, and what editors taught goes along. */
    private static void move(Handle handle, Entity before, String slug) {
        if (before.slug().equals(slug)) return;
        FormerSlugs.moved(handle, FormerSlugs.Kind.ENTITY, before.id(), before.slug(), slug);
        handle.createUpdate("""
                        with words as (delete from suggestion_word where kind = 'entity' and value = :now)
                        delete from suggestion_dismissed where kind = 'entity' and value = :now
                        """).bind("now", slug).execute();
        handle.createUpdate("""
                        with words as (update suggestion_word set value = :now where kind = 'entity' and value = :before)
                        update suggestion_dismissed set value = :now where kind = 'entity' and value = :before
                        """).bind("now", slug).bind("before", before.slug()).execute();
    }

    private void aliases(Handle handle, long id, Entity entity) {
        var aliases = new LinkedHashMap<String, String>();
        aliases.put(Names.folded(entity.name()), entity.name());
        for (String alias : entity.aliases()) aliases.putIfAbsent(Names.folded(alias), alias);
        aliases.remove("");
        handle.createUpdate("delete from entity_alias where entity_id = :id")
                .bind("id", id)
                .execute();
        handle.createUpdate("""
                        insert into entity_alias (entity_id, folded, alias) select :id, f, a from unnest(:folded, :aliases) as t (f, a)
                        """)
                .bind("id", id)
                .bindArray("folded", String.class, new ArrayList<>(aliases.keySet()))
                .bindArray("aliases", String.class, new ArrayList<>(aliases.values()))
                .execute();
        changed(handle);
    }

    void retire(Handle handle, long id, boolean retired) {
        handle.createUpdate("update entity set retired_at = case when :retired then now() end where id = :id")
                .bind("id", id)
                .bind("retired", retired)
                .execute();
        changed(handle);
    }

    /** Its names and stories go to the other, and so does whoever comes to its page. */
    void merge(Handle handle, long id, long into) {
        handle.createUpdate("""
                        insert into entity_alias (entity_id, folded, alias)
                        select :into, folded, alias from entity_alias where entity_id = :id on conflict do nothing
                        """).bind("id", id).bind("into", into).execute();
        handle.createUpdate("""
                        insert into story_entity (story_id, entity_id, published_at)
                        select story_id, :into, published_at from story_entity where entity_id = :id on conflict do nothing
                        """).bind("id", id).bind("into", into).execute();
        handle.createUpdate("delete from story_entity where entity_id = :id")
                .bind("id", id)
                .execute();
        handle.createUpdate("delete from entity_alias where entity_id = :id")
                .bind("id", id)
                .execute();
        handle.createUpdate("update entity set merged_into = :into where id = :id or merged_into = :id")
                .bind("id", id)
                .bind("into", into)
                .execute();
        changed(handle);
    }

    /** Tells every node: those that look for names, and those that keep pages. */
    private static void changed(Handle handle) {
        handle.execute("update entity_edition set edition = edition + 1");
        handle.execute("select pg_notify('settings', '')");
    }
}
