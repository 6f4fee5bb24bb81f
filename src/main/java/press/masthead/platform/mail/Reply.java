package press.masthead.platform.mail;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What a mail server answered: RFC 5321's code, RFC 3463's enhanced code where there is one (else empty), and its words on
 * one line.
 */
public record Reply(int code, String enhanced, String text) {
    private static final Pattern ENHANCED = Pattern.compile("^([245]\\.\\d{1,3}\\.\\d{1,3})(?: |$)");
    private static final int LONGEST = 500;

    static Reply of(int code, String words) {
        String line = Headers.oneLine(words);
        Matcher enhanced = ENHANCED.matcher(line);
        String status = "";
        if (code >= 200 && enhanced.find()) {
            status = enhanced.group(1);
            line = line.substring(enhanced.end());
        }
        return new Reply(code, status, line.length() > LONGEST ? line.substring(0, LONGEST) : line);
    }

    boolean positive() {
        return code / 100 == 2;
    }

    /** As a server would have written it. */
    @Override
    public String toString() {
        return (code == 0 ? "" : code + " ") + (enhanced.isEmpty() ? "" : enhanced + " ") + text;
    }
}
