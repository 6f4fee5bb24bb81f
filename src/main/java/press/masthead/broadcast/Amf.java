package press.masthead.broadcast;

import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The few kinds of values that RTMP commands are written in (Action Message Format, AMF0): numbers, truths, texts, objects, and nothing,
 * which is the empty list here.
 */
final class Amf {
    /** Nothing at all. */
    static final List<Object> NOTHING = List.of();

    private static final int DEEPEST = 8;

    private Amf() {}

    /** @throws IOException where it is none of these kinds, or ends too early */
    static List<Object> read(byte[] bytes) throws IOException {
        var values = new ArrayList<Object>();
        var from = ByteBuffer.wrap(bytes);
        try {
            while (from.hasRemaining()) values.add(value(from, 0));
        } catch (BufferUnderflowException e) {
            throw new IOException("a command ends too early", e);
        }
        return values;
    }

    private static Object value(ByteBuffer from, int depth) throws IOException {
        if (depth > DEEPEST) throw new IOException("a command is nested too deep");
        int kind = from.get() & 0xff;
        return switch (kind) {
            case 0 -> from.getDouble();
            case 1 -> from.get() != 0;
            case 2 -> text(from, from.getShort() & 0xffff);
            case 3 -> fields(from, depth);
            case 5, 6 -> NOTHING;
            case 8 -> {
                from.getInt();
                yield fields(from, depth);
            }
            case 12 -> text(from, from.getInt());
            default -> throw new IOException("a command holds a value of kind " + kind);
        };
    }

    private static Map<String, Object> fields(ByteBuffer from, int depth) throws IOException {
        var fields = new LinkedHashMap<String, Object>();
        while (true) {
            String name = text(from, from.getShort() & 0xffff);
            if (name.isEmpty() && from.get(from.position()) == 9) {
                from.get();
                return fields;
            }
            fields.put(name, value(from, depth + 1));
        }
    }

    private static String text(ByteBuffer from, int length) throws IOException {
        if (length < 0 || length > from.remaining()) throw new IOException("a command ends too early");
        byte[] bytes = new byte[length];
        from.get(bytes);
        return new String(bytes, StandardCharsets.UTF_8);
    }

    static byte[] write(Object... values) throws IOException {
        var bytes = new ByteArrayOutputStream();
        var out = new DataOutputStream(bytes);
        for (Object one : values) write(out, one);
        return bytes.toByteArray();
    }

    private static void write(DataOutputStream out, Object one) throws IOException {
        switch (one) {
            case Number number -> {
                out.writeByte(0);
                out.writeDouble(number.doubleValue());
            }
            case String text -> {
                out.writeByte(2);
                out.writeUTF(text);
            }
            case Map<?, ?> fields -> {
                out.writeByte(3);
                for (var field : fields.entrySet()) {
                    out.writeUTF(String.valueOf(field.getKey()));
                    write(out, field.getValue());
                }
                out.writeShort(0);
                out.writeByte(9);
            }
            default -> out.writeByte(5);
        }
    }
}
