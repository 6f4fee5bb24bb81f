package press.masthead.teams;

import io.javalin.http.Context;
import io.javalin.http.Handler;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import press.masthead.access.Visit;
import press.masthead.platform.web.Network;
import press.masthead.platform.web.PublicPages;
import press.masthead.readers.EmailAddress;
import press.masthead.signin.IdentityProvider;
import press.masthead.signin.SignIn;

/**
 * Stands before forms that would send a link to sign in by. Where a team wants its own sign-in, whoever has an address at its domain is
 * shown the way there instead. Those who manage the team get their letter besides; the page says the same to everyone.
 */
public final class SignOnGate implements Handler {
    /** The theme has the same beside the way to a team's own sign-in. */
    private static final String JUST_IN_TIME =
            "If you have no seat yet, you get one as you come in. " + SeatPages.SEEN_BY_MANAGERS;

    private final SignOn signOn;
    private final SignIn signIn;
    private final PublicPages pages;

    public SignOnGate(SignOn signOn, SignIn signIn, PublicPages pages) {
        this.signOn = signOn;
        this.signIn = signIn;
        this.pages = pages;
    }

    @Override
    public void handle(Context ctx) {
        if (!ctx.method().toString().equals("POST") || Visit.of(ctx).reader().isPresent()) return;
        Optional<EmailAddress> email = EmailAddress.read(TeamDoor.text(ctx, "email"));
        Optional<IdentityProvider> provider = email.flatMap(signOn::required);
        if (email.isEmpty() || provider.isEmpty()) return;
        if (signOn.keepsTheLetter(email.get(), provider.get().teamId().orElseThrow()))
            signIn.welcome(email.get(), "/team/", Network.of(ctx), "to sign in");
        String name = provider.get().name();
        pages.show(
                ctx,
                200,
                "custom-message",
                Map.of(
                        "title",
                        "Please come in by " + name,
                        "text",
                        name
                                + " wants its people to sign in with their account at work. Those who manage its seats also get a link by e-mail. "
                                + JUST_IN_TIME,
                        "actions",
                        List.of(SeatPages.link(
                                "Go on", "/signin/oidc/" + provider.get().id()))));
        ctx.skipRemainingHandlers();
    }
}
