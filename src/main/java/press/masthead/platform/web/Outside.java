package press.masthead.platform.web;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Arrays;
import java.util.List;

/**
 * The addresses that a request of ours may go to when somebody else names the host: those of the public internet, and the
 * networks that the operator allows. Everything else belongs to this machine or to its neighbours (RFC 6890, RFC 4193).
 */
public final class Outside {
    private static final List<Block> INSIDE = Block.list("""
            0.0.0.0/8 10.0.0.0/8 100.64.0.0/10 127.0.0.0/8 169.254.0.0/16 172.16.0.0/12 192.0.0.0/24 192.0.2.0/24
            192.88.99.0/24 192.168.0.0/16 198.18.0.0/15 198.51.100.0/24 203.0.113.0/24 224.0.0.0/4 240.0.0.0/4
            ::/96 64:ff9b::/96 64:ff9b:1::/48 100::/64 2001::/23 2001:db8::/32 2002::/16 3fff::/20 5f00::/16
            fc00::/7 fe80::/10 fec0::/10 ff00::/8
            """);

    private final List<Block> allowed;

    private Outside(List<Block> allowed) {
        this.allowed = allowed;
    }

    /**
     * @param allowed networks that may be spoken to although they are not public, such as {@code 10.0.0.0/8}; may be empty
     * @throws IllegalArgumentException where one can't be read
     */
    public static Outside allowing(String allowed) {
        return new Outside(Block.list(allowed));
    }

    /** Where the host is. One address among many that we may not speak to is enough to refuse. */
    List<InetAddress> find(String host) throws Fetch.Refused {
        InetAddress[] found;
        try {
            found = InetAddress.getAllByName(host);
        } catch (UnknownHostException e) {
            throw new Fetch.Refused("nothing is known under the name " + host);
        }
        for (InetAddress address : found)
            if (!isOutside(address)) throw new Fetch.Refused(host + " is not on the public internet");
        return List.of(found);
    }

    boolean isOutside(InetAddress address) {
        byte[] bytes = address.getAddress();
        return isAllowed(bytes) || INSIDE.stream().noneMatch(block -> block.holds(plain(bytes)));
    }

    /** Whether the operator has named a network that it lies in. */
    boolean isAllowed(InetAddress address) {
        return isAllowed(address.getAddress());
    }

    private boolean isAllowed(byte[] bytes) {
        return allowed.stream().anyMatch(block -> block.holds(plain(bytes)));
    }

    /** An IPv4 address in IPv6's clothes (::ffff:0:0/96) is judged as what it is. */
    private static byte[] plain(byte[] bytes) {
        if (bytes.length != 16) return bytes;
        for (int i = 0; i < 10; i++) if (bytes[i] != 0) return bytes;
        return bytes[10] == -1 && bytes[11] == -1 ? Arrays.copyOfRange(bytes, 12, 16) : bytes;
    }
}
