/** Which topics, countries, industries and authors a member follows, and how they hear of new memos. */
@NullMarked
package press.masthead.following;

import org.jspecify.annotations.NullMarked;
