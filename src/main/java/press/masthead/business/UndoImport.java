package press.masthead.business;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import press.masthead.platform.web.Problem;

/**
 * Takes an import back within a day, some thousands in each transaction. Who has done anything since (paid, changed, cancelled)
 * stays. Who came with the file and was never here themselves goes again, with all that was noted of them.
 */
final class UndoImport {
    static final Duration WITHIN = Duration.ofDays(1);
    private static final int AT_ONCE = 5_000;

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

    /** Goes on until it is done. */
    void run(long id) {
        while (jdbi.inTransaction(handle -> step(handle, id)))
            ;
    }

    private static Optional<Stand> stand(Handle handle, long id) {
        return handle.createQuery(
                        "select state, coalesce(done_at, at) as at from member_import where id = :id for update")
                .bind("id", id)
                .mapTo(Stand.class)
                .findOne();
    }

    private boolean step(Handle handle, long id) {
        if (stand(handle, id).filter(stand -> stand.state().equals("undoing")).isEmpty()) return false;
        // Whoever does something at this moment is waited for, and then stays.
        handle.createUpdate("""
                        with held as (
                          select id from reader where id in (
                            select reader_id from member_import_taken where import_id = :id and not kept order by line limit :most)
                          order by id for no key update)
                        select count(*) from held
                        """).bind("id", id).bind("most", AT_ONCE).execute();
        int lines =
                handle.createUpdate("""
                        create temporary table undone on commit drop as
                        select t.line, t.membership_id as id, t.reader_id, t.made_reader,
                               exists (select from membership_event e where e.membership_id = t.membership_id and e.cause <> 'import')
                               or exists (select from invoice i where i.membership_id = t.membership_id)
                               or exists (select from ledger_entry e where e.membership_id = t.membership_id)
                               or exists (select from offer_use u where u.membership_id = t.membership_id) as kept
                        from (select * from member_import_taken where import_id = :id and not kept order by line limit :most) t
                        """).bind("id", id).bind("most", AT_ONCE).execute();
        handle.execute("create index on undone (line)");
        handle.execute("analyze undone");
        if (lines == 0) {
            handle.execute("update member_import set state = 'undone' where id = ?", id);
            return false;
        }
        handle.execute("""
                update member_import_taken t set kept = true from undone u
                where u.kept and t.import_id = ? and t.line = u.line
                """, id);
        handle.execute("delete from undone where kept");
        Movements.takeAway(handle, "undone");
        handle.execute("delete from membership m using undone u where m.id = u.id");
        leaveNewsletters(handle, id);
        // What they read of the file goes too, as nobody here is meant by it any more.
        for (String table : new String[] {"member_import_line", "member_import_taken"})
            handle.execute("delete from " + table + " l using undone u where l.import_id = ? and l.line = u.line", id);
        forgetReaders(handle);
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
                delete from undone u where not u.made_reader
                  or exists (select from session s where s.reader_id = u.reader_id)
                  or exists (select from device d where d.reader_id = u.reader_id)
                  or exists (select from consent c where c.reader_id = u.reader_id)
                  or exists (select from staff s where s.reader_id = u.reader_id)
                  or exists (select from subscription s where s.reader_id = u.reader_id)
                  or exists (select from membership m where m.reader_id = u.reader_id)
                  or exists (select from seat s where s.reader_id = u.reader_id)
                  or exists (select from team_manager t where t.reader_id = u.reader_id)
                """);
        handle.execute("delete from subscription_event e using undone u where e.reader_id = u.reader_id");
        handle.execute("delete from reader r using undone u where r.id = u.reader_id");
    }
}
