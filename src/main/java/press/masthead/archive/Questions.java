package press.masthead.archive;

import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;

/** What members asked, and what answers are made of. */
final class Questions {
    private static final String COLUMNS = """
            select q.id, q.reader_id, q.thread_id, q.asked, q.meant, q.language, q.at, q.answered, q.near, q.by_model, q.helpful, q.note,
                   q.saved_at, q.shared_team, coalesce(t.name, '') as team_name, coalesce(nullif(btrim(r.name), ''), r.email) as asker
            from archive_question q join reader r on r.id = q.reader_id left join team t on t.id = q.shared_team
            """;

    private final Jdbi jdbi;
    private final Clock clock;

    Questions(Jdbi jdbi, Clock clock) {
        this.jdbi = jdbi;
        this.clock = clock;
    }

    /** A sentence of an answer and one of the places that say it. */
    record Quoted(int sentence, int place, String said, long storyId, String quote) {}

    /** @param byModel whether a large model worded it */
    record Outcome(List<Quoted> quotes, List<Long> near, boolean byModel) {}

    /**
     * Keeps a question with its answer.
     *
     * @param after the question that it follows; none for the first
     */
    Asked add(long reader, Optional<Asked> after, String asked, String meant, String language, Outcome outcome) {
        return jdbi.inTransaction(handle -> {
            long id = handle.createQuery("""
                            insert into archive_question (reader_id, thread_id, asked, meant, language, at, answered, near, by_model)
                            values (:reader, coalesce(:thread, currval(pg_get_serial_sequence('archive_question', 'id'))), :asked, :meant,
                                    :language, :now, :answered, :near, :by_model) returning id
                            """)
                    .bind("reader", reader)
                    .bind("thread", after.map(Asked::threadId).orElse(null))
                    .bind("asked", asked)
                    .bind("meant", meant)
                    .bind("language", language)
                    .bind("now", clock.instant())
                    .bind("answered", !outcome.quotes().isEmpty())
                    .bindArray("near", Long.class, outcome.near())
                    .bind("by_model", outcome.byModel())
                    .mapTo(Long.class)
                    .one();
            write(handle, id, outcome.quotes());
            return find(handle, id).orElseThrow();
        });
    }

    private static void write(Handle handle, long id, List<Quoted> quotes) {
        if (quotes.isEmpty()) return;
        var batch = handle.prepareBatch("""
                insert into archive_quote (question_id, sentence, place, said, story_id, quote)
                values (:id, :sentence, :place, :said, :story, :quote)
                """);
        for (Quoted one : quotes)
            batch.bind("id", id)
                    .bind("sentence", one.sentence())
                    .bind("place", one.place())
                    .bind("said", one.said())
                    .bind("story", one.storyId())
                    .bind("quote", one.quote())
                    .add();
        batch.execute();
    }

    private static Optional<Asked> find(Handle handle, long id) {
        return handle.createQuery(COLUMNS + "where q.id = :id")
                .bind("id", id)
                .mapTo(Asked.class)
                .findOne();
    }

    Optional<Asked> find(long id) {
        return jdbi.withHandle(handle -> find(handle, id));
    }

    /** A conversation, in its order. */
    List<Asked> thread(long thread, long reader) {
        return jdbi.withHandle(handle -> handle.createQuery(
                        COLUMNS + "where q.thread_id = :thread and q.reader_id = :reader order by q.id")
                .bind("thread", thread)
                .bind("reader", reader)
                .mapTo(Asked.class)
                .list());
    }

    /** This member's own, the newest first. */
    List<Asked> of(long reader, boolean savedAlone, int most) {
        return jdbi.withHandle(handle -> handle.createQuery(COLUMNS + """
                        where q.reader_id = :reader and (not :saved or q.saved_at is not null) order by q.id desc limit :most
                        """)
                .bind("reader", reader)
                .bind("saved", savedAlone)
                .bind("most", most)
                .mapTo(Asked.class)
                .list());
    }

