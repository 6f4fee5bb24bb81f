package press.masthead.broadcast;

import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import press.masthead.platform.web.Problem;

/** What a program asks before it sends (RTMP, section 7), the check of its key, and then its pictures, part by part. */
final class RtmpStudio {
    private static final long PART_NANOS = 400_000_000L;
    private static final int PART_BYTES = 1 << 20;
    /** Parts of a take whose pictures were surely made. */
    private static final int LONG = 25;

    private final Broadcast broadcast;
    private final Rtmp.Door door;
    private final RtmpLine line;
    private final Flv flv = new Flv();
    private Rtmp.@Nullable Entry entry;
    private long take;
    private int part;
    private int broken;
    private long sentAt;

    RtmpStudio(Broadcast broadcast, Rtmp.Door door, RtmpLine line) {
        this.broadcast = broadcast;
        this.door = door;
        this.line = line;
    }

    /** Until either side has enough. */
    void run() throws IOException {
        line.shake();
        try {
            while (true) {
                RtmpLine.Message message = line.read();
                switch (message.type()) {
                    case RtmpLine.COMMAND -> {
                        if (isOver(Amf.read(message.body()))) return;
                    }
                    case RtmpLine.COMMAND_3 -> {
                        byte[] body = message.body();
                        if (isOver(Amf.read(java.util.Arrays.copyOfRange(body, Math.min(1, body.length), body.length))))
                            return;
                    }
                    case RtmpLine.AUDIO, RtmpLine.VIDEO -> came(message);
                    default -> {}
                }
            }
        } catch (Rtmp.Refused refused) {
            refuse(refused.sentence());
        } catch (Problem problem) {
            refuse(problem.sentence());
        } finally {
            last();
        }
    }

    private void refuse(String sentence) throws IOException {
        if (entry != null) entry.trouble(sentence);
        line.command(
                1,
                "onStatus",
                0,
                Amf.NOTHING,
                Map.of("level", "error", "code", "NetStream.Publish.BadName", "description", sentence));
    }

    private boolean isOver(List<Object> command) throws IOException {
        String name = command.isEmpty() ? "" : String.valueOf(command.getFirst());
        Object number = command.size() > 1 ? command.get(1) : 0;
        switch (name) {
            case "connect" -> {
                line.introduce();
                line.command(
                        0,
                        "_result",
                        number,
                        Map.of("fmsVer", "FMS/3,5,7,7009", "capabilities", 31),
                        Map.of(
                                "level", "status",
                                "code", "NetConnection.Connect.Success",
                                "description", "Connected.",
                                "objectEncoding", 0));
            }
            case "createStream" -> line.command(0, "_result", number, Amf.NOTHING, 1);
            case "publish" -> publish(command.size() > 3 ? String.valueOf(command.get(3)) : "");
            case "play" -> throw new Rtmp.Refused("Nobody watches by RTMP here.");
            case "FCUnpublish", "deleteStream", "closeStream" -> {
                return entry != null;
            }
            default -> {}
        }
        return false;
    }

    private void publish(String name) throws IOException {
        if (entry != null) throw new Rtmp.Refused("One stream at a time, please.");
        Rtmp.Entry let = door.enter(name.replaceFirst("\\?.*", ""));
        entry = let;
        take = let.begin();
        line.trust();
        line.command(
                1,
                "onStatus",
                0,
                Amf.NOTHING,
                Map.of("level", "status", "code", "NetStream.Publish.Start", "description", "You are live."));
    }

    private void came(RtmpLine.Message message) {
        if (entry == null) throw new Rtmp.Refused("Please send a key first.");
        Optional<String> trouble = Flv.trouble(message);
        if (trouble.isPresent()) throw new Rtmp.Refused(trouble.get());
        flv.add(message);
        if (flv.isSilent())
            throw new Rtmp.Refused("Your program sends no sound. Please add a microphone or another sound to it.");
        if (!flv.isHeard()) return;
        if (flv.size() > PART_BYTES || System.nanoTime() - sentAt > PART_NANOS) send(entry);
    }

    private void send(Rtmp.Entry from) {
        if (flv.size() == 0) return;
        sentAt = System.nanoTime();
        if (!from.isGood()) throw new Rtmp.Refused("The key was changed.");
        Broadcast.Taken taken = broadcast.receive(from.session(), take, part++, flv.take());
        if (taken.closed()) throw new Rtmp.Refused("Someone else went on in this place, or ended the session.");
        if (!taken.again()) {
            if (part > LONG) broken = 0;
            return;
        }
        if (++broken == 3)
            throw new Rtmp.Refused(
                    "These pictures can’t be read. Please choose H.264 and AAC in your program’s settings.");
        // Pictures of this take are made no more: they go on with another, from the next whole one.
        take = from.begin();
        part = 0;
        flv.again();
    }

    private void last() {
        try {
            if (entry != null && flv.size() > 0 && entry.isGood())
                broadcast.receive(entry.session(), take, part, flv.take());
        } catch (RuntimeException e) {
            // whatever came before is kept
        }
    }
}
