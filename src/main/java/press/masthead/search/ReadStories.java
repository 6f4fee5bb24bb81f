package press.masthead.search;

import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Has the model read what was published, the newest first, and writes down what it made of it for all nodes. On one thread that rests
 * after each passage: as long as the passage took on a machine with nothing to do, nine times as long on a busy one, so that pages
 * never feel it.
 */
public final class ReadStories implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(ReadStories.class);
    private static final Duration PAUSE = Duration.ofSeconds(2);
    private static final double BUSY = 0.75;

    private final Jdbi jdbi;
    private final Pieces pieces;
    private final Model model;
    private final Semaphore wake = new Semaphore(0);
    private final Semaphore end = new Semaphore(0);
    private final Thread thread =
            Thread.ofPlatform().name("read-stories").daemon().unstarted(this::run);
    private volatile boolean closed;

    public ReadStories(Jdbi jdbi, Model model) {
        this.jdbi = jdbi;
        this.pieces = new Pieces(jdbi);
        this.model = model;
    }

    public void begin() {
        if (!model.isNone()) thread.start();
    }

    /** Something was published. */
    public void wake() {
        wake.release();
    }

    @Override
    public void close() {
        closed = true;
        wake.release();
        end.release();
        try {
            if (thread.isAlive()) thread.join(Duration.ofSeconds(10));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void run() {
        while (!closed) {
            try {
                while (!closed && one()) LOG.debug("one more read");
            } catch (RuntimeException e) {
                if (!closed) LOG.warn("Reading waits: {}", e.getMessage());
            }
            waitFor(PAUSE);
        }
    }

    private void waitFor(Duration time) {
        try {
            if (wake.tryAcquire(time.toMillis(), TimeUnit.MILLISECONDS)) wake.drainPermits();
        } catch (InterruptedException e) {
            closed = true;
            Thread.currentThread().interrupt();
        }
    }

    /** Reads the newest that is unread; false when nothing is. */
    boolean one() {
        return jdbi.inTransaction(handle -> {
            Optional<Long> next = handle.createQuery("""
                            select story_id from story_unread order by at desc limit 1 for update skip locked
                            """).mapTo(Long.class).findOne();
            if (next.isEmpty()) return false;
            Optional<Meaning> meaning = model.waitedFor();
            if (meaning.isEmpty()) return false;
            pieces.of(List.of(next.get()), model.name()).forEach(known -> read(handle, known.piece(), meaning.get()));
            if (!closed)
                handle.createUpdate("delete from story_unread where story_id = :story")
                        .bind("story", next.get())
                        .execute();
            return !closed;
        });
    }

    private void read(Handle handle, Piece piece, Meaning meaning) {
        if (!meaning.understands(piece.language())) return;
        byte[] digest = digest(piece);
        boolean same = handle.createQuery("""
                        select exists (select from story_meaning where story_id = :story and model = :model and digest = :digest)
                        """)
                .bind("story", piece.id())
                .bind("model", meaning.name())
                .bind("digest", digest)
                .mapTo(Boolean.class)
                .one();
        if (same) return;
        var directions = Reading.directions(piece, new Rested(meaning));
        if (closed) return;
        handle.createUpdate("""
                        insert into story_meaning (story_id, model, digest, opening, rest)
                        values (:story, :model, :digest, :opening, :rest)
                        on conflict (story_id) do update set model = excluded.model, digest = excluded.digest,
                          opening = excluded.opening, rest = excluded.rest
                        """)
                .bind("story", piece.id())
                .bind("model", meaning.name())
                .bind("digest", digest)
                .bind("opening", Vectors.joined(directions.open()))
                .bind("rest", Vectors.joined(directions.rest()))
                .execute();
        handle.createUpdate("insert into story_change (story_id) values (:story)")
                .bind("story", piece.id())
                .execute();
        handle.execute("notify story_changed");
    }

    private static byte[] digest(Piece piece) {
        try {
            var digest = MessageDigest.getInstance("SHA-256");
            for (String text :
                    Arrays.asList(piece.language(), piece.title(), piece.standfirst(), piece.opening(), piece.rest())) {
                digest.update(text.getBytes(StandardCharsets.UTF_8));
                digest.update((byte) 0);
            }
            return digest.digest();
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    /** The model, resting after each passage; once all is closed it says nothing any more. */
    private final class Rested implements Meaning {
        private final Meaning meaning;

        Rested(Meaning meaning) {
            this.meaning = meaning;
        }

        @Override
        public String name() {
            return meaning.name();
        }

        @Override
        public boolean understands(String languageTag) {
            return meaning.understands(languageTag);
        }

        @Override
        public float[] of(String text) {
            if (closed) return new float[Vectors.DIMENSIONS];
            long began = System.nanoTime();
            float[] direction = meaning.of(text);
            long took = System.nanoTime() - began;
            rest(Duration.ofNanos(isBusy() ? 9 * took : took));
            return direction;
        }

        private void rest(Duration time) {
            try {
                if (closing(time)) LOG.debug("closed while resting");
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }

        private boolean closing(Duration time) throws InterruptedException {
            return end.tryAcquire(time.toNanos(), TimeUnit.NANOSECONDS);
        }
    }

    private static boolean isBusy() {
        return ManagementFactory.getOperatingSystemMXBean() instanceof com.sun.management.OperatingSystemMXBean machine
                && machine.getCpuLoad() > BUSY;
    }
}
