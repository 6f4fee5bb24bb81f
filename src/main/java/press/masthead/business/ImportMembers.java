package press.masthead.business;

import java.io.PrintWriter;
import java.time.Clock;
import java.time.ZoneId;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jdbi.v3.core.Jdbi;
import press.masthead.platform.web.Problem;

/**
 * Members from a CSV file: looked at line by line, taken in, and taken back within a day. What was begun in the desk, or was stopped
 * on its way, the timetable goes on with.
 */
public final class ImportMembers implements Runnable {
    private final Jdbi jdbi;
    private final ReadMembers read;
    final MemberImports imports;
    final RunImport run;
    final UndoImport undo;

    public ImportMembers(Jdbi jdbi, Clock clock, Supplier<ZoneId> zone) {
        this.jdbi = jdbi;
        this.imports = new MemberImports(jdbi, clock);
        this.read = new ReadMembers(clock, zone);
        this.run = new RunImport(jdbi, clock);
        this.undo = new UndoImport(jdbi, clock);
    }

    /**
     * What a file holds, or what became of it.
     *
     * @param lines with somebody in them
     * @param lastLine the number of the last of them
     * @param members who becomes a member, or became one
     * @param already who is a member and stays as they are
     * @param bad lines that can't be taken
     */
    public record Report(long id, int lines, int lastLine, int members, int already, int bad) {}

    /**
     * Reads a file; nobody becomes a member by it.
     *
     * @param file at most 32 MB
     * @param columns which column of the file is which of ours, where its name does not tell: {@code address=Mail}
     * @throws Problem where the file is no table of members
     */
    public Report look(byte[] file, String name, Map<String, String> columns) {
        Map<MemberColumn, String> corrected = corrected(columns);
        long id = jdbi.inTransaction(handle -> {
            long number = imports.add(handle, name, Optional.empty(), "reading");
            read.run(handle, number, new MemberFile(file), corrected);
            return number;
        });
        return imports.report(id);
    }

    static Map<MemberColumn, String> corrected(Map<String, String> columns) {
        var corrected = new EnumMap<MemberColumn, String>(MemberColumn.class);
        columns.forEach((ours, theirs) -> corrected.put(
                MemberColumn.of(ours)
                        .orElseThrow(() -> Problem.invalid("There is no column \"" + ours + "\"; there are "
                                + Stream.of(MemberColumn.values())
                                        .map(MemberColumn::word)
                                        .collect(Collectors.joining(", "))
                                + ".")),
                theirs));
        return corrected;
    }

    /** Makes members of the lines; told after each part how many lines are done. */
    public Report run(long id, Consumer<Integer> progress) {
        run.begin(id);
        run.run(id, progress);
        return imports.report(id);
    }

    /**
     * Takes an import back, and says in a sentence what became of it.
     *
     * @param progress is told after each part how many members are done, and of how many
     */
    public String undo(long id, BiConsumer<Integer, Integer> progress) {
        undo.begin(id);
        int members = imports.report(id).members();
        undo.run(id, done -> progress.accept(done, members));
        return imports.undone(id);
    }

    /** The lines that did not become members, each with its reason, as a CSV file. */
    public void problems(long id, PrintWriter to) {
        imports.problems(id, to);
    }

    /** Goes on with what was begun; for the timetable. */
    @Override
    public void run() {
        for (MemberImports.Busy busy : imports.busy())
            switch (busy.state()) {
                case "reading" -> readAgain(busy.id());
                case "running" -> run.run(busy.id(), done -> {});
                default -> undo.run(busy.id(), done -> {});
            }
    }

    private void readAgain(long id) {
        try {
            jdbi.useTransaction(handle -> {
                Optional<MemberImports.Handed> handed = imports.handed(handle, id);
                if (handed.isPresent())
                    read.run(
                            handle,
                            id,
                            new MemberFile(handed.get().content()),
                            corrected(handed.get().columns()));
            });
        } catch (Problem trouble) {
            imports.trouble(id, trouble.sentence());
        }
    }

    /** Forgets the lines of old imports; for the timetable. */
    public void forget() {
        imports.forget();
    }
}
