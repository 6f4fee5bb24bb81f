package press.masthead;

import java.io.InputStream;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import press.masthead.LiveBreaksTest.Room;

/** A journalist's browser without the browser: a test card and a tone, recorded as they pass and sent part by part. */
final class Feed implements AutoCloseable {
    final Room room;
    private @Nullable Process camera;
    private volatile boolean over;

    Feed(Room room) {
        this.room = room;
    }

    /** Goes live, until it is closed. */
    void go() throws Exception {
        long take = room.take(room.journalist());
        Process recording = new ProcessBuilder(("ffmpeg -nostdin -loglevel error -re -f lavfi -i testsrc=s=640x360:r=25"
                                + " -re -f lavfi -i sine=r=48000 -c:v libvpx -deadline realtime -cpu-used 8 -b:v 600k"
                                + " -c:a libopus -cluster_time_limit 500 -flush_packets 1 -f webm pipe:1")
                        .split(" "))
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
        camera = recording;
        Thread.ofVirtual().name("feed").start(() -> send(recording.getInputStream(), take));
    }

    private void send(InputStream from, long take) {
        try {
            for (int part = 0; !over; ) {
                var _ = new CountDownLatch(1).await(400, TimeUnit.MILLISECONDS);
                byte[] some = from.readNBytes(Math.max(1, from.available()));
                if (some.length == 0) return;
                room.part(take, part++, some);
            }
        } catch (Exception | AssertionError e) {
            if (!over) throw new AssertionError("the feed broke off", e);
        }
    }

    @Override
    public void close() {
        over = true;
        if (camera != null) camera.destroyForcibly();
    }
}
