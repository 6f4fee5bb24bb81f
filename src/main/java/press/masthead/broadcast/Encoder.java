package press.masthead.broadcast;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Gives ffmpeg what is received of one take, as it comes, until the take is closed. */
final class Encoder implements Runnable {
    private static final Logger LOG = LoggerFactory.getLogger(Encoder.class);
    private static final Duration BEAT = Duration.ofSeconds(1);

    private final Takes takes;
    private final Take take;
    private final UUID node;
    private final Path raw;
    private final Path list;
    private final Process process;
    private final LongSupplier free;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition more = lock.newCondition();
    private long received;
    private boolean closed;
    private boolean starved;

    /**
     * @param raw what is received
     * @param list where ffmpeg writes down the segments that it made
     * @param free bytes that the disk still has
     */
    Encoder(Takes takes, Take take, UUID node, Path raw, Path list, Process process, LongSupplier free) {
        this.takes = takes;
        this.take = take;
        this.node = node;
        this.raw = raw;
        this.list = list;
        this.process = process;
        this.free = free;
        this.received = take.received();
        this.closed = !take.isOpen();
    }

    long id() {
        return take.id();
    }

    boolean isAlive() {
        return process.isAlive();
    }

    /** So many bytes are in the file now. */
    void received(long bytes) {
        lock.lock();
        try {
            received = Math.max(received, bytes);
            more.signalAll();
        } finally {
            lock.unlock();
        }
    }

    /** The server stops; what was received is made anew at its next start. */
    void stop() {
        process.destroy();
    }

    @Override
    public void run() {
        try (OutputStream out = process.getOutputStream()) {
            feed(out);
        } catch (IOException e) {
            LOG.info("ffmpeg took no more of take {}: {}", take.id(), e.getMessage());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        settle();
    }

    private void feed(OutputStream out) throws IOException, InterruptedException {
        var buffer = ByteBuffer.allocate(256 << 10);
        long given = 0;
        long fruitful = 0;
        long segments = 0;
        while (process.isAlive()) {
            long until = await(given);
            starved |= free.getAsLong() < Broadcast.STARVED;
            if (until == given) {
                if (isClosed()) return;
                continue;
            }
            try (var file = FileChannel.open(raw, StandardOpenOption.READ)) {
                while (given < until) {
                    buffer.clear().limit((int) Math.min(buffer.capacity(), until - given));
                    int read = file.read(buffer, given);
                    if (read <= 0) break;
                    out.write(buffer.array(), 0, read);
                    given += read;
                    long now = list.toFile().lastModified();
                    if (now != segments) {
                        segments = now;
                        fruitful = given;
                    } else if (given - fruitful > Broadcast.noise(take.form())) {
                        // A beginning that it could read keeps it looking for more, without an end.
                        process.destroyForcibly();
                        throw new IOException("nothing in it could be read any longer");
                    }
                }
                out.flush();
            } catch (NoSuchFileException e) {
                if (isClosed()) return;
            }
        }
    }

    private boolean isClosed() {
        lock.lock();
        try {
            return closed;
        } finally {
            lock.unlock();
        }
    }

    /** Waits for more, a second at most; then asks the database, where other nodes write down what they received. */
    private long await(long given) throws InterruptedException {
        lock.lock();
        try {
            if (received > given) return received;
            if (!closed && more.await(BEAT.toMillis(), TimeUnit.MILLISECONDS) && received > given) return received;
        } finally {
            lock.unlock();
        }
        Optional<Take> now;
        try {
            now = takes.beat(take.id(), node);
        } catch (RuntimeException databaseAway) {
            // What is received in the meantime goes on through this node's own memory.
            LOG.warn("take {} could not be looked at: {}", take.id(), databaseAway.getMessage());
            return given;
        }
        lock.lock();
        try {
            received = Math.max(received, now.map(Take::received).orElse(received));
            closed = now.filter(Take::isOpen).isEmpty();
            return received;
        } finally {
            lock.unlock();
        }
    }

    private boolean nothingCame() {
        lock.lock();
        try {
            return closed && received == 0;
        } finally {
            lock.unlock();
        }
    }

    private void settle() {
        try {
            while (!process.waitFor(1, TimeUnit.SECONDS)) takes.beat(take.id(), node);
            starved |= free.getAsLong() < Broadcast.STARVED;
            // One that was ended from outside is left as it stands: its pictures are made anew. So is one that had no
            // room, which ffmpeg
            // says nothing of: it leaves out what it can't write, and ends as if all were well.
            if (process.exitValue() == 0 && !starved) takes.settle(take.id(), node, "made");
            else if ((take.round() >= 3 && !starved) || nothingCame()) takes.settle(take.id(), node, "unreadable");
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (RuntimeException databaseAway) {
            LOG.warn("take {} could not be settled", take.id(), databaseAway);
        }
    }
}
