package press.masthead.deliveries;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import press.masthead.platform.db.DatabaseUrl;

/** The network to the database. Some commits get through to it, and their answers do not come back: the line breaks instead. */
final class ForgetfulCable implements AutoCloseable {
    private final DatabaseUrl to;
    private final Set<Integer> lost;
    private final ServerSocket end;
    private final Set<Socket> sockets = ConcurrentHashMap.newKeySet();
    final AtomicInteger commits = new AtomicInteger();

    /** @param lost which commits, counted from 1 */
    ForgetfulCable(DatabaseUrl to, Integer... lost) throws IOException {
        this.to = to;
        this.lost = Set.of(lost);
        end = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        Thread.ofVirtual().start(this::accept);
    }

    /** The same database over this cable; without prepared statements, so that a commit can be seen on the wire. */
    DatabaseUrl url() {
        return new DatabaseUrl(
                "127.0.0.1",
                end.getLocalPort(),
                to.database(),
                to.user(),
                to.password(),
                Map.of("prepareThreshold", "0"));
    }

    private void accept() {
        while (!end.isClosed()) {
            try {
                Socket near = end.accept();
                Socket far = new Socket(to.host(), to.port());
                sockets.add(near);
                sockets.add(far);
                var forgets = new AtomicBoolean();
                Thread.ofVirtual().start(() -> asks(near, far, forgets));
                Thread.ofVirtual().start(() -> answers(far, near, forgets));
            } catch (IOException e) {
                // the test has closed this end
            }
        }
    }

    private void asks(Socket near, Socket far, AtomicBoolean forgets) {
        try (near;
                far) {
            InputStream in = near.getInputStream();
            OutputStream out = far.getOutputStream();
            byte[] some = new byte[65_536];
            for (int count = in.read(some); count >= 0; count = in.read(some)) {
                boolean commit = new String(some, 0, count, StandardCharsets.ISO_8859_1).contains("COMMIT\0");
                if (commit && lost.contains(commits.incrementAndGet())) forgets.set(true);
                out.write(some, 0, count);
            }
        } catch (IOException e) {
            // one end has hung up, so both are closed
        }
    }

    private static void answers(Socket far, Socket near, AtomicBoolean forgets) {
        try (near;
                far) {
            InputStream in = far.getInputStream();
            OutputStream out = near.getOutputStream();
            byte[] some = new byte[65_536];
            for (int count = in.read(some); count >= 0 && !forgets.get(); count = in.read(some))
                out.write(some, 0, count);
        } catch (IOException e) {
            // one end has hung up, so both are closed
        }
    }

    @Override
    public void close() throws IOException {
        end.close();
        for (Socket socket : sockets) socket.close();
    }
}
