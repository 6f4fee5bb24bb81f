package press.masthead.broadcast;

import java.util.List;

/**
 * One of the sizes that viewers choose among.
 *
 * @param width pixels, as the height; both 0 for sound alone
 * @param kilobits a second, pictures alone
 */
record Quality(int width, int height, int kilobits) {
    static final int SOUND_KILOBITS = 96;
    static final Quality SOUND = new Quality(0, 0, 0);

    /** As many as a machine with so many processors makes while it serves pages, too; the sound alone comes last. */
    static List<Quality> on(int processors) {
        Quality large = new Quality(1280, 720, 2200);
        Quality middle = new Quality(854, 480, 1000);
        Quality small = new Quality(426, 240, 280);
        if (processors >= 8) return List.of(large, middle, small, SOUND);
        if (processors >= 4) return List.of(large, small, SOUND);
        return List.of(middle, small, SOUND);
    }

    boolean isSound() {
        return height == 0;
    }

    /** Its line in the list of qualities (RFC 8216, 4.3.4.2): main profile, level 3.1, AAC-LC. */
    String line() {
        int bits = (kilobits * 12 / 10 + SOUND_KILOBITS) * 1_150;
        return isSound()
                ? "#EXT-X-STREAM-INF:BANDWIDTH=" + bits + ",CODECS=\"mp4a.40.2\""
                : "#EXT-X-STREAM-INF:BANDWIDTH=" + bits + ",RESOLUTION=" + width + "x" + height
                        + ",FRAME-RATE=25.000,CODECS=\"avc1.4d401f,mp4a.40.2\"";
    }
}
