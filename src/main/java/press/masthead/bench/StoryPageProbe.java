package press.masthead.bench;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;

/** A reader of stories while something else goes on: a page that is kept and one that is made anew, in turn, ten of each a second. */
final class StoryPageProbe {
    private static final int BETWEEN_MILLIS = 50;

    private final String story;
    private final Calls kept = new Calls();
    private final Calls anew = new Calls();
    private final Thread thread = Thread.ofPlatform().name("story-pages").unstarted(this::run);
    private volatile boolean over;

    StoryPageProbe(String site, String path) {
        story = site + path;
    }

    void begin() {
        thread.start();
    }

    private void run() {
        try (var client = HttpClient.newHttpClient()) {
            for (int n = 0; !over; n++) {
                Calls into = n % 2 == 0 ? kept : anew;
                into.made("page-" + n);
                var answer = client.send(
                        HttpRequest.newBuilder(URI.create(n % 2 == 0 ? story : story + "?anew=" + n))
                                .build(),
                        BodyHandlers.discarding());
                if (answer.statusCode() != 200)
                    throw new IOException(story + " was answered with " + answer.statusCode());
                into.heard("page-" + n);
                Tools.pause(BETWEEN_MILLIS);
            }
        } catch (IOException e) {
            System.err.println("story pages could not be read: " + e.getMessage());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    Calls kept() {
        return kept;
    }

    Calls anew() {
        return anew;
    }

    void end() throws InterruptedException {
        over = true;
        thread.join();
    }
}
