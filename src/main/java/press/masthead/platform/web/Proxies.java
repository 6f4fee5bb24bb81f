package press.masthead.platform.web;

import io.javalin.http.Context;
import io.javalin.http.Handler;
import java.net.InetAddress;
import java.util.ArrayList;
import java.util.Arrays;
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
        var blocks = new ArrayList<Block>();
        for (String each : list.split("[,\\s]+")) if (!each.isEmpty()) blocks.add(Block.read(each));
        return new Proxies(blocks);
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

    /** Addresses that begin with the same bits. */
    private record Block(byte[] bytes, int bits) {
        static Block read(String text) {
            int slash = text.indexOf('/');
            byte[] bytes = InetAddress.ofLiteral(slash < 0 ? text : text.substring(0, slash))
                    .getAddress();
            int bits = slash < 0 ? bytes.length * 8 : Integer.parseInt(text.substring(slash + 1));
            if (bits < 0 || bits > bytes.length * 8) throw new IllegalArgumentException(text);
            return new Block(bytes, bits);
        }

        boolean holds(byte[] other) {
            if (other.length != bytes.length) return false;
            int whole = bits / 8;
            if (!Arrays.equals(bytes, 0, whole, other, 0, whole)) return false;
            int rest = 8 - bits % 8;
            return rest == 8 || (bytes[whole] & 0xff) >> rest == (other[whole] & 0xff) >> rest;
        }
    }
}
