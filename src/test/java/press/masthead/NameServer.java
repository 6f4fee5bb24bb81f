package press.masthead;

import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;

/** A name server on loopback that knows a few TXT records (RFC 1035), over UDP, and over TCP for what is too long for it. */
final class NameServer implements AutoCloseable {
    private static final int OK = 0;
    private static final int FAILURE = 2;
    private static final int NO_SUCH_NAME = 3;
    private static final int TEXT = 16;
    private static final int MOST_BY_UDP = 512;

    private final InetAddress loopback = InetAddress.getLoopbackAddress();
    private final ServerSocket streams;
    private final DatagramSocket datagrams;
    /** Each record a row of strings. */
    private final Map<String, List<List<String>>> records = new ConcurrentHashMap<>();

    /** How often it was asked. */
    final AtomicInteger asked = new AtomicInteger();

    final AtomicInteger byStream = new AtomicInteger();
    volatile boolean silent;
    volatile boolean broken;

    NameServer() throws IOException {
        streams = new ServerSocket(0, 10, loopback);
        datagrams = new DatagramSocket(streams.getLocalPort(), loopback);
        Thread.ofVirtual().start(this::answerDatagrams);
        Thread.ofVirtual().start(this::answerStreams);
    }

    String address() {
        return "127.0.0.1:" + streams.getLocalPort();
    }

    /** Each text is one record of one string. */
    void says(String name, String... texts) {
        records.put(name, List.of(texts).stream().map(List::of).toList());
    }

    /** One record in several strings. */
    void saysInParts(String name, String... parts) {
        records.put(name, List.of(List.of(parts)));
    }

    /** The name is there, without any text. */
    void saysNothing(String name) {
        records.put(name, List.of());
    }

    void forgets() {
        records.clear();
        silent = false;
        broken = false;
    }

    private void answerDatagrams() {
        var buffer = new byte[MOST_BY_UDP];
        while (!datagrams.isClosed())
            try {
                var packet = new DatagramPacket(buffer, buffer.length);
                datagrams.receive(packet);
                asked.incrementAndGet();
                if (silent) continue;
                byte[] question = java.util.Arrays.copyOf(packet.getData(), packet.getLength());
                byte[] answer = answer(question, false);
                if (answer.length > MOST_BY_UDP) answer = answer(question, true);
                datagrams.send(new DatagramPacket(answer, answer.length, packet.getSocketAddress()));
            } catch (IOException e) {
                // Closed, or a packet that makes no sense: whoever asked asks once more.
            }
    }

    private void answerStreams() {
        while (!streams.isClosed())
            try (Socket socket = streams.accept()) {
                byStream.incrementAndGet();
                var in = new DataInputStream(socket.getInputStream());
                var question = new byte[in.readUnsignedShort()];
                in.readFully(question);
                byte[] answer = answer(question, false);
                var out = new DataOutputStream(socket.getOutputStream());
                out.writeShort(answer.length);
                out.write(answer);
            } catch (IOException e) {
                // as above
            }
    }

    /** @param cut whether to say only that there is more than fits */
    private byte[] answer(byte[] question, boolean cut) throws IOException {
        int end = 12;
        var name = new StringBuilder();
        while (question[end] != 0) {
            int length = question[end];
            name.append(name.isEmpty() ? "" : ".")
                    .append(new String(question, end + 1, length, StandardCharsets.US_ASCII));
            end += length + 1;
        }
        end += 5;
        List<List<String>> found = records.get(name.toString().toLowerCase(Locale.ROOT));
        int code = broken ? FAILURE : found == null ? NO_SUCH_NAME : OK;
        List<List<String>> rows = found == null || broken || cut ? List.of() : found;
        var bytes = new ByteArrayOutputStream();
        var out = new DataOutputStream(bytes);
        out.write(question, 0, 2);
        // An answer, by the server itself, to whoever wants it looked up further.
        out.writeShort(0x8580 | (cut ? 0x0200 : 0) | code);
        out.writeShort(1);
        out.writeShort(rows.size());
        out.writeInt(0);
        out.write(question, 12, end - 12);
        for (List<String> row : rows) {
            out.writeShort(0xC00C);
            out.writeShort(TEXT);
            out.writeShort(1);
            out.writeInt(604_800);
            var data = new ByteArrayOutputStream();
            for (String part : row) {
                byte[] text = part.getBytes(StandardCharsets.US_ASCII);
                data.write(text.length);
                data.write(text);
            }
            out.writeShort(data.size());
            data.writeTo(out);
        }
        return bytes.toByteArray();
    }

    @Override
    public void close() throws IOException {
        datagrams.close();
        streams.close();
    }
}
