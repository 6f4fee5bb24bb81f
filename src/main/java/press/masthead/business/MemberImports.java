package press.masthead.business;

import java.io.PrintWriter;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import press.masthead.charts.ChartTable;

/** The files of members that came, what stands in them and how far each is. */
final class MemberImports {
    /** The lines name people, so they are kept no longer than somebody looks at them. */
    private static final Duration KEPT = Duration.ofDays(30);
    /** A file that nobody goes on with. */
    private static final Duration LEFT_LYING = Duration.ofDays(1);

    private static final int NAME = 200;
    /** Rows of a file, the head row among them. */
    private static final int SHOWN = 4;

    private final Jdbi jdbi;
    private final Clock clock;

    MemberImports(Jdbi jdbi, Clock clock) {
        this.jdbi = jdbi;
        this.clock = clock;
    }

    /** @param by who of the staff; none for the operator */
    long add(Handle handle, String file, Optional<Long> by, String state) {
        return handle.createQuery(
                        "insert into member_import (at, by, file, state) values (:now, :by, :file, :state) returning id")
                .bind("now", clock.instant())
                .bind("by", by)
                .bind("file", file.length() > NAME ? file.substring(0, NAME) : file)
                .bind("state", state)
                .mapTo(Long.class)
                .one();
    }

    /** Keeps a file that someone handed over until they say which column is which. */
    long keep(String name, byte[] content, MemberFile file, long by) {
        return jdbi.inTransaction(handle -> {
            long id = add(handle, name, Optional.of(by), "waiting");
            handle.createUpdate("insert into member_import_file (import_id, content) values (:id, :content)")
                    .bind("id", id)
                    .bind("content", content)
                    .execute();
            handle.createUpdate("update member_import set beginning = :beginning where id = :id")
                    .bind("beginning", file.beginning(SHOWN))
                    .bind("id", id)
                    .execute();
            return id;
        });
    }

    /** Has the file read. Does nothing where it is gone or its members are being taken in. */
    boolean read(long id, List<String> columns) {
        return jdbi.inTransaction(handle -> {
            // In the order in which the desk shows them; the lines of an earlier reading go.
            boolean ready = handle.createUpdate("""
                            update member_import i set state = 'reading', trouble = '', columns = :columns
                            where i.id = :id and i.state in ('waiting', 'read')
                              and exists (select from member_import_file f where f.import_id = i.id)
                            """)
                            .bind("id", id)
                            .bindArray("columns", String.class, columns)
                            .execute()
                    == 1;
            if (ready) handle.execute("delete from member_import_line where import_id = ?", id);
            return ready;
        });
    }

    /**
     * An import as the desk shows it.
     *
     * @param who brought it; empty for the operator
     * @param columns {@code until=Paid to}
     * @param beginning a small table: the head row and the first members
     * @param done in hundredths of the way, while something is being done
     * @param kept who had done something before it was taken back
     */
    record One(
            long id,
            Instant at,
            String who,
            String file,
            List<String> columns,
            String state,
            String trouble,
            String beginning,
            int lines,
            int members,
            int already,
            int bad,
            int done,
            int kept,
            Optional<Instant> doneAt) {
        boolean isBusy() {
            return state.equals("reading") || state.equals("running") || state.equals("undoing");
        }

        int gone() {
            return members - kept;
        }

        /** What may be taken back, and until when. */
        Optional<Instant> undoUntil(Instant now) {
            return doneAt.filter(at -> state.equals("done") && members > 0)
                    .map(at -> at.plus(UndoImport.WITHIN))
                    .filter(until -> until.isAfter(now));
        }
    }

    private static final String ONE = """
            select i.id, i.at, coalesce(nullif(r.name, ''), r.email, '') as who, i.file, i.columns, i.state, i.trouble, i.beginning,
                   i.lines, i.members, i.already, i.bad, i.done_at,
                   case i.state
                     when 'running' then (select coalesce(100 * count(*) filter (where done) / nullif(count(*), 0), 0)
                                          from member_import_part p where p.import_id = i.id)
                     when 'undoing' then 100 - 100 * taken.open / greatest(i.members, 1) else 0 end::int as done,
                   coalesce(taken.kept, 0)::int as kept
            from member_import i left join reader r on r.id = i.by
            left join lateral (select count(*) filter (where not kept) as open, count(*) filter (where kept) as kept
                               from member_import_taken t where t.import_id = i.id and i.state in ('undoing', 'undone')) taken on true
            """;

