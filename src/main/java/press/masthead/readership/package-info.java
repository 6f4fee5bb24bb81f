/** How often stories are read: a count for each story and day, and nothing about who read them. */
@NullMarked
package press.masthead.readership;

import org.jspecify.annotations.NullMarked;
