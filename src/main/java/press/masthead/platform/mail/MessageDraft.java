package press.masthead.platform.mail;

import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/**
 * A message being put together: who, what, text and HTML. Texts may hold {@link Slot} marks. {@link #freeze} encodes it once
 * and for all readers.
 */
public final class MessageDraft {
    private static final SecureRandom RANDOM = new SecureRandom();
    private static final Set<String> OURS =
            Set.of("mime-version", "content-type", "content-transfer-encoding", "dkim-signature");

    private static final int LARGEST_LEAF = 32 * 1024;

    private final List<Piece> pieces = new ArrayList<>();
    private final Map<String, Runnable> headers = new LinkedHashMap<>();
    private final Map<String, FrozenMessage.Leaf> leaves = new HashMap<>();
    private String text = "";
    private String html = "";
    private String method = "";
    private String calendar = "";

    MessageDraft() {}

    public MessageDraft from(MailAddress sender) {
        return set("From", () -> literal(Headers.mailbox(sender.name(), sender.address(), 6)));
    }

    public MessageDraft to(MailAddress reader) {
        return set("To", () -> literal(Headers.mailbox(reader.name(), reader.address(), 4)));
    }

    /** The reader's name and address come from these slots. */
    public MessageDraft toSlots(String nameSlot, String addressSlot) {
        return set("To", () -> pieces.add(new Piece.Addressee(nameSlot, addressSlot)));
    }

    public MessageDraft replyTo(MailAddress answersTo) {
        return set("Reply-To", () -> literal(Headers.mailbox(answersTo.name(), answersTo.address(), 10)));
    }

    public MessageDraft subject(String subject) {
        return set("Subject", () -> {
            List<Piece> parts = parse(subject, Piece.Place.TEXT);
            if (parts.stream().allMatch(Piece.Literal.class::isInstance)) {
                literal(Headers.text(subject, "Subject: ".length()));
            } else {
                pieces.add(new Piece.PersonalSubject(parts));
            }
        });
    }

    public MessageDraft date(Instant when, ZoneId zone) {
        return set("Date", () -> literal(Headers.date(when, zone)));
    }

    /**
     * Any other header, in ASCII; its slots give printable ASCII without blanks and angle brackets.
     *
     * @throws IllegalArgumentException for a name or value that could end the header
     */
    public MessageDraft header(String name, String value) {
        if (!name.matches("[A-Za-z][A-Za-z0-9-]{0,60}") || OURS.contains(name.toLowerCase(Locale.ROOT))) {
            throw new IllegalArgumentException("not a header for a letter: " + MailAddress.printable(name));
        }
        for (int i = 0; i < value.length(); i++) {
            char c = value.charAt(i);
            if ((c < ' ' || c > 0x7e) && c != Slot.OPEN && c != Slot.CLOSE) {
                throw new IllegalArgumentException("the header " + name + " takes printable ASCII alone");
            }
        }
        return set(name, () -> {
            for (Piece piece : parse(value, Piece.Place.HEADER)) {
                pieces.add(piece);
            }
        });
    }

    public MessageDraft text(String plainText) {
        text = plainText;
        return this;
    }

    public MessageDraft html(String page) {
        html = page;
        return this;
    }

    /**
     * Adds a calendar entry: as one more alternative, by which calendars take it in (RFC 6047, 2.4), and as a file for readers whose
     * mail program knows no invitations.
     *
     * @param method what the entry's METHOD says
     * @param ics the entry, the same for all who get this message
     * @throws IllegalArgumentException for a method that could end the header
     */
    public MessageDraft calendar(String method, String ics) {
        if (!method.matches("[A-Z]{3,16}")) throw new IllegalArgumentException("not a calendar method");
        this.method = method;
        this.calendar = ics;
        return this;
    }

