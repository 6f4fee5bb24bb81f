package press.masthead.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Map;
import org.jdbi.v3.core.Jdbi;
import press.masthead.business.ImportMembers;

/** A file of 200,000 invented members, from its bytes on disk to the last membership, and back. */
public final class ImportBench {
    private static final int MEMBERS = 200_000;
    /** What the product promises, in seconds. */
    private static final int LIMIT = 20;

    private final Jdbi jdbi;
    private final ImportMembers imports;

    public ImportBench(Jdbi jdbi, ImportMembers imports) {
        this.jdbi = jdbi;
        this.imports = imports;
    }

    /** @param folder where the file is written */
    public void run(Path folder) throws IOException {
        Path file = write(folder.resolve("members.csv"));
        System.out.printf(Locale.ROOT, "%,d members in a file of %.1f MB%n", MEMBERS, Files.size(file) / 1e6);
        long begun = System.nanoTime();
        var looked = imports.look(Files.readAllBytes(file), "members.csv", Map.of());
        double read = since(begun);
        System.out.printf(Locale.ROOT, "looked at in %.1f s%n", read);
        var taken = imports.run(
                looked.id(),
                done -> System.out.printf(Locale.ROOT, "  %,d of %,d in %.1f s%n", done, MEMBERS, since(begun)));
        double ours = since(begun);
        System.out.printf(Locale.ROOT, "taken in, looking included, in %.1f s; now taken back%n", ours);
        long members = jdbi.withHandle(handle -> handle.createQuery("select count(*) from entitlement")
                .mapTo(Long.class)
                .one());
        if (taken.members() != MEMBERS || members != MEMBERS)
            throw new IOException("not everyone became a member: " + taken + ", and " + members + " may read");
        long back = System.nanoTime();
        String said = imports.undo(
                taken.id(),
                (done, of) -> System.out.printf(Locale.ROOT, "  %,d of %,d in %.1f s%n", done, of, since(back)));
        System.out.printf(Locale.ROOT, "%s That took %.1f s.%n", said, since(back));
        System.out.printf(
                Locale.ROOT,
                "import ratio=%.2f ours=%.1f limit=%d unit=s rss_mb=%d%n",
                ours / LIMIT,
                ours,
                LIMIT,
                Tools.residentMegabytes());
    }

    private static Path write(Path file) throws IOException {
        try (var out = Files.newBufferedWriter(file)) {
            out.write("Address,Name,Plan,Until,Pays by,Source,Newsletters,Joined on\n");
            for (int i = 1; i <= MEMBERS; i++)
                out.write(String.format(
                        Locale.ROOT,
                        "member.%1$d@import%2$d.example,%3$s %4$s,pro,20%5$d-%6$02d-%7$02d,%8$s,%9$s,,20%10$d-%6$02d-%7$02d%n",
                        i,
                        i % 97,
                        FIRST[i % FIRST.length],
                        LAST[i / 7 % LAST.length],
                        90 + i % 9,
                        1 + i % 12,
                        1 + i % 28,
                        i % 20 == 0 ? "complimentary" : "invoice",
                        i % 3 == 0 ? "old system" : "",
                        10 + i % 15));
        }
        return file;
    }

    private static final String[] FIRST = {
        "Mo", "Nora", "Kim", "Zoë", "Ole", "Ida", "Sami", "Wren", "Yara", "Jonas", "Leïla"
    };
    private static final String[] LAST = {"Tarn", "Brook", "Vale", "Marsh", "Holm", "Ridge", "Fen", "Lindt", "Moor"};

    private static double since(long begun) {
        return (System.nanoTime() - begun) / 1e9;
    }
}
