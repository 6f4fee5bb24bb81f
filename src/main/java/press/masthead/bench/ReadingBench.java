package press.masthead.bench;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jdbi.v3.core.Jdbi;

/** Pages made anew while the model reads stories beside them, against the same pages while it has nothing to read, turn by turn. */
public final class ReadingBench {
    private static final int ROUNDS = 5;
    private static final int SECONDS = 8;
    private static final Pattern RATE = Pattern.compile("Requests/sec:\\s+([\\d.]+)");

    private final String wrk = Tools.find("wrk", "wrk");
    private final Path folder;
    private final Jdbi jdbi;

    /** @param jdbi of a server of this process that has stories and a model */
    public ReadingBench(Path folder, Jdbi jdbi) {
        this.folder = folder;
        this.jdbi = jdbi;
    }

    /** @param page the address of a public story on it */
    public void run(URI page) throws IOException, InterruptedException {
        Path anew = Files.writeString(folder.resolve("anew.lua"), """
                local n = 0
                local me = tostring({}):gsub("%W", "")
                function request()
                  n = n + 1
                  return wrk.format("GET", wrk.path .. "?anew=" .. me .. n)
                end
                """);
        everythingIsUnread();
        load(page, anew);
        nothingIsUnread();
        load(page, anew);
        var reading = new Samples();
        var resting = new Samples();
        long read = 0;
        for (int round = 0; round < ROUNDS; round++) {
            nothingIsUnread();
            resting.add(load(page, anew));
            everythingIsUnread();
            reading.add(load(page, anew));
            read += stories();
        }
        if (read == 0) throw new IllegalStateException("the model read nothing meanwhile");
        System.out.printf(
                Locale.ROOT,
                "pages made anew: %s a second while the model rests, %s while it reads (%d stories in %d s)%n",
                resting,
                reading,
                read,
                ROUNDS * SECONDS);
        System.out.println(
                Tools.line("reading", reading.median(), resting.median() * 0.9, "pages/s", Tools.residentMegabytes()));
    }

    private void everythingIsUnread() {
        jdbi.useTransaction(handle -> {
            handle.execute("delete from story_meaning");
            handle.execute(
                    "insert into story_unread (story_id) select id from story where state = 'published' on conflict do nothing");
            handle.execute("notify story_changed");
        });
    }

    private void nothingIsUnread() {
        jdbi.useHandle(handle -> handle.execute("delete from story_unread"));
    }

    private long stories() {
        return jdbi.withHandle(handle -> handle.createQuery("select count(*) from story_meaning")
                .mapTo(Long.class)
                .one());
    }

    private double load(URI page, Path script) throws IOException, InterruptedException {
        String output =
                Tools.run(List.of(wrk, "-t2", "-c64", "-d" + SECONDS + "s", "-s", script.toString(), page.toString()));
        Matcher rate = RATE.matcher(output);
        if (!rate.find()) throw new IOException("wrk said: " + output);
        return Double.parseDouble(rate.group(1));
    }
}
