/** What can be said of a story in its own words: whole sentences of it, in their order; and which stories tell of one event. */
@NullMarked
package press.masthead.briefing;

import org.jspecify.annotations.NullMarked;
