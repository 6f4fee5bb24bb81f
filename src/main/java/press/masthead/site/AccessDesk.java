package press.masthead.site;

import io.javalin.http.Context;
import io.javalin.http.HttpStatus;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDateTime;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import press.masthead.access.Meters;
import press.masthead.access.Standing;
import press.masthead.access.Visit;
import press.masthead.access.Whose;
import press.masthead.plans.Memberships;
import press.masthead.plans.Plans;
import press.masthead.platform.web.Html;
import press.masthead.platform.web.Problem;
import press.masthead.platform.web.Times;
import press.masthead.publication.Publication;
import press.masthead.readers.EmailAddress;
import press.masthead.readers.Reader;
import press.masthead.readers.Readers;
import press.masthead.stories.Stories;
import press.masthead.stories.StoryCard;
import press.masthead.stories.Teaser;

/** "What would this reader see, and why": the page itself, made by what makes it for them, and one sentence. */
public final class AccessDesk {
    private final StoryPages storyPages;
    private final Stories stories;
    private final Plans plans;
    private final Readers readers;
    private final Memberships memberships;
    private final Meters meters;
    private final Publication publication;
    private final Html html;
    private final Clock clock;

    public AccessDesk(
            StoryPages storyPages,
            Stories stories,
            Plans plans,
            Readers readers,
            Memberships memberships,
            Meters meters,
            Publication publication,
            Html html,
            Clock clock) {
        this.storyPages = storyPages;
        this.stories = stories;
        this.plans = plans;
        this.readers = readers;
        this.memberships = memberships;
        this.meters = meters;
        this.publication = publication;
        this.html = html;
        this.clock = clock;
    }

    /** The form as it was sent; all of it may be empty. */
    record Choice(String who, String address, String at) {
        static Choice of(Context ctx) {
            return new Choice(text(ctx.queryParam("who")), text(ctx.queryParam("address")), text(ctx.queryParam("at")));
        }

        private static String text(@Nullable String value) {
            return value == null ? "" : value.strip();
        }
    }

    record LookPage(
            Reader staff,
            long story,
            Stories.Headline headline,
            Choice choice,
            List<Plans.Named> plans,
            List<StoryCard> others,
            String zone,
            String problem,
            boolean open,
            String sentence,
            String page) {}

    /** GET /desk/access?address=: a story for members as that reader sees it */
    public void any(Context ctx) {
        Visit.staff(ctx);
        StoryCard card = stories.newestRestricted(1).stream()
                .findFirst()
                .orElseThrow(
                        () -> Problem.notFound("Every story is for everyone, so there is nothing to look at yet."));
        String address = URLEncoder.encode(Choice.text(ctx.queryParam("address")), StandardCharsets.UTF_8);
        ctx.redirect("/desk/stories/" + card.id() + "/access?who=reader&address=" + address, HttpStatus.SEE_OTHER);
    }

    /** GET /desk/stories/{id}/access?who=&address=&at= */
    public void look(Context ctx) {
        Reader staff = Visit.staff(ctx);
        long id = id(ctx);
        var headline = stories.headline(id).orElseThrow(() -> Problem.notFound("There is no such story."));
        Choice choice = Choice.of(ctx);
        Optional<Teaser> teaser = stories.teaser(id);
        String problem = "";
        String sentence = "Nobody outside the newsroom sees it: it is not published.";
        boolean open = false;
        try {
            if (teaser.isPresent()) {
                Reading reading = reading(choice, teaser.get().card());
                var words = new AccessWords(
                        reading,
                        teaser.get().card().rule(),
                        new Times(publication.settings().zone(), clock.instant()));
                open = words.open();
                sentence = words.sentence();
            }
        } catch (Problem wrong) {
            problem = wrong.sentence();
            ctx.status(wrong.status());
        }
        String page = teaser.isEmpty() || !problem.isEmpty()
                ? ""
                : ctx.path() + "/page?" + Optional.ofNullable(ctx.queryString()).orElse("");
        html.page(
                ctx,
                "site/access",
                new LookPage(
                        staff,
                        id,
                        headline,
                        choice,
                        plans.named(),
                        stories.newestRestricted(40),
                        publication.settings().zone().getId(),
                        problem,
                        open,
                        sentence,
                        page));
    }

    /** GET /desk/stories/{id}/access/page: the page as that person gets it, shown to staff alone and kept nowhere */
    public void page(Context ctx) {
        Visit.staff(ctx);
        Teaser teaser = stories.teaser(id(ctx)).orElseThrow(() -> Problem.notFound("This story is not published."));
        Reading reading = reading(Choice.of(ctx), teaser.card());
        reading.visit().keepIn(ctx);
        storyPages.show(ctx, teaser, reading);
        ctx.header("Cache-Control", "private, no-store").header("X-Robots-Tag", "noindex");
    }

    private Reading reading(Choice choice, StoryCard card) {
        Instant moment = moment(choice.at());
        Visit visit = visit(choice, moment);
        Optional<Whose> whose = visit.reader().map(reader -> new Whose.OfReader(reader.id()));
        // Someone signed in of whom no more is known has read nothing yet: no reader has the number 0.
        if (whose.isEmpty() && !(visit.standing() instanceof Standing.Visitor))
            whose = Optional.of(new Whose.OfReader(0));
        return new Reading(visit, moment, meters.look(whose, card.kind(), card.id(), moment), Optional.empty());
    }

    private Visit visit(Choice choice, Instant moment) {
        if (choice.who().startsWith("plan:"))
            return new Visit(
                    Optional.of(SOMEONE),
                    new Standing.Member(Set.of(choice.who().substring("plan:".length())), moment.plusSeconds(1)));
        return switch (choice.who()) {
            case "", "visitor" -> Visit.visitor();
            case "signed-in" -> new Visit(Optional.of(SOMEONE), new Standing.SignedIn());
            case "reader" -> {
                Reader reader = EmailAddress.parse(choice.address())
                        .flatMap(readers::byEmail)
                        .orElseThrow(() -> Problem.invalid("No reader has the address “" + choice.address() + "”."));
                yield new Visit(Optional.of(reader), memberships.of(reader, moment));
            }
            default -> throw Problem.invalid("Choose who reads.");
        };
    }

    /** A reader of whom nothing is known but that they are signed in. */
    private static final Reader SOMEONE =
            new Reader(0, "reader@example.org", "", "en", Optional.empty(), Optional.empty());

    private Instant moment(String at) {
        if (at.isEmpty()) return clock.instant();
        try {
            return LocalDateTime.parse(at).atZone(publication.settings().zone()).toInstant();
        } catch (DateTimeException e) {
            throw Problem.invalid("Choose a day and a time, or leave both empty for now.");
        }
    }

    private static long id(Context ctx) {
        String id = ctx.pathParam("id");
        return id.matches("\\d{1,18}") ? Long.parseLong(id) : 0;
    }
}
