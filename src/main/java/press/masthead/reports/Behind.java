package press.masthead.reports;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.TreeMap;
import java.util.zip.Deflater;

/**
 * Objects written behind the end of a PDF, and the table that names them (ISO 32000-1, 7.5.6 and 7.5.8). What stands before is neither
 * read nor changed.
 */
final class Behind {
    private static final int ROW = 6;

    private final byte[] before;
    private final Room room;
    private final ByteArrayOutputStream written = new ByteArrayOutputStream(24 << 10);
    private final TreeMap<Long, Integer> places = new TreeMap<>();

    Behind(byte[] before, Room room) {
        this.before = before;
        this.room = room;
    }

    void object(long number, String dictionary) {
        begin(number);
        write(dictionary + "\nendobj\n");
    }

    /** @param entries of its dictionary, besides its length and filter */
    void stream(long number, String entries, byte[] content) {
        byte[] packed = packed(content);
        begin(number);
        write("<< " + entries + " /Filter /FlateDecode /Length " + packed.length + " >>\nstream\n");
        written.writeBytes(packed);
        write("\nendstream\nendobj\n");
    }

    /** The whole file, when every object is written. {@code number} is the table's own. */
    byte[] finished(long number) {
        int place = place();
        places.put(number, place);
        var index = new StringBuilder();
        ByteBuffer rows = ByteBuffer.allocate(places.size() * ROW);
        // type 1: an object that is no part of another; its place; its generation
        places.forEach((object, at) -> {
            index.append(object).append(" 1 ");
            rows.put((byte) 1).putInt(at).put((byte) 0);
        });
        String id = room.id().isEmpty() ? "" : " /ID [<" + room.id() + "> <" + room.id() + ">]";
        String info = room.info() == 0 ? "" : " /Info " + room.info() + " 0 R";
        stream(
                number,
                "/Type /XRef /Size " + (number + 1) + " /W [1 4 1] /Index ["
                        + index.toString().strip() + "] /Prev " + room.table() + " /Root " + room.root() + " 0 R" + info
                        + id,
                rows.array());
        write("startxref\n" + place + "\n%%EOF\n");
        byte[] whole = new byte[before.length + written.size()];
        System.arraycopy(before, 0, whole, 0, before.length);
        System.arraycopy(written.toByteArray(), 0, whole, before.length, written.size());
        return whole;
    }

    private void begin(long number) {
        places.put(number, place());
        write(number + " 0 obj\n");
    }

    private int place() {
        return before.length + written.size();
    }

    private void write(String words) {
        written.writeBytes(words.getBytes(StandardCharsets.US_ASCII));
    }

    private static byte[] packed(byte[] content) {
        try (var deflater = new Deflater()) {
            deflater.setInput(content);
            deflater.finish();
            byte[] packed = new byte[content.length + 64];
            int length = 0;
            while (!deflater.finished()) length += deflater.deflate(packed, length, packed.length - length);
            return java.util.Arrays.copyOf(packed, length);
        }
    }
}
