package press.masthead.memos;

import io.javalin.http.Context;
import io.javalin.http.HttpStatus;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import org.jdbi.v3.core.Jdbi;
import press.masthead.access.Visit;
import press.masthead.platform.mail.Letter;
import press.masthead.platform.mail.Letterhead;
import press.masthead.platform.mail.Outbox;
import press.masthead.platform.web.Html;
import press.masthead.platform.web.Limits;
import press.masthead.platform.web.Problem;
import press.masthead.platform.web.PublicPages;
import press.masthead.readers.EmailAddress;
import press.masthead.readers.Reader;
import press.masthead.readers.ReaderLanguage;
import press.masthead.stories.Stories;
import press.masthead.stories.StoryCard;
import press.masthead.teams.Colleagues;
import press.masthead.teams.Colleagues.Colleague;
import press.masthead.teams.Colleagues.Known;

/**
 * Sending a story on to a colleague of the same team: a letter with its headline, a line of one's own and the way to it. It holds
 * nothing that is not everyone's, it is answered to whoever sent it, and it goes to nobody outside the team.
 */
public final class ColleaguePages {
    private static final int LISTED = 200;
    private static final int LONGEST_LINE = 500;
    private static final int AN_HOUR = 20;

    private final Jdbi jdbi;
    private final Stories stories;
    private final Colleagues colleagues;
    private final Limits limits;
    private final Outbox outbox;
    private final Html html;
    private final Supplier<Letterhead> letterhead;
    private final PublicPages pages;

    public ColleaguePages(
            Jdbi jdbi,
            Stories stories,
            Colleagues colleagues,
            Limits limits,
            Outbox outbox,
            Html html,
            Supplier<Letterhead> letterhead,
            PublicPages pages) {
        this.jdbi = jdbi;
        this.stories = stories;
        this.colleagues = colleagues;
        this.limits = limits;
        this.outbox = outbox;
        this.html = html;
        this.letterhead = letterhead;
        this.pages = pages;
    }

    /** Where a story's page leads to, for someone who has colleagues here. */
    public Optional<String> path(Context ctx, StoryCard card) {
        return Visit.of(ctx)
                .reader()
                .filter(reader -> !card.kind().equals("page") && colleagues.any(reader.id()))
                .map(reader -> card.path() + "colleague");
    }

    /** GET /{slug}/colleague */
    public void form(Context ctx) {
        Optional<Reader> reader = Visit.of(ctx).reader();
        if (reader.isEmpty())
            ctx.redirect(
                    "/signin/?next=" + URLEncoder.encode(ctx.path(), StandardCharsets.UTF_8), HttpStatus.SEE_OTHER);
        else show(ctx, 200, reader.get(), card(ctx), "", "", "");
    }

    private StoryCard card(Context ctx) {
        return stories.card(ctx.pathParam("slug"))
                .filter(card -> !card.kind().equals("page"))
                .orElseThrow(() -> Problem.notFound("There is no story at this address."));
    }

    private void show(Context ctx, int status, Reader reader, StoryCard card, String to, String line, String error) {
        if (!colleagues.any(reader.id()))
            throw Problem.notFound("Stories are sent to colleagues from a team's seat, and you have none.");
        List<Colleague> people = colleagues.of(reader.id(), LISTED);
        var context = new HashMap<String, Object>(Map.of(
                "title",
                "Send to a colleague",
                "story",
                card.title(),
                "language",
                card.language(),
                "url",
                card.path(),
                "action",
                card.path() + "colleague",
                "colleagues",
                people.stream()
                        .map(one -> Map.<String, Object>of("name", one.shownName(), "email", one.email()))
                        .toList(),
                "to",
                to,
                "line",
                line,
                "longest",
                LONGEST_LINE));
        if (!error.isEmpty()) context.put("error", error);
        pages.show(ctx, status, "custom-colleague", context);
    }

