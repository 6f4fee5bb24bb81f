package press.masthead.broadcast;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Clock;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import org.jdbi.v3.core.Jdbi;
import press.masthead.platform.web.Problem;

/**
 * Receives what a browser records, part by part, and has pictures made of it. What was received is kept whatever becomes of the pictures:
 * where ffmpeg or the server ends early, they are made anew from it.
 */
public final class Broadcast implements AutoCloseable {
    /** Nobody makes pictures of a take whose last sign is older. */
    private static final Duration SILENCE = Duration.ofSeconds(8);

    private static final long LITTLE_ROOM = 500L << 20;

    private final Jdbi jdbi;
    private final Takes takes;
    private final Ffmpeg ffmpeg;
    private final Path folder;
    private final Clock clock;
    private final UUID node = UUID.randomUUID();
    private final Map<Long, Encoder> encoders = new ConcurrentHashMap<>();

    /** @param folder where all nodes read and write */
    public Broadcast(Jdbi jdbi, Ffmpeg ffmpeg, Path folder, Clock clock) {
        this.jdbi = jdbi;
        this.takes = new Takes(jdbi, clock);
        this.ffmpeg = ffmpeg;
        this.folder = folder;
        this.clock = clock;
    }

    Takes takes() {
        return takes;
    }

    Path folder(long session) {
        return folder.resolve(Long.toString(session));
    }

    private Path raw(Take take) {
        return folder(take.sessionId())
                .resolve("take-" + take.id() + (take.form().equals("flv") ? ".flv" : ".webm"));
    }

    /** Whether going live is possible on this machine. */
    public boolean isPossible() {
        return ffmpeg.isThere();
    }

    /**
     * Begins a take; one that is under way in the session ends.
     *
     * @param form "matroska", as browsers record, or "flv", as programs send
     */
    public long open(long session, long by, String form) {
        if (!ffmpeg.isThere())
            throw Problem.unavailable("This server has no ffmpeg, so nobody can go live. Its operator can install it.");
        Take take = takes.open(session, by, node, form);
        start(take);
        return take.id();
    }

    private void start(Take take) {
        try {
            Process process = ffmpeg.start(folder(take.sessionId()).resolve(take.folder()), take.form());
            var encoder = new Encoder(takes, take, node, raw(take), process);
            encoders.put(take.id(), encoder);
            Thread.ofVirtual().name("take-" + take.id()).start(() -> {
                encoder.run();
                encoders.remove(take.id(), encoder);
            });
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /**
     * How a part was taken.
     *
     * @param next the number of the part that is awaited now
     * @param again whether pictures are no longer made of this take, so that the browser should begin another
     * @param littleRoom whether the disk is nearly full
     * @param closed whether nothing is taken any more: another take was begun in its place, or the session is over
     */
    public record Taken(int next, boolean again, boolean littleRoom, boolean closed) {}

    /** Keeps one part. The same part twice is kept once; one that comes too early is not taken. */
    public Taken receive(long session, long id, int part, byte[] bytes) {
        Take take = jdbi.inTransaction(handle -> {
            Take held =
                    takes.hold(handle, session, id).orElseThrow(() -> Problem.notFound("There is no such recording."));
            if (part != held.nextPart() || !held.state().matches("open|closed")) return held;
            write(raw(held), held.received(), bytes);
            takes.received(handle, id, bytes.length);
            return takes.hold(handle, session, id).orElseThrow();
        });
        Encoder encoder = encoders.get(id);
        if (encoder != null) encoder.received(take.received());
        boolean alive = encoder != null
                ? encoder.isAlive()
                : take.beatAt().isAfter(clock.instant().minus(SILENCE));
        return new Taken(
                take.nextPart(),
                !take.isOpen() || !alive,
                folder.toFile().getUsableSpace() < LITTLE_ROOM,
                !take.isOpen());
    }

    /** At its place in the file, so that half of a part that a full disk left is written over. */
    private static void write(Path raw, long at, byte[] bytes) {
        try {
            Files.createDirectories(raw.getParent());
            try (var file = FileChannel.open(raw, StandardOpenOption.CREATE, StandardOpenOption.WRITE)) {
                var rest = ByteBuffer.wrap(bytes);
                for (long position = at; rest.hasRemaining(); ) position += file.write(rest, position);
            }
        } catch (IOException e) {
            String message = String.valueOf(e.getMessage());
            if (message.contains("No space left") || message.contains("quota exceeded"))
                throw Problem.full("The server's disk is full. What was received until now is safe.");
            throw new UncheckedIOException(e);
        }
    }

    /**
     * Who sends pictures.
     *
     * @param form "matroska" from a browser, "flv" from a program
     */
    public record OnAir(long by, String form) {
        public boolean isProgram() {
            return form.equals("flv");
        }
    }

    /** Who sends pictures to the session just now. */
    public Optional<OnAir> onAir(long session) {
        return takes.onAir(session, SILENCE);
    }

    /** Nothing more comes for the session. */
    public void close(long session) {
        takes.close(session);
    }

    /** Makes the pictures of takes that a kill left without; for the timetable. */
    public void mend() {
        if (ffmpeg.isThere() && encoders.isEmpty()) takes.adopt(node, SILENCE).ifPresent(this::start);
    }

    @Override
    public void close() {
        encoders.values().forEach(Encoder::stop);
    }
}
