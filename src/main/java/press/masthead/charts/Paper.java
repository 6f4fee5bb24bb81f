package press.masthead.charts;

/**
 * How large a drawing is, in the units of its view box: about the pixels that it gets.
 *
 * @param name of its class
 * @param steps how many steps its axis may have
 */
record Paper(String name, int width, int height, int steps) {
    static final Paper WIDE = new Paper("wide", 760, 300, 5);
    static final Paper NARROW = new Paper("narrow", 340, 240, 4);
    static final Paper SMALL = new Paper("small", 240, 150, 3);
}
