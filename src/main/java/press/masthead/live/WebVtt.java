package press.masthead.live;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jsoup.parser.Parser;

/**
 * Files of timed text, as the W3C's WebVTT says authors must write them: stricter than browsers read, so that a slip is told to whoever
 * made it and not lost. Places and styles of cues are left out.
 */
final class WebVtt {
    static final int MOST_BYTES = 2 << 20;
    private static final int MOST_CUES = 10_000;
    private static final int MOST_LETTERS = 1_000;
    private static final int MOST_COMPLAINTS = 20;

    private static final String TIME = "((?:\\d{2,}:)?[0-5]\\d:[0-5]\\d\\.\\d{3})";
    private static final Pattern TIMES =
            Pattern.compile(TIME + "[ \\t]+-->[ \\t]+" + TIME + "(?:[ \\t]+\\S.*)?[ \\t]*");
    private static final Pattern VOICE = Pattern.compile("<v(?:\\.[^\\s>]*)?[ \\t]+([^>]+)>");
    private static final Pattern TAG = Pattern.compile("</?[a-z]*(?:[.\\s][^>]*)?>|<[\\d:.]+>");

    private final List<Cue> cues = new ArrayList<>();
    private final List<String> complaints = new ArrayList<>();

    private WebVtt() {}

    /**
     * What was read.
     *
     * @param complaints a sentence with its line for each thing that is wrong, at most twenty; empty where all is well
     */
    record Read(List<Cue> cues, List<String> complaints) {}

    /** @param most how long the recording is, in milliseconds; a cue that begins later is wrong */
    static Read read(byte[] bytes, long most) {
        var reader = new WebVtt();
        try {
            String text = StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(bytes))
                    .toString();
            reader.blocks(text.replaceFirst("^\uFEFF", "").split("\r\n|\r|\n", -1), most);
        } catch (CharacterCodingException e) {
            reader.complaints.add("This file is not in UTF-8. Please save it as UTF-8 and try again.");
        }
        if (reader.complaints.isEmpty() && reader.cues.isEmpty())
            reader.complaints.add("There are no words in this file.");
        return new Read(
                List.copyOf(reader.cues),
                reader.complaints.stream().limit(MOST_COMPLAINTS).toList());
    }

    private void blocks(String[] lines, long most) {
        if (!lines[0].matches("WEBVTT(?:[ \\t].*)?")) {
            complaints.add("This is not a WebVTT file: its first line has to be WEBVTT.");
            return;
        }
        int n = 1;
        while (n < lines.length && !lines[n].isEmpty()) n++;
        while (n < lines.length) {
            if (lines[n].isEmpty()) {
                n++;
                continue;
            }
            int end = n;
            while (end < lines.length && !lines[end].isEmpty()) end++;
            block(lines, n, end, most);
            if (cues.size() > MOST_CUES) {
                complaints.add("There are more than 10,000 cues in this file.");
                return;
            }
            n = end;
        }
    }

    private void block(String[] lines, int from, int end, long most) {
        if (lines[from].matches("(?:NOTE|STYLE|REGION)(?:[ \\t].*)?")) return;
        int at = lines[from].contains("-->") ? from : from + 1;
        if (at >= end || !lines[at].contains("-->")) {
            wrong(from, "here a time such as 00:01.000 --> 00:04.000 is missing.");
            return;
        }
        Matcher times = TIMES.matcher(lines[at]);
        if (!times.matches()) {
            wrong(at, "this time can’t be read. It has to look like 00:01.000 --> 00:04.000.");
            return;
        }
        long starts = millis(times.group(1));
        long ends = millis(times.group(2));
        if (ends <= starts) wrong(at, "this cue ends before it begins.");
        else if (!cues.isEmpty() && starts < cues.getLast().starts())
            wrong(at, "this cue begins before the one above it.");
        else if (starts >= most) wrong(at, "this cue begins after the recording’s end.");
        else words(lines, at, end, starts, ends);
    }

    private void words(String[] lines, int at, int end, long starts, long ends) {
        var payload = new StringBuilder();
        for (int n = at + 1; n < end; n++) {
            if (lines[n].contains("-->")) {
                wrong(n, "a cue’s words can’t hold -->. Is an empty line missing above it?");
                return;
            }
            payload.append(payload.isEmpty() ? "" : "\n").append(lines[n]);
        }
        Matcher voice = VOICE.matcher(payload);
        String who = voice.find() ? plain(voice.group(1)) : "";
        String words = plain(TAG.matcher(payload).replaceAll(""));
        if (words.length() > MOST_LETTERS) wrong(at, "this cue has more than 1,000 letters.");
        else if (who.length() > 100) wrong(at, "this name has more than 100 letters.");
        else if (!words.isEmpty()) cues.add(new Cue((int) starts, (int) Math.min(Integer.MAX_VALUE, ends), who, words));
    }

    private static String plain(String payload) {
        return Parser.unescapeEntities(payload, false).replace("\u0000", "").strip();
    }

    private void wrong(int line, String sentence) {
        complaints.add("Line " + (line + 1) + ": " + sentence);
    }

    private static long millis(String time) {
        String[] parts = time.split("[:.]");
        long hours = parts.length == 4 ? Long.parseLong(parts[0].substring(0, Math.min(5, parts[0].length()))) : 0;
        int n = parts.length - 3;
        return ((hours * 60 + Long.parseLong(parts[n])) * 60 + Long.parseLong(parts[n + 1])) * 1000
                + Long.parseLong(parts[n + 2]);
    }

    /** A file of these. */
    static String written(List<Cue> cues) {
        var text = new StringBuilder("WEBVTT\n");
        for (Cue cue : cues)
            text.append('\n')
                    .append(time(cue.starts()))
                    .append(" --> ")
                    .append(time(cue.ends()))
                    .append('\n')
                    .append(cue.voice().isEmpty() ? "" : "<v " + escaped(cue.voice()) + ">")
                    .append(escaped(cue.words().replaceAll("\n+", "\n")))
                    .append('\n');
        return text.toString();
    }

    private static String escaped(String text) {
        return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;");
    }

    private static String time(int millis) {
        return String.format(
                Locale.ROOT,
                "%02d:%02d:%02d.%03d",
                millis / 3_600_000,
                millis / 60_000 % 60,
                millis / 1000 % 60,
                millis % 1000);
    }
}
