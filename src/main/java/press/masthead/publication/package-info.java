/** What the publication is called and how it looks. */
@NullMarked
package press.masthead.publication;

import org.jspecify.annotations.NullMarked;
