package press.masthead.broadcast;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;

/**
 * The lists of segments that players read (RFC 8216), one over all takes of a session. While it is live they reach ten minutes back; afterwards
 * they are the recording, cut at both ends.
 */
public final class Playlists {
    private static final int LIVE_SEGMENTS = 600;
    private static final Duration FRESH = Duration.ofMillis(400);

    private final Broadcast broadcast;
    private final Ffmpeg ffmpeg;
    private final Clock clock;
    private final Map<String, Kept> kept = new ConcurrentHashMap<>();

    public Playlists(Broadcast broadcast, Ffmpeg ffmpeg, Clock clock) {
        this.broadcast = broadcast;
        this.ffmpeg = ffmpeg;
        this.clock = clock;
    }

    /**
     * How much of a session is shown.
     *
     * @param over whether nothing more comes
     * @param trimStart seconds cut from the beginning, where it is over
     */
    public record Cut(boolean over, int trimStart, int trimEnd) {}

    /** @param making whoever has it makes the next one; the others are given this one meanwhile */
    private record Kept(byte[] list, Cut cut, Instant at, Semaphore making) {
        boolean isFresh(Instant now) {
            return at.plus(FRESH).isAfter(now);
        }
    }

    private record Segment(String name, double seconds, boolean opensTake) {}

    /** The list of qualities that the newest take is made in, maybe by another node, of another strength. */
    byte[] master(long session) {
        for (Take take : broadcast.takes().of(session).reversed()) {
            Path written = broadcast.folder(session).resolve(take.folder()).resolve(Ffmpeg.MASTER);
            try {
                return Files.readAllBytes(written);
            } catch (NoSuchFileException e) {
                // the take before it, then
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
        return master(ffmpeg.qualities());
    }

    static byte[] master(List<Quality> qualities) {
        var text = new StringBuilder("#EXTM3U\n#EXT-X-VERSION:6\n#EXT-X-INDEPENDENT-SEGMENTS\n");
        for (int n = 0; n < qualities.size(); n++)
            text.append(qualities.get(n).line()).append("\nv").append(n).append(".m3u8\n");
        return text.toString().getBytes(StandardCharsets.UTF_8);
    }

    /** One quality's list; none before the first segment is there. The same for all viewers, made at most twice a second. */
    Optional<byte[]> media(long session, int quality, Cut cut) {
        String key = session + "/" + quality;
        Instant now = clock.instant();
        Kept known = kept.get(key);
        if (known != null
                && known.cut().equals(cut)
                && (known.isFresh(now) || !known.making().tryAcquire())) return Optional.of(known.list());
        if (kept.size() > 1_000) kept.clear();
        Optional<byte[]> made = make(session, quality, cut);
        made.ifPresent(list -> kept.put(key, new Kept(list, cut, now, new Semaphore(1))));
        return made;
    }

    private Optional<byte[]> make(long session, int quality, Cut cut) {
        List<Take> takes = broadcast.takes().of(session);
        var all = new ArrayList<Segment>();
        for (Take take : takes) all.addAll(segments(session, take, quality));
        boolean whole = cut.over() && takes.stream().allMatch(Take::isMade);
        List<Segment> shown = whole ? trimmed(all, cut) : all;
        if (shown.isEmpty()) return Optional.empty();
        int first = whole ? 0 : Math.max(0, shown.size() - LIVE_SEGMENTS);
        long breaks =
                shown.subList(0, first).stream().filter(Segment::opensTake).count();
        double longest = shown.stream().mapToDouble(Segment::seconds).max().orElse(1);
        var text = new StringBuilder(shown.size() * 48)
                .append("#EXTM3U\n#EXT-X-VERSION:6\n#EXT-X-TARGETDURATION:")
                .append(Math.max(1, Math.round(longest)))
                .append("\n#EXT-X-MEDIA-SEQUENCE:")
                .append(first)
                .append("\n#EXT-X-DISCONTINUITY-SEQUENCE:")
                .append(breaks)
                .append(
                        whole
                                ? "\n#EXT-X-PLAYLIST-TYPE:VOD\n#EXT-X-INDEPENDENT-SEGMENTS\n"
                                : "\n#EXT-X-INDEPENDENT-SEGMENTS\n");
        for (Segment one : shown.subList(first, shown.size())) {
            if (one.opensTake()) text.append("#EXT-X-DISCONTINUITY\n");
            text.append(String.format(Locale.ROOT, "#EXTINF:%.3f,%n%s%n", one.seconds(), one.name()));
        }
        if (whole) text.append("#EXT-X-ENDLIST\n");
        return Optional.of(text.toString().getBytes(StandardCharsets.UTF_8));
    }

    private List<Segment> segments(long session, Take take, int quality) {
        Path list = broadcast.folder(session).resolve(take.folder()).resolve("v" + quality + ".m3u8");
        var found = new ArrayList<Segment>();
        try {
            double seconds = 1;
            for (String line : Files.readAllLines(list)) {
                if (line.startsWith("#EXTINF:")) seconds = Double.parseDouble(line.substring(8, line.indexOf(',')));
                else if (!line.isEmpty() && !line.startsWith("#"))
                    found.add(new Segment(
                            take.folder() + "-" + line.substring(line.lastIndexOf('/') + 1), seconds, found.isEmpty()));
            }
        } catch (NoSuchFileException e) {
            return List.of();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return found;
    }

    private static List<Segment> trimmed(List<Segment> all, Cut cut) {
        double total = all.stream().mapToDouble(Segment::seconds).sum();
        var left = new ArrayList<Segment>();
        double at = 0;
        for (Segment one : all) {
            double middle = at + one.seconds() / 2;
            if (middle >= cut.trimStart() && middle <= total - cut.trimEnd()) left.add(one);
            at += one.seconds();
        }
        return left;
    }

    /** How long all of it is, in seconds, nothing cut away. */
    public double length(long session) {
        double total = 0;
        for (Take take : broadcast.takes().of(session)) total += length(session, take);
        return total;
    }

    private double length(long session, Take take) {
        return segments(session, take, 0).stream().mapToDouble(Segment::seconds).sum();
    }

    /** Where in all of it a moment lies, in seconds; what falls between two takes lies at the later one's beginning. */
    public double place(long session, Instant moment) {
        double before = 0;
        double place = 0;
        for (Take take : broadcast.takes().of(session)) {
            double length = length(session, take);
            double into = Duration.between(take.openedAt(), moment).toMillis() / 1000.0;
            if (into < 0) break;
            place = before + Math.min(into, length);
            before += length;
        }
        return place;
    }

    /** Whether the whole recording can be shown. */
    public boolean isWhole(long session) {
        List<Take> takes = broadcast.takes().of(session);
        return !takes.isEmpty() && takes.stream().allMatch(Take::isMade);
    }
}