    /**
     * Freezes a part that some letters have, for {@link Slot#leaves}. It has no slots of its own.
     *
     * @param name 1 to 40 of a-z, 0-9, dot, dash, underscore
     * @param plainText a whole number of lines; an end of line is added where it lacks
     * @param page HTML that may stand between two others of its kind
     * @throws IllegalArgumentException when it is larger than 32 KB: a letter of a dozen such parts is cut off by mailbox
     *     providers at 100 KB
     */
    public MessageDraft leaf(String name, String plainText, String page) {
        if (!name.matches("[a-z0-9._-]{1,40}")) throw new IllegalArgumentException("not a leaf's name: " + name);
        leaves.put(name, new FrozenMessage.Leaf(leaf(plainText), leaf(page)));
        return this;
    }

    private static byte[] leaf(String content) {
        if (content.length() > LARGEST_LEAF)
            throw new IllegalArgumentException("a part of %,d characters is too large for a letter; %,d are the most"
                    .formatted(content.length(), LARGEST_LEAF));
        byte[] clean = words(content.replace("\r\n", "\n").replace('\r', '\n').stripTrailing() + "\n")
                .bytes();
        Bytes encoded = new Bytes(clean.length * 3 / 2 + 16);
        QuotedPrintable.softBreak(QuotedPrintable.encode(clean, encoded), encoded);
        return encoded.toArray();
    }

    /** Encodes the message; a draft is frozen once. */
    public FrozenMessage freeze() {
        for (String needed : List.of("from", "to", "subject", "date", "message-id")) {
            if (!headers.containsKey(needed)) {
                throw new IllegalStateException("a message needs " + needed);
            }
        }
        if (text.isBlank()) {
            throw new IllegalStateException("a message needs a text");
        }
        headers.values().forEach(Runnable::run);
        literal("MIME-Version: 1.0\r\n");
        if (html.isEmpty()) {
            part("text/plain", text, Piece.Place.TEXT, true);
        } else {
            String outer = boundary();
            String inner = calendar.isEmpty() ? outer : boundary();
            literal("Content-Type: multipart/" + (calendar.isEmpty() ? "alternative" : "mixed") + ";\r\n boundary=\""
                    + outer + "\"\r\n\r\n");
            pieces.add(new Piece.BodyBegins());
            if (!calendar.isEmpty())
                literal("--" + outer + "\r\nContent-Type: multipart/alternative;\r\n boundary=\"" + inner
                        + "\"\r\n\r\n");
            literal("--" + inner + "\r\n");
            part("text/plain", text, Piece.Place.TEXT, false);
            literal("\r\n--" + inner + "\r\n");
            part("text/html", html, Piece.Place.HTML, false);
            if (!calendar.isEmpty()) {
                String entry = Base64.getMimeEncoder().encodeToString(calendar.getBytes(StandardCharsets.UTF_8));
                literal("\r\n--" + inner + "\r\nContent-Type: text/calendar; charset=utf-8; method=" + method
                        + "\r\nContent-Transfer-Encoding: base64\r\n\r\n" + entry + "\r\n--" + inner + "--\r\n\r\n--"
                        + outer + "\r\nContent-Type: application/ics; name=\"event.ics\"\r\n"
                        + "Content-Disposition: attachment; filename=\"event.ics\"\r\n"
                        + "Content-Transfer-Encoding: base64\r\n\r\n" + entry);
            }
            literal("\r\n--" + outer + "--\r\n");
        }
        return new FrozenMessage(joined(pieces), leaves);
    }

    /** "=_" stands in no quoted-printable and no base64 text. */
    private static String boundary() {
        byte[] random = new byte[12];
        RANDOM.nextBytes(random);
        return "=_" + HexFormat.of().formatHex(random);
    }

    private MessageDraft set(String name, Runnable value) {
        headers.put(name.toLowerCase(Locale.ROOT), () -> {
            literal(name + ": ");
            value.run();
            literal("\r\n");
        });
        return this;
    }

    private void literal(String ascii) {
        pieces.add(new Piece.Literal(ascii.getBytes(StandardCharsets.US_ASCII)));
    }

