package press.masthead.platform.web;

import java.net.InetAddress;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Addresses that begin with the same bits, such as {@code 10.1.0.0/16}. */
record Block(byte[] bytes, int bits) {
    /** @throws IllegalArgumentException where the text is none */
    static Block read(String text) {
        int slash = text.indexOf('/');
        byte[] bytes = InetAddress.ofLiteral(slash < 0 ? text : text.substring(0, slash))
                .getAddress();
        int bits = slash < 0 ? bytes.length * 8 : Integer.parseInt(text.substring(slash + 1));
        if (bits < 0 || bits > bytes.length * 8) throw new IllegalArgumentException(text);
        return new Block(bytes, bits);
    }

    /**
     * All that a list names.
     *
     * @throws IllegalArgumentException where one can't be read
     */
    static List<Block> list(String text) {
        var blocks = new ArrayList<Block>();
        for (String each : text.split("[,\\s]+")) if (!each.isEmpty()) blocks.add(read(each));
        return List.copyOf(blocks);
    }

    boolean holds(byte[] other) {
        if (other.length != bytes.length) return false;
        int whole = bits / 8;
        if (!Arrays.equals(bytes, 0, whole, other, 0, whole)) return false;
        int rest = 8 - bits % 8;
        return rest == 8 || (bytes[whole] & 0xff) >> rest == (other[whole] & 0xff) >> rest;
    }
}
