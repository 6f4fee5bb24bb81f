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

    private Proxies(List<Block> trusted) {
        this.trusted = trusted;
    }

    /**
     * @param list addresses and networks, such as {@code 10.0.0.4, 2001:db8::/48}; may be empty
     * @throws IllegalArgumentException where one can't be read
     */
    public static Proxies named(String list) {
        return new Proxies(Block.list(list));
    }

    @Override
    public void handle(Context ctx) {
        String sender = sender(ctx.ip(), ctx.header("X-Forwarded-For"));
        if (!sender.equals(ctx.ip())) ctx.attribute(Network.SENDER, sender);
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
