package press.masthead.following;

import io.javalin.http.Context;
import io.javalin.http.HttpStatus;
import java.time.DateTimeException;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import org.jdbi.v3.core.Jdbi;
import press.masthead.access.Answer;
import press.masthead.access.Audience;
import press.masthead.access.Paywall;
import press.masthead.access.Visit;
import press.masthead.platform.calendar.Zones;
import press.masthead.platform.mail.LetterWords;
import press.masthead.platform.web.LocalPath;
import press.masthead.platform.web.Network;
import press.masthead.platform.web.Problem;
import press.masthead.platform.web.PublicPages;
import press.masthead.readers.Consents;
import press.masthead.readers.Reader;

/** The button that follows, and the page of the account where all that one follows stands. */
public final class FollowPages {
    /** Offered where a zone is asked for; any other that the JDK knows is taken too. */
    private static final List<String> ZONES = Zones.ids().stream()
            .filter(zone -> zone.matches("(Africa|America|Asia|Atlantic|Australia|Europe|Indian|Pacific)/.*"))
            .sorted()
            .toList();

    private static final Consents.Text AGREED = new Consents.Text(
            Consents.Kind.NEWSLETTERS,
            "2026-11",
            "Follow: write to me when a memo comes out on what I follow. I can stop it in each letter.");

    private final Jdbi jdbi;
    private final Following following;
    private final AlertChoices choices;
    private final Consents consents;
    private final Supplier<ZoneId> zone;
    private final PublicPages pages;

    /** @param zone whose clock a daily letter goes by until a member names another */
    public FollowPages(
            Jdbi jdbi,
            Following following,
            AlertChoices choices,
            Consents consents,
            Supplier<ZoneId> zone,
            PublicPages pages) {
        this.jdbi = jdbi;
        this.following = following;
        this.choices = choices;
        this.consents = consents;
        this.zone = zone;
        this.pages = pages;
    }

    /** The button on a subject's own page; for members. */
    public Optional<Map<String, Object>> button(Context ctx, Subject subject) {
        return buttons(ctx, List.of(subject)).stream().findFirst();
    }

    /** A button for each of these; none for whoever is no member. */
    public List<Map<String, Object>> buttons(Context ctx, Collection<Subject> subjects) {
        return member(ctx)
                .map(reader -> {
                    Set<String> followed = new HashSet<>();
                    following.of(reader.id()).forEach(one -> followed.add(one.action()));
                    return subjects.stream()
                            .map(one -> one.button(followed.contains(one.action())))
                            .toList();
                })
                .orElse(List.of());
    }

    private static Optional<Reader> member(Context ctx) {
        Visit visit = Visit.of(ctx);
        return visit.reader().filter(reader -> Paywall.ask(visit.standing(), Audience.MEMBER) instanceof Answer.Open);
    }

    /** POST /follow/{kind}/{slug}: {@code follow=yes}, or {@code no} to leave it; back to {@code next}. */
    public void choose(Context ctx) {
        Reader reader = member(ctx)
                .orElseThrow(() -> Problem.forbidden("Following is for members. Please sign in, or see the plan."));
        Subject subject = Kind.of(ctx.pathParam("kind"))
                .flatMap(kind -> following.find(kind, ctx.pathParam("slug")))
                .orElseThrow(() -> Problem.notFound("There is nothing to follow at this address."));
        boolean leaves = "no".equals(ctx.formParam("follow"));
        jdbi.useTransaction(handle -> {
            if (leaves) following.leave(handle, reader.id(), subject);
            else {
                following.follow(handle, reader.id(), subject);
                if (choices.begin(handle, reader.id(), zone.get()))
                    consents.agree(handle, reader.id(), AGREED, subject.path(), Network.of(ctx));
            }
        });
        String next = LocalPath.of(ctx.formParam("next"));
        ctx.redirect(next.isEmpty() ? subject.path() : next, HttpStatus.SEE_OTHER);
    }

    /** GET /account/following/, and ?left=kind/slug with what can be taken back. */
    public void list(Context ctx) {
        Optional<Reader> reader = Visit.of(ctx).reader();
        if (reader.isEmpty()) ctx.redirect("/signin/?next=" + ctx.path(), HttpStatus.SEE_OTHER);
        else show(ctx, 200, reader.get(), Map.of());
    }

