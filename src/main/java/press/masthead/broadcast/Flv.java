package press.masthead.broadcast;

import java.io.ByteArrayOutputStream;
import java.util.Optional;

/** What comes by RTMP, written as a file that ffmpeg reads (Adobe's Flash Video File Format 10.1, annex E), and begun again where pictures are. */
final class Flv {
    private static final byte[] HEADER = {'F', 'L', 'V', 1, 5, 0, 0, 0, 9, 0, 0, 0, 0};

    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    private byte[] pictureSetup = {};
    private byte[] soundSetup = {};
    private boolean begun;
    private boolean heard;
    private long base;
    private long latest;

    /** Why a message can't be used, as a sentence for whoever sent it; none where it can. */
    static Optional<String> trouble(RtmpLine.Message message) {
        byte[] body = message.body();
        if (body.length < 5) return Optional.empty();
        int first = body[0] & 0xff;
        if (message.type() == RtmpLine.VIDEO) {
            boolean named = (first & 0x80) != 0;
            if (!named && (first & 0x0f) == 7) return Optional.empty();
            return Optional.of("Your program sends pictures as " + (named ? name(body) : "an old Flash codec")
                    + ". Please choose H.264 in its settings.");
        }
        int sound = first >> 4;
        return sound == 10 || sound == 2
                ? Optional.empty()
                : Optional.of(
                        "Your program sends sound that nobody here understands. Please choose AAC in its settings.");
    }

    private static String name(byte[] body) {
        return switch (new String(body, 1, 4, java.nio.charset.StandardCharsets.ISO_8859_1)) {
            case "hvc1", "hev1" -> "H.265 (HEVC)";
            case "av01" -> "AV1";
            case "vp09" -> "VP9";
            default -> "a codec that nobody here understands";
        };
    }

    /** Whether nothing but pictures came, for seconds. */
    boolean isSilent() {
        return begun && !heard && latest > 4_000;
    }

    /** Whether sound came, without which nobody can be given anything. */
    boolean isHeard() {
        return heard;
    }

    /** The next take: the same setup, and nothing before the next whole picture. */
    void again() {
        begun = false;
        bytes.reset();
    }

    void add(RtmpLine.Message message) {
        byte[] body = message.body();
        if (body.length < 2) return;
        boolean video = message.type() == RtmpLine.VIDEO;
        if (video && body[1] == 0) pictureSetup = body;
        else if (!video && (body[0] & 0xf0) == 0xa0 && body[1] == 0) soundSetup = body;
        if (!begun) {
            boolean wholePicture = video && (body[0] & 0xf0) == 0x10 && body[1] == 1;
            if (!wholePicture) return;
            begun = true;
            base = message.time();
            bytes.writeBytes(HEADER);
            if (pictureSetup.length > 0) tag(RtmpLine.VIDEO, 0, pictureSetup);
            if (soundSetup.length > 0) tag(RtmpLine.AUDIO, 0, soundSetup);
        }
        heard |= !video;
        latest = Math.max(0, message.time() - base);
        tag(message.type(), latest, body);
    }

    private void tag(int type, long time, byte[] body) {
        bytes.write(type);
        three(body.length);
        three((int) (time & 0xffffff));
        bytes.write((int) (time >> 24 & 0xff));
        three(0);
        bytes.writeBytes(body);
        int whole = body.length + 11;
        bytes.write(whole >> 24);
        three(whole & 0xffffff);
    }

    private void three(int number) {
        bytes.write(number >> 16);
        bytes.write(number >> 8);
        bytes.write(number);
    }

    int size() {
        return bytes.size();
    }

    /** What has come since the last time. */
    byte[] take() {
        byte[] some = bytes.toByteArray();
        bytes.reset();
        return some;
    }
}
