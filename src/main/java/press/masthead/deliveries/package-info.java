/** Letters owed to readers, and how each left. The words are in CONTEXT.md beside this file. */
@NullMarked
package press.masthead.deliveries;

import org.jspecify.annotations.NullMarked;
