package press.masthead.platform.web;

import io.javalin.http.Context;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.util.HexFormat;

/** Where a request comes from, as far as limits and consent records need it. */
public final class Network {
    static final String SENDER = "sender";

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
}
