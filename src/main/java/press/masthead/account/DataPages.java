package press.masthead.account;

import io.javalin.http.Context;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import press.masthead.access.Visit;
import press.masthead.books.Invoice;
import press.masthead.books.Invoices;
import press.masthead.platform.mail.Letterhead;
import press.masthead.platform.web.Html;
import press.masthead.platform.web.Limits;
import press.masthead.platform.web.PublicPages;
import press.masthead.readers.EmailAddress;
import press.masthead.readers.Reader;
import press.masthead.signin.Fresh;
import press.masthead.signin.Sessions;

/**
 * A reader's own data: a copy to take away, and its deletion. Both want someone who signed in within the hour, so that a
 * device left lying open gives away nothing and destroys nothing.
 */
public final class DataPages {
    private final Holdings holdings;
    private final DeleteAccount deleteAccount;
    private final Invoices invoices;
    private final Sessions sessions;
    private final Limits limits;
    private final PublicPages pages;
    private final Supplier<Letterhead> letterhead;
    private final Copy copy;

    public DataPages(
            Holdings holdings,
            DeleteAccount deleteAccount,
            Invoices invoices,
            Sessions sessions,
            Limits limits,
            PublicPages pages,
            Supplier<Letterhead> letterhead,
            Html html) {
        this.holdings = holdings;
        this.deleteAccount = deleteAccount;
        this.invoices = invoices;
        this.sessions = sessions;
        this.limits = limits;
        this.pages = pages;
        this.letterhead = letterhead;
        this.copy = new Copy(html);
    }

    /** GET /account/export */
    public void offerCopy(Context ctx) {
        Fresh.require(ctx);
        ask(
                ctx,
                "Download your data",
                "You get one zip file: a page to read and the same as JSON, with everything that we keep about you.",
                List.of(
                        Map.of("label", "Download", "action", "/account/export"),
                        Map.of("label", "Back to your account", "url", "/account/")));
    }

    /** POST /account/export: the zip. */
    public void copy(Context ctx) {
        Fresh.require(ctx);
        Reader reader = AccountPages.reader(ctx);
        limits.spend("export:" + reader.id(), 10, Duration.ofHours(1));
        EmailAddress email = EmailAddress.kept(reader.email());
        ctx.contentType("application/zip")
                .header("Content-Disposition", "attachment; filename=\"your-data.zip\"")
                .header("Cache-Control", "private, no-store")
                .result(copy.zip(holdings.of(reader.id(), email), letterhead.get()));
    }

    /** GET and POST /account/delete: says what happens and asks; with {@code sure} it happens. */
    public void delete(Context ctx) {
        Fresh.require(ctx);
        Reader reader = AccountPages.reader(ctx);
        if (!ctx.method().toString().equals("POST") || !"yes".equals(ctx.formParam("sure"))) {
            ask(
                    ctx,
                    "Delete your account?",
                    whatHappens(reader),
                    List.of(
                            Map.of(
                                    "label",
                                    "Yes, delete it for good",
                                    "action",
                                    "/account/delete",
                                    "danger",
                                    true,
                                    "fields",
                                    List.of(Map.of("name", "sure", "value", "yes"))),
                            Map.of("label", "No, keep it", "url", "/account/")));
            return;
        }
        deleteAccount.run(reader);
        sessions.end(ctx);
        Visit.visitor().keepIn(ctx);
        ask(
                ctx,
                "Your account is deleted",
                "Thank you for reading with us. One last letter confirms it.",
                List.of(Map.of("label", "To the front page", "url", "/")));
    }

    private String whatHappens(Reader reader) {
        var text = new StringBuilder(
                "Your newsletters, your membership and everything that we keep about you end at once and can't be brought back.");
        var labels = new ArrayList<String>();
        for (Invoice invoice : invoices.of(reader.id())) labels.add(invoice.label());
        if (!labels.isEmpty())
            text.append(" The law wants books kept, so these stay for ")
                    .append(Invoices.YEARS_KEPT)
                    .append(" years, with your name and address: ")
                    .append(String.join(", ", labels))
                    .append('.');
        return text.append(" If you were given free days, a sealed mark without your address says so for a year.")
                .toString();
    }

    private void ask(Context ctx, String title, String text, List<Map<String, Object>> actions) {
        pages.show(ctx, 200, "custom-message", Map.of("title", title, "text", text, "actions", actions));
    }
}
