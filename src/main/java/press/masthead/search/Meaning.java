package press.masthead.search;

/** Turns a text into a vector whose direction is what the text is about. */
public interface Meaning {
    /** Which model it is; vectors of two models say nothing to each other. */
    String name();

    /** Whether the model understands this language (a BCP 47 tag). */
    boolean understands(String languageTag);

    /**
     * The direction of a text.
     *
     * @return {@link Vectors#DIMENSIONS} numbers of length one; safe to call from many threads
     */
    float[] of(String text);
}
