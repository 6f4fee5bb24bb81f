package press.masthead.access;

import press.masthead.readers.Reader;

/** Works out where someone who is signed in stands, from rows, at this moment. */
@FunctionalInterface
public interface Standings {
    Standing of(Reader reader);
}
