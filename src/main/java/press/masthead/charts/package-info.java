/** Charts drawn on the server as SVG that can be read with eyes, keyboard and ears, each with its table. Knows no newsroom word. */
@org.jspecify.annotations.NullMarked
package press.masthead.charts;
