package press.masthead.teams;

import io.javalin.http.Context;
import io.javalin.http.HttpStatus;
import java.net.URI;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import press.masthead.access.Visit;
import press.masthead.platform.web.Flash;
import press.masthead.platform.web.Problem;
import press.masthead.platform.web.PublicPages;
import press.masthead.signin.Fresh;
import press.masthead.signin.IdentityProvider;
import press.masthead.signin.IdentityProviders;
import press.masthead.signin.ProviderPages;
import press.masthead.signin.Sessions;

/** Single sign-on in three steps: what the provider needs and gives, a test that shows what came back, and only then the switch. */
public final class SignOnPages {
    private final TeamDoor door;
    private final Domains domains;
    private final SignOn signOn;
    private final RequireSignOn require;
    private final Sessions sessions;
    private final ProviderPages providerPages;
    private final Supplier<String> url;
    private final PublicPages pages;

    /** @param url the site's address without a final slash */
    public SignOnPages(
            TeamDoor door,
            Domains domains,
            SignOn signOn,
            RequireSignOn require,
            Sessions sessions,
            ProviderPages providerPages,
            Supplier<String> url,
            PublicPages pages) {
        this.door = door;
        this.domains = domains;
        this.signOn = signOn;
        this.require = require;
        this.sessions = sessions;
        this.providerPages = providerPages;
        this.url = url;
        this.pages = pages;
    }

    /** GET /team/{team}/sign-on/ */
    public void wizard(Context ctx) {
        show(ctx, 200, door.of(ctx), Map.of());
    }

    private void show(Context ctx, int status, TeamDoor.Managed managed, Map<String, Object> more) {
        var context = TeamPages.frame(ctx, managed, "sign-on", "Single sign-on");
        context.put("callback", ProviderPages.callback(url.get()));
        context.put("domains", verified(managed));
        signOn.of(managed.team().id()).ifPresent(provider -> {
            context.put("provider", shape(provider));
            SignOn.Tested tested = signOn.tested(managed.team().id());
            tested.testedAt()
                    .ifPresent(at -> context.put(
                            "tested",
                            Map.of(
                                    "at",
                                    at,
                                    "subject",
                                    tested.testedSubject(),
                                    "email",
                                    tested.testedEmail(),
                                    "name",
                                    tested.testedName())));
            context.put("required", tested.required());
            context.put("signed_out", signOn.signedInOtherwise(managed.team().id()));
            context.put("you_too", !sessions.cameBy(ctx, provider.id()) && isAtHome(managed, provider));
        });
        context.putAll(more);
        pages.show(ctx, status, "custom-team-sign-on", context);
    }

    private static Map<String, Object> shape(IdentityProvider provider) {
        return Map.of(
                "issuer", provider.issuer(),
                "client", provider.clientId(),
                "domains", String.join(", ", provider.domains()),
                "open", provider.open());
    }

    private List<String> verified(TeamDoor.Managed managed) {
        return domains.of(managed.team().id()).stream()
                .filter(domain -> domain.verifiedAt().isPresent())
                .map(Domains.Domain::domain)
                .toList();
    }

    /** POST /team/{team}/sign-on: the first step; it closes what was open, for that was another */
    public void keep(Context ctx) {
        TeamDoor.Managed managed = door.of(ctx);
        Fresh.require(ctx);
        String issuer = TeamDoor.text(ctx, "issuer");
        String client = TeamDoor.text(ctx, "client");
        String secret = TeamDoor.text(ctx, "secret");
        List<String> own = verified(managed);
        boolean first = signOn.of(managed.team().id()).isEmpty();
        var wrong = new HashMap<String, Object>();
        if (own.isEmpty())
            wrong.put("error", "Please confirm a domain first: the provider speaks for its people only.");
        else if (!isAddress(issuer))
            wrong.put("issuer_error", "Please give the provider’s address, such as https://login.ministry.example.");
        else if (client.isEmpty() || client.length() > 255)
            wrong.put("client_error", "Please give the client ID that the provider shows.");
        else if (secret.isEmpty() && first)
            wrong.put("secret_error", "Please give the client secret that the provider shows.");
        if (wrong.isEmpty()) {
            try {
                signOn.keep(
                        managed.team().id(),
                        new IdentityProviders.Details(
                                managed.team().name(),
                                issuer,
                                client,
                                secret,
                                own,
                                Optional.of(managed.team().id())));
            } catch (Problem problem) {
                wrong.put("secret_error", problem.sentence());
            }
        }
        if (!wrong.isEmpty()) {
            wrong.put("typed", Map.of("issuer", issuer, "client", client));
            show(ctx, 422, managed, wrong);
            return;
        }
        Flash.put(ctx, "Kept. Now try it.");
        ctx.redirect(managed.path("sign-on/"), HttpStatus.SEE_OTHER);
    }

