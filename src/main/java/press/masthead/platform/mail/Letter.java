package press.masthead.platform.mail;

import java.util.List;
import press.masthead.platform.web.Html;

/**
 * A short letter to one person: a heading, some paragraphs, one thing to do, some small print. The same words make the
 * plain text and the HTML.
 *
 * @param action what the button says; empty for a letter without one
 * @param link where the button leads, a full address
 * @param small what the reader need not read, such as why they get this letter
 */
public record Letter(
        String subject, String heading, List<String> paragraphs, String action, String link, List<String> small) {

    public Outbox.Note to(String email, String name, Letterhead from, Html html) {
        return new Outbox.Note(
                email, name, subject, text(from), html.text("platform/mail/letter", new Sheet(this, from)));
    }

    private String text(Letterhead from) {
        var text = new StringBuilder(heading).append("\n\n");
        for (String paragraph : paragraphs) text.append(paragraph).append("\n\n");
        if (!action.isEmpty()) text.append(action).append(":\n").append(link).append("\n\n");
        for (String line : small) text.append(line).append("\n\n");
        text.append("-- \n").append(from.name()).append('\n').append(from.url()).append("/\n");
        if (!from.address().isEmpty()) text.append(from.address()).append('\n');
        return text.toString();
    }

    /** What the HTML shows. */
    record Sheet(Letter letter, Letterhead from) {}
}
