package press.masthead.site;

import io.javalin.http.Context;
import io.javalin.http.HttpStatus;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import press.masthead.access.Answer;
import press.masthead.access.Devices;
import press.masthead.access.Gift;
import press.masthead.access.Meter;
import press.masthead.access.Meters;
import press.masthead.access.Paywall;
import press.masthead.access.Visit;
import press.masthead.access.Whose;
import press.masthead.platform.web.Limits;
import press.masthead.platform.web.LocalPath;
import press.masthead.platform.web.Network;
import press.masthead.platform.web.Problem;
import press.masthead.readers.EmailAddress;
import press.masthead.signin.SignIn;
import press.masthead.stories.Stories;
import press.masthead.stories.StoryCard;

/** Where a story stops and offers a way on: one of the month's free ones, or an address. */
public final class WallPages {
    private final Site site;
    private final Stories stories;
    private final Meters meters;
    private final Devices devices;
    private final SignIn signIn;
    private final Limits limits;
    private final Clock clock;

    public WallPages(
            Site site, Stories stories, Meters meters, Devices devices, SignIn signIn, Limits limits, Clock clock) {
        this.site = site;
        this.stories = stories;
        this.meters = meters;
        this.devices = devices;
        this.signIn = signIn;
        this.limits = limits;
        this.clock = clock;
    }

    /**
     * POST /{slug}/free: counts the story as one of the month's and leads to it. Who brings no cookie back gets the teaser there;
     * what opens anyway is not counted.
     */
    public void free(Context ctx) {
        limits.spend("free:" + Network.of(ctx), 120, Duration.ofHours(1));
        StoryCard card = stories.card(ctx.pathParam("slug"))
                .orElseThrow(() -> Problem.notFound("There is no story at this address."));
        Visit visit = Visit.of(ctx);
        Answer answer = Paywall.ask(visit.standing(), card.rule(), clock.instant(), Meter.OFF, Gift.NONE);
        if (card.rule().metered() && !(answer instanceof Answer.Open) && !(answer instanceof Answer.Closed))
            meters.take(
                    visit.reader()
                            .<Whose>map(reader -> new Whose.OfReader(reader.id()))
                            .orElseGet(() -> new Whose.OfDevice(devices.meet(ctx))),
                    card.kind(),
                    card.id());
        ctx.redirect(card.path(), HttpStatus.SEE_OTHER);
    }

    /** POST /signin/read: the same answer whoever asks and whatever the address; the link in the letter leads back to the story. */
    public void register(Context ctx) {
        String typed = Optional.ofNullable(ctx.formParam("email")).orElse("").strip();
        String next = LocalPath.of(ctx.formParam("next"));
        Optional<EmailAddress> email = EmailAddress.parse(typed);
        if (email.isEmpty()) {
            say(
                    ctx,
                    422,
                    "Please check the address",
                    "That does not look like an e-mail address. Please check it.",
                    next);
            return;
        }
        signIn.welcome(email.get(), next, Network.of(ctx), "to read on");
        say(
                ctx,
                200,
                "Look into your mailbox",
                "We have sent a letter to " + email.get().typed() + ". Press its button and the story goes on.",
                next);
    }

    private void say(Context ctx, int status, String title, String sentence, String next) {
        if (String.valueOf(ctx.header("Accept")).contains("application/json")) {
            ctx.status(status).json(Map.of("message", sentence));
            return;
        }
        var back = Map.of("label", "Back to the story", "url", next.isEmpty() ? "/" : next);
        site.show(ctx, status, "custom-message", Map.of("title", title, "text", sentence, "actions", List.of(back)));
    }
}
