package press.masthead.reviews;

/**
 * Pieces that one member does not get: read, sent to them before, or beyond their plan. A bit for each piece of a catalogue, so
 * that fifty thousand members take a few megabytes and a look takes a nanosecond. Filled by one thread.
 */
final class Withheld {
    private final long[] words;

    Withheld(int pieces) {
        words = new long[(pieces + 63) >>> 6];
    }

    Withheld add(int piece) {
        words[piece >>> 6] |= 1L << piece;
        return this;
    }

    Withheld addAll(Withheld others) {
        for (int i = 0; i < words.length; i++) words[i] |= others.words[i];
        return this;
    }

    boolean has(int piece) {
        return (words[piece >>> 6] & 1L << piece) != 0;
    }

    void clear() {
        java.util.Arrays.fill(words, 0);
    }
}
