package press.masthead.platform.mail;

import java.util.List;

/** What a frozen message is made of, in the order of its bytes. */
sealed interface Piece {
    /** Bytes that are the same for everyone. */
    record Literal(byte[] bytes) implements Piece {}

    /** A personal value, escaped and encoded for its place. */
    record Personal(String slot, Place place, boolean inLink) implements Piece {}

    /** The value of a To header: the reader's name and address. */
    record Addressee(String nameSlot, String addressSlot) implements Piece {}

    /** A subject with personal parts: encoded as a whole, since an encoded word may not be cut. */
    record PersonalSubject(List<Piece> text) implements Piece {}

    /** A body part in base64 with personal parts: its text is put together and then encoded. */
    record Base64Text(List<Piece> text) implements Piece {}

    /** Leaves of the message that the value of the slot names, in its order. */
    record Chosen(String slot, boolean html) implements Piece {}

    /** Headers end here, the body begins. */
    record BodyBegins() implements Piece {}

    /** Where a personal value stands, which decides how it is made harmless. */
    enum Place {
        HEADER,
        TEXT,
        HTML,
        QUOTED_TEXT,
        QUOTED_HTML
    }
}
