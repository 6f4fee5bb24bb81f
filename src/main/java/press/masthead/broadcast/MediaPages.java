package press.masthead.broadcast;

import io.javalin.http.Context;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.util.Optional;
import java.util.function.LongFunction;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import press.masthead.platform.web.Problem;

/** Lists and segments, to whoever holds a good pass. */
public final class MediaPages {
    private static final Pattern LIST = Pattern.compile("v(\\d)\\.m3u8");
    private static final Pattern SEGMENT = Pattern.compile("(\\d{1,18}-\\d{1,6})-(v\\d-\\d{5,8}\\.ts)");

    private final Broadcast broadcast;
    private final Playlists playlists;
    private final Passes passes;
    private final LongFunction<Optional<Playlists.Cut>> cuts;
    private final Watched watched;

    /** Told that someone's player fetched pictures of a session. */
    @FunctionalInterface
    public interface Watched {
        void now(long session, long reader);
    }

    /** @param cuts how much of a session is shown at this moment */
    public MediaPages(
            Broadcast broadcast,
            Playlists playlists,
            Passes passes,
            LongFunction<Optional<Playlists.Cut>> cuts,
            Watched watched) {
        this.broadcast = broadcast;
        this.playlists = playlists;
        this.passes = passes;
        this.cuts = cuts;
        this.watched = watched;
    }

    /** GET /live/media/{session}/{pass}/{file} */
    public void file(Context ctx) {
        String number = ctx.pathParam("session");
        long session = number.matches("\\d{1,18}") ? Long.parseLong(number) : 0;
        long reader = passes.holder(session, ctx.pathParam("pass"))
                .orElseThrow(() -> Problem.gone("This address has expired. Please open the page again."));
        String file = ctx.pathParam("file");
        Matcher list = LIST.matcher(file);
        Matcher segment = SEGMENT.matcher(file);
        if (file.equals("master.m3u8")) playlist(ctx, playlists.master());
        else if (list.matches())
            playlist(
                    ctx,
                    cuts.apply(session)
                            .flatMap(cut -> playlists.media(session, Integer.parseInt(list.group(1)), cut))
                            .orElseThrow(() -> Problem.notFound("There are no pictures yet.")));
        else if (segment.matches()) {
            segment(ctx, session, segment.group(1), segment.group(2));
            watched.now(session, reader);
        } else throw Problem.notFound("There is no such file.");
    }

    private static void playlist(Context ctx, byte[] list) {
        ctx.contentType("application/vnd.apple.mpegurl")
                .header("Cache-Control", "private, no-store")
                .result(list);
    }

    private void segment(Context ctx, long session, String folder, String name) {
        try {
            byte[] bytes =
                    Files.readAllBytes(broadcast.folder(session).resolve(folder).resolve(name));
            ctx.contentType("video/mp2t")
                    .header("Cache-Control", "private, max-age=300")
                    .result(bytes);
        } catch (NoSuchFileException e) {
            throw Problem.notFound("There is no such file.");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
