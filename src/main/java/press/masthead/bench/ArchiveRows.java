package press.masthead.bench;

import java.io.IOException;
import java.io.StringReader;
import java.sql.SQLException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.HexFormat;
import java.util.SplittableRandom;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.IntStream;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.postgresql.PGConnection;
import press.masthead.search.Vectors;

/** An archive of made-up stories of every language, rule and length, copied into a database that no one else uses. */
final class ArchiveRows {
    private static final int CHUNK = 500;
    private static final long DAYS = 20 * 365;
    private static final String[] RULES = {"public", "public", "public", "public", "public", "sign_in", "member", "plan"
    };
    private static final String[] KINDS = {"article", "article", "article", "article", "memo", "report"};

    private final Jdbi jdbi;
    private final int stories;
    private final Instant now = Instant.now().truncatedTo(ChronoUnit.SECONDS);
    private final AtomicLong passages = new AtomicLong();

    ArchiveRows(Jdbi jdbi, int stories) {
        this.jdbi = jdbi;
        this.stories = stories;
    }

    /** How many passages all of them have. */
    long fill() {
        jdbi.useHandle(handle -> {
            // words that only the search without an index reads
            handle.execute("drop index story_words");
            handle.execute("alter table story alter column words_open drop expression");
            handle.execute(
                    "insert into author (slug, name) select 'author-' || n, 'Author ' || n from generate_series(0, 199) n");
            handle.execute(
                    "insert into topic (slug, name) select 'topic-' || n, 'Topic ' || n from generate_series(0, 39) n");
            handle.execute(
                    "insert into industry (slug, name) select 'industry-' || n, 'Industry ' || n from generate_series(0, 8) n");
        });
        IntStream.range(0, (stories + CHUNK - 1) / CHUNK).parallel().forEach(this::copy);
        jdbi.useHandle(handle -> {
            handle.execute("select setval(pg_get_serial_sequence('story', 'id'), ?)", (long) stories);
            file(handle, "author", "position", "min(listed.position)");
            file(handle, "topic", "position, published_at", "min(listed.position), min(s.published_at)");
            file(handle, "industry", "published_at", "min(s.published_at)");
            handle.execute("truncate story_unread, story_change");
            handle.execute("vacuum analyze story");
            handle.execute("vacuum analyze story_meaning");
        });
        return passages.get();
    }

    /** The links that the lists of a story were made of, whose triggers would make each list again. */
    private static void file(Handle handle, String kind, String columns, String values) {
        handle.execute("alter table story_%s disable trigger user".formatted(kind));
        handle.execute("""
                insert into story_%1$s (story_id, %1$s_id, %2$s)
                select s.id, k.id, %3$s from story s
                cross join unnest(s.%1$s_slugs) with ordinality listed (slug, position)
                join %1$s k on k.slug = listed.slug group by s.id, k.id
                """.formatted(kind, columns, values));
        handle.execute("alter table story_%s enable trigger user".formatted(kind));
    }

    private void copy(int chunk) {
        var rows = new StringBuilder();
        var meanings = new StringBuilder();
        for (int story = chunk * CHUNK + 1; story <= Math.min(stories, (chunk + 1) * CHUNK); story++)
            one(story, rows, meanings);
        jdbi.useTransaction(handle -> {
            try {
                var copy = handle.getConnection().unwrap(PGConnection.class).getCopyAPI();
                copy.copyIn("""
                        copy story (id, kind, slug, title, standfirst, language, access, plans, free_from, opening, rest, state, published_at, created_at,
                          updated_at, author_slugs, author_names, topic_slugs, topic_names, industry_slugs, industry_names, countries) from stdin
                        """, new StringReader(rows.toString()));
                copy.copyIn(
                        "copy story_meaning (story_id, model, digest, opening, rest) from stdin",
                        new StringReader(meanings.toString()));
            } catch (SQLException | IOException e) {
                throw new IllegalStateException(e);
            }
        });
    }

    private void one(int id, StringBuilder rows, StringBuilder meanings) {
        var random = new SplittableRandom(id);
        var text = ArchiveText.any(random);
        String rule = RULES[random.nextInt(RULES.length)];
        int length = 3 + random.nextInt(9);
        int open = rule.equals("public") ? length : Math.max(1, length / 3);
        Instant published = now.minus(random.nextLong(DAYS * 86_400), ChronoUnit.SECONDS);
        int industry = random.nextInt(9);
        int author = random.nextInt(200);
        int topic = random.nextInt(40);
        int second = (topic + 1 + random.nextInt(39)) % 40;
        boolean freed = !rule.equals("public") && random.nextInt(20) == 0;
        row(
                rows,
                id,
                KINDS[random.nextInt(KINDS.length)],
                "archive-" + id,
                text.headline(random, 6 + random.nextInt(6)),
                text.headline(random, 12 + random.nextInt(10)),
                text.tag,
                rule,
                rule.equals("plan") ? "{pro}" : "{}",
                freed ? now.plus(random.nextInt(60) - 30, ChronoUnit.DAYS) : "\\N",
                paragraphs(text, random, open),
                paragraphs(text, random, length - open),
                "published",
                published,
                published,
                published,
                "{author-" + author + "}",
                "{Author " + author + "}",
                "{topic-" + topic + ",topic-" + second + "}",
                "{Topic " + topic + ",Topic " + second + "}",
                "{industry-" + industry + "}",
                "{Industry " + industry + "}",
                "{" + (char) ('A' + random.nextInt(20)) + (char) ('A' + random.nextInt(4)) + "}");
        int subject = random.nextInt(Integer.MAX_VALUE);
        row(
                meanings,
                id,
                ArchiveMeaning.NAME,
                "\\\\x",
                directions(subject, random, open),
                directions(subject, random, length - open));
        passages.addAndGet(length);
    }

    private static String paragraphs(ArchiveText text, SplittableRandom random, int count) {
        var all = new StringBuilder();
        for (int i = 0; i < count; i++) text.paragraph(random, 90 + random.nextInt(60), all);
        return all.toString();
    }

    private static String directions(int subject, SplittableRandom random, int count) {
        var all = new StringBuilder("\\\\x");
        for (int i = 0; i < count; i++)
            all.append(HexFormat.of().formatHex(Vectors.bytes(ArchiveMeaning.about(subject, random))));
        return all.toString();
    }

    private static void row(StringBuilder into, Object... values) {
        for (int i = 0; i < values.length; i++) into.append(i == 0 ? "" : "\t").append(values[i]);
        into.append('\n');
    }
}
