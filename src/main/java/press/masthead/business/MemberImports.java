package press.masthead.business;

import java.io.PrintWriter;
import java.time.Clock;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
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

    ImportMembers.Report report(long id) {
        return jdbi.withHandle(handle -> handle.createQuery(
                        "select id, lines, last_line, members, already, bad from member_import where id = :id")
                .bind("id", id)
                .mapTo(ImportMembers.Report.class)
                .one());
    }

    String undone(long id) {
        record Undone(int members, int kept) {}
        var undone = jdbi.withHandle(handle ->
                handle.createQuery("""
                        select members, (select count(*) from member_import_taken t where t.import_id = i.id)::int as kept
                        from member_import i where id = :id
                        """).bind("id", id).mapTo(Undone.class).one());
        int gone = undone.members() - undone.kept();
        return gone + (gone == 1 ? " membership was" : " memberships were") + " taken back."
                + (undone.kept() == 0
                        ? ""
                        : " " + undone.kept()
                                + (undone.kept() == 1
                                        ? " has changed since and stays."
                                        : " have changed since and stay."));
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