    /** What others shared with these teams, the newest first. */
    List<Asked> sharedWith(List<Long> teams, long reader, int most) {
        if (teams.isEmpty()) return List.of();
        return jdbi.withHandle(handle -> handle.createQuery(COLUMNS + """
                        where q.shared_team = any(:teams) and q.reader_id <> :reader order by q.shared_at desc limit :most
                        """)
                .bindArray("teams", Long.class, teams)
                .bind("reader", reader)
                .bind("most", most)
                .mapTo(Asked.class)
                .list());
    }

    List<Quoted> quotes(long id) {
        return jdbi.withHandle(handle ->
                handle.createQuery("""
                        select sentence, place, said, story_id, quote from archive_quote where question_id = :id order by sentence, place
                        """).bind("id", id).mapTo(Quoted.class).list());
    }

    void judge(long id, boolean helpful, String note) {
        jdbi.useHandle(handle -> handle.createUpdate(
                        "update archive_question set helpful = :helpful, note = :note where id = :id")
                .bind("helpful", helpful)
                .bind("note", note)
                .bind("id", id)
                .execute());
    }

    void save(long id, boolean saved) {
        jdbi.useHandle(handle -> handle.createUpdate("update archive_question set saved_at = :at where id = :id")
                .bind("at", saved ? clock.instant() : null)
                .bind("id", id)
                .execute());
    }

    void share(long id, Optional<Long> team) {
        jdbi.useHandle(handle -> handle.createUpdate(
                        "update archive_question set shared_team = :team, shared_at = :at where id = :id")
                .bind("team", team.orElse(null))
                .bind("at", clock.instant())
                .bind("id", id)
                .execute());
    }

    void delete(long id) {
        jdbi.useHandle(handle -> handle.execute("delete from archive_question where id = ?", id));
    }

    void deleteAll(long reader) {
        jdbi.useHandle(handle -> handle.execute("delete from archive_question where reader_id = ?", reader));
    }

    /** @param asked in the words of whoever asked last; by whom is not told */
    record Unanswered(String words, String asked, long times, Instant last) {}

    /** What was asked since and not found, what was asked most first; without what an editor has looked at since. */
    List<Unanswered> unanswered(Instant since, int most) {
        return jdbi.withHandle(handle -> handle.createQuery("""
                        select lower(q.meant) as words, (array_agg(q.meant order by q.id desc))[1] as asked,
                               count(distinct q.reader_id) as times, max(q.at) as last
                        from (select * from archive_question where not answered and at > :since order by at desc limit 5000) q
                        left join archive_settled s on s.words = lower(q.meant)
                        where s.at is null or q.at > s.at
                        group by lower(q.meant) order by times desc, last desc limit :most
                        """)
                .bind("since", since)
                .bind("most", most)
                .mapTo(Unanswered.class)
                .list());
    }

    void settle(String words) {
        jdbi.useHandle(handle -> handle.createUpdate("""
                        insert into archive_settled (words, at) values (lower(:words), :now) on conflict (words) do update set at = excluded.at
                        """)
                .bind("words", words)
                .bind("now", clock.instant())
                .execute());
    }

    record Said(String asked, boolean answered, boolean helpful, String note, Instant at) {}

    /** What askers said of answers, the newest first. */
    List<Said> said(int most) {
        return jdbi.withHandle(handle ->
                handle.createQuery("""
                        select meant as asked, answered, helpful, note, at from archive_question where helpful is not null
                        order by at desc limit :most
                        """).bind("most", most).mapTo(Said.class).list());
    }

    record Month(LocalDate month, long asked, long answered, long helpful, long unhelpful) {}

    /** The last months, the newest first. */
    List<Month> months(Instant since, String zone) {
        return jdbi.withHandle(handle -> handle.createQuery("""
                        select date_trunc('month', at at time zone :zone)::date as month, count(*) as asked,
                               count(*) filter (where answered) as answered, count(*) filter (where helpful) as helpful,
                               count(*) filter (where not helpful) as unhelpful
                        from archive_question where at > :since group by 1 order by 1 desc
                        """)
                .bind("zone", zone)
                .bind("since", since)
                .mapTo(Month.class)
                .list());
    }
}