    /** POST /{slug}/colleague: {@code to}, an address; {@code line}, may be empty. */
    public void send(Context ctx) {
        Reader reader = Visit.of(ctx).reader().orElseThrow(() -> Problem.forbidden("Please sign in first."));
        StoryCard card = card(ctx);
        String to = text(ctx, "to");
        String line = text(ctx, "line");
        Optional<EmailAddress> email = EmailAddress.parse(to);
        if (line.length() > LONGEST_LINE)
            show(ctx, 422, reader, card, to, line, "Please keep your line to 500 characters.");
        else if (email.isEmpty())
            show(ctx, 422, reader, card, to, line, "Please choose a colleague, or write their whole address.");
        else if (EmailAddress.kept(reader.email()).equals(email.get()))
            show(ctx, 422, reader, card, to, line, "That is your own address.");
        else {
            limits.spend("colleague:" + reader.id(), AN_HOUR, Duration.ofHours(1));
            send(ctx, reader, card, email.get(), line);
        }
    }

    private void send(Context ctx, Reader reader, StoryCard card, EmailAddress email, String line) {
        switch (colleagues.find(reader, email)) {
            case Known.One(Colleague colleague) -> {
                Letterhead from = letterhead.get();
                jdbi.useTransaction(handle -> outbox.put(
                        handle,
                        letter(from.to(ReaderLanguage.of(handle, colleague.email())), reader, card, line)
                                .to(colleague.email(), colleague.name(), from, html),
                        reader.email()));
                done(ctx, card, "Sent to " + colleague.shownName(), "Their answer comes to you.");
            }
            case Known.Seatless seatless
            when seatless.free() > 0 -> {
                colleagues.askForSeat(reader, seatless, email, card.title());
                done(
                        ctx,
                        card,
                        "We have asked your manager",
                        email.typed() + " has no seat of " + seatless.teamName()
                                + " so far. Your manager can give them one; then send it again.");
            }
            case Known.Seatless seatless ->
                show(
                        ctx,
                        422,
                        reader,
                        card,
                        email.typed(),
                        line,
                        "They have no seat of " + seatless.teamName()
                                + ", and all seats are taken. Please ask your manager.");
            case Known.Outsider() ->
                show(
                        ctx,
                        422,
                        reader,
                        card,
                        email.typed(),
                        line,
                        "This address is not one of your team. To give a story to someone else, use the gift link on its page.");
        }
    }

    private Letter letter(Letterhead from, Reader reader, StoryCard card, String line) {
        String who = reader.name().isBlank() ? reader.email() : reader.name();
        var text = new java.util.ArrayList<String>();
        if (!line.isEmpty()) text.add("“" + line + "”");
        text.add(card.title());
        if (!card.standfirst().isEmpty()) text.add(card.standfirst());
        return new Letter(
                from.t("{who} sends you: {title}", "who", who, "title", card.title()),
                from.t("{who} thinks that you should read this", "who", who),
                text,
                switch (card.kind()) {
                    case "memo" -> from.t("Read the memo");
                    case "report" -> from.t("Read the report");
                    default -> from.t("Read the story");
                },
                from.at(card.path()),
                List.of(
                        from.t(
                                "An answer to this letter goes to {who} ({email}).",
                                "who",
                                who,
                                "email",
                                reader.email()),
                        from.t("You get it because you read {name} on the same team.", "name", from.name())));
    }

    private void done(Context ctx, StoryCard card, String title, String text) {
        pages.show(
                ctx,
                200,
                "custom-message",
                Map.of(
                        "title",
                        title,
                        "text",
                        text,
                        "tone",
                        "good",
                        "actions",
                        List.of(
                                Map.of("label", "Back to the story", "url", card.path()),
                                Map.of("label", "Send to another colleague", "url", card.path() + "colleague"))));
    }

    private static String text(Context ctx, String name) {
        return Optional.ofNullable(ctx.formParam(name)).orElse("").strip().replaceAll("[\\p{Cntrl}&&[^\\n]]", " ");
    }
}
