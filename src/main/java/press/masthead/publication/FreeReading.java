package press.masthead.publication;

import java.util.Set;

/**
 * How much of what is sold may be read without paying for it.
 *
 * @param visitors stories a month for a device on which nobody is signed in; 0 for none
 * @param readers stories a month for someone who is signed in and has no membership; 0 for none
 * @param kinds of which kinds: {@code article}, {@code memo}, {@code report}, {@code page}
 * @param gifts how many stories a month each member may give away; 0 for none
 */
public record FreeReading(int visitors, int readers, Set<String> kinds, int gifts) {
    public static final int MOST = 100;

    /** Before anyone has decided: nothing is counted, and members may give ten stories a month. */
    public static final FreeReading UNDECIDED = new FreeReading(0, 0, Set.of("article"), 10);

    public FreeReading {
        kinds = Set.copyOf(kinds);
    }
}
