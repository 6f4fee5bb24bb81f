package press.masthead.platform.mail;

/** Dot stuffing (RFC 5321, 4.5.2). */
final class Dots {
    private Dots() {}

    static void stuff(Bytes letter) {
        int first = next(letter, 0);
        if (first < 0) {
            return;
        }
        byte[] all = letter.toArray();
        letter.truncate(first);
        int from = first;
        for (int i = first; i < all.length; i++) {
            if (all[i] == '.' && (i == 0 || all[i - 1] == '\n')) {
                letter.append(all, from, i - from).append('.');
                from = i;
            }
        }
        letter.append(all, from, all.length - from);
    }

    private static int next(Bytes letter, int from) {
        for (int i = from; i < letter.length(); i++) {
            if (letter.at(i) == '.' && (i == 0 || letter.at(i - 1) == '\n')) {
                return i;
            }
        }
        return -1;
    }
}
