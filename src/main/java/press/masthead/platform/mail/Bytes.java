package press.masthead.platform.mail;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * A buffer that a sender fills, hands over and fills again, so that a letter of 20 KB costs no new array. Some room is kept
 * in front, because a DKIM signature is known last and stands first. Not for several threads at once.
 */
public final class Bytes {
    private static final int ROOM_IN_FRONT = 1024;

    private byte[] array;
    private int start = ROOM_IN_FRONT;
    private int end = ROOM_IN_FRONT;

    public Bytes() {
        this(32 * 1024);
    }

    public Bytes(int capacity) {
        array = new byte[ROOM_IN_FRONT + capacity];
    }

    public Bytes clear() {
        start = ROOM_IN_FRONT;
        end = ROOM_IN_FRONT;
        return this;
    }

    public int length() {
        return end - start;
    }

    public byte[] toArray() {
        return Arrays.copyOfRange(array, start, end);
    }

    public Bytes append(byte[] more) {
        return append(more, 0, more.length);
    }

    public Bytes append(byte[] more, int from, int length) {
        room(length);
        System.arraycopy(more, from, array, end, length);
        end += length;
        return this;
    }

    public Bytes append(int one) {
        room(1);
        array[end++] = (byte) one;
        return this;
    }

    /** Appends text of which the caller knows that it is US-ASCII. */
    @SuppressWarnings("deprecation") // the one conversion of the JDK that allocates nothing
    public Bytes ascii(String text) {
        room(text.length());
        text.getBytes(0, text.length(), array, end);
        end += text.length();
        return this;
    }

    public Bytes utf8(String text) {
        return append(text.getBytes(StandardCharsets.UTF_8));
    }

    @Override
    public String toString() {
        return new String(array, start, length(), StandardCharsets.UTF_8);
    }

    byte[] array() {
        return array;
    }

    int start() {
        return start;
    }

    int end() {
        return end;
    }

    byte at(int index) {
        return array[start + index];
    }

    void truncate(int length) {
        end = start + length;
    }

    /** Puts bytes before the first one. */
    void prepend(byte[] first, int length) {
        if (length > start) {
            byte[] wider = new byte[array.length + length + ROOM_IN_FRONT];
            int shift = length + ROOM_IN_FRONT;
            System.arraycopy(array, start, wider, start + shift, end - start);
            array = wider;
            start += shift;
            end += shift;
        }
        start -= length;
        System.arraycopy(first, 0, array, start, length);
    }

    private void room(int more) {
        if (end + more > array.length) {
            array = Arrays.copyOf(array, Math.max(array.length * 2, end + more));
        }
    }
}
