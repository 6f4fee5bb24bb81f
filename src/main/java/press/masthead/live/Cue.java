package press.masthead.live;

import java.util.ArrayList;
import java.util.List;

/**
 * Words, and when in a recording they are said.
 *
 * @param starts milliseconds from the recording's beginning, as {@code ends}
 * @param voice who says it; may be empty
 * @param words plain text; several lines are parted by line feeds
 */
public record Cue(int starts, int ends, String voice, String words) {
    private static final int LONGEST_PARAGRAPH_MS = 45_000;
    private static final int LEAST_LETTERS = 240;

    /** The same in a recording of which so much is shown; none of those that lie wholly outside it. */
    static List<Cue> cut(List<Cue> cues, long from, long length) {
        return cues.stream()
                .filter(cue -> cue.ends() > from && cue.starts() < from + length)
                .map(cue -> new Cue(
                        (int) Math.max(0, cue.starts() - from),
                        (int) Math.min(length, cue.ends() - from),
                        cue.voice(),
                        cue.words()))
                .toList();
    }

    /** What belongs together, for reading: one voice, to the end of a sentence, for less than a minute. */
    static List<Cue> paragraphs(List<Cue> cues) {
        var paragraphs = new ArrayList<Cue>();
        for (Cue cue : cues) {
            Cue last = paragraphs.isEmpty() ? null : paragraphs.getLast();
            if (last != null && last.isGoneOnWith(cue))
                paragraphs.set(
                        paragraphs.size() - 1,
                        new Cue(last.starts(), cue.ends(), last.voice(), last.words() + " " + cue.oneLine()));
            else paragraphs.add(new Cue(cue.starts(), cue.ends(), cue.voice(), cue.oneLine()));
        }
        return paragraphs;
    }

    /** When it begins, such as 4:07 or 1:04:07. */
    String clock() {
        long at = starts / 1000;
        return at >= 3600
                ? "%d:%02d:%02d".formatted(at / 3600, at / 60 % 60, at % 60)
                : "%d:%02d".formatted(at / 60, at % 60);
    }

    private boolean isGoneOnWith(Cue next) {
        boolean isWhole = words.length() >= LEAST_LETTERS && words.matches("(?s).*[.!?…。؟][\"”’»)]*");
        return voice.equals(next.voice()) && !isWhole && next.ends() - starts <= LONGEST_PARAGRAPH_MS;
    }

    private String oneLine() {
        return words.replace('\n', ' ');
    }
}
