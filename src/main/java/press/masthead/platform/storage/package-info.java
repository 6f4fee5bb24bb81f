/** Files that are no rows: pictures, recordings, reports. */
@NullMarked
package press.masthead.platform.storage;

import org.jspecify.annotations.NullMarked;
