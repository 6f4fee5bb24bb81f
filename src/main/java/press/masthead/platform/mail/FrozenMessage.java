package press.masthead.platform.mail;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A message rendered once, of which only the personal slots differ from reader to reader. Its bytes are 7-bit, need no dot
 * stuffing, and are their own relaxed canonical form, so that a letter is spliced, hashed and sent without being looked at
 * again. It can be kept as bytes and read back.
 */
public final class FrozenMessage {
    private static final int FORMAT = 2;

    /** What a letter's leaves are guessed to take, for the SIZE of RFC 1870. */
    private static final int LEAVES_GUESSED = 20 * 1024;

    private final List<Piece> pieces;
    private final Map<String, Leaf> leaves;
    private final int size;

    /** A part that some letters have: its two forms, encoded, each beginning and ending at the start of a line. */
    record Leaf(byte[] text, byte[] html) {}

    FrozenMessage(List<Piece> pieces, Map<String, Leaf> leaves) {
        this.pieces = List.copyOf(pieces);
        this.leaves = Map.copyOf(leaves);
        this.size = pieces.stream().mapToInt(FrozenMessage::sizeOf).sum();
    }

    /** Starts a new message. */
    public static MessageDraft draft() {
        return new MessageDraft();
    }

    /** About how many bytes a letter will have; the personal parts are guessed. */
    public int size() {
        return size;
    }

    /**
     * The first leaf that these values ask for and that the message has not; such a letter can't be made.
     *
     * @return empty when it can
     */
    public Optional<String> missing(Slot.Values values) {
        String last = "";
        for (Piece piece : pieces)
            // the text's slot is the page's too: looked at once
            if (piece instanceof Piece.Chosen(String slot, boolean html) && !slot.equals(last)) {
                last = slot;
                for (var names = new Names(values.value(slot)); names.hasNext(); ) {
                    String name = names.next();
                    if (!leaves.containsKey(name)) return Optional.of(name);
                }
            }
        return Optional.empty();
    }

    private void leaves(Piece.Chosen chosen, Slot.Values values, Bytes into) {
        for (var names = new Names(values.value(chosen.slot())); names.hasNext(); ) {
            String name = names.next();
            Leaf leaf = leaves.get(name);
            if (leaf == null) throw new IllegalArgumentException("the message has no leaf " + name);
            into.append(chosen.html() ? leaf.html() : leaf.text());
        }
    }

    /** The words of a value, parted by blanks. A pattern would be compiled four times for each letter. */
    private static final class Names {
        private final String value;
        private int at;

        Names(String value) {
            this.value = value;
            skipBlanks();
        }

        private void skipBlanks() {
            while (at < value.length() && value.charAt(at) == ' ') at++;
        }

        boolean hasNext() {
            return at < value.length();
        }

        String next() {
            int end = value.indexOf(' ', at);
            String name = value.substring(at, end < 0 ? value.length() : end);
            at += name.length();
            skipBlanks();
            return name;
        }
    }

    /** The same message with the leaves of another besides its own. */
    public FrozenMessage withLeavesOf(FrozenMessage other) {
        Map<String, Leaf> all = new HashMap<>(leaves);
        all.putAll(other.leaves);
        return new FrozenMessage(pieces, all);
    }

    public boolean hasLeaf(String name) {
        return leaves.containsKey(name);
    }

    /**
     * Writes one reader's letter.
     *
     * @return where in the letter the body begins, which a signature wants to know
     * @throws IllegalArgumentException when the address in a slot is not one, or a leaf is {@link #missing}
     */
    public int splice(Slot.Values values, Bytes into) {
        int body = 0;
        for (Piece piece : pieces) {
            switch (piece) {
                case Piece.Literal literal -> into.append(literal.bytes());
                case Piece.Personal personal -> Splice.personal(personal, values, into);
                case Piece.Addressee to -> Splice.addressee(to, values, into);
                case Piece.PersonalSubject subject -> Splice.subject(subject, values, into);
                case Piece.Base64Text text -> Splice.base64(text, values, into);
                case Piece.Chosen chosen -> leaves(chosen, values, into);
                case Piece.BodyBegins here -> body = into.length();
            }
        }
        return body;
    }

