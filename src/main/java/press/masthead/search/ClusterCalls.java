package press.masthead.search;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/**
 * Calls to a search cluster over its REST interface, at the address that the operator set and at no other: redirects are not followed.
 * An answer is complete within a bound of time and of size, or {@link SearchAway} says why there is none.
 */
final class ClusterCalls implements AutoCloseable {
    /** For whoever waits with a page. */
    static final Duration SOON = Duration.ofSeconds(3);
    /** For work beside. */
    static final Duration PATIENT = Duration.ofSeconds(60);

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final int MOST_BYTES = 32 << 20;
    private static final int NOT_FOUND = 404;
    private static final Set<String> UNKNOWN =
            Set.of("mapper_parsing_exception", "settings_exception", "illegal_argument_exception");

    private final ClusterAddress at;
    private volatile @Nullable String trouble;
    private final HttpClient client = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(Duration.ofSeconds(2))
            .followRedirects(HttpClient.Redirect.NEVER)
            .build();

    ClusterCalls(ClusterAddress at) {
        this.at = at;
    }

    ClusterAddress at() {
        return at;
    }

    /** Why nobody need ask for the moment: one who waited in vain tells all others. */
    Optional<String> trouble() {
        return Optional.ofNullable(trouble);
    }

    void isWell() {
        trouble = null;
    }

    JsonNode get(String path) {
        return some("GET", path, new byte[0], SOON);
    }

    /** Empty where there is no such thing. */
    Optional<JsonNode> find(String path) {
        return call("GET", path, new byte[0], SOON);
    }

    JsonNode post(String path, Object body, Duration within) {
        return some("POST", path, bytes(body), within);
    }

    /** Empty where there is no such index. */
    Optional<JsonNode> ask(String path, Object body) {
        return call("POST", path, bytes(body), SOON);
    }

    JsonNode put(String path, Object body) {
        return some("PUT", path, bytes(body), PATIENT);
    }

    /** False where there is something in it that the cluster doesn't know. */
    boolean takes(String path, Object body) {
        try {
            put(path, body);
            return true;
        } catch (SearchAway e) {
            if (UNKNOWN.contains(e.kind())) return false;
            throw e;
        }
    }

    void delete(String path) {
        var _ = call("DELETE", path, new byte[0], PATIENT);
    }

    /** JSON that is written already. */
    record Line(byte[] json) {}

    /** Lines of JSON, one after another. */
    JsonNode lines(String path, List<?> lines) {
        var body = new ByteArrayOutputStream();
        for (Object line : lines) {
            body.writeBytes(line instanceof Line ready ? ready.json() : bytes(line));
            body.write('\n');
        }
        return some("POST", path, body.toByteArray(), PATIENT);
    }

    static byte[] bytes(Object body) {
        try {
            return JSON.writeValueAsBytes(body);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException(e);
        }
    }

    private JsonNode some(String method, String path, byte[] body, Duration within) {
        return call(method, path, body, within).orElseThrow(this::lost);
    }

    private Optional<JsonNode> call(String method, String path, byte[] body, Duration within) {
        var request = HttpRequest.newBuilder(URI.create(at.base() + path))
                .header("Content-Type", path.contains("_bulk") ? "application/x-ndjson" : "application/json")
                .method(method, body.length == 0 ? BodyPublishers.noBody() : BodyPublishers.ofByteArray(body));
        at.authorization().ifPresent(who -> request.header("Authorization", who));
        // on a thread of its own: what sendAsync answers waits for the pool that all parallel work shares
        var asked = new FutureTask<>(
                () -> client.send(request.build(), BodyHandlers.limiting(BodyHandlers.ofByteArray(), MOST_BYTES)));
        Thread.ofVirtual().start(asked);
        try {
            return answer(asked.get(within.toMillis(), TimeUnit.MILLISECONDS));
        } catch (TimeoutException e) {
            asked.cancel(true);
            throw down("did not answer within " + within.toSeconds() + " s");
        } catch (ExecutionException e) {
            throw down("can't be reached");
        } catch (InterruptedException e) {
            asked.cancel(true);
            Thread.currentThread().interrupt();
            throw away("was not waited for");
        }
    }

    private Optional<JsonNode> answer(HttpResponse<byte[]> response) {
        int status = response.statusCode();
        if (status == 401 || status == 403)
            throw down("refuses the user or the password of SEARCH_URL (status " + status + ")");
        JsonNode node;
        try {
            node = JSON.readTree(response.body());
        } catch (IOException e) {
            throw down("answers with what is no JSON (status " + status + ")");
        }
        if (node == null || !node.isObject()) throw down("answers with nothing (status " + status + ")");
        if (status == NOT_FOUND) return Optional.empty();
        if (status >= 300) throw refused(status, reason(node));
        return Optional.of(node);
    }

    private SearchAway refused(int status, String kind) {
        return new SearchAway(sentence("answers with status " + status + ", " + kind), kind);
    }

    /** The kind of the error alone: its text may repeat what somebody searched for. */
    private static String reason(JsonNode node) {
        JsonNode error = node.path("error");
        String kind = error.path("root_cause")
                .path(0)
                .path("type")
                .asText(error.path("type").asText("no reason"));
        return kind.matches("[a-z_]{1,60}") ? kind : "no reason";
    }

    /** What an answer is that is JSON and not what was asked for. */
    SearchAway nonsense() {
        return down("answers with what nobody asked");
    }

    SearchAway lost() {
        return away("has lost its index");
    }

    /** @param item an entry of many, with its error */
    SearchAway refused(JsonNode item) {
        return away("did not take a piece, " + reason(item));
    }

    /** Not for this question alone. */
    SearchAway down(String why) {
        SearchAway away = away(why);
        trouble = away.getMessage();
        return away;
    }

    private SearchAway away(String why) {
        return new SearchAway(sentence(why));
    }

    private String sentence(String why) {
        return "The search cluster at " + at.base() + " " + why + ".";
    }

    @Override
    public void close() {
        client.shutdownNow();
    }
}
