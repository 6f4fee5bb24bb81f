package press.masthead;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import press.masthead.archive.AskQuality;
import press.masthead.bench.AccessBench;
import press.masthead.bench.ArchiveBench;
import press.masthead.bench.BusinessBench;
import press.masthead.bench.DoorBench;
import press.masthead.bench.ImportBench;
import press.masthead.bench.LiveBench;
import press.masthead.bench.PagesBench;
import press.masthead.bench.ReadingBench;
import press.masthead.bench.ReportsBench;
import press.masthead.bench.ReviewsBench;
import press.masthead.bench.SendBench;
import press.masthead.bench.TeamsBench;
import press.masthead.search.SearchQuality;

/** What is measured, against what, and how: one row for each {@code ./masthead bench NAME}. */
enum Bench {
    PAGES("nginx", (folder, asked) -> {
        var bench = new PagesBench(); // names a tool that is missing before anything starts
        return served(
                folder,
                "yes",
                running -> bench.run(
                        URI.create(loopback(running) + running.newsroom().publicStory())));
    }),
    SEND("smtp-source", (folder, asked) -> done(() -> new SendBench(folder).run())),
    REVIEWS("the plain send", (folder, asked) -> done(() -> new ReviewsBench(folder).run())),
    REPORTS(
            "3 s",
            (folder, asked) -> served(folder, "no", running -> {
                var newsroom = running.newsroom();
                new ReportsBench(newsroom.database.jdbi(), newsroom.drafts, newsroom.stories, newsroom.reportCopies)
                        .run();
            })),
    ACCESS(
            "1 ms",
            (folder, asked) -> served(folder, "yes", running -> {
                var newsroom = running.newsroom();
                new AccessBench(newsroom.database.jdbi(), newsroom.memberships, newsroom.meters).run();
            })),
    TEAMS(
            "30 ms",
            (folder, asked) -> served(
                    folder,
                    "no",
                    running -> new TeamsBench(running.newsroom().database.jdbi()).run(loopback(running)))),
    BUSINESS(
            "200 ms",
            (folder, asked) -> served(folder, "no", running -> {
                var newsroom = running.newsroom();
                new BusinessBench(newsroom.database.jdbi(), newsroom.movements::rebuild, newsroom.checkBooks::lines)
                        .run(loopback(running));
            })),
    IMPORT(
            "20 s",
            (folder, asked) -> served(folder, "no", running -> {
                var newsroom = running.newsroom();
                new ImportBench(newsroom.database.jdbi(), newsroom.importMembers).run(folder);
            })),
    DOOR(
            "no wrong last word",
            (folder, asked) -> served(folder, "no", running -> {
                var newsroom = running.newsroom();
                int wrong = new DoorBench(
                                newsroom.database.jdbi(),
                                newsroom.ticketSeal,
                                newsroom.scans,
                                newsroom.settle,
                                newsroom.clock)
                        .run();
                if (wrong > 0) throw new IllegalStateException(wrong + " last words at the door were wrong");
            })),
    LIVE("1 s", (folder, asked) -> new LiveBench(folder).run() == 0 ? 0 : 1),
    BILLING("a Stripe in disorder", (folder, asked) -> BillingYears.run(folder, asked)),
    READING(
            "nine tenths of the pages",
            (folder, asked) -> served(folder, "yes", running -> {
                var newsroom = running.newsroom();
                new ReadingBench(folder, newsroom.database.jdbi())
                        .run(URI.create(loopback(running) + newsroom.publicStory()));
            })),
    ARCHIVE("50 ms", (folder, asked) -> done(() -> new ArchiveBench(folder, asked.stories()).run())),
    SEARCH("plain BM25", (folder, asked) -> done(() -> new SearchQuality(asked.set(), folder).run(System.out))),
    ASK(
            "85 %, 70 %, 80 %",
            (folder, asked) -> done(() -> new AskQuality(asked.set(), folder, asked.each()).run(System.out)));

    /**
     * What the operator gave beside the name: a folder ({@link #SEARCH}, {@link #ASK}), a file for a line on each question ({@link
     * #ASK}), how many subscriptions, seeds and days ({@link #BILLING}), or how many stories ({@link #ARCHIVE}).
     */
    record Asked(Path set, Optional<Path> each, int subscriptions, int seeds, int days, int stories) {}

    /** Measures in a folder of its own that is removed afterwards, prints, and answers with the command's exit code. */
    private interface Work {
        int run(Path folder, Asked asked) throws IOException, InterruptedException;
    }

    private interface Step {
        void run() throws IOException, InterruptedException;
    }

    private interface Measure {
        void of(Running running) throws IOException, InterruptedException;
    }

    final String against;
    private final Work work;

    Bench(String against, Work work) {
        this.against = against;
        this.work = work;
    }

    /** As it is called in the command. */
    String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    static Optional<Bench> called(String word) {
        return Arrays.stream(values())
                .filter(bench -> bench.word().equals(word))
                .findFirst();
    }

    /** All of them as a sentence's list, each in the words of {@code as}. */
    static String list(Function<Bench, String> as) {
        var words = Arrays.stream(values()).map(as).toList();
        return String.join(", ", words.subList(0, words.size() - 1)) + " and " + words.getLast();
    }

    int run(Asked asked) throws IOException, InterruptedException {
        Path folder = Files.createTempDirectory("masthead-bench-" + word());
        try {
            return work.run(folder, asked);
        } finally {
            Running.remove(folder);
        }
    }

    private static int done(Step step) throws IOException, InterruptedException {
        step.run();
        return 0;
    }

    /** A Masthead of its own on a free port. */
    private static int served(Path folder, String sample, Measure measure) throws IOException, InterruptedException {
        try (var running = Running.start(Config.read(
                Map.of("MASTHEAD_PORT", "0", "MASTHEAD_SAMPLE", sample, "MASTHEAD_DATA", folder.toString())))) {
            measure.of(running);
        }
        return 0;
    }

    private static String loopback(Running running) {
        return running.url().replace("localhost", "127.0.0.1");
    }
}
