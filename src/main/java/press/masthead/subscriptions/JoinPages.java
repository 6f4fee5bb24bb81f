package press.masthead.subscriptions;

import io.javalin.http.Context;
import io.javalin.http.HttpStatus;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import press.masthead.access.Answer;
import press.masthead.access.Audience;
import press.masthead.access.Paywall;
import press.masthead.access.Visit;
import press.masthead.platform.web.Network;
import press.masthead.platform.web.Problem;
import press.masthead.platform.web.PublicPages;
import press.masthead.platform.web.Secret;
import press.masthead.readers.EmailAddress;
import press.masthead.readers.Reader;
import press.masthead.signin.Sessions;
import press.masthead.subscriptions.Subscriptions.Because;

/** The hub, the sign-up form wherever it stands, and the confirmation. */
public final class JoinPages {
    private static final String MALFORMED = "That does not look like an e-mail address. Please check it.";
    private static final String MEMBERS =
            "This newsletter is for members. Have a look at PRO, or sign in first if you are one.";
    private static final String NONE = "Please choose at least one newsletter.";
    private static final String SENT = "Please open the letter that we have just sent to %s and confirm.";

    /** A few readers are no reason to join them. */
    private static final int WORTH_SAYING = 100;

    private final Joining joining;
    private final Subscriptions subscriptions;
    private final NewsletterHub hub;
    private final Sessions sessions;
    private final PublicPages pages;

    public JoinPages(
            Joining joining, Subscriptions subscriptions, NewsletterHub hub, Sessions sessions, PublicPages pages) {
        this.joining = joining;
        this.subscriptions = subscriptions;
        this.hub = hub;
        this.sessions = sessions;
        this.pages = pages;
    }

    /** GET /newsletters/ */
    public void hub(Context ctx) {
        Optional<Reader> reader = Visit.of(ctx).reader();
        if (reader.isPresent()) ctx.header("Cache-Control", "private, no-store");
        String notice = ctx.queryParam("welcome") != null && reader.isPresent()
                ? "Your address is confirmed. Choose more, if you like."
                : ctx.queryParam("saved") != null && reader.isPresent() ? "Your choice is saved." : "";
        showHub(
                ctx,
                200,
                reader.map(Reader::email).orElse(""),
                List.of(),
                notice.isEmpty() ? Map.of() : Map.of("notice", notice));
    }

    /** POST /newsletters/join */
    public void join(Context ctx) {
        String typed = value(ctx.formParam("email"));
        List<String> ticked = ctx.formParams("newsletter");
        Optional<Reader> reader =
                Visit.of(ctx).reader().filter(r -> r.confirmedAt().isPresent());
        Optional<EmailAddress> own = reader.map(Reader::email).map(EmailAddress::kept);
        Optional<EmailAddress> email = typed.isEmpty()
                ? own
                : EmailAddress.read(typed)
                        .filter(address -> own.map(EmailAddress::key)
                                .filter(address.key()::equals)
                                .isPresent())
                        .or(() -> EmailAddress.parse(typed));
        List<String> slugs = subscriptions.joinable(ticked, isMember(ctx));
        if (email.isEmpty()) refuse(ctx, 422, MALFORMED, typed, ticked);
        else if (slugs.isEmpty())
            refuse(ctx, 422, subscriptions.joinable(ticked, true).isEmpty() ? NONE : MEMBERS, typed, ticked);
        else if (reader.isPresent() && isTheirs(email.get(), reader.get())) joinAtOnce(ctx, reader.get(), slugs);
        else ask(ctx, email.get(), slugs);
    }

    private static boolean isMember(Context ctx) {
        return Paywall.ask(Visit.of(ctx).standing(), Audience.MEMBER) instanceof Answer.Open;
    }

    private static boolean isTheirs(EmailAddress email, Reader reader) {
        return EmailAddress.kept(reader.email()).key().equals(email.key());
    }

    private void joinAtOnce(Context ctx, Reader reader, List<String> slugs) {
        joining.joinAtOnce(reader.id(), slugs, source(ctx), Network.of(ctx));
        answer(ctx, "You are on the list", "You are signed in, so there is nothing to confirm. See you in your inbox.");
    }

    private void ask(Context ctx, EmailAddress email, List<String> slugs) {
        try {
            joining.ask(email, slugs, source(ctx), Network.of(ctx));
            answer(ctx, "One more step", SENT.formatted(email.typed()));
        } catch (Problem problem) {
            problem.tellWhen(ctx);
            refuse(ctx, problem.status(), problem.sentence(), email.typed(), slugs);
        }
    }

