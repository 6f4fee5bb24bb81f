package press.masthead.platform.mail;

import java.net.URI;
import java.net.URISyntaxException;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Where mail goes, read from a URL such as {@code smtp://user:pass@mail.example:587?tls=required} or
 * {@code smtps://mail.example}. {@code helo=name} sets how this machine calls itself, {@code tls=never|offered|required}
 * whether STARTTLS is used; a password is never shown, logged, or sent unencrypted beyond this machine unless
 * {@code tls=never} asks for it.
 */
public record SmtpServer(
        String host, int port, Tls tls, String user, String password, String helo, SmtpTimeouts timeouts) {
    /** How the connection is encrypted. */
    public enum Tls {
        /** Not at all. */
        NEVER,
        /** By STARTTLS when the server offers it. */
        OFFERED,
        /** By STARTTLS or not at all. */
        REQUIRED,
        /** From the first byte (smtps). */
        IMPLICIT
    }

    /** @throws IllegalArgumentException with one sentence that says what is wrong with the URL and never repeats it */
    public static SmtpServer parse(String url) {
        URI uri;
        try {
            uri = new URI(url.strip());
        } catch (URISyntaxException malformed) {
            throw wrong("it is not a URL (special characters in user or password are written as %XX)");
        }
        String scheme = uri.getScheme() == null ? "" : uri.getScheme().toLowerCase(Locale.ROOT);
        if (!scheme.equals("smtp") && !scheme.equals("smtps")) {
            throw wrong("it must begin with smtp:// or smtps://");
        }
        if (uri.getHost() == null) {
            throw wrong("it names no host (special characters in user or password are written as %XX)");
        }
        if (uri.getRawPath() != null
                && !uri.getRawPath().isEmpty()
                && !uri.getRawPath().equals("/")) {
            throw wrong("nothing may follow the host and port but ?tls= and ?helo=");
        }
        boolean implicit = scheme.equals("smtps");
        String user = "";
        String password = "";
        if (uri.getRawUserInfo() != null) {
            String[] parts = uri.getRawUserInfo().split(":", 2);
            user = decode(parts[0]);
            password = parts.length > 1 ? decode(parts[1]) : "";
            if (user.isEmpty()
                    || password.isEmpty()
                    || (user + password).chars().anyMatch(c -> c < ' ')) {
                throw wrong("a log-in is written user:password@ before the host");
            }
        }
        Map<String, String> options = options(uri.getRawQuery());
        Tls tls = implicit ? Tls.IMPLICIT : Tls.OFFERED;
        String asked = options.remove("tls");
        if (asked != null) {
            tls = switch (asked) {
                case "required" -> implicit ? Tls.IMPLICIT : Tls.REQUIRED;
                case "offered" -> implicit ? Tls.IMPLICIT : Tls.OFFERED;
                case "never" -> {
                    if (implicit) {
                        throw wrong("smtps:// is always encrypted, tls=never contradicts it");
                    }
                    yield Tls.NEVER;
                }
                default -> throw wrong("tls= is required, offered or never");
            };
        }
        String helo = options.getOrDefault("helo", "");
        options.remove("helo");
        if (!helo.isEmpty() && !helo.matches("[A-Za-z0-9.:\\[\\]-]{1,253}")) {
            throw wrong("helo= is a host name");
        }
        if (!options.isEmpty()) {
            throw wrong("it knows the options tls= and helo= alone");
        }
        int port = uri.getPort() > 0 ? uri.getPort() : implicit ? 465 : user.isEmpty() ? 25 : 587;
        String host = uri.getHost().replaceAll("^\\[|\\]$", "");
        return new SmtpServer(host, port, tls, user, password, helo, SmtpTimeouts.RFC_5321);
    }

    public static SmtpServer plain(String host, int port) {
        return new SmtpServer(host, port, Tls.NEVER, "", "", "", SmtpTimeouts.RFC_5321);
    }

    public SmtpServer withTimeouts(SmtpTimeouts others) {
        return new SmtpServer(host, port, tls, user, password, helo, others);
    }

    /** Host and port, for people. */
    public String shown() {
        return host + ":" + port;
    }

    /** Without the password. */
    @Override
    public String toString() {
        return (tls == Tls.IMPLICIT ? "smtps://" : "smtp://") + (user.isEmpty() ? "" : user + ":***@") + shown();
    }

    private static Map<String, String> options(@Nullable String query) {
        Map<String, String> options = new HashMap<>();
        if (query != null) {
            for (String pair : query.split("&")) {
                String[] parts = pair.split("=", 2);
                options.put(decode(parts[0]), parts.length > 1 ? decode(parts[1]) : "");
            }
        }
        return options;
    }

    private static String decode(String part) {
        return URLDecoder.decode(part.replace("+", "%2B"), StandardCharsets.UTF_8);
    }

    private static IllegalArgumentException wrong(String why) {
        return new IllegalArgumentException("SMTP_URL can't be used: " + why + ".");
    }
}
