package press.masthead.broadcast;

import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.HashMap;
import java.util.Map;

/** One connection of a program that sends pictures: the greeting, messages cut into chunks (Adobe's RTMP specification 1.0, sections 5 and 6). */
final class RtmpLine {
    static final int AUDIO = 8;
    static final int VIDEO = 9;
    static final int COMMAND = 20;
    static final int COMMAND_3 = 17;

    private static final int HELLO = 1536;
    private static final int OUR_CHUNK = 4096;
    private static final int WINDOW = 2_500_000;
    private static final int MOST_CHUNK = 1 << 20;

    private final DataInputStream in;
    private final DataOutputStream out;
    private final Map<Integer, Strand> strands = new HashMap<>();
    private int chunk = 128;
    private long received;
    private long acknowledged;
    private int mostBytes = 16 << 10;

    RtmpLine(InputStream in, OutputStream out) {
        this.in = new DataInputStream(in);
        this.out = new DataOutputStream(out);
    }

    /** @param time milliseconds by the sender's clock */
    record Message(int type, long time, byte[] body) {}

    /** What is known of one of the strands that messages are twined into. */
    private static final class Strand {
        long time;
        long delta;
        int length;
        int type;
        boolean extended;
        byte[] body = {};
        int filled;
    }

    /** From now on messages as long as pictures are. */
    void trust() {
        mostBytes = 4 << 20;
    }

    void shake() throws IOException {
        if (in.readByte() != 3) throw new IOException("this is no RTMP");
        byte[] theirs = in.readNBytes(HELLO);
        if (theirs.length < HELLO) throw new EOFException();
        out.writeByte(3);
        out.write(new byte[HELLO]);
        out.write(theirs);
        out.flush();
        in.skipNBytes(HELLO);
    }

    /** The next message that is not about the connection itself. */
    Message read() throws IOException {
        while (true) {
            Message message = assembled();
            switch (message.type()) {
                case 1 -> {
                    chunk = number(message.body(), 0);
                    if (chunk < 1 || chunk > MOST_CHUNK) throw new IOException("chunks of " + chunk + " bytes");
                }
                case 2, 3, 4, 5, 6 -> {}
                default -> {
                    return message;
                }
            }
        }
    }

    private static int number(byte[] bytes, int at) throws IOException {
        if (bytes.length < at + 4) throw new IOException("a message is too short");
        return (bytes[at] & 0xff) << 24
                | (bytes[at + 1] & 0xff) << 16
                | (bytes[at + 2] & 0xff) << 8
                | bytes[at + 3] & 0xff;
    }

    private int three() throws IOException {
        return in.readUnsignedByte() << 16 | in.readUnsignedByte() << 8 | in.readUnsignedByte();
    }

    private Message assembled() throws IOException {
        while (true) {
            int first = in.readUnsignedByte();
            int number = first & 0x3f;
            if (number == 0) number = in.readUnsignedByte() + 64;
            else if (number == 1) number = in.readUnsignedByte() + in.readUnsignedByte() * 256 + 64;
            Strand strand = strands.get(number);
            if (strand == null) {
                if (strands.size() > 64) throw new IOException("too many strands");
                strand = new Strand();
                strands.put(number, strand);
            }
            head(strand, first >> 6);
            int some = Math.min(chunk, strand.length - strand.filled);
            in.readFully(strand.body, strand.filled, some);
            strand.filled += some;
            received += some + 12;
            if (received - acknowledged > WINDOW / 2) acknowledge();
            if (strand.filled < strand.length) continue;
            strand.filled = 0;
            byte[] body = strand.body;
            strand.body = new byte[strand.length];
            return new Message(strand.type, strand.time, body);
        }
    }

    private void head(Strand strand, int form) throws IOException {
        boolean begins = strand.filled == 0;
        long stamp = 0;
        if (form < 3) {
            stamp = three();
            strand.extended = stamp == 0xffffff;
        }
        if (form < 2) {
            strand.length = three();
            strand.type = in.readUnsignedByte();
            if (strand.length > mostBytes) throw new IOException("a message of " + strand.length + " bytes");
        }
        if (form == 0) in.skipNBytes(4);
        if (strand.extended) {
            long whole = in.readInt() & 0xffffffffL;
            if (form < 3) stamp = whole;
        }
        if (form < 2 && strand.body.length != strand.length) {
            strand.body = new byte[strand.length];
            strand.filled = 0;
        }
        if (form == 0) {
            strand.time = stamp;
            strand.delta = 0;
        } else if (form < 3) strand.delta = stamp;
        if (form > 0 && begins) strand.time += strand.delta;
    }

    private void acknowledge() throws IOException {
        acknowledged = received;
        write(2, 3, 0, bytes((int) received));
    }

    private static byte[] bytes(int number) {
        return new byte[] {(byte) (number >> 24), (byte) (number >> 16), (byte) (number >> 8), (byte) number};
    }

    /** What a server says of itself before it answers to "connect". */
    void introduce() throws IOException {
        write(2, 5, 0, bytes(WINDOW));
        byte[] limit = new byte[5];
        System.arraycopy(bytes(WINDOW), 0, limit, 0, 4);
        limit[4] = 2;
        write(2, 6, 0, limit);
        write(2, 1, 0, bytes(OUR_CHUNK));
    }

    void command(int stream, Object... values) throws IOException {
        write(3, COMMAND, stream, Amf.write(values));
    }

    private void write(int strand, int type, int stream, byte[] body) throws IOException {
        out.writeByte(strand);
        out.write(new byte[3]);
        out.write(bytes(body.length), 1, 3);
        out.writeByte(type);
        out.writeInt(Integer.reverseBytes(stream));
        for (int at = 0; at < body.length; at += OUR_CHUNK) {
            if (at > 0) out.writeByte(0xc0 | strand);
            out.write(body, at, Math.min(OUR_CHUNK, body.length - at));
        }
        out.flush();
    }
}
