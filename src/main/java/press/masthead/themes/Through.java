package press.masthead.themes;

import com.github.jknack.handlebars.Context;
import com.github.jknack.handlebars.Handlebars;
import com.github.jknack.handlebars.Options;
import com.github.jknack.handlebars.Template;
import java.io.IOException;
import java.io.Writer;
import org.jspecify.annotations.Nullable;

/**
 * Lets a block helper write its body to wherever the template is writing already. Handlebars' own {@code options.fn()}
 * makes a string of each block first, which in a page of nested loops copies the text once per level.
 */
final class Through extends Writer {
    private final Options.Buffer buffer;

    private Through(Options.Buffer buffer) {
        this.buffer = buffer;
    }

    static CharSequence body(Options options, Context context) throws IOException {
        return write(options, options.fn, context);
    }

    static CharSequence inverse(Options options) throws IOException {
        return write(options, options.inverse, options.context);
    }

    /**
     * Finished markup, as a helper's answer. Handlebars makes a string of whatever a helper returns; what is written here
     * reaches {@link Out} as it is.
     */
    static @Nullable CharSequence markup(Options options, CharSequence markup) throws IOException {
        var buffer = options.buffer();
        if (buffer instanceof Options.InMemoryBuffer) return new Handlebars.SafeString(markup);
        buffer.append(markup);
        return null;
    }

    private static CharSequence write(Options options, Template template, Context context) throws IOException {
        var buffer = options.buffer();
        if (buffer instanceof Options.InMemoryBuffer) {
            template.apply(context, new Through(buffer));
            return buffer;
        }
        // Blocks within blocks would each hand every piece of text on to the one around them.
        @Nullable Out page = Out.behind(buffer);
        template.apply(context, page == null ? new Through(buffer) : page);
        return "";
    }

    @Override
    public Writer append(CharSequence text) throws IOException {
        buffer.append(text);
        return this;
    }

    @Override
    public void write(String text) throws IOException {
        buffer.append(text);
    }

    @Override
    public void write(String text, int from, int count) throws IOException {
        buffer.append(text, from, from + count);
    }

    @Override
    public void write(char[] text, int from, int count) throws IOException {
        buffer.append(new String(text, from, count));
    }

    @Override
    public void write(int character) throws IOException {
        buffer.append((char) character);
    }

    @Override
    public void flush() {}

    @Override
    public void close() {}
}
