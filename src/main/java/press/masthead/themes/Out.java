package press.masthead.themes;

import java.io.IOException;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Collects a page straight as UTF-8: each piece of template text is encoded where the JDK is quickest (short strings,
 * mostly ASCII), and a page already rendered is spliced into its layout as bytes instead of being decoded again.
 */
final class Out extends Writer {
    private byte[] bytes;
    private int length;

    Out(int capacity) {
        bytes = new byte[capacity];
    }

    /** Asks whatever stands between a block and its page for the page; says nothing. */
    private static final class Question implements CharSequence {
        private @Nullable Out answer;

        @Override
        public int length() {
            return 0;
        }

        @Override
        public char charAt(int index) {
            throw new IndexOutOfBoundsException(index);
        }

        @Override
        public CharSequence subSequence(int from, int to) {
            return "";
        }

        @Override
        public String toString() {
            return "";
        }
    }

    /** The page that this leads to; null where a string is being made instead. */
    static @Nullable Out behind(Appendable buffer) throws IOException {
        var question = new Question();
        buffer.append(question);
        return question.answer;
    }

    Rendered rendered() {
        return new Rendered(Arrays.copyOf(bytes, length));
    }

    int length() {
        return length;
    }

    byte[] toBytes() {
        return Arrays.copyOf(bytes, length);
    }

    @Override
    public Writer append(CharSequence text) {
        if (text instanceof Rendered rendered) write(rendered.utf8());
        else if (text instanceof Question question) question.answer = this;
        else write(text.toString());
        return this;
    }

    @Override
    public void write(String text) {
        if (!text.isEmpty()) write(text.getBytes(StandardCharsets.UTF_8));
    }

    @Override
    public void write(String text, int from, int count) {
        write(text.substring(from, from + count));
    }

    @Override
    public void write(char[] text, int from, int count) {
        write(new String(text, from, count));
    }

    @Override
    public void write(int character) {
        write(String.valueOf((char) character));
    }

    private void write(byte[] more) {
        if (length + more.length > bytes.length)
            bytes = Arrays.copyOf(bytes, Math.max(bytes.length * 2, length + more.length));
        System.arraycopy(more, 0, bytes, length, more.length);
        length += more.length;
    }

    @Override
    public void flush() {}

    @Override
    public void close() {}
}
