package press.masthead.business;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Consumer;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import press.masthead.platform.web.Problem;

/**
 * Takes an import back within a day, some thousands in each transaction and by two hands at once. Who has done anything since (paid, changed, cancelled)
 * stays. Who came with the file and was never here themselves goes again, with all that was noted of them.
 */
final class UndoImport {
    static final Duration WITHIN = Duration.ofDays(1);
    private static final int AT_ONCE = 5_000;
    private static final int HANDS = 2;

    private final Jdbi jdbi;
    private final Clock clock;

    UndoImport(Jdbi jdbi, Clock clock) {
        this.jdbi = jdbi;
        this.clock = clock;
    }

    private record Stand(String state, Instant at) {}

    /**
     * Has it taken back; {@link #run} does it.
     *
     * @throws Problem when its day is over, or it was never run
     */
    void begin(long id) {
        jdbi.useTransaction(handle -> {
            Stand stand = stand(handle, id).orElseThrow(() -> Problem.notFound("There is no import " + id + "."));
            switch (stand.state()) {
                case "undone", "undoing" -> throw Problem.stale("Import " + id + " was taken back already.");
                case "done" -> {}
                case "running" -> throw Problem.stale("Import " + id + " is under way; take it back once it is done.");
                default -> throw Problem.stale("Import " + id + " was only looked at; there is nothing to take back.");
            }
            if (stand.at().plus(WITHIN).isBefore(clock.instant()))
                throw Problem.stale("Import " + id + " is more than a day old and can't be taken back any more.");
            handle.execute("update member_import set state = 'undoing' where id = ?", id);
        });
    }

    /**
     * Goes on until it is done.
     *
     * @param progress is told after each part how many members are done; by one thread at a time
     */
    void run(long id, Consumer<Integer> progress) {
        do {
            try (var hands = Executors.newVirtualThreadPerTaskExecutor()) {
                var parts = new ArrayList<Future<?>>();
                for (int i = 0; i < HANDS; i++) parts.add(hands.submit(() -> takeParts(id, progress)));
                for (Future<?> one : parts) one.get();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                return;
            } catch (ExecutionException e) {
                throw new IllegalStateException("taking back " + id + " stopped; it goes on where it is", e.getCause());
            }
        } while (!jdbi.inTransaction(handle -> finish(handle, id)));
    }

    private void takeParts(long id, Consumer<Integer> progress) {
        while (jdbi.inTransaction(handle -> step(handle, id)))
            synchronized (this) {
                progress.accept(done(id));
            }
    }

    private static boolean finish(Handle handle, long id) {
        return handle.createQuery("""
                        update member_import i set state = case when i.state = 'undoing' and not exists (
                          select from member_import_taken t where t.import_id = i.id and not t.kept) then 'undone' else i.state end
                        where i.id = :id returning i.state <> 'undoing'
                        """)
                .bind("id", id)
                .mapTo(Boolean.class)
                .findOne()
                .orElse(true);
    }

    private int done(long id) {
        return jdbi.withHandle(handle ->
                handle.createQuery("""
                        select members - (select count(*) from member_import_taken t where t.import_id = i.id and not t.kept)::int
                        from member_import i where i.id = :id
                        """).bind("id", id).mapTo(Integer.class).one());
    }

    private static Optional<Stand> stand(Handle handle, long id) {
        return handle.createQuery(
                        "select state, coalesce(done_at, at) as at from member_import where id = :id for update")
                .bind("id", id)
                .mapTo(Stand.class)
                .findOne();
    }

    private boolean step(Handle handle, long id) {
        int lines =
                handle.createUpdate("""
                        create temporary table undone on commit drop as
                        with part as materialized (
                          select t.line, t.membership_id as id, t.reader_id, t.made_reader, false as kept
                          from member_import_taken t join member_import i on i.id = t.import_id and i.state = 'undoing'
                          where t.import_id = :id and not t.kept order by t.line limit :most for update of t skip locked)
                        select * from part
                        """).bind("id", id).bind("most", AT_ONCE).execute();
        if (lines == 0) return false;
        handle.execute("create index on undone (line)");
        handle.execute("create index on undone (reader_id)");
        handle.execute("analyze undone");
        // Whoever does something at this moment is waited for, and then stays.
        handle.execute("""
                with held as (select id from reader where id in (select reader_id from undone) order by id for no key update)
                select count(*) from held
                """);
        handle.execute("""
                update undone u set kept = true
                where exists (select from membership_event e where e.membership_id = u.id and e.cause <> 'import')
                   or exists (select from invoice i where i.membership_id = u.id)
                   or exists (select from ledger_entry e where e.membership_id = u.id)
                   or exists (select from offer_use o where o.membership_id = u.id)
                """);
        handle.execute("""
                update member_import_taken t set kept = true from undone u
                where u.kept and t.import_id = ? and t.line = u.line
                """, id);
        handle.execute("delete from undone where kept");
        leaveNewsletters(handle, id);
        forgetReaders(handle);
        // The figures are one row for everybody and held to the end, so what takes longest is done before.
        Movements.takeAway(handle, "undone");
        handle.execute("delete from membership m using undone u where m.id = u.id");
        // What they read of the file goes too, as nobody here is meant by it any more.
        for (String table : new String[] {"member_import_line", "member_import_taken"})
            handle.execute("delete from " + table + " l using undone u where l.import_id = ? and l.line = u.line", id);
        return true;
    }

    private void leaveNewsletters(Handle handle, long id) {
        handle.createUpdate("""
                        with gone as (
                          delete from subscription s using undone u
                          where s.reader_id = u.reader_id and s.source = 'import'
                            and s.since >= (select at from member_import where id = :id)
                          returning s.newsletter_id, s.reader_id)
                        insert into subscription_event (newsletter_id, reader_id, what, cause, at)
                        select newsletter_id, reader_id, 'left', 'import', :now from gone
                        """).bind("id", id).bind("now", clock.instant()).execute();
    }

    private static void forgetReaders(Handle handle) {
        handle.execute("""
                create temporary table forgotten on commit drop as
                select u.reader_id from undone u where u.made_reader
                  and not exists (select from session s where s.reader_id = u.reader_id)
                  and not exists (select from device d where d.reader_id = u.reader_id)
                  and not exists (select from consent c where c.reader_id = u.reader_id)
                  and not exists (select from staff s where s.reader_id = u.reader_id)
                  and not exists (select from subscription s where s.reader_id = u.reader_id)
                  and not exists (select from membership m where m.reader_id = u.reader_id and m.id <> u.id)
                  and not exists (select from seat s where s.reader_id = u.reader_id)
                  and not exists (select from team_manager t where t.reader_id = u.reader_id)
                """);
        handle.execute("analyze forgotten");
        handle.execute("delete from subscription_event e using forgotten f where e.reader_id = f.reader_id");
        handle.execute("delete from reader r using forgotten f where r.id = f.reader_id");
    }
}