    private static boolean isAddress(String issuer) {
        try {
            URI uri = URI.create(issuer);
            return issuer.length() <= 500
                    && uri.getHost() != null
                    && issuer.matches("https?://.+")
                    && uri.getQuery() == null
                    && uri.getFragment() == null;
        } catch (IllegalArgumentException e) {
            return false;
        }
    }

    /** GET /team/{team}/sign-on/test: goes there and comes back with what it says; a form may not lead to another site */
    public void test(Context ctx) {
        TeamDoor.Managed managed = door.of(ctx);
        IdentityProvider provider =
                signOn.of(managed.team().id()).orElseThrow(() -> Problem.stale("Please fill in the first step."));
        providerPages.begin(ctx, provider, TeamArrival.TEST, managed.path("sign-on/"));
    }

    /** POST /team/{team}/sign-on/open: on, off, and whether everyone must */
    public void open(Context ctx) {
        TeamDoor.Managed managed = door.of(ctx);
        Fresh.require(ctx);
        if (signOn.of(managed.team().id()).isEmpty()) throw Problem.stale("Please fill in the first step.");
        boolean on = TeamDoor.text(ctx, "state").equals("on");
        boolean only = "yes".equals(ctx.formParam("required"));
        switch (require.byManager(managed.team(), managed.manager(), on, only)) {
            case UNTRIED ->
                show(
                        ctx,
                        409,
                        managed,
                        Map.of("error", "Please try it first. It can be switched on once a test has come back."));
            case ONLY_WAY -> onlyWay(ctx, managed);
            case ON -> back(ctx, managed, "Single sign-on is on.");
            case OFF -> back(ctx, managed, "Single sign-on is off. Everyone signs in with a link.");
        }
    }

    private static void back(Context ctx, TeamDoor.Managed managed, String notice) {
        Flash.put(ctx, notice);
        ctx.redirect(managed.path("sign-on/"), HttpStatus.SEE_OTHER);
    }

    /** Whoever switched it on without having come that way was signed out with the others. */
    private void onlyWay(Context ctx, TeamDoor.Managed managed) {
        IdentityProvider provider = signOn.of(managed.team().id()).orElseThrow();
        if (sessions.cameBy(ctx, provider.id()) || !isAtHome(managed, provider)) {
            back(ctx, managed, "Everyone comes in this way now.");
            return;
        }
        sessions.end(ctx);
        Visit.visitor().keepIn(ctx);
        pages.show(
                ctx,
                200,
                "custom-message",
                Map.of(
                        "title",
                        "Everyone comes in this way now",
                        "text",
                        "Whoever had come in another way is signed out, and so are you. Please come in by "
                                + provider.name()
                                + ". Should that fail, ask for a letter: those who manage the team still get one.",
                        "actions",
                        List.of(SeatPages.link(
                                "Go on", "/signin/oidc/" + provider.id() + "?next=" + managed.path("sign-on/")))));
    }

    /** Whether the manager's own address is at a domain that the provider speaks for. */
    private static boolean isAtHome(TeamDoor.Managed managed, IdentityProvider provider) {
        String email = managed.manager().email();
        return !managed.manager().isStaff()
                && provider.domains()
                        .contains(email.substring(email.lastIndexOf('@') + 1).toLowerCase(Locale.ROOT));
    }

    /** POST /team/{team}/sign-on/remove */
    public void remove(Context ctx) {
        TeamDoor.Managed managed = door.of(ctx);
        Fresh.require(ctx);
        signOn.remove(managed.team().id());
        Flash.put(ctx, "Removed. Everyone signs in with a link.");
        ctx.redirect(managed.path("sign-on/"), HttpStatus.SEE_OTHER);
    }
}
