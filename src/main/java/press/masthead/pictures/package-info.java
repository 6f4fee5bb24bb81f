/** Photographs and illustrations: taken in, cleaned, described, and served at the width a page asks for. */
@NullMarked
package press.masthead.pictures;

import org.jspecify.annotations.NullMarked;
