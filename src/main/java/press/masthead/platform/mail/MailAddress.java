package press.masthead.platform.mail;

import java.net.IDN;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/**
 * A name and an address, as they stand in From and To. The address has been checked: it is one line, has one {@code @},
 * and holds nothing that could end a command or a header.
 */
public record MailAddress(String name, String address) {
    private static final String NEVER_IN_LOCAL = "()<>[]:;,\\\" ";

    public MailAddress {
        if (!isAddress(address)) {
            throw new IllegalArgumentException("not an e-mail address: " + printable(address));
        }
    }

    public static MailAddress of(String address) {
        return new MailAddress("", address);
    }

    /** Reads {@code ada@parallel.example} or {@code Ada Vell <ada@parallel.example>}. */
    public static Optional<MailAddress> read(String text) {
        String trimmed = text.strip();
        String name = "";
        if (trimmed.endsWith(">") && trimmed.indexOf('<') >= 0) {
            int open = trimmed.lastIndexOf('<');
            name = trimmed.substring(0, open).strip();
            trimmed = trimmed.substring(open + 1, trimmed.length() - 1).strip();
            if (name.length() > 1 && name.startsWith("\"") && name.endsWith("\"")) {
                name = name.substring(1, name.length() - 1);
            }
        }
        return isAddress(trimmed) ? Optional.of(new MailAddress(name, trimmed)) : Optional.empty();
    }

    /**
     * Whether a letter could be sent there: RFC 5321's lengths, one {@code @}, a host name behind it. Quoted local parts and
     * address literals are lawful, but no reader has one and every one seen on a sign-up form was an attack.
     */
    public static boolean isAddress(String text) {
        int at = text.indexOf('@');
        if (at < 1 || at != text.lastIndexOf('@') || utf8Length(text) > 254) {
            return false;
        }
        String local = text.substring(0, at);
        if (utf8Length(local) > 64 || local.startsWith(".") || local.endsWith(".") || local.contains("..")) {
            return false;
        }
        for (int i = 0; i < local.length(); i++) {
            char c = local.charAt(i);
            if (c < 0x21 || (c >= 0x7f && c < 0xa1) || NEVER_IN_LOCAL.indexOf(c) >= 0 || Character.isWhitespace(c)) {
                return false;
            }
        }
        return isHost(text.substring(at + 1));
    }

    /** The address with an international host name in its ASCII form; the local part is left as it is. */
    static String forWire(String address) {
        int at = address.indexOf('@');
        if (isAscii(address)) {
            return address;
        }
        return address.substring(0, at + 1) + IDN.toASCII(address.substring(at + 1), IDN.USE_STD3_ASCII_RULES);
    }

    private static int utf8Length(String text) {
        return isAscii(text) ? text.length() : text.getBytes(StandardCharsets.UTF_8).length;
    }

    static boolean isAscii(String text) {
        for (int i = 0; i < text.length(); i++) {
            if (text.charAt(i) > 0x7e) {
                return false;
            }
        }
        return true;
    }

    /** Labels of letters, digits and inner hyphens (RFC 1123), after an international name has been put into ASCII. */
    private static boolean isHost(String host) {
        String ascii = host;
        if (!isAscii(host)) {
            try {
                ascii = IDN.toASCII(host, IDN.USE_STD3_ASCII_RULES);
            } catch (IllegalArgumentException malformed) {
                return false;
            }
        }
        int length = ascii.length();
        if (length > 253) {
            return false;
        }
        int start = 0;
        for (int i = 0; i <= length; i++) {
            char c = i == length ? '.' : ascii.charAt(i);
            if (c == '.') {
                if (i == start || i - start > 63 || ascii.charAt(start) == '-' || ascii.charAt(i - 1) == '-') {
                    return false;
                }
                start = i + 1;
            } else if (!(c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || c >= '0' && c <= '9' || c == '-')) {
                return false;
            }
        }
        return true;
    }

    static String printable(String text) {
        StringBuilder shown = new StringBuilder();
        text.codePoints().limit(100).forEach(c -> shown.appendCodePoint(Character.isISOControl(c) ? ' ' : c));
        return shown.toString();
    }
}
