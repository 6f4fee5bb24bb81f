package press.masthead.tagging;

import java.util.Set;

/**
 * A story as it stands in the editor, saved or not.
 *
 * @param story its number; 0 while it has none
 * @param body plain, a line for each block
 * @param has what it is filed under already, such as {@code topic:ports}
 */
record Written(long story, String title, String standfirst, String body, String language, Set<String> has) {

    /** The standfirst and the story. */
    String text() {
        return standfirst.isBlank() ? body : standfirst + "\n" + body;
    }

    String whole() {
        return title + "\n" + text();
    }

    /** How many words there are, counted no further than fifty. */
    int words() {
        int words = 0;
        boolean inside = false;
        String whole = whole();
        for (int i = 0; i < whole.length() && words < 50; i++) {
            boolean letter = !Character.isWhitespace(whole.charAt(i));
            if (letter && !inside) words++;
            inside = letter;
        }
        return words;
    }
}
