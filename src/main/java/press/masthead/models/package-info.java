/** Large language models of others: one small client for each way in which they are spoken to, and what they cost. */
@NullMarked
package press.masthead.models;

import org.jspecify.annotations.NullMarked;
