/** What stands under a story: by meaning, time and readership, as editors have it, and with reasons that they can read. */
@NullMarked
package press.masthead.related;

import org.jspecify.annotations.NullMarked;
