/** The weekly review: composed for each member from the industries that they ranked. The words are in CONTEXT.md beside this file. */
@NullMarked
package press.masthead.reviews;

import org.jspecify.annotations.NullMarked;
