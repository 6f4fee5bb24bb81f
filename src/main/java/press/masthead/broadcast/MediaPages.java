package press.masthead.broadcast;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.javalin.http.Context;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.LongFunction;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import press.masthead.platform.web.Problem;

/** Lists and segments, to whoever holds a good pass. What many ask for at one time is read once. */
public final class MediaPages {
    static final String LIST_TYPE = "application/vnd.apple.mpegurl";
    static final String SEGMENT_TYPE = "video/mp2t";

    private static final Pattern LIST = Pattern.compile("v(\\d)\\.m3u8");
    private static final Pattern SEGMENT = Pattern.compile("(\\d{1,18}-\\d{1,6})-(v\\d-\\d{5,8}\\.ts)");
    private static final long MOST_BYTES = 24L << 20;
    private static final Duration FRESH = Duration.ofMillis(500);

    private final Broadcast broadcast;
    private final Playlists playlists;
    private final Passes passes;
    private final LongFunction<Optional<Playlists.Cut>> cuts;
    private final Watched watched;
    private final Clock clock;
    private final Map<Long, Known> known = new ConcurrentHashMap<>();
    private final Cache<Path, byte[]> segments = Caffeine.newBuilder()
            .maximumWeight(MOST_BYTES)
            .weigher((Path path, byte[] bytes) -> bytes.length + 256)
            .build();

    /** Told that someone's player fetched pictures of a session. */
    @FunctionalInterface
    public interface Watched {
        void now(long session, long reader);
    }

    private record Known(Optional<Playlists.Cut> cut, Instant at, AtomicBoolean asking) {}

    /** A list or a segment. */
    record Answer(String contentType, byte[] bytes) {
        String cacheControl() {
            return contentType.equals(LIST_TYPE) ? "private, no-store" : "private, max-age=300";
        }
    }

    /** @param cuts how much of a session is shown at this moment */
    public MediaPages(
            Broadcast broadcast,
            Playlists playlists,
            Passes passes,
            LongFunction<Optional<Playlists.Cut>> cuts,
            Watched watched,
            Clock clock) {
        this.broadcast = broadcast;
        this.playlists = playlists;
        this.passes = passes;
        this.cuts = cuts;
        this.watched = watched;
        this.clock = clock;
    }

    /** GET /live/media/{session}/{pass}/{file} */
    public void file(Context ctx) {
        String number = ctx.pathParam("session");
        long session = number.matches("\\d{1,18}") ? Long.parseLong(number) : 0;
        long reader = passes.holder(session, ctx.pathParam("pass"))
                .orElseThrow(() -> Problem.gone("This address has expired. Please open the page again."));
        Answer answer = find(session, reader, ctx.pathParam("file"))
                .orElseThrow(() -> Problem.notFound("There is no such file, or there are no pictures yet."));
        ctx.contentType(answer.contentType())
                .header("Cache-Control", answer.cacheControl())
                .result(answer.bytes());
    }

    /** What the holder of a good pass asks for; none where there is none, or the pass is not good. */
    Optional<Answer> ask(long session, String pass, String file) {
        return passes.holder(session, pass).flatMap(reader -> find(session, reader, file));
    }

    private Optional<Answer> find(long session, long reader, String file) {
        if (file.equals("master.m3u8")) return Optional.of(new Answer(LIST_TYPE, playlists.master(session)));
        Matcher list = LIST.matcher(file);
        if (list.matches())
            return cut(session)
                    .flatMap(cut -> playlists.media(session, Integer.parseInt(list.group(1)), cut))
                    .map(bytes -> new Answer(LIST_TYPE, bytes));
        Matcher segment = SEGMENT.matcher(file);
        if (!segment.matches()) return Optional.empty();
        Optional<byte[]> bytes =
                segment(broadcast.folder(session).resolve(segment.group(1)).resolve(segment.group(2)));
        if (bytes.isPresent()) watched.now(session, reader);
        return bytes.map(them -> new Answer(SEGMENT_TYPE, them));
    }

    /** Of a thousand viewers, one a half second asks the database; the others are told what it was a moment ago. */
    private Optional<Playlists.Cut> cut(long session) {
        Instant now = clock.instant();
        Known last = known.computeIfAbsent(session, id -> new Known(cuts.apply(id), now, new AtomicBoolean()));
        if (now.isBefore(last.at().plus(FRESH)) || !last.asking().compareAndSet(false, true)) return last.cut();
        try {
            var next = new Known(cuts.apply(session), now, new AtomicBoolean());
            known.replace(session, last, next);
            return next.cut();
        } finally {
            last.asking().set(false);
        }
    }

    /** Something changed in a session, or, where none is named, may have. */
    public void forget(String session) {
        if (session.isEmpty()) known.clear();
        else known.remove(Long.parseLong(session));
    }

    private Optional<byte[]> segment(Path path) {
        byte[] held = segments.getIfPresent(path);
        if (held != null) return Optional.of(held);
        try {
            return Optional.of(segments.get(path, MediaPages::read));
        } catch (UncheckedIOException e) {
            if (e.getCause() instanceof NoSuchFileException) return Optional.empty();
            throw e;
        }
    }

    private static byte[] read(Path path) {
        try {
            return Files.readAllBytes(path);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
