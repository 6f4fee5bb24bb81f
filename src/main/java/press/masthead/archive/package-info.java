/** Asking the archive: a question in plain words, answered with sentences of stories that the asker may read. */
@NullMarked
package press.masthead.archive;

import org.jspecify.annotations.NullMarked;
