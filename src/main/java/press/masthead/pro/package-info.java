/** What members have of their own at /pro/, and true samples of it for those who are none. */
@NullMarked
package press.masthead.pro;

import org.jspecify.annotations.NullMarked;
