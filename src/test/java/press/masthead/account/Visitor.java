package press.masthead.account;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** Someone with a browser of their own: keeps the session cookie, follows no redirect by itself. */
public final class Visitor {
    private static final HttpClient HTTP = HttpClient.newHttpClient();
    private static final ObjectMapper JSON = new ObjectMapper();

    private final String site;
    private String cookie = "";
    private String accept = "text/html";

    public Visitor(int port) {
        this.site = "http://127.0.0.1:" + port;
    }

    /** What came back. A page is the JSON of its context. */
    public record Reply(int status, String body, String location, String setCookie, String type, String retryAfter) {
        public JsonNode page() {
            try {
                return JSON.readTree(body);
            } catch (IOException e) {
                throw new AssertionError("no page: " + body, e);
            }
        }

        public String text(String field) {
            return page().path(field).asText();
        }
    }

    public Visitor asking(String type) {
        accept = type;
        return this;
    }

    public String cookie() {
        return cookie;
    }

    public Visitor withCookie(String value) {
        cookie = value;
        return this;
    }

    public Reply get(String path) {
        return send(HttpRequest.newBuilder(URI.create(site + path)).GET());
    }

    /** @param fields names and values in turn */
    public Reply post(String path, String... fields) {
        List<String> pairs = new ArrayList<>();
        for (int i = 0; i < fields.length; i += 2) pairs.add(encode(fields[i]) + "=" + encode(fields[i + 1]));
        return send(HttpRequest.newBuilder(URI.create(site + path))
                .header("Content-Type", "application/x-www-form-urlencoded")
                .POST(HttpRequest.BodyPublishers.ofString(String.join("&", pairs))));
    }

    private Reply send(HttpRequest.Builder request) {
        request.header("Accept", accept).header("User-Agent", "Mozilla/5.0 (X11; Linux x86_64) Firefox/145.0");
        if (!cookie.isEmpty()) request.header("Cookie", cookie);
        try {
            HttpResponse<String> response = HTTP.send(request.build(), HttpResponse.BodyHandlers.ofString());
            String set = response.headers().firstValue("Set-Cookie").orElse("");
            for (String each : response.headers().allValues("Set-Cookie"))
                cookie = each.startsWith("masthead_session=;") ? "" : each.substring(0, each.indexOf(';'));
            return new Reply(
                    response.statusCode(),
                    response.body(),
                    response.headers().firstValue("Location").orElse(""),
                    response.headers().allValues("Set-Cookie").isEmpty()
                            ? set
                            : response.headers().allValues("Set-Cookie").getLast(),
                    response.headers().firstValue("Content-Type").orElse(""),
                    response.headers().firstValue("Retry-After").orElse(""));
        } catch (IOException e) {
            throw new AssertionError(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError(e);
        }
    }

    private static String encode(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }
}
