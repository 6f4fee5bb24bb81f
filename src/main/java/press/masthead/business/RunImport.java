package press.masthead.business;

import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Consumer;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.statement.Update;
import press.masthead.platform.web.Problem;

/**
 * Makes members of the lines that were read, in parts of some thousands, each in a transaction of its own and by two hands at once:
 * run again after it was stopped, or on another node, it goes on with the parts that are left. Nobody gets a letter, no free days are
 * used up, and who is a member already stays as they are.
 */
final class RunImport {
    static final String MEMBER_ALREADY = "Is a member already and stays as they are.";
    private static final int LINES = 10_000;
    private static final int HANDS = 2;

    private final Jdbi jdbi;
    private final Clock clock;

    RunImport(Jdbi jdbi, Clock clock) {
        this.jdbi = jdbi;
        this.clock = clock;
    }

    /**
     * Has the lines taken in; {@link #run} does it. An import that is under way or done stays as it is.
     *
     * @throws Problem where there is none, or its file is not read yet
     */
    void begin(long id) {
        jdbi.useTransaction(handle -> {
            String state = handle.createQuery("select state from member_import where id = :id for update")
                    .bind("id", id)
                    .mapTo(String.class)
                    .findOne()
                    .orElseThrow(() -> Problem.notFound("There is no import " + id + "."));
            if (state.equals("waiting") || state.equals("reading"))
                throw Problem.stale("The file is not read yet. Look at what stands in it first.");
            if (!state.equals("read")) return;
            handle.createUpdate("""
                            insert into member_import_part (import_id, from_line, to_line)
                            select id, n, n + :lines from member_import, generate_series(0, last_line - 1, :lines) n where id = :id
                            """).bind("lines", LINES).bind("id", id).execute();
            handle.execute("update member_import set state = 'running' where id = ?", id);
            handle.execute("delete from member_import_file where import_id = ?", id);
        });
    }

    /** @param progress is told after each part how many lines are done; by one thread at a time */
    void run(long id, Consumer<Integer> progress) {
        do {
            try (var hands = Executors.newVirtualThreadPerTaskExecutor()) {
                var done = new ArrayList<Future<?>>();
                for (int i = 0; i < HANDS; i++) done.add(hands.submit(() -> takeParts(id, progress)));
                for (Future<?> one : done) one.get();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                return;
            } catch (ExecutionException e) {
                throw new IllegalStateException("import " + id + " stopped; it goes on where it is", e.getCause());
            }
        } while (!jdbi.inTransaction(handle -> finish(handle, id)));
    }

    private void takeParts(long id, Consumer<Integer> progress) {
        while (jdbi.inTransaction(handle -> takePart(handle, id)))
            synchronized (this) {
                progress.accept(done(id));
            }
    }

    private int done(long id) {
        return jdbi.withHandle(handle ->
                handle.createQuery("""
                        select coalesce(sum(least(p.to_line, i.last_line) - p.from_line) filter (where p.done), 0)
                        from member_import_part p join member_import i on i.id = p.import_id where i.id = :id
                        """).bind("id", id).mapTo(Integer.class).one());
    }

    private record Part(int fromLine, int toLine) {}

    private boolean takePart(Handle handle, long id) {
        Optional<Part> part =
                handle.createQuery("""
                        select p.from_line, p.to_line from member_import_part p join member_import i on i.id = p.import_id
                        where i.id = :id and i.state = 'running' and not p.done order by p.from_line limit 1 for update of p skip locked
                        """).bind("id", id).mapTo(Part.class).findOne();
        part.ifPresent(found -> {
            take(handle, id, found.fromLine(), found.toLine());
            handle.execute(
                    "update member_import_part set done = true where import_id = ? and from_line = ?",
                    id,
                    found.fromLine());
        });
        return part.isPresent();
    }

    private void take(Handle handle, long id, int from, int to) {
        handle.execute("create temporary table came (line int, reader_id bigint, made boolean) on commit drop");
        lines(handle, NEW_READERS, id, from, to).bind("now", clock.instant()).execute();
        if (lines(handle, KNOWN_READERS, id, from, to).execute() > 0)
            // One who joins at this moment has the row locked or has a membership: either way they stay as they are.
            handle.execute(
                    "select 1 from reader where id in (select reader_id from came where not made) order by id for no key update");
        handle.execute("analyze came");
        lines(handle, MEMBERS, id, from, to).bind("now", clock.instant()).execute();
        lines(handle, NEWSLETTERS, id, from, to).bind("now", clock.instant()).execute();
    }

