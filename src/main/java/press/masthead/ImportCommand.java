package press.masthead;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import press.masthead.business.ImportMembers;

/** What an operator brings along from another system. */
@Command(
        name = "import",
        description = "Bring members along from another system.",
        mixinStandardHelpOptions = true,
        subcommands = {ImportCommand.Members.class, ImportCommand.Undo.class})
final class ImportCommand implements Callable<Integer> {
    @Override
    public Integer call() {
        System.err.println("There is: ./masthead import members FILE, and ./masthead import undo NUMBER");
        return 2;
    }

    /** Takes the members of a CSV file. Ends with 0 when every line could be taken. */
    @Command(
            name = "members",
            description =
                    "Take the members of a CSV file: address, name, plan, until, pays-by (invoice or complimentary), source, newsletters, joined-on. No letter is sent; who is a member already stays as they are.",
            mixinStandardHelpOptions = true)
    static final class Members implements Callable<Integer> {
        @Parameters(paramLabel = "FILE", description = "a table with a head row, at most 32 MB")
        private Path file = Path.of("");

        @Option(
                names = "--column",
                paramLabel = "OURS=THEIRS",
                description = "which column of the file is meant, such as address=Mail")
        private Map<String, String> columns = new LinkedHashMap<>();

        @Option(names = "--dry-run", description = "only say what would happen")
        private boolean dryRun;

        @Option(
                names = "--report",
                paramLabel = "FILE",
                description = "write the lines that were not taken to this file, each with its reason")
        private @Nullable Path report;

        @Override
        public Integer call() {
            byte[] bytes;
            try {
                bytes = Files.readAllBytes(file);
            } catch (IOException e) {
                System.err.println("The file " + file + " can't be read.");
                return 2;
            }
            return Running.beside(Config.read(System.getenv()), newsroom -> take(newsroom, bytes));
        }

        private int take(Newsroom newsroom, byte[] bytes) {
            ImportMembers imports = newsroom.importMembers;
            var looked = imports.look(bytes, String.valueOf(file.getFileName()), columns);
            var result = dryRun ? looked : imports.run(looked.id(), done -> progress(done, looked.lastLine()));
            System.out.printf(
                    Locale.ROOT,
                    "%,d lines: %,d %s, %,d are members already and stay as they are, %,d can't be taken.%n",
                    result.lines(),
                    result.members(),
                    dryRun ? "would become members" : "became members",
                    result.already(),
                    result.bad());
            if (!report(imports, result.id())) return 2;
            if (!dryRun) {
                newsroom.movements.run();
                System.out.println("For a day it can be taken back: ./masthead import undo " + result.id());
            }
            return result.bad() == 0 ? 0 : 1;
        }

        private static void progress(int done, int lines) {
            System.out.printf(Locale.ROOT, "  %,d of %,d lines, %d %%%n", done, lines, 100L * done / lines);
        }

        private boolean report(ImportMembers imports, long id) {
            if (report == null) return true;
            try (var out = new PrintWriter(Files.newBufferedWriter(report))) {
                imports.problems(id, out);
                return true;
            } catch (IOException e) {
                System.err.println("The report " + report + " can't be written.");
                return false;
            }
        }
    }

    /** Takes an import back, for a day. */
    @Command(
            name = "undo",
            description = "Take an import back within a day; who has paid or changed anything since stays.",
            mixinStandardHelpOptions = true)
    static final class Undo implements Callable<Integer> {
        @Parameters(paramLabel = "NUMBER", description = "which import")
        private long number;

        @Override
        public Integer call() {
            return Running.beside(Config.read(System.getenv()), newsroom -> {
                System.out.println(newsroom.importMembers.undo(
                        number,
                        (done, members) -> System.out.printf(
                                Locale.ROOT, "  %,d of %,d members, %d %%%n", done, members, 100L * done / members)));
                newsroom.movements.run();
                return 0;
            });
        }
    }
}
