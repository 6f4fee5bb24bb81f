/** A reader's own shelf: what they saved to read and what they noted beside it. */
@NullMarked
package press.masthead.shelf;

import org.jspecify.annotations.NullMarked;
