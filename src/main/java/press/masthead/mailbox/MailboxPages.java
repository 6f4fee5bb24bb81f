package press.masthead.mailbox;

import io.javalin.http.Context;
import jakarta.mail.MessagingException;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import press.masthead.access.Visit;
import press.masthead.platform.web.Html;
import press.masthead.platform.web.Problem;

/**
 * The built-in mailbox in the browser. Its letters hold sign-in links, so it opens to anyone only where none but this
 * machine can ask, and to staff elsewhere.
 */
public final class MailboxPages {
    private final Mailbox mailbox;
    private final Html html;
    private final boolean loopbackOnly;

    /** @param loopbackOnly whether the site listens on loopback alone */
    public MailboxPages(Mailbox mailbox, Html html, boolean loopbackOnly) {
        this.mailbox = mailbox;
        this.html = html;
        this.loopbackOnly = loopbackOnly;
    }

    record ListPage(List<CaughtLetter> letters, String recipient) {}

    record LetterPage(long id, ReadLetter letter, boolean showText) {}

    public void list(Context ctx) {
        admit(ctx);
        Optional<String> recipient = Optional.ofNullable(ctx.queryParam("to")).filter(to -> !to.isBlank());
        html.page(ctx, "mailbox/list", new ListPage(mailbox.letters(recipient, 200), recipient.orElse("")));
    }

    public void letter(Context ctx) throws MessagingException, IOException {
        admit(ctx);
        var letter = ReadLetter.of(source(ctx));
        boolean text = letter.html().isEmpty() || "text".equals(ctx.queryParam("show"));
        html.page(ctx, "mailbox/letter", new LetterPage(id(ctx), letter, text));
    }

    /** The HTML part alone, for the frame: no script runs in it and nothing is fetched from elsewhere. */
    public void body(Context ctx) throws MessagingException, IOException {
        admit(ctx);
        ctx.header(
                "Content-Security-Policy",
                "sandbox allow-popups allow-top-navigation-by-user-activation; default-src 'none'; style-src 'unsafe-inline'; img-src 'self' data:; frame-ancestors 'self'");
        ctx.contentType("text/html; charset=utf-8")
                .result(ReadLetter.of(source(ctx)).html().replaceFirst("(?i)<head>", "<head><base target=\"_top\">"));
    }

    public void raw(Context ctx) {
        admit(ctx);
        ctx.contentType("text/plain; charset=utf-8").result(source(ctx));
    }

    /** For programs: the newest letters to {@code ?to=}, each with its text and HTML. */
    public void api(Context ctx) throws MessagingException, IOException {
        admit(ctx);
        record Entry(long id, String to, String from, String subject, String text, String html, String source) {}
        var entries = new java.util.ArrayList<Entry>();
        for (CaughtLetter caught : mailbox.letters(Optional.ofNullable(ctx.queryParam("to")), 50)) {
            byte[] source = mailbox.source(caught.id()).orElseThrow();
            var letter = ReadLetter.of(source);
            entries.add(new Entry(
                    caught.id(),
                    caught.recipient(),
                    caught.sender(),
                    letter.subject(),
                    letter.text(),
                    letter.html(),
                    new String(source, java.nio.charset.StandardCharsets.ISO_8859_1)));
        }
        ctx.json(entries);
    }

    public void empty(Context ctx) {
        admit(ctx);
        mailbox.empty();
        ctx.redirect("/mailbox/", io.javalin.http.HttpStatus.SEE_OTHER);
    }

    private void admit(Context ctx) {
        if (Visit.of(ctx).reader().filter(reader -> reader.isStaff()).isPresent()) return;
        String host = ctx.header("Host");
        if (loopbackOnly && host != null && host.matches("(localhost|127\\.0\\.0\\.1|\\[::1])(:\\d+)?")) return;
        throw Problem.notFound("There is nothing at this address.");
    }

    private byte[] source(Context ctx) {
        return mailbox.source(id(ctx)).orElseThrow(() -> Problem.notFound("This letter is no longer kept."));
    }

    private static long id(Context ctx) {
        try {
            return Long.parseLong(ctx.pathParam("id"));
        } catch (NumberFormatException e) {
            throw Problem.notFound("There is no such letter.");
        }
    }
}
