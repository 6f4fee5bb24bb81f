package press.masthead.platform.web;

import io.javalin.http.Context;
import io.javalin.http.Handler;
import java.net.InetAddress;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Whose word about where a request comes from is believed: a proxy on this machine, and those that the operator has named.
 * Of {@code X-Forwarded-For} the last address counts that none of them has: what stands before it, anyone can have written.
 */
public final class Proxies implements Handler {
    private final List<Block> trusted;
    private final String countryHeader;

    private Proxies(List<Block> trusted, String countryHeader) {
        this.trusted = trusted;
        this.countryHeader = countryHeader;
    }

    /**
     * @param list addresses and networks, such as {@code 10.0.0.4, 2001:db8::/48}; may be empty
     * @throws IllegalArgumentException where one can't be read
     */
    public static Proxies named(String list) {
        return new Proxies(Block.list(list), "");
    }

    /** The same, and they say in this header which country a request comes from; empty for none. */
    public Proxies tellingCountry(String header) {
        return new Proxies(trusted, header);
    }

    @Override
    public void handle(Context ctx) {
        String sender = sender(ctx.ip(), ctx.header("X-Forwarded-For"));
        if (!sender.equals(ctx.ip())) ctx.attribute(Network.SENDER, sender);
        String country = countryHeader.isEmpty() ? null : ctx.header(countryHeader);
        // XX and T1 are no countries: a provider's words for "unknown" and for Tor.
        if (country != null && isTrusted(ctx.ip()) && country.matches("[A-Z]{2}") && !country.equals("XX"))
            ctx.attribute(Network.COUNTRY, country);
    }

    /** The address that the nearest proxy which we don't know, or the reader, has. */
    String sender(String peer, @Nullable String forwarded) {
        if (forwarded == null) return peer;
        String sender = peer;
        String[] hops = forwarded.split(",");
        for (int i = hops.length - 1; i >= 0 && isTrusted(sender); i--) {
            String hop = hops[i].strip();
            if (hop.isEmpty()) return sender;
            sender = hop;
        }
        return sender;
    }

    private boolean isTrusted(String address) {
        try {
            InetAddress parsed = InetAddress.ofLiteral(address.replaceAll("[\\[\\]]", ""));
            return parsed.isLoopbackAddress() || trusted.stream().anyMatch(block -> block.holds(parsed.getAddress()));
        } catch (IllegalArgumentException e) {
            return false;
        }
    }
}