    /** POST /newsletters/choose and /account/newsletters: the reader gets what is ticked and nothing else. */
    public void choose(Context ctx) {
        Optional<Reader> reader = Visit.of(ctx).reader();
        if (reader.isEmpty()) {
            ctx.redirect("/signin?next=/newsletters/", HttpStatus.SEE_OTHER);
            return;
        }
        boolean account = ctx.path().startsWith("/account/");
        List<String> shown = ctx.formParams("shown");
        if (shown.isEmpty())
            shown = hub.choices(reader.get().id()).stream()
                    .map(NewsletterHub.Choice::slug)
                    .toList();
        joining.choose(
                reader.get().id(),
                shown,
                ctx.formParams("newsletter"),
                new Because(account ? "account" : "hub", Network.of(ctx), Joining.WORDING),
                account ? "/account/newsletters/" : "/newsletters/");
        ctx.redirect(account ? "/account/newsletters/?saved=newsletters" : "/newsletters/?saved", HttpStatus.SEE_OTHER);
    }

    /** GET /newsletters/confirm/{token}: one big button; the visit itself changes nothing. */
    public void confirmation(Context ctx) {
        ctx.header("Cache-Control", "private, no-store");
        switch (Secret.read(ctx.pathParam("token")).map(joining::look).orElseGet(Joining.Request.Expired::new)) {
            case Joining.Request.Open open ->
                message(
                        ctx,
                        200,
                        "Please confirm",
                        "Press the button and " + Joining.and(open.names()) + " will come to " + open.email() + ".",
                        List.of(Map.of("label", "Yes, confirm my address", "action", ctx.path())));
            case Joining.Request.Used used ->
                old(ctx, "This link was already used, so there is nothing left to confirm.");
            case Joining.Request.Expired expired ->
                old(ctx, "This link has expired. Please choose your newsletters again.");
        }
    }

    /** POST /newsletters/confirm/{token}: the address is shown to be theirs, so they are signed in as well. */
    public void confirm(Context ctx) {
        Optional<Secret> secret = Secret.read(ctx.pathParam("token"));
        Optional<Long> reader = secret.flatMap(known -> joining.confirm(known, Network.of(ctx)));
        if (reader.isEmpty()) {
            confirmation(ctx);
            return;
        }
        sessions.begin(ctx, reader.get());
        ctx.redirect("/newsletters/?welcome", HttpStatus.SEE_OTHER);
    }

    private void old(Context ctx, String sentence) {
        message(
                ctx,
                410,
                "This link is old",
                sentence,
                List.of(Map.of("label", "See the newsletters", "url", "/newsletters/")));
    }

    private void answer(Context ctx, String title, String text) {
        if (wantsJson(ctx)) ctx.json(Map.of("title", title, "message", text));
        else message(ctx, 200, title, text, List.of(Map.of("label", "See all newsletters", "url", "/newsletters/")));
    }

    private void message(Context ctx, int status, String title, String text, List<Map<String, Object>> actions) {
        ctx.header("Cache-Control", "private, no-store");
        pages.show(
                ctx,
                status,
                "custom-message",
                Map.of("title", title, "text", text, "tone", status < 400 ? "good" : "bad", "actions", actions));
    }

    /** One sentence, and the form as it was. */
    private void refuse(Context ctx, int status, String sentence, String typed, List<String> ticked) {
        if (wantsJson(ctx)) ctx.status(status).json(Map.of("message", sentence));
        else showHub(ctx, status, typed, ticked, Map.of("error", sentence));
    }

    private void showHub(Context ctx, int status, String email, List<String> ticked, Map<String, Object> more) {
        var context = new HashMap<String, Object>(more);
        context.put("groups", hub.groups(Visit.of(ctx).reader().map(Reader::id).orElse(0L), isMember(ctx), ticked));
        long readers = hub.readers();
        if (readers >= WORTH_SAYING) context.put("reader_count", readers);
        if (!email.isEmpty()) context.put("email", email);
        pages.show(ctx, status, "custom-newsletters", context);
    }

    private static boolean wantsJson(Context ctx) {
        String accept = ctx.header("Accept");
        return accept != null && accept.contains("application/json");
    }

    /** Where the form stood: a word of ours or a story's slug. */
    private static String source(Context ctx) {
        String source = value(ctx.formParam("source"));
        return source.matches("[a-z0-9_:-]{1,200}") ? source : "site";
    }

    private static String value(@Nullable String field) {
        return field == null ? "" : field.strip();
    }
}
