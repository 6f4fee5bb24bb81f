package press.masthead;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** The network between two programs on this machine, which a test can unplug and plug in again. */
final class Cable implements AutoCloseable {
    private final int to;
    private final ServerSocket end;
    private final Set<Socket> sockets = ConcurrentHashMap.newKeySet();
    private volatile boolean plugged = true;

    /** @param to the port on loopback at the other end */
    Cable(int to) throws IOException {
        this.to = to;
        end = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        Thread.ofVirtual().start(this::accept);
    }

    /** The port at this end. */
    int port() {
        return end.getLocalPort();
    }

    void unplug() throws IOException {
        plugged = false;
        for (Socket socket : sockets) socket.close();
    }

    void plugIn() {
        plugged = true;
    }

    private void accept() {
        while (!end.isClosed()) {
            try {
                Socket near = end.accept();
                if (!plugged) {
                    near.close();
                    continue;
                }
                Socket far = new Socket(InetAddress.getLoopbackAddress(), to);
                sockets.add(near);
                sockets.add(far);
                Thread.ofVirtual().start(() -> pump(near, far));
                Thread.ofVirtual().start(() -> pump(far, near));
            } catch (IOException e) {
                // the test has closed this end
            }
        }
    }

    private static void pump(Socket from, Socket to) {
        try (from;
                to;
                InputStream in = from.getInputStream();
                OutputStream out = to.getOutputStream()) {
            in.transferTo(out);
        } catch (IOException e) {
            // one end has hung up, so both are closed
        }
    }

    @Override
    public void close() throws IOException {
        end.close();
        unplug();
    }
}
