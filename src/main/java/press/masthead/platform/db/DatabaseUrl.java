package press.masthead.platform.db;

import java.net.URI;
import java.net.URLDecoder;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Properties;
import java.util.stream.Collectors;

/**
 * Where a PostgreSQL is and who we are to it. Read from the two forms that hosting providers and Java people write:
 * {@code postgres://user:password@host:port/database?sslmode=require} and {@code jdbc:postgresql://...}.
 */
public record DatabaseUrl(
        String host, int port, String database, String user, String password, Map<String, String> options) {
    private static final int DEFAULT_PORT = 5432;

    /** The names libpq gives to what the Java driver calls otherwise; all others are passed on as they are. */
    private static final Map<String, String> DRIVER_NAMES = Map.of(
            "connect_timeout", "connectTimeout",
            "application_name", "ApplicationName",
            "channel_binding", "channelBinding",
            "target_session_attrs", "targetServerType");

    public DatabaseUrl {
        options = Map.copyOf(options);
    }

    /** @throws DatabaseUnusable when the text is not such an address */
    public static DatabaseUrl parse(String text) {
        var plain = text.strip();
        if (plain.startsWith("jdbc:")) plain = plain.substring("jdbc:".length());
        if (!plain.startsWith("postgres://") && !plain.startsWith("postgresql://")) throw unreadable();
        URI uri;
        try {
            uri = URI.create(plain);
        } catch (IllegalArgumentException e) {
            // The driver's message would repeat the address, and the password in it.
            throw unreadable();
        }
        var path = uri.getRawPath();
        if (uri.getHost() == null || path == null || path.length() < 2) throw unreadable();
        var options = optionsOf(uri.getRawQuery());
        var who = uri.getRawUserInfo() == null ? "" : uri.getRawUserInfo();
        var colon = who.indexOf(':');
        var user = decode(colon < 0 ? who : who.substring(0, colon));
        var password = colon < 0 ? "" : decode(who.substring(colon + 1));
        var userOption = options.remove("user");
        var passwordOption = options.remove("password");
        return new DatabaseUrl(
                uri.getHost(),
                uri.getPort() < 0 ? DEFAULT_PORT : uri.getPort(),
                decode(path.substring(1)),
                user.isEmpty() && userOption != null ? userOption : user,
                password.isEmpty() && passwordOption != null ? passwordOption : password,
                options);
    }

    /** The same server and person, another database. */
    public DatabaseUrl withDatabase(String name) {
        return new DatabaseUrl(host, port, name, user, password, options);
    }

    String jdbc() {
        return "jdbc:postgresql://" + host + ":" + port + "/"
                + URLEncoder.encode(database, StandardCharsets.UTF_8).replace("+", "%20");
    }

    Properties driverProperties() {
        var properties = new Properties();
        properties.put("ApplicationName", "masthead");
        properties.put("tcpKeepAlive", "true");
        properties.put("connectTimeout", "10");
        properties.put("reWriteBatchedInserts", "true");
        options.forEach((name, value) -> properties.put(DRIVER_NAMES.getOrDefault(name, name), value));
        if (!user.isEmpty()) properties.put("user", user);
        if (!password.isEmpty()) properties.put("password", password);
        return properties;
    }

    /** Host, port and database as an operator would say them; never the password. */
    @Override
    public String toString() {
        return host + ":" + port + "/" + database;
    }

    private static DatabaseUnusable unreadable() {
        return new DatabaseUnusable(
                "DATABASE_URL is not an address of the form postgres://user:password@host:5432/database.");
    }

    private static Map<String, String> optionsOf(@org.jspecify.annotations.Nullable String query) {
        if (query == null || query.isEmpty()) return new LinkedHashMap<>();
        return java.util.Arrays.stream(query.split("&"))
                .map(pair -> pair.split("=", 2))
                .collect(Collectors.toMap(
                        pair -> decode(pair[0]),
                        pair -> pair.length > 1 ? decode(pair[1]) : "",
                        (first, second) -> second,
                        LinkedHashMap::new));
    }

    private static String decode(String text) {
        // URLDecoder is for forms: it would turn the plus of a password into a space.
        return URLDecoder.decode(text.replace("+", "%2B"), StandardCharsets.UTF_8);
    }
}
