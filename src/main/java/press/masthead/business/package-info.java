/** What the newsroom earns from its members, in figures and charts, and whether its books agree. */
@NullMarked
package press.masthead.business;

import org.jspecify.annotations.NullMarked;
