package press.masthead.pictures;

import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import net.coobird.thumbnailator.util.exif.Orientation;
import org.jspecify.annotations.Nullable;

/** The one thing that is read of what a camera noted in a JPEG: how it was held (Exif 2.32, tag 0x0112). */
final class CameraNote {
    private static final int APP1 = 0xe1;
    private static final int START_OF_SCAN = 0xda;
    private static final int ORIENTATION = 0x0112;

    private CameraNote() {}

    /** Null when it was held upright, or nothing readable says how. */
    static @Nullable Orientation orientation(byte[] jpeg) {
        try {
            ByteBuffer in = ByteBuffer.wrap(jpeg).position(2);
            while (in.remaining() > 4 && (in.get() & 0xff) == 0xff) {
                int marker = in.get() & 0xff;
                if (marker == START_OF_SCAN) return null;
                int length = (in.getShort() & 0xffff) - 2;
                ByteBuffer segment = in.slice(in.position(), length);
                if (marker == APP1 && isExif(segment)) return inFirstDirectory(segment.slice());
                in.position(in.position() + length);
            }
            return null;
        } catch (BufferUnderflowException | IllegalArgumentException | IndexOutOfBoundsException e) {
            return null; // a note that leads out of itself says nothing
        }
    }

    private static boolean isExif(ByteBuffer segment) {
        return segment.remaining() > 14 && segment.getInt() == 0x45786966 && segment.getShort() == 0;
    }

    private static @Nullable Orientation inFirstDirectory(ByteBuffer tiff) {
        tiff.order(tiff.getShort(0) == 0x4949 ? ByteOrder.LITTLE_ENDIAN : ByteOrder.BIG_ENDIAN);
        int at = tiff.getInt(4);
        int entries = tiff.getShort(at) & 0xffff;
        for (int i = 0; i < entries; i++) {
            int entry = at + 2 + 12 * i;
            if ((tiff.getShort(entry) & 0xffff) != ORIENTATION) continue;
            int value = tiff.getShort(entry + 8);
            return value > 1 && value <= 8 ? Orientation.typeOf(value) : null;
        }
        return null;
    }
}
