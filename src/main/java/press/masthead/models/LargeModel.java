package press.masthead.models;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.ConnectException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpConnectTimeoutException;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * A large language model, asked over HTTP at the address that the operator set and at no other: redirects are not followed. An answer
 * is complete within the patience and at most 1 MiB. Whatever goes wrong comes back as a value that names neither key nor text.
 */
public final class LargeModel {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final int MOST_BYTES = 1 << 20;
    private static final Duration CONNECT = Duration.ofSeconds(5);
    /** Where a server does not count: about four letters for each. */
    private static final int LETTERS_A_TOKEN = 4;

    /**
     * Which model, and where.
     *
     * @param base without a final slash, such as {@code https://api.openai.com/v1}
     * @param key none where the server wants none
     * @param inputPrice billionths of a US dollar for each token that goes in; {@code outputPrice} for each that comes out
     * @param patience until an answer must be complete
     */
    public record At(
            Protocol protocol,
            URI base,
            Optional<String> key,
            String model,
            long inputPrice,
            long outputPrice,
            Duration patience) {
        /** Says nothing of the key, so that no log can. */
        @Override
        public String toString() {
            return model + " at " + base;
        }
    }

    /** What came of asking. */
    public sealed interface Reply {
        record Said(String text, long tokensIn, long tokensOut) implements Reply {}

        /**
         * @param why a few words for the newsroom
         * @param tokensIn what its maker is likely to charge all the same; {@code tokensOut} too
         */
        record Failed(String why, long tokensIn, long tokensOut) implements Reply {
            /** Nothing came to be charged. */
            Failed(String why) {
                this(why, 0, 0);
            }
        }
    }

    private final At at;
    private final HttpClient client = HttpClient.newBuilder()
            .connectTimeout(CONNECT)
            .followRedirects(HttpClient.Redirect.NEVER)
            .build();

    public LargeModel(At at) {
        this.at = at;
    }

    public At at() {
        return at;
    }

    /** What so many tokens cost, in billionths of a US dollar. */
    public long cost(long tokensIn, long tokensOut) {
        return tokensIn * at.inputPrice() + tokensOut * at.outputPrice();
    }

    /** About how many tokens a text has. */
    public static long tokens(String text) {
        return text.length() / LETTERS_A_TOKEN + 1;
    }

    /**
     * Asks once. Blocks; never call it within a transaction. An answer that was not complete in time is counted as what was sent and as
     * long as it might have become: its maker has most likely written all the while.
     *
     * @param rules what the model is told to do
     * @param text what it is to do it with
     * @param mostTokens of its answer
     */
    public Reply ask(String rules, String text, int mostTokens) {
        HttpRequest request = request(at.protocol().body(at.model(), rules, text, mostTokens));
        // sendAsync would have its answers wait for the pool that all parallel work shares, and the client's own time
        // limit ends with an
        // answer's first line: so the blocking call, on a thread that can be called off
        var asked = new FutureTask<>(
                () -> client.send(request, BodyHandlers.limiting(BodyHandlers.ofByteArray(), MOST_BYTES)));
        Thread.ofVirtual().name("large-model").start(asked);
        try {
            return reply(asked.get(at.patience().toMillis(), TimeUnit.MILLISECONDS), rules + text, mostTokens);
        } catch (TimeoutException e) {
            return new Reply.Failed(
                    "no answer within " + at.patience().toSeconds() + " s", tokens(rules + text), mostTokens);
        } catch (ExecutionException e) {
            return switch (e.getCause()) {
                case ConnectException never -> new Reply.Failed("no connection");
                case HttpConnectTimeoutException never -> new Reply.Failed("no connection");
                case IOException broken ->
                    new Reply.Failed(
                            "a broken connection, or an answer that is too long", tokens(rules + text), mostTokens);
                case null, default -> new Reply.Failed("not to be asked");
            };
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return new Reply.Failed("interrupted");
        } finally {
            asked.cancel(true);
        }
    }

    private HttpRequest request(JsonNode body) {
        var request = HttpRequest.newBuilder(
                        URI.create(at.base() + at.protocol().path()))
                .header("Content-Type", "application/json")
                .POST(BodyPublishers.ofByteArray(body.toString().getBytes(StandardCharsets.UTF_8)));
        at.protocol().headers(at.key()).forEach(request::header);
        return request.build();
    }

    private Reply reply(HttpResponse<byte[]> response, String sent, int mostTokens) {
        if (response.statusCode() != 200) return new Reply.Failed("status " + response.statusCode());
        long likely = Math.min(mostTokens, response.body().length / LETTERS_A_TOKEN + 1);
        try {
            JsonNode node = JSON.readTree(response.body());
            String text = node == null ? "" : at.protocol().text(node);
            if (text.isBlank()) return new Reply.Failed("an empty answer", tokens(sent), likely);
            long in = at.protocol().tokensIn(node);
            long out = at.protocol().tokensOut(node);
            return new Reply.Said(text, in > 0 ? in : tokens(sent), out > 0 ? out : tokens(text));
        } catch (JsonProcessingException e) {
            return new Reply.Failed("an answer that is no JSON", tokens(sent), likely);
        } catch (IOException e) {
            return new Reply.Failed("an answer that can't be read", tokens(sent), likely);
        }
    }
}
