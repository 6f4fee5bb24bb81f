/** What a large model says in its own words of numbered sentences, and the check that these say it. */
@NullMarked
package press.masthead.wording;

import org.jspecify.annotations.NullMarked;
