/** Whoever reads together on one contract: from the first enquiry to seats, usage and renewal. */
@NullMarked
package press.masthead.teams;

import org.jspecify.annotations.NullMarked;