    private static Update lines(Handle handle, String sql, long id, int from, int to) {
        return handle.createUpdate(sql).bind("id", id).bind("from", from).bind("to", to);
    }

    /** Whoever has an address that the newsroom names as a member's gets letters there: it vouches for it. */
    private static final String NEW_READERS = """
            with made as (
              insert into reader (email, email_key, name, created_at, confirmed_at)
              select text, email_key, name, :now, :now from member_import_line
              where import_id = :id and line > :from and line <= :to and problem is null
              on conflict (email_key) do nothing returning id, email_key)
            insert into came
            select l.line, made.id, true from made join member_import_line l using (email_key)
            where l.import_id = :id and l.line > :from and l.line <= :to and l.problem is null
            """;

    private static final String KNOWN_READERS = """
            insert into came
            select l.line, r.id, false from member_import_line l join reader r using (email_key)
            where l.import_id = :id and l.line > :from and l.line <= :to and l.problem is null
              and l.line not in (select line from came)
            """;

    private static final String MEMBERS = """
            with added as (
              insert into membership (reader_id, price_id, payment, started_at, until, source, anchored_at, period_from)
              select c.reader_id, l.price_id, l.payment, l.joined_at, l.until, l.source, l.until, l.joined_at
              from came c join member_import_line l on l.import_id = :id and l.line = c.line
              where l.line > :from and l.line <= :to
              order by l.joined_at
              on conflict (reader_id) where ended_at is null do nothing returning id, reader_id, payment),
            told as (
              insert into membership_event (membership_id, what, cause, by, note, at)
              select a.id, case a.payment when 'complimentary' then 'given' else 'started' end, 'import', i.by,
                     'Import ' || i.id || ', line ' || c.line, :now
              from added a join came c using (reader_id), member_import i where i.id = :id)
            insert into member_import_taken (import_id, line, reader_id, membership_id, made_reader)
            select :id, c.line, c.reader_id, a.id, c.made from added a join came c using (reader_id)
            """;

    private static final String NEWSLETTERS = """
            with joined as (
              insert into subscription (newsletter_id, reader_id, since, source)
              select n.id, t.reader_id, :now, 'import'
              from member_import_line l join member_import_taken t using (import_id, line), unnest(l.newsletters) n (id)
              where l.import_id = :id and l.line > :from and l.line <= :to and l.newsletters <> '{}'
              on conflict do nothing returning newsletter_id, reader_id)
            insert into subscription_event (newsletter_id, reader_id, what, cause, at)
            select newsletter_id, reader_id, 'joined', 'import', :now from joined
            """;

    /** Whether nothing is left. Another node that is still at a part is waited for; if it died, the part is here again. */
    private boolean finish(Handle handle, long id) {
        String state = handle.createQuery("select state from member_import where id = :id for update")
                .bind("id", id)
                .mapTo(String.class)
                .one();
        if (!state.equals("running")) return true;
        List<Integer> left = handle.createQuery(
                        "select from_line from member_import_part where import_id = :id and not done order by from_line for update")
                .bind("id", id)
                .mapTo(Integer.class)
                .list();
        if (!left.isEmpty()) return false;
        handle.createUpdate("""
                        update member_import_line l set problem = :words
                        where l.import_id = :id and l.problem is null
                          and not exists (select from member_import_taken t where t.import_id = l.import_id and t.line = l.line)
                        """).bind("id", id).bind("words", MEMBER_ALREADY).execute();
        handle.createUpdate("""
                        update member_import i set state = 'done', done_at = :now,
                          members = (select count(*) from member_import_taken t where t.import_id = i.id),
                          already = (select count(*) from member_import_line l where l.import_id = i.id and l.problem = :words)
                        where i.id = :id
                        """)
                .bind("now", clock.instant())
                .bind("words", MEMBER_ALREADY)
                .bind("id", id)
                .execute();
        handle.execute("delete from member_import_part where import_id = ?", id);
        return true;
    }
}
