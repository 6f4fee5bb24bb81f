package press.masthead.themes;

import com.github.jknack.handlebars.HandlebarsException;

/** Something in a theme is wrong: one sentence that names the file and, where it is known, the line. */
public final class ThemeError extends RuntimeException {
    ThemeError(String sentence) {
        super(sentence);
    }

    ThemeError(String sentence, Throwable cause) {
        super(sentence, cause);
    }

    /** Handlebars' many-lined report as one sentence; {@code template} is named when the report itself names no file. */
    static ThemeError in(String template, HandlebarsException fault) {
        var error = fault.getError();
        if (error == null) return new ThemeError(template + ": " + sentence(firstCause(fault)), fault);
        String reason = error.reason == null || !(deepest(fault) instanceof HandlebarsException)
                ? firstCause(fault)
                : error.reason;
        return new ThemeError(error.filename + ", line " + error.line + ": " + sentence(reason), fault);
    }

    private static String firstCause(Throwable fault) {
        Throwable first = deepest(fault);
        String message = first.getMessage();
        return message == null ? first.getClass().getSimpleName() : message;
    }

    private static Throwable deepest(Throwable fault) {
        Throwable at = fault;
        while (at.getCause() != null && at.getCause() != at) at = at.getCause();
        return at;
    }

    private static String sentence(String reason) {
        String line = reason.lines().findFirst().orElse("it can't be read").strip();
        String helper = between(line, "could not find helper: '", "'");
        if (!helper.isEmpty()) return "there is no helper called \"" + helper + "\".";
        return line.endsWith(".") ? line : line + ".";
    }

    private static String between(String text, String before, String after) {
        int start = text.indexOf(before);
        int end = start < 0 ? -1 : text.indexOf(after, start + before.length());
        return end < 0 ? "" : text.substring(start + before.length(), end);
    }
}
