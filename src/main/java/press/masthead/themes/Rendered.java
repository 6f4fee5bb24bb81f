package press.masthead.themes;

import java.nio.charset.StandardCharsets;

/** Markup that is finished: {@link Out} copies its bytes, anything else sees ordinary text. Never escaped again. */
record Rendered(byte[] utf8) implements CharSequence {
    static final Rendered NOTHING = new Rendered(new byte[0]);

    @Override
    public int length() {
        return toString().length();
    }

    @Override
    public char charAt(int index) {
        return toString().charAt(index);
    }

    @Override
    public CharSequence subSequence(int from, int to) {
        return toString().subSequence(from, to);
    }

    @Override
    public String toString() {
        return new String(utf8, StandardCharsets.UTF_8);
    }
}
