package press.masthead.bench;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Map;
import org.jdbi.v3.core.Jdbi;
import press.masthead.platform.db.Database;
import press.masthead.platform.db.EmbeddedPostgres;

/**
 * Two thousand viewers of one session that a real ffmpeg makes live. The server is a process of its own, the viewers are this one; they share
 * the machine's processors with PostgreSQL and ffmpeg.
 */
public final class LiveBench {
    private static final int VIEWERS = 2_000;
    private static final int ARRIVING_SECONDS = 30;
    private static final int SECONDS = 75;
    /** What the product promises, in milliseconds: until everyone has a question. */
    private static final int LIMIT = 1_000;

    private static final String SESSION = "/live/bench/";
    private static final Map<String, String> SETTINGS = Map.of("MASTHEAD_STAFF_FACTOR", "off", "MASTHEAD_MODEL", "no");

    private final String ffmpeg = Tools.find("ffmpeg", "ffmpeg");
    private final Path folder;

    public LiveBench(Path folder) {
        this.folder = folder;
    }

    /** @return how many segments failed */
    public int run() throws IOException, InterruptedException {
        Path data = Files.createDirectories(folder.resolve("data"));
        // Filling the sample publication is no part of what is measured.
        ServedApart.start(folder, SETTINGS).close();
        try (var server = ServedApart.start(folder, SETTINGS);
                var database = Database.open(
                        EmbeddedPostgres.served(data.resolve("postgres")).orElseThrow(), 4);
                var source = LiveSource.start(ffmpeg, folder);
                var client = HttpClient.newHttpClient()) {
            var room = LiveRoom.fill(database.jdbi(), VIEWERS);
            var newsroom = new Desk(client, server.url(), room.editor());
            String take =
                    newsroom.post("/desk/live/" + room.session() + "/takes").replaceAll("\\D", "");
            source.send((part, bytes) ->
                    newsroom.put("/desk/live/" + room.session() + "/takes/" + take + "/" + part, bytes));
            warmUp(server, room);
            return watched(server, database.jdbi(), room, newsroom);
        }
    }

    /** A few come early, so that what is measured is a server that has run for a while. */
    private static void warmUp(ServedApart server, LiveRoom room) throws IOException, InterruptedException {
        var few = new Crowd(
                URI.create(server.url()), SESSION, room.viewers().subList(0, 150), 8, new Crowd.Heard(new Calls()));
        Thread thread = Thread.ofPlatform().name("first-crowd").start(few);
        var pages = new StoryPageProbe(server.url(), room.story());
        pages.begin();
        Tools.pause(14_000);
        pages.end();
        few.end();
        thread.join();
    }

    private static int watched(ServedApart server, Jdbi jdbi, LiveRoom room, Desk newsroom)
            throws IOException, InterruptedException {
        var calls = new Calls();
        var heard = new Crowd.Heard(calls);
        var crowd = new Crowd(URI.create(server.url()), SESSION, room.viewers(), ARRIVING_SECONDS, heard);
        Thread thread = Thread.ofPlatform().name("crowd").start(crowd);
        var pages = new StoryPageProbe(server.url(), room.story());
        Tools.pause(ARRIVING_SECONDS * 1_000L + 3_000);
        double used = server.processorSeconds();
        long most = 0;
        pages.begin();
        for (int second = 0; second < SECONDS; second++) {
            if (second % 3 == 0) newsroom.ask(server.url(), calls, second / 3, room);
            if (second % 3 == 2) newsroom.answer(jdbi, calls, second / 3, room.session());
            Tools.pause(1_000);
            most = Math.max(most, server.residentMegabytes());
        }
        used = server.processorSeconds() - used;
        pages.end();
        crowd.end();
        thread.join();
        return told(heard, calls, pages, most, used);
    }

    private static int told(Crowd.Heard heard, Calls calls, StoryPageProbe pages, long most, double used) {
        long awaited = (long) calls.made() * VIEWERS;
        System.out.printf(
                Locale.ROOT,
                "%,d viewers for %d s: %,d lists, %,d segments, %,d MB, %d segments failed, %d lists or passes refused; a segment in %.0f ms (p99 %.0f ms)%n",
                VIEWERS,
                SECONDS + ARRIVING_SECONDS,
                heard.lists,
                heard.segments,
                heard.bytes >> 20,
                heard.failed,
                heard.refused,
                heard.segmentMillis(0.5),
                heard.segmentMillis(0.99));
        System.out.printf(
                Locale.ROOT,
                "%d questions and answers told %,d of %,d times: median %.0f ms, p99 %.0f ms, longest %.0f ms; %d connections lost%n",
                calls.made(),
                calls.heard(),
                awaited,
                calls.millis(0.5),
                calls.millis(0.99),
                calls.millis(1),
                heard.deafened);
        System.out.printf(
                Locale.ROOT,
                "story pages meanwhile: kept p99 %.0f ms, made anew p99 %.0f ms (100 ms asked); the server used %.2f processors, %d MB at most (500 asked)%n",
                pages.kept().millis(0.99),
                pages.anew().millis(0.99),
                used / SECONDS,
                most);
        System.out.println(Tools.line("live", calls.millis(0.99), LIMIT, "ms", most));
        return heard.failed;
    }

    /** The editor's side, over HTTP. */
    private record Desk(HttpClient client, String site, String cookie) {
        String post(String path) throws IOException, InterruptedException {
            return sent(cookie, path, BodyPublishers.noBody(), "application/x-www-form-urlencoded");
        }

        void put(String path, byte[] bytes) throws IOException, InterruptedException {
            sent(cookie, path, BodyPublishers.ofByteArray(bytes), "application/octet-stream");
        }

        /** A viewer asks; each another one. */
        void ask(String url, Calls calls, int number, LiveRoom room) throws IOException, InterruptedException {
            calls.made("call-" + number);
            sent(
                    room.viewers().get(number),
                    SESSION + "questions",
                    BodyPublishers.ofString("script=yes&question=call-" + number + "+what+comes+next"),
                    "application/x-www-form-urlencoded");
        }

        void answer(Jdbi jdbi, Calls calls, int number, long session) throws IOException, InterruptedException {
            long question =
                    jdbi.withHandle(handle -> handle.createQuery("select id from live_question where body like :body")
                            .bind("body", "call-" + number + " %")
                            .mapTo(Long.class)
                            .one());
            calls.made("call-" + number + " now");
            var _ = post("/desk/live/" + session + "/questions/" + question + "/answer");
        }

        private String sent(String as, String path, HttpRequest.BodyPublisher body, String type)
                throws IOException, InterruptedException {
            HttpResponse<String> answer = client.send(
                    HttpRequest.newBuilder(URI.create(site + path))
                            .header("Cookie", "masthead_session=" + as)
                            .header("Sec-Fetch-Site", "same-origin")
                            .header("Content-Type", type)
                            .POST(body)
                            .build(),
                    BodyHandlers.ofString());
            if (answer.statusCode() != 200) throw new IOException(path + " was answered with " + answer.statusCode());
            return answer.body();
        }
    }
}
