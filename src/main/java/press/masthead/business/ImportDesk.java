package press.masthead.business;

import io.javalin.http.Context;
import io.javalin.http.HttpStatus;
import java.io.IOException;
import java.io.OutputStreamWriter;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jdbi.v3.core.Jdbi;
import press.masthead.access.Visit;
import press.masthead.desk.Audit;
import press.masthead.platform.web.Flash;
import press.masthead.platform.web.Html;
import press.masthead.platform.web.Problem;
import press.masthead.platform.web.Times;
import press.masthead.platform.web.Upload;
import press.masthead.publication.Publication;
import press.masthead.readers.Reader;

/** A file of members, in the desk: handed over, its columns told apart, looked at, taken in, taken back. The timetable does the work. */
public final class ImportDesk {
    private final Jdbi jdbi;
    private final ImportMembers members;
    private final MemberImports imports;
    private final Audit audit;
    private final Publication publication;
    private final Html html;
    private final Clock clock;

    public ImportDesk(Jdbi jdbi, ImportMembers members, Audit audit, Publication publication, Html html, Clock clock) {
        this.jdbi = jdbi;
        this.members = members;
        this.imports = members.imports;
        this.audit = audit;
        this.publication = publication;
        this.html = html;
        this.clock = clock;
    }

    record ListPage(Reader staff, String notice, String problem, List<MemberImports.One> latest, Times times) {
        static String figure(int count) {
            return OnePage.figure(count);
        }

        /** How far one is. */
        String words(MemberImports.One one) {
            return switch (one.state()) {
                case "waiting" -> "Waits for its columns";
                case "reading" -> "Being read";
                case "read" -> "Looked at";
                case "running" -> "Under way, " + one.done() + " %";
                case "done" -> "Done";
                case "undoing" -> "Being taken back";
                default -> "Taken back";
            };
        }
    }

    /** A column of ours and which of the file's it is; empty where the file lacks it. */
    record Choice(MemberColumn column, String theirs) {}

    record OnePage(
            Reader staff,
            String notice,
            MemberImports.One one,
            List<Choice> choices,
            List<List<String>> beginning,
            List<MemberImports.Bad> bad,
            Optional<Instant> undoUntil,
            Times times) {
        boolean saysSource() {
            return choices.stream()
                    .anyMatch(choice -> choice.column() == MemberColumn.SOURCE
                            && !choice.theirs().isEmpty());
        }

        static String people(int count) {
            return count == 1 ? "1 person" : figure(count) + " people";
        }

        static String lines(int count) {
            return count == 1 ? "1 line" : figure(count) + " lines";
        }

        static String figure(int count) {
            return String.format(Locale.ENGLISH, "%,d", count);
        }
    }

    /** GET /desk/business/import */
    public void list(Context ctx) {
        list(ctx, 200, "");
    }

    private void list(Context ctx, int status, String problem) {
        Reader staff = Visit.business(ctx);
        ctx.status(status);
        html.page(ctx, "business/imports", new ListPage(staff, Flash.take(ctx), problem, imports.latest(), times()));
    }

    /** POST /desk/business/import: a multipart form with the file {@code file} */
    public void upload(Context ctx) {
        Reader staff = Visit.business(ctx);
        long id;
        try {
            Upload upload =
                    Upload.read(ctx, "file", MemberFile.MOST, "The file is larger than 32 MB. Divide it into several.");
            id = imports.keep(upload.fileName(), upload.bytes(), new MemberFile(upload.bytes()), staff.id());
        } catch (Problem problem) {
            list(ctx, problem.status(), problem.sentence());
            return;
        }
        ctx.redirect(at(id), HttpStatus.SEE_OTHER);
    }

    /** GET /desk/business/import/{id} */
    public void one(Context ctx) {
        Reader staff = Visit.business(ctx);
        MemberImports.One one = found(ctx);
        boolean looked = one.state().equals("read") || one.state().equals("done");
        List<List<String>> beginning = one.beginning().isEmpty()
                ? List.of()
                : new MemberFile(one.beginning().getBytes(StandardCharsets.UTF_8)).first(Integer.MAX_VALUE);
        html.page(
                ctx,
                "business/import",
                new OnePage(
                        staff,
                        Flash.take(ctx),
                        one,
                        choices(one, beginning),
                        beginning,
                        looked ? imports.firstBad(one.id()) : List.of(),
                        one.undoUntil(clock.instant()),
                        times()));
    }

    private static List<Choice> choices(MemberImports.One one, List<List<String>> beginning) {
        List<String> head = beginning.isEmpty() ? List.of() : beginning.getFirst();
        Map<String, String> said = one.columns().stream()
                .map(column -> column.split("=", 2))
                .collect(Collectors.toMap(pair -> pair[0], pair -> pair[1]));
        Map<MemberColumn, Integer> guessed = MemberColumn.guess(head);
        return Arrays.stream(MemberColumn.values())
                .map(column -> new Choice(
                        column,
                        Optional.ofNullable(said.get(column.word()))
                                .or(() ->
                                        Optional.ofNullable(guessed.get(column)).map(head::get))
                                .orElse("")))
                .toList();
    }

    /** POST /desk/business/import/{id}/columns: has the file read with each column as it was chosen */
    public void columns(Context ctx) {
        Visit.business(ctx);
        long id = found(ctx).id();
        List<String> columns = Arrays.stream(MemberColumn.values())
                .map(column -> column.word() + "="
                        + Optional.ofNullable(ctx.formParam(column.word())).orElse(""))
                .toList();
        if (!imports.read(id, columns)) Flash.put(ctx, "The file is not here any more. Please hand it over again.");
        ctx.redirect(at(id), HttpStatus.SEE_OTHER);
    }

    /** POST /desk/business/import/{id}/run */
    public void run(Context ctx) {
        Reader staff = Visit.business(ctx);
        MemberImports.One one = found(ctx);
        members.run.begin(one.id());
        jdbi.useTransaction(handle -> audit.note(
                handle, staff.id(), "took " + OnePage.people(one.members()) + " from the file " + one.file()));
        ctx.redirect(at(one.id()), HttpStatus.SEE_OTHER);
    }

    /** POST /desk/business/import/{id}/undo */
    public void undo(Context ctx) {
        Reader staff = Visit.business(ctx);
        MemberImports.One one = found(ctx);
        members.undo.begin(one.id());
        jdbi.useTransaction(handle -> audit.note(handle, staff.id(), "took back the import of the file " + one.file()));
        ctx.redirect(at(one.id()), HttpStatus.SEE_OTHER);
    }

    /** GET /desk/business/import/{id}/left-out.csv: the lines that did not fit, as they stood, each with its reason */
    public void leftOut(Context ctx) throws IOException {
        Visit.business(ctx);
        long id = found(ctx).id();
        ctx.contentType("text/csv; charset=utf-8")
                .header("Content-Disposition", "attachment; filename=\"left-out-" + id + ".csv\"")
                .header("Cache-Control", "private, no-store");
        imports.problems(
                id, new PrintWriter(new OutputStreamWriter(ctx.outputStream(), StandardCharsets.UTF_8), false));
    }

    private MemberImports.One found(Context ctx) {
        return Optional.of(ctx.pathParam("id"))
                .filter(id -> id.matches("\\d{1,18}"))
                .flatMap(id -> imports.find(Long.parseLong(id)))
                .orElseThrow(() -> Problem.notFound("There is no such import."));
    }

    private static String at(long id) {
        return "/desk/business/import/" + id;
    }

    private Times times() {
        return new Times(publication.settings().zone(), clock.instant());
    }
}