    Optional<One> find(long id) {
        return jdbi.withHandle(handle -> handle.createQuery(ONE + " where i.id = :id")
                .bind("id", id)
                .mapTo(One.class)
                .findOne());
    }

    /** The latest, without those that were only begun. */
    List<One> latest() {
        return jdbi.withHandle(handle -> handle.createQuery(ONE + " order by i.id desc limit 20")
                .mapTo(One.class)
                .list());
    }

    /** A line that can't be taken. */
    record Bad(int line, String text, String problem) {}

    /** The first of them; who is a member already is none. */
    List<Bad> firstBad(long id) {
        return jdbi.withHandle(handle -> handle.createQuery("""
                        select line, text, problem from member_import_line
                        where import_id = :id and problem is not null and problem <> :words order by line limit 20
                        """)
                .bind("id", id)
                .bind("words", RunImport.MEMBER_ALREADY)
                .mapTo(Bad.class)
                .list());
    }

    ImportMembers.Report report(long id) {
        return jdbi.withHandle(handle -> handle.createQuery(
                        "select id, lines, last_line, members, already, bad from member_import where id = :id")
                .bind("id", id)
                .mapTo(ImportMembers.Report.class)
                .one());
    }

    String undone(long id) {
        record Undone(int members, int kept) {}
        Undone undone = jdbi.withHandle(handle ->
                handle.createQuery("""
                        select members, (select count(*) from member_import_taken t where t.import_id = i.id)::int as kept
                        from member_import i where id = :id
                        """).bind("id", id).mapTo(Undone.class).one());
        int gone = undone.members() - undone.kept();
        return figure(gone) + (gone == 1 ? " membership was" : " memberships were") + " taken back."
                + (undone.kept() == 0
                        ? ""
                        : " " + figure(undone.kept())
                                + (undone.kept() == 1
                                        ? " has changed since and stays."
                                        : " have changed since and stay."));
    }

    private static String figure(int count) {
        return String.format(Locale.ENGLISH, "%,d", count);
    }

    /** An import that something is being done with. */
    record Busy(long id, String state) {}

    List<Busy> busy() {
        return jdbi.withHandle(handle -> handle.createQuery(
                        "select id, state from member_import where state in ('reading', 'running', 'undoing') order by id")
                .mapTo(Busy.class)
                .list());
    }

    /** A file as it was handed over. */
    record Handed(byte[] content, Map<String, String> columns) {}

    /** What is to be read, held until the transaction ends; none where another node reads it already. */
    Optional<Handed> handed(Handle handle, long id) {
        record Row(byte[] content, List<String> columns) {}
        return handle.createQuery("""
                        select f.content, i.columns from member_import i join member_import_file f on f.import_id = i.id
                        where i.id = :id and i.state = 'reading' for update of i skip locked
                        """).bind("id", id).mapTo(Row.class).findOne().map(row -> {
            var columns = new LinkedHashMap<String, String>();
            for (String one : row.columns()) {
                int at = one.indexOf('=');
                columns.put(one.substring(0, at), one.substring(at + 1));
            }
            return new Handed(row.content(), columns);
        });
    }

    void trouble(long id, String sentence) {
        jdbi.useHandle(handle -> handle.createUpdate(
                        "update member_import set state = 'waiting', trouble = :sentence where id = :id and state = 'reading'")
                .bind("id", id)
                .bind("sentence", sentence)
                .execute());
    }

    void problems(long id, PrintWriter to) {
        record Line(int line, String written, String problem) {}
        jdbi.useTransaction(handle -> {
            to.print("Line,Reason,"
                    + handle.createQuery("select head from member_import where id = :id")
                            .bind("id", id)
                            .mapTo(String.class)
                            .one()
                    + "\r\n");
            handle.createQuery("""
                            select line, written, problem from member_import_line
                            where import_id = :id and problem is not null order by line
                            """)
                    .bind("id", id)
                    .setFetchSize(1_000)
                    .mapTo(Line.class)
                    .forEach(line -> to.print(
                            line.line() + "," + ChartTable.cell(line.problem()) + "," + line.written() + "\r\n"));
        });
        to.flush();
    }

    void forget() {
        jdbi.useHandle(handle -> {
            handle.createUpdate("""
                            delete from member_import where at < :before and state in ('waiting', 'read')
                            """)
                    .bind("before", clock.instant().minus(LEFT_LYING))
                    .execute();
            for (String table : List.of("member_import_line", "member_import_taken"))
                handle.createUpdate("delete from " + table
                                + " where import_id in (select id from member_import where at < :before)")
                        .bind("before", clock.instant().minus(KEPT))
                        .execute();
        });
    }
}