    private void part(String type, String content, Piece.Place place, boolean whole) {
        List<Piece> parts =
                parse(content.replace("\r\n", "\n").replace('\r', '\n').stripTrailing(), place);
        boolean quoted = quotedIsShorter(parts);
        literal("Content-Type: " + type + "; charset=utf-8\r\nContent-Transfer-Encoding: "
                + (quoted ? "quoted-printable" : "base64") + "\r\n\r\n");
        if (whole) {
            pieces.add(new Piece.BodyBegins());
        }
        if (quoted) {
            quoted(parts, place);
        } else {
            pieces.add(new Piece.Base64Text(parts));
        }
        if (whole) {
            // a line that ends softly may not be the last, and an empty one behind it would not be signed
            boolean open = quoted && !(parts.getLast() instanceof Piece.Literal);
            literal(open ? "=20\r\n" : "\r\n");
        }
    }

    private void quoted(List<Piece> parts, Piece.Place place) {
        for (Piece part : parts) {
            if (part instanceof Piece.Literal(byte[] words)) {
                Bytes encoded = new Bytes(words.length * 3 / 2 + 16);
                int column = QuotedPrintable.encode(words, encoded);
                if (part != parts.getLast()) {
                    QuotedPrintable.softBreak(column, encoded);
                }
                pieces.add(new Piece.Literal(encoded.toArray()));
            } else if (part instanceof Piece.Personal slot) {
                pieces.add(new Piece.Personal(
                        slot.slot(),
                        place == Piece.Place.HTML ? Piece.Place.QUOTED_HTML : Piece.Place.QUOTED_TEXT,
                        slot.inLink()));
            } else if (part instanceof Piece.Chosen) {
                pieces.add(part);
            }
        }
    }

    /**
     * Quoted-printable triples every byte beyond ASCII, base64 adds a third to all: Arabic goes in base64, English does not. A part
     * with leaves is quoted-printable, because leaves are encoded before anyone knows what stands around them.
     */
    private static boolean quotedIsShorter(List<Piece> parts) {
        if (parts.stream().anyMatch(Piece.Chosen.class::isInstance)) return true;
        long all = 0;
        long beyond = 0;
        for (Piece part : parts) {
            if (part instanceof Piece.Literal(byte[] words)) {
                all += words.length;
                for (byte b : words) {
                    if (b < 0 || b == '=') {
                        beyond++;
                    }
                }
            }
        }
        return all + 2 * beyond <= all * 37 / 27;
    }

    /** Cuts a text at its slot marks; a lone mark character is dropped. */
    private static List<Piece> parse(String marked, Piece.Place place) {
        List<Piece> parts = new ArrayList<>();
        int from = 0;
        while (from < marked.length()) {
            int open = marked.indexOf(Slot.OPEN, from);
            int close = open < 0 ? -1 : marked.indexOf(Slot.CLOSE, open);
            if (close < 0) {
                break;
            }
            if (open > from) {
                parts.add(words(marked.substring(from, open)));
            }
            char kind = marked.charAt(open + 1);
            boolean plain = kind != Slot.IN_LINK && kind != Slot.LEAVES;
            String name = marked.substring(open + (plain ? 1 : 2), close);
            if (name.matches("[a-z][a-z0-9._-]{0,39}")) {
                parts.add(
                        kind == Slot.LEAVES
                                ? new Piece.Chosen(name, place == Piece.Place.HTML)
                                : new Piece.Personal(name, place, kind == Slot.IN_LINK));
            }
            from = close + 1;
        }
        if (from < marked.length()) {
            parts.add(words(marked.substring(from)));
        }
        return parts;
    }

    private static Piece.Literal words(String text) {
        String clean = text.replace("" + Slot.OPEN, "").replace("" + Slot.CLOSE, "");
        return new Piece.Literal(clean.getBytes(StandardCharsets.UTF_8));
    }

    /** Neighbouring literals become one, so that splicing copies few and long runs. */
    private static List<Piece> joined(List<Piece> pieces) {
        List<Piece> joined = new ArrayList<>();
        Bytes run = new Bytes();
        for (Piece piece : pieces) {
            if (piece instanceof Piece.Literal(byte[] bytes)) {
                run.append(bytes);
                continue;
            }
            if (run.length() > 0) {
                joined.add(new Piece.Literal(run.toArray()));
                run.clear();
            }
            joined.add(piece);
        }
        if (run.length() > 0) {
            joined.add(new Piece.Literal(run.toArray()));
        }
        return joined;
    }
}
