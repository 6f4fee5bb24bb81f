/** Memos: telling followers, paper, sending one on to a colleague. The words are in CONTEXT.md beside this file. */
@NullMarked
package press.masthead.memos;

import org.jspecify.annotations.NullMarked;
