package press.masthead.bench;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/** One connection of a viewer, as HTTP/1.1 has it (RFC 9112): opened when something is first asked, and again after it was lost. */
abstract class Wire {
    private final InetSocketAddress address;
    private final Selector selector;
    private @Nullable SocketChannel channel;
    private @Nullable ByteBuffer request;

    Wire(InetSocketAddress address, Selector selector) {
        this.address = address;
        this.selector = selector;
    }

    /** Some bytes came. */
    abstract void came(ByteBuffer bytes);

    /** The other side hung up, or could not be reached. */
    abstract void lost();

    void ask(String head) {
        request = ByteBuffer.wrap(head.getBytes(StandardCharsets.US_ASCII));
        try {
            SocketChannel known = channel;
            if (known == null) {
                known = SocketChannel.open();
                channel = known;
                known.configureBlocking(false);
                known.setOption(StandardSocketOptions.TCP_NODELAY, true);
                if (!known.connect(address)) {
                    known.register(selector, SelectionKey.OP_CONNECT, this);
                    return;
                }
                known.register(selector, SelectionKey.OP_READ, this);
            }
            write(known);
        } catch (IOException e) {
            drop();
        }
    }

    private void write(SocketChannel to) throws IOException {
        ByteBuffer bytes = request;
        while (bytes != null && bytes.hasRemaining()) to.write(bytes);
        request = null;
    }

    void ready(ByteBuffer buffer) {
        SocketChannel from = channel;
        if (from == null) return;
        try {
            SelectionKey key = from.keyFor(selector);
            if (key.isConnectable()) {
                from.finishConnect();
                key.interestOps(SelectionKey.OP_READ);
                write(from);
                return;
            }
            buffer.clear();
            int read = from.read(buffer);
            if (read < 0) drop();
            else came(buffer.flip());
        } catch (IOException e) {
            drop();
        }
    }

    private void drop() {
        close();
        lost();
    }

    void close() {
        SocketChannel open = channel;
        channel = null;
        try {
            if (open != null) open.close();
        } catch (IOException e) {
            // it is gone either way
        }
    }
}
