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
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import org.jdbi.v3.core.Jdbi;
import press.masthead.platform.storage.Disk;
import press.masthead.platform.web.Problem;

/**
 * Receives what a browser records, part by part, and has pictures made of it. What was received is kept whatever becomes of the pictures:
 * where ffmpeg or the server ends early, they are made anew from it.
 */
public final class Broadcast implements AutoCloseable {
    /** Nobody makes pictures of a take whose last sign is older. */
    private static final Duration SILENCE = Duration.ofSeconds(8);

    private static final long LITTLE_ROOM = 500L << 20;
    /** Enough to close what is open: the pictures of what was received, and PostgreSQL where it lies on the same disk. */
    private static final long LEAST_ROOM = 100L << 20;

    /** With less than this ffmpeg may have left something out. */
    static final long STARVED = 16L << 20;

    /** So much without a second of pictures is noise: 20 seconds of what browsers are asked for, four of a very sharp program. */
    static long noise(String form) {
        return form.equals("flv") ? 24L << 20 : 6L << 20;
    }

    private static final int TRIES = 3;
    private static final Duration REST = Duration.ofMinutes(1);

    private final Jdbi jdbi;
    private final Takes takes;
    private final Ffmpeg ffmpeg;
    private final Path folder;
    private final Disk disk;
    private final Clock clock;
    private final UUID node = UUID.randomUUID();
    private final Map<Long, Encoder> encoders = new ConcurrentHashMap<>();

    /** @param folder where all nodes read and write */
    public Broadcast(Jdbi jdbi, Ffmpeg ffmpeg, Path folder, Disk disk, Clock clock) {
        this.jdbi = jdbi;
        this.takes = new Takes(jdbi, clock);
        this.ffmpeg = ffmpeg;
        this.folder = folder;
        this.disk = disk;
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

    /** Whether the disk is nearly full. */
    public boolean hasLittleRoom() {
        return disk.free(folder) < LITTLE_ROOM;
    }

    private boolean hasRoom() {
        return disk.free(folder) >= LEAST_ROOM;
    }

    private static Problem full() {
        return Problem.full(
                "The server’s disk is full: nothing more is recorded, and what was received until now is safe.");
    }

    private static Problem unreadable(String form) {
        return Problem.invalid(
                form.equals("flv")
                        ? "These pictures can’t be read. Please choose H.264 and AAC in your program’s settings, and begin again in a minute."
                        : "What your browser sends can’t be read as pictures. Please reload this page and go live again, or take another browser.");
    }

    /** Whether viewers were given anything of it. */
    private boolean isSeen(Take take) {
        return Files.exists(list(take));
    }

    private Path list(Take take) {
        return folder(take.sessionId()).resolve(take.folder()).resolve("v0.m3u8");
    }

    /**
     * Begins a take; one that is under way in the session ends. After three in a row without a picture a browser begins no other by itself, and
     * a program, in which nobody presses a button of ours, one a minute.
     *
     * @param form "matroska", as browsers record, or "flv", as programs send
     * @param byHand whether a person pressed the button, and no program goes on by itself
     */
    public long open(long session, long by, String form, boolean byHand) {
        if (!ffmpeg.isThere())
            throw Problem.unavailable("This server has no ffmpeg, so nobody can go live. Its operator can install it.");
        if (!hasRoom()) throw full();
        List<Take> last = takes.last(session, TRIES);
        boolean rested = form.equals("flv")
                && !last.isEmpty()
                && last.getFirst().openedAt().isBefore(clock.instant().minus(REST));
        if (!byHand && !rested && last.size() == TRIES && last.stream().noneMatch(this::isSeen)) throw unreadable(form);
        Take take = takes.open(session, by, node, form);
        start(take);
        return take.id();
    }

    private void start(Take take) {
        try {
            Process process = ffmpeg.start(folder(take.sessionId()).resolve(take.folder()), take.form());
            var encoder = new Encoder(takes, take, node, raw(take), list(take), process, () -> disk.free(folder));
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
     * @param seen whether viewers were given anything of this take
     * @param littleRoom whether the disk is nearly full
     * @param closed whether nothing is taken any more: another take was begun in its place, or the session is over
     */
    public record Taken(int next, boolean again, boolean seen, boolean littleRoom, boolean closed) {}

    /** Keeps one part. The same part twice is kept once; one that comes too early is not taken. */
    public Taken receive(long session, long id, int part, byte[] bytes) {
        Take take = jdbi.inTransaction(handle -> {
            Take held =
                    takes.hold(handle, session, id).orElseThrow(() -> Problem.notFound("There is no such recording."));
            if (part != held.nextPart() || !held.state().matches("open|closed")) return held;
            if (!hasRoom()) throw full();
            if (held.received() > noise(held.form()) && !isSeen(held)) throw unreadable(held.form());
            write(raw(held), held.received(), bytes);
            takes.received(handle, id, bytes.length);
            return takes.hold(handle, session, id).orElseThrow();
        });
        Encoder encoder = encoders.get(id);
        if (encoder != null) encoder.received(take.received());
        boolean alive = encoder != null
                ? encoder.isAlive()
                : take.beatAt().isAfter(clock.instant().minus(SILENCE));
        return new Taken(take.nextPart(), !take.isOpen() || !alive, isSeen(take), hasLittleRoom(), !take.isOpen());
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
            if (message.contains("No space left") || message.contains("quota exceeded")) throw full();
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

    /** Makes the pictures of takes that a kill left without, once there is room for them; for the timetable. */
    public void mend() {
        if (ffmpeg.isThere() && encoders.isEmpty() && hasRoom())
            takes.adopt(node, SILENCE).ifPresent(this::start);
    }

    @Override
    public void close() {
        encoders.values().forEach(Encoder::stop);
    }
}
