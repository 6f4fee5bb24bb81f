/** Suggestions for whoever writes: what a story may be filed under, and whom it names. */
@NullMarked
package press.masthead.tagging;

import org.jspecify.annotations.NullMarked;