    private void show(Context ctx, int status, Reader reader, Map<String, Object> more) {
        AlertChoice choice = choices.of(reader.id())
                .orElse(new AlertChoice(AlertChoice.How.AT_ONCE, AlertChoice.USUAL_TIME, zone.get()));
        var context = new HashMap<String, Object>(Map.of(
                "title", "Following",
                "subjects",
                        following.of(reader.id()).stream()
                                .map(subject -> subject.button(true))
                                .toList(),
                "how", word(choice.how()),
                "at", choice.at().toString(),
                "zone", choice.zone().getId(),
                "zones", ZONES,
                "languages", languages(choices.language(reader.id()))));
        left(ctx, reader).ifPresent(subject -> context.put("left", subject.button(false)));
        if ("alerts".equals(ctx.queryParam("saved"))) context.put("notice", "Saved. Alerts: " + choice.words() + ".");
        context.putAll(more);
        pages.show(ctx, status, "custom-following", context);
    }

    /** What letters speak, each by its own name. */
    private static List<Map<String, Object>> languages(String chosen) {
        LetterWords now = LetterWords.in(chosen);
        return LetterWords.ALL.stream()
                .map(words -> Map.<String, Object>of(
                        "code",
                        words.language(),
                        "name",
                        Locale.of(words.language()).getDisplayLanguage(Locale.of(words.language())),
                        "chosen",
                        words == now))
                .toList();
    }

    private Optional<Subject> left(Context ctx, Reader reader) {
        String[] parts = Optional.ofNullable(ctx.queryParam("left")).orElse("").split("/", 2);
        if (parts.length < 2) return Optional.empty();
        return Kind.of(parts[0])
                .flatMap(kind -> following.find(kind, parts[1]))
                .filter(subject -> !following.of(reader.id()).contains(subject));
    }

    private static String word(AlertChoice.How how) {
        return how.name().toLowerCase(Locale.ROOT);
    }

    /** POST /account/following/alerts: {@code how}, for a daily letter {@code at} and {@code zone}, and the {@code language} of letters. */
    public void alerts(Context ctx) {
        Reader reader = Visit.of(ctx).reader().orElseThrow(() -> Problem.forbidden("Please sign in first."));
        String how = text(ctx, "how");
        String at = text(ctx, "at");
        String where = text(ctx, "zone");
        String language = text(ctx, "language");
        try {
            var choice =
                    new AlertChoice(how(how), at.isEmpty() ? AlertChoice.USUAL_TIME : LocalTime.parse(at), zone(where));
            jdbi.useTransaction(handle -> {
                choices.choose(handle, reader.id(), choice);
                if (!language.isEmpty()) choices.speak(handle, reader.id(), LetterWords.in(language));
                if (choice.how() != AlertChoice.How.NONE)
                    consents.agree(handle, reader.id(), AGREED, "/account/following/", Network.of(ctx));
            });
            ctx.redirect("/account/following/?saved=alerts", HttpStatus.SEE_OTHER);
        } catch (DateTimeException wrong) {
            show(
                    ctx,
                    422,
                    reader,
                    Map.of(
                            "how", how,
                            "at", at,
                            "zone", where,
                            "languages", languages(language.isEmpty() ? choices.language(reader.id()) : language),
                            "error",
                                    "Please give a time such as 07:30, and a zone from the list such as Europe/Brussels."));
        }
    }

    private static AlertChoice.How how(String word) {
        return switch (word) {
            case "at_once" -> AlertChoice.How.AT_ONCE;
            case "daily" -> AlertChoice.How.DAILY;
            case "none" -> AlertChoice.How.NONE;
            default -> throw Problem.invalid("Please choose how you want to hear of new memos.");
        };
    }

    private ZoneId zone(String name) {
        return name.isEmpty() ? zone.get() : ZoneId.of(name);
    }

    private static String text(Context ctx, String name) {
        return Optional.ofNullable(ctx.formParam(name)).orElse("").strip();
    }
}
