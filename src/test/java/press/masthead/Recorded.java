package press.masthead;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;

/** A recording without a camera: a take of one-second segments, as ffmpeg leaves them. */
final class Recorded {
    private Recorded() {}

    /** Gives a session that is over a recording of so many seconds, which began when the session did. */
    static void seconds(Evening evening, long session, int seconds) throws Exception {
        long take = Long.parseLong(evening.one("""
                insert into live_take (session_id, state, beat_at, heard_at, opened_at)
                select id, 'made', now(), now(), coalesce(began_at, now()) from live_session where id = ? returning id
                """, session));
        Path folder = evening.press.running.newsroom().config.data().resolve("live/" + session + "/" + take + "-1");
        Files.createDirectories(folder);
        var list = new StringBuilder("#EXTM3U\n#EXT-X-VERSION:6\n#EXT-X-TARGETDURATION:1\n");
        for (int n = 0; n < seconds; n++) list.append(String.format(Locale.ROOT, "#EXTINF:1.000,%nv0-%05d.ts%n", n));
        Files.writeString(folder.resolve("v0.m3u8"), list.append("#EXT-X-ENDLIST\n"));
    }
}
