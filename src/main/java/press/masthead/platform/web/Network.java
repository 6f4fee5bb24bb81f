package press.masthead.platform.web;

import io.javalin.http.Context;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.util.HexFormat;
import java.util.Locale;

/** Where a request comes from, as far as limits and consent records need it. */
public final class Network {
    static final String SENDER = "sender";
    static final String COUNTRY = "country";

    private Network() {}

    /** The sender's IPv4 address, or the first 64 bits of an IPv6 address: the rest is one household's to choose. */
    public static String of(Context ctx) {
        return of(ctx.attribute(SENDER) instanceof String sender ? sender : ctx.ip());
    }

    static String of(String address) {
        try {
            InetAddress parsed = InetAddress.ofLiteral(address.replaceAll("[\\[\\]]", ""));
            if (!(parsed instanceof Inet6Address)) return parsed.getHostAddress();
            String hex = HexFormat.of().formatHex(parsed.getAddress());
            return hex.substring(0, 16).replaceAll("(.{4})", "$1:") + ":/64";
        } catch (IllegalArgumentException e) {
            return "unknown";
        }
    }

    /** The country that a proxy has named, as two capital letters of ISO 3166-1; empty where none has. */
    public static String country(Context ctx) {
        return ctx.attribute(COUNTRY) instanceof String country ? country : "";
    }

    /**
     * Where that is, in plain words: the country's name where it is known, else the network.
     *
     * @param network as {@link #of} gives it
     * @param country as {@link #country} gives it
     */
    public static String place(String network, String country) {
        if (!country.isEmpty()) return Locale.of("", country).getDisplayCountry(Locale.ENGLISH);
        if (network.startsWith("127.") || network.startsWith("0000:0000:0000:0000:")) return "this machine";
        if (network.matches("(10|192\\.168|172\\.(1[6-9]|2\\d|3[01]))\\..*|f[cd].*")) return "the local network";
        return network.isEmpty() || network.equals("unknown") ? "an unknown network" : "the network " + network;
    }
}
