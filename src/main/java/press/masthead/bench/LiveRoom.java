package press.masthead.bench;

import java.util.List;
import java.util.stream.Stream;
import org.jdbi.v3.core.Jdbi;
import press.masthead.platform.web.Secret;

/**
 * A session for members, some questions in it, and the sessions of those who come.
 *
 * @param editor what an editor's cookie holds
 * @param viewers what each member's cookie holds
 * @param story the path of one that everyone may read
 */
record LiveRoom(long session, String editor, List<String> viewers, String story) {
    static LiveRoom fill(Jdbi jdbi, int viewers) {
        List<Secret> secrets =
                Stream.generate(Secret::fresh).limit(viewers + 1L).toList();
        long session = jdbi.inTransaction(handle -> {
            handle.execute("""
                    insert into reader (email, email_key, name, created_at, confirmed_at)
                    select e, e, 'Viewer ' || n, now(), now() from (
                      select 'viewer' || n || '@bench.example' as e, n from generate_series(0, ?) n) all_of_them
                    """, viewers);
            handle.execute("""
                    insert into membership (reader_id, price_id, payment, started_at, until, anchored_at, period_from, period_value)
                    select id, (select min(id) from price), 'complimentary', now() - interval '1 day', now() + interval '800 days', now(), now(), 0
                    from reader where email like 'viewer%@bench.example'
                    """);
            handle.execute(
                    "insert into staff (reader_id, role) select id, 'editor' from reader where email = 'viewer0@bench.example'");
            var batch = handle.prepareBatch("""
                    insert into session (token_hash, reader_id, created_at, seen_at, expires_at)
                    select :hash, id, now(), now(), now() + interval '1 day' from reader where email = :email
                    """);
            for (int n = 0; n <= viewers; n++)
                batch.bind("hash", secrets.get(n).hash())
                        .bind("email", "viewer" + n + "@bench.example")
                        .add();
            batch.execute();
            long id = handle.createQuery("""
                            insert into live_session (slug, title, starts_at, zone, access, state, created_at)
                            values ('bench', 'Ask the bench', now(), 'Europe/Zurich', 'member', 'announced', now()) returning id
                            """).mapTo(Long.class).one();
            handle.execute("""
                    insert into live_question (session_id, reader_id, body, state, votes, asked_at)
                    select ?, id, 'What does the winter bring to region ' || id || '?', 'open', id % 40, now() from reader
                    where email like 'viewer1__@bench.example' limit 40
                    """, id);
            return id;
        });
        jdbi.useHandle(handle -> handle.execute("analyze"));
        List<String> cookies = secrets.stream().map(Secret::reveal).toList();
        String story = jdbi.withHandle(
                handle -> handle.createQuery("""
                select '/' || slug || '/' from story where kind = 'article' and state = 'published' and access = 'public' order by id limit 1
                """).mapTo(String.class).one());
        return new LiveRoom(session, cookies.getFirst(), cookies.subList(1, cookies.size()), story);
    }
}