    /** The bytes to keep. */
    public byte[] toBytes() {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream(size + 256);
        try (DataOutputStream out = new DataOutputStream(bytes)) {
            out.writeByte(FORMAT);
            write(pieces, out);
            out.writeInt(leaves.size());
            for (var leaf : leaves.entrySet()) {
                out.writeUTF(leaf.getKey());
                write(leaf.getValue().text(), out);
                write(leaf.getValue().html(), out);
            }
        } catch (IOException impossible) {
            throw new UncheckedIOException(impossible);
        }
        return bytes.toByteArray();
    }

    /** The message that {@link #toBytes} kept. */
    public static FrozenMessage of(byte[] kept) {
        try (DataInputStream in = new DataInputStream(new ByteArrayInputStream(kept))) {
            int format = in.readByte();
            if (format < 1 || format > FORMAT) {
                throw new IllegalArgumentException("a frozen message of format " + format + ", known is " + FORMAT);
            }
            List<Piece> pieces = read(in);
            return new FrozenMessage(pieces, format == 1 ? Map.of() : readLeaves(in));
        } catch (IOException cut) {
            throw new IllegalArgumentException("a frozen message that is cut short", cut);
        }
    }

    private static void write(byte[] bytes, DataOutputStream out) throws IOException {
        out.writeInt(bytes.length);
        out.write(bytes);
    }

    private static Map<String, Leaf> readLeaves(DataInputStream in) throws IOException {
        int count = in.readInt();
        Map<String, Leaf> leaves = HashMap.newHashMap(count);
        for (int i = 0; i < count; i++)
            leaves.put(in.readUTF(), new Leaf(in.readNBytes(in.readInt()), in.readNBytes(in.readInt())));
        return leaves;
    }

    private static void write(List<Piece> pieces, DataOutputStream out) throws IOException {
        out.writeInt(pieces.size());
        for (Piece piece : pieces) {
            switch (piece) {
                case Piece.Literal literal -> {
                    out.writeByte('l');
                    write(literal.bytes(), out);
                }
                case Piece.Personal personal -> {
                    out.writeByte('p');
                    out.writeUTF(personal.slot());
                    out.writeUTF(personal.place().name());
                    out.writeBoolean(personal.inLink());
                }
                case Piece.Addressee to -> {
                    out.writeByte('a');
                    out.writeUTF(to.nameSlot());
                    out.writeUTF(to.addressSlot());
                }
                case Piece.PersonalSubject subject -> {
                    out.writeByte('s');
                    write(subject.text(), out);
                }
                case Piece.Base64Text text -> {
                    out.writeByte('b');
                    write(text.text(), out);
                }
                case Piece.Chosen chosen -> {
                    out.writeByte('c');
                    out.writeUTF(chosen.slot());
                    out.writeBoolean(chosen.html());
                }
                case Piece.BodyBegins here -> out.writeByte('|');
            }
        }
    }

    private static List<Piece> read(DataInputStream in) throws IOException {
        int count = in.readInt();
        List<Piece> pieces = new ArrayList<>(count);
        for (int i = 0; i < count; i++) {
            int kind = in.readByte();
            pieces.add(
                    switch (kind) {
                        case 'l' -> new Piece.Literal(in.readNBytes(in.readInt()));
                        case 'p' ->
                            new Piece.Personal(in.readUTF(), Piece.Place.valueOf(in.readUTF()), in.readBoolean());
                        case 'a' -> new Piece.Addressee(in.readUTF(), in.readUTF());
                        case 's' -> new Piece.PersonalSubject(read(in));
                        case 'b' -> new Piece.Base64Text(read(in));
                        case 'c' -> new Piece.Chosen(in.readUTF(), in.readBoolean());
                        case '|' -> new Piece.BodyBegins();
                        default -> throw new IOException("unknown piece " + kind);
                    });
        }
        return pieces;
    }

    private static int sizeOf(Piece piece) {
        return switch (piece) {
            case Piece.Literal literal -> literal.bytes().length;
            case Piece.Base64Text text ->
                text.text().stream().mapToInt(FrozenMessage::sizeOf).sum() * 7 / 5;
            case Piece.Personal p -> 64;
            case Piece.Addressee a -> 64;
            case Piece.PersonalSubject s -> 100;
            case Piece.Chosen c -> LEAVES_GUESSED / 2;
            case Piece.BodyBegins b -> 0;
        };
    }
}
