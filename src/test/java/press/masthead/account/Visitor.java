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
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** Someone with a browser of their own: keeps the session cookie, follows no redirect by itself. */
public final class Visitor {
    private static final HttpClient HTTP = HttpClient.newHttpClient();
    private static final ObjectMapper JSON = new ObjectMapper();

    private final String site;
    private final Map<String, String> cookies = new TreeMap<>();
    private String agent = "Mozilla/5.0 (X11; Linux x86_64) Firefox/145.0";
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

    /** Comes with another browser, or another network, from now on. */
    public Visitor named(String userAgent) {
        agent = userAgent;
        return this;
    }

    /** The session's cookie, name and value. */
    public String cookie() {
        return "masthead_session=" + cookies.getOrDefault("masthead_session", "");
    }

    public Visitor withCookie(String pair) {
        int at = pair.indexOf('=');
        cookies.put(pair.substring(0, at), pair.substring(at + 1));
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
        request.header("Accept", accept).header("User-Agent", agent);
        if (!cookies.isEmpty())
            request.header(
                    "Cookie",
                    cookies.entrySet().stream()
                            .map(each -> each.getKey() + "=" + each.getValue())
                            .collect(Collectors.joining("; ")));
        try {
            HttpResponse<String> response = HTTP.send(request.build(), HttpResponse.BodyHandlers.ofString());
            String set = response.headers().firstValue("Set-Cookie").orElse("");
            for (String each : response.headers().allValues("Set-Cookie")) keep(each.substring(0, each.indexOf(';')));
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

    private void keep(String pair) {
        int at = pair.indexOf('=');
        if (at == pair.length() - 1) cookies.remove(pair.substring(0, at));
        else cookies.put(pair.substring(0, at), pair.substring(at + 1));
    }

    private static String encode(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }
}
