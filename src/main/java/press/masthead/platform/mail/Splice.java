package press.masthead.platform.mail;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Base64;

/** Personal values made harmless for the place they go to. Whatever a reader calls herself, it stays a name. */
final class Splice {
    private static final Base64.Encoder LINES = Base64.getMimeEncoder(76, new byte[] {'\r', '\n'});

    private Splice() {}

    static void personal(Piece.Personal slot, Slot.Values values, Bytes into) {
        String value = escaped(slot, values);
        switch (slot.place()) {
            case HEADER -> into.ascii(Headers.token(value));
            case TEXT, HTML -> into.utf8(value);
            case QUOTED_TEXT, QUOTED_HTML ->
                QuotedPrintable.softBreak(QuotedPrintable.encode(value.getBytes(StandardCharsets.UTF_8), into), into);
        }
    }

    static void addressee(Piece.Addressee to, Slot.Values values, Bytes into) {
        into.ascii(Headers.mailbox(values.value(to.nameSlot()), values.value(to.addressSlot()), "To: ".length()));
    }

    static void subject(Piece.PersonalSubject subject, Slot.Values values, Bytes into) {
        StringBuilder text = new StringBuilder();
        for (Piece piece : subject.text()) {
            switch (piece) {
                case Piece.Literal literal -> text.append(new String(literal.bytes(), StandardCharsets.UTF_8));
                case Piece.Personal slot -> text.append(values.value(slot.slot()));
                case Piece.Addressee a -> throw new IllegalStateException("an addressee inside a subject");
                case Piece.PersonalSubject s -> throw new IllegalStateException("a subject inside a subject");
                case Piece.Base64Text b -> throw new IllegalStateException("a body inside a subject");
                case Piece.Chosen c -> throw new IllegalStateException("leaves inside a subject");
                case Piece.BodyBegins b -> throw new IllegalStateException("a body inside a subject");
            }
        }
        into.ascii(Headers.text(text.toString(), "Subject: ".length()));
    }

    static void base64(Piece.Base64Text part, Slot.Values values, Bytes into) {
        Bytes plain = new Bytes(16 * 1024);
        for (Piece piece : part.text()) {
            switch (piece) {
                case Piece.Literal literal -> plain.append(literal.bytes());
                case Piece.Personal slot -> personal(slot, values, plain);
                case Piece.Addressee a -> throw new IllegalStateException("an addressee inside a body");
                case Piece.PersonalSubject s -> throw new IllegalStateException("a subject inside a body");
                case Piece.Base64Text b -> throw new IllegalStateException("a body inside a body");
                case Piece.Chosen c -> throw new IllegalStateException("leaves inside base64");
                case Piece.BodyBegins b -> throw new IllegalStateException("a body inside a body");
            }
        }
        into.append(LINES.encode(plain.toArray()));
    }

    private static String escaped(Piece.Personal slot, Slot.Values values) {
        String value = values.value(slot.slot());
        if (slot.inLink()) {
            value = URLEncoder.encode(value, StandardCharsets.UTF_8).replace("+", "%20");
        }
        return switch (slot.place()) {
            case HEADER -> value;
            case TEXT, QUOTED_TEXT -> Headers.oneLine(value);
            case HTML, QUOTED_HTML -> html(Headers.oneLine(value));
        };
    }

    static String html(String text) {
        StringBuilder escaped = null;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            String entity = switch (c) {
                case '&' -> "&amp;";
                case '<' -> "&lt;";
                case '>' -> "&gt;";
                case '"' -> "&quot;";
                case '\'' -> "&#39;";
                default -> "";
            };
            if (!entity.isEmpty() && escaped == null) {
                escaped = new StringBuilder(text.length() + 16).append(text, 0, i);
            }
            if (escaped != null) {
                if (entity.isEmpty()) {
                    escaped.append(c);
                } else {
                    escaped.append(entity);
                }
            }
        }
        return escaped == null ? text : escaped.toString();
    }
}
