package press.masthead.gifts;

import io.javalin.http.Context;
import io.javalin.http.HttpStatus;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import press.masthead.access.Answer;
import press.masthead.access.Answer.Why;
import press.masthead.access.Devices;
import press.masthead.access.Gift;
import press.masthead.access.Meter;
import press.masthead.access.Paywall;
import press.masthead.access.Visit;
import press.masthead.platform.web.Limits;
import press.masthead.platform.web.Network;
import press.masthead.platform.web.Problem;
import press.masthead.platform.web.PublicPages;
import press.masthead.platform.web.Secret;
import press.masthead.readers.Reader;
import press.masthead.stories.Stories;
import press.masthead.stories.StoryCard;

/** Giving a story away, opening what was given, and what someone has given. */
public final class GiftPages {
    private final Gifts gifts;
    private final Stories stories;
    private final Devices devices;
    private final Limits limits;
    private final PublicPages pages;
    private final Supplier<String> url;
    private final Clock clock;

    /** @param url the address that readers see, known once the server listens */
    public GiftPages(
            Gifts gifts,
            Stories stories,
            Devices devices,
            Limits limits,
            PublicPages pages,
            Supplier<String> url,
            Clock clock) {
        this.gifts = gifts;
        this.stories = stories;
        this.devices = devices;
        this.limits = limits;
        this.pages = pages;
        this.url = url;
        this.clock = clock;
    }

    /** Whether this reader may give the story away: it is sold, and they read it by their own right. */
    public static boolean mayGive(Visit visit, StoryCard card, Instant now) {
        if (visit.reader().isEmpty() || card.rule().isFree(now) || card.kind().equals("page")) return false;
        return Paywall.ask(visit.standing(), card.rule(), now, Meter.OFF, Gift.NONE) instanceof Answer.Open open
                && (open.why() == Why.MEMBER || open.why() == Why.PLAN || open.why() == Why.STAFF);
    }

    /** POST /{slug}/gift: a link to the story, shown this once. The answer holds it, because only its hash is kept. */
    public void give(Context ctx) {
        Visit visit = Visit.of(ctx);
        StoryCard card = card(ctx);
        if (!mayGive(visit, card, clock.instant()))
            throw Problem.forbidden("Members can give away what they read as members. Sign in as one first.");
        Reader reader = visit.reader().orElseThrow();
        Secret token = gifts.give(reader.id(), card.id(), ctx.formParam("named") != null);
        String link = url.get() + card.path() + "?gift=" + token.reveal();
        int left = gifts.left(reader.id());
        if (String.valueOf(ctx.header("Accept")).contains("application/json")) {
            ctx.header("Cache-Control", "no-store").json(Map.of("link", link, "message", left(left)));
            return;
        }
        list(ctx, reader, Map.of("link", link, "link_title", card.title()));
    }

    /** POST /{slug}/gift/open */
    public void open(Context ctx) {
        limits.spend("gift:" + Network.of(ctx), 120, Duration.ofHours(1));
        StoryCard card = card(ctx);
        Optional<Secret> token = Secret.read(ctx.formParam("gift"));
        boolean open = token.isPresent() && gifts.open(token.get(), card.id(), devices.meet(ctx));
        ctx.redirect(
                open ? card.path() + "?gift=" + token.get().reveal() : card.path() + "?gift=old", HttpStatus.SEE_OTHER);
    }

    /** GET /account/gifts */
    public void given(Context ctx) {
        Optional<Reader> reader = Visit.of(ctx).reader();
        if (reader.isPresent()) list(ctx, reader.get(), Map.of());
        else ctx.redirect("/signin/?next=/account/gifts", HttpStatus.SEE_OTHER);
    }

    /** POST /account/gifts/{id}/end */
    public void end(Context ctx) {
        Reader reader =
                Visit.of(ctx).reader().orElseThrow(() -> Problem.forbidden("Please sign in, then take the gift back."));
        String id = ctx.pathParam("id");
        if (!id.matches("\\d{1,18}") || !gifts.revoke(reader.id(), Long.parseLong(id)))
            throw Problem.notFound("You have given no such gift.");
        ctx.redirect("/account/gifts", HttpStatus.SEE_OTHER);
    }

    private void list(Context ctx, Reader reader, Map<String, Object> more) {
        Instant now = clock.instant();
        var rows = new ArrayList<Map<String, Object>>();
        for (Gifts.Given one : gifts.by(reader.id()))
            rows.add(Map.of(
                    "id", one.id(),
                    "title", one.title(),
                    "url", "/" + one.slug() + "/",
                    "given_at", one.givenAt(),
                    "expires_at", one.expiresAt(),
                    "opens", one.opens(),
                    "good", one.good(now)));
        var context = new HashMap<String, Object>();
        context.put("title", "Stories you gave away");
        context.put("gifts", List.copyOf(rows));
        context.put("left", left(gifts.left(reader.id())));
        context.putAll(more);
        pages.show(ctx, 200, "custom-gifts", context);
    }

    private static String left(int left) {
        return switch (Math.max(left, 0)) {
            case 0 -> "That was this month's last one.";
            case 1 -> "You can give away one more story this month.";
            default -> "You can give away " + left + " more stories this month.";
        };
    }

    private StoryCard card(Context ctx) {
        return stories.card(ctx.pathParam("slug"))
                .orElseThrow(() -> Problem.notFound("There is no story at this address."));
    }
}
