/** The public face: Handlebars themes under Ghost's theme contract, and the bundled one. */
@NullMarked
package press.masthead.themes;

import org.jspecify.annotations.NullMarked;
