/** The newsroom: its frame, and the pages that belong to no single feature. */
@NullMarked
package press.masthead.desk;

import org.jspecify.annotations.NullMarked;
