package press.masthead.platform.mail;

import java.util.Arrays;

/** Where each header of a letter begins and ends. Read anew for each letter, without allocating. */
final class HeaderIndex {
    private int[] starts = new int[32];
    private int[] ends = new int[32];
    private boolean[] taken = new boolean[32];
    private int count;

    /** Where the body begins: behind the first empty line. */
    static int bodyOf(Bytes letter) {
        for (int i = 0; i + 3 < letter.length(); i++) {
            if (letter.at(i) == '\r'
                    && letter.at(i + 1) == '\n'
                    && letter.at(i + 2) == '\r'
                    && letter.at(i + 3) == '\n') {
                return i + 4;
            }
        }
        return letter.length();
    }

    void read(Bytes letter, int body) {
        count = 0;
        int from = 0;
        for (int i = 0; i + 1 < body; i++) {
            if (letter.at(i) != '\r' || letter.at(i + 1) != '\n') {
                continue;
            }
            int next = i + 2;
            boolean folded = next < body && (letter.at(next) == ' ' || letter.at(next) == '\t');
            if (!folded) {
                if (i > from) {
                    add(from, i);
                }
                from = next;
            }
        }
    }

    /** Appends the canonical form of the last header of that name which was not taken yet; false when there is none. */
    boolean take(String name, Bytes letter, Bytes into) {
        for (int i = count - 1; i >= 0; i--) {
            if (!taken[i] && named(name, letter, starts[i], ends[i])) {
                taken[i] = true;
                Relaxed.header(letter, starts[i], ends[i], into);
                into.append('\r').append('\n');
                return true;
            }
        }
        return false;
    }

    private static boolean named(String name, Bytes letter, int start, int end) {
        int length = name.length();
        if (start + length >= end || letter.at(start + length) != ':') {
            return false;
        }
        for (int i = 0; i < length; i++) {
            if (Relaxed.lower(letter.at(start + i)) != name.charAt(i)) {
                return false;
            }
        }
        return true;
    }

    private void add(int start, int end) {
        if (count == starts.length) {
            starts = Arrays.copyOf(starts, count * 2);
            ends = Arrays.copyOf(ends, count * 2);
            taken = Arrays.copyOf(taken, count * 2);
        }
        starts[count] = start;
        ends[count] = end;
        taken[count++] = false;
    }
}
