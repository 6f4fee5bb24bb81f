package press.masthead.search;

import java.net.URI;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Optional;

/**
 * Where a search cluster is and who we are to it, read from {@code https://user:password@host:9200/name}.
 *
 * @param base without user, password and name
 * @param authorization the header (RFC 7617); none where no user was given
 * @param name under which this newsroom's index is found there
 */
public record ClusterAddress(URI base, Optional<String> authorization, String name) {
    private static final String USUAL_NAME = "masthead";

    /** @throws IllegalArgumentException when the text is not such an address; its message holds no part of it */
    public static ClusterAddress parse(String text) {
        URI uri;
        try {
            uri = URI.create(text);
        } catch (IllegalArgumentException e) {
            // the JDK's message would repeat the address, and the password in it
            throw unreadable();
        }
        String name = String.valueOf(uri.getRawPath()).replaceAll("^/|/$", "");
        if (uri.getHost() == null
                || uri.getScheme() == null
                || !uri.getScheme().matches("https?")
                || uri.getRawQuery() != null
                || uri.getRawFragment() != null
                || !name.matches("(?:[a-z0-9][a-z0-9_-]{0,60})?")) throw unreadable();
        int port = uri.getPort() < 0 ? uri.getScheme().equals("https") ? 443 : 80 : uri.getPort();
        return new ClusterAddress(
                URI.create(uri.getScheme() + "://" + uri.getHost() + ":" + port),
                Optional.ofNullable(uri.getRawUserInfo())
                        .filter(who -> !who.isEmpty())
                        .map(ClusterAddress::basic),
                name.isEmpty() ? USUAL_NAME : name);
    }

    private static String basic(String who) {
        // URLDecoder is for forms: it would turn the plus of a password into a space
        String plain = URLDecoder.decode(who.replace("+", "%2B"), StandardCharsets.UTF_8);
        if (!plain.contains(":")) plain += ":";
        return "Basic " + Base64.getEncoder().encodeToString(plain.getBytes(StandardCharsets.UTF_8));
    }

    private static IllegalArgumentException unreadable() {
        return new IllegalArgumentException("not an address of a search cluster");
    }

    /** As an operator would say it; never the password. */
    @Override
    public String toString() {
        return base + "/" + name;
    }
}
