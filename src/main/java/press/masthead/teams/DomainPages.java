package press.masthead.teams;

import io.javalin.http.Context;
import io.javalin.http.HttpStatus;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.jdbi.v3.core.Jdbi;
import press.masthead.platform.web.Flash;
import press.masthead.platform.web.Limits;
import press.masthead.platform.web.Problem;
import press.masthead.platform.web.PublicPages;
import press.masthead.platform.web.Secret;

/** A manager names the team's domain and shows that it is theirs: by a text in its DNS, or by a letter to who minds its mail. */
public final class DomainPages {
    private static final int MOST = 20;

    private final Jdbi jdbi;
    private final TeamDoor door;
    private final Teams teams;
    private final Domains domains;
    private final DomainTexts texts;
    private final TeamLetters letters;
    private final Limits limits;
    private final PublicPages pages;

    public DomainPages(
            Jdbi jdbi,
            TeamDoor door,
            Teams teams,
            Domains domains,
            DomainTexts texts,
            TeamLetters letters,
            Limits limits,
            PublicPages pages) {
        this.jdbi = jdbi;
        this.door = door;
        this.teams = teams;
        this.domains = domains;
        this.texts = texts;
        this.letters = letters;
        this.limits = limits;
        this.pages = pages;
    }

    /** GET /team/{team}/domains/ */
    public void list(Context ctx) {
        show(ctx, 200, door.of(ctx), Map.of());
    }

    private void show(Context ctx, int status, TeamDoor.Managed managed, Map<String, Object> more) {
        var context = TeamPages.frame(ctx, managed, "domains", "Domains");
        context.put(
                "domains",
                domains.of(managed.team().id()).stream()
                        .map(one -> shape(one, managed))
                        .toList());
        context.put("join_path", "/seat/join/");
        context.putAll(more);
        pages.show(ctx, status, "custom-team-domains", context);
    }

    private static Map<String, Object> shape(Domains.Domain domain, TeamDoor.Managed managed) {
        var map = new HashMap<String, Object>();
        map.put("id", domain.id());
        map.put("url", managed.path("domains/" + domain.id()));
        map.put("name", domain.domain());
        map.put("proof", domain.proof());
        map.put("record", domain.recordName());
        map.put("auto", domain.byThemselves());
        map.put("verified", domain.verifiedAt().isPresent());
        domain.verifiedAt().ifPresent(at -> map.put("verified_at", at));
        if (!domain.sentTo().isEmpty()) map.put("sent_to", domain.sentTo());
        map.put(
                "minders",
                DomainName.MINDERS.stream()
                        .map(who -> who + "@" + domain.domain())
                        .toList());
        return map;
    }

    /** POST /team/{team}/domains */
    public void add(Context ctx) {
        TeamDoor.Managed managed = door.of(ctx);
        String typed = TeamDoor.text(ctx, "domain");
        Optional<String> domain = DomainName.parse(typed);
        String wrong = "";
        if (domain.isEmpty())
            wrong = "That does not look like a domain. It is what stands behind the @, such as ministry.example.";
        else if (DomainName.isOpenToAll(domain.get()))
            wrong = "Everyone can have an address at " + domain.get() + ", so it can’t be a team’s own.";
        else if (domains.of(managed.team().id()).size() >= MOST) wrong = "A team has " + MOST + " domains at most.";
        else if (!domains.add(managed.team().id(), domain.get())) wrong = "This domain stands in the list already.";
        if (!wrong.isEmpty()) {
            show(ctx, 422, managed, Map.of("typed", typed, "error", wrong));
            return;
        }
        ctx.redirect(managed.path("domains/"), HttpStatus.SEE_OTHER);
    }

    /** POST /team/{team}/domains/{domain}/check: looks into its DNS */
    public void check(Context ctx) {
        TeamDoor.Managed managed = door.of(ctx);
        Domains.Domain domain = find(ctx, managed);
        limits.spend("domain:check:" + managed.team().id(), 60, Duration.ofHours(1));
        boolean shown;
        try {
            shown = Stream.of(domain.recordName(), domain.domain())
                    .anyMatch(name -> texts.at(name).contains(domain.proof()));
        } catch (DomainTexts.Unreachable e) {
            show(
                    ctx,
                    503,
                    managed,
                    Map.of(
                            "error",
                            "No name server answered for " + domain.domain() + ". Please try again in a while."));
            return;
        }
        if (!shown) {
            show(
                    ctx,
                    422,
                    managed,
                    Map.of(
                            "error",
                            "The text is not there yet. A new record can take an hour to be seen everywhere, and a day where an older answer is remembered."));
            return;
        }
        verified(ctx, domain, "dns");
        ctx.redirect(managed.path("domains/"), HttpStatus.SEE_OTHER);
    }

    private void verified(Context ctx, Domains.Domain domain, String how) {
        if (!domains.verify(domain.id(), how))
            throw Problem.stale(
                    "Another team has shown before that " + domain.domain() + " is its own. Please write to us.");
        Flash.put(ctx, domain.domain() + " is confirmed.");
    }

    /** POST /team/{team}/domains/{domain}/letter: to one of those who mind its mail */
    public void letter(Context ctx) {
        TeamDoor.Managed managed = door.of(ctx);
        Domains.Domain domain = find(ctx, managed);
        String to = TeamDoor.text(ctx, "to");
        if (!to.endsWith("@" + domain.domain()) || !DomainName.MINDERS.contains(to.substring(0, to.indexOf('@'))))
            throw Problem.invalid("Please choose one of the addresses.");
        limits.spend("domain:letter:" + domain.domain(), 5, Duration.ofDays(1));
        Secret secret = Secret.fresh();
        jdbi.useTransaction(handle -> {
            domains.sent(handle, domain.id(), to, secret);
            letters.domain(handle, managed.team(), domain.domain(), to, secret);
        });
        Flash.put(ctx, "A letter is on its way to " + to + ".");
        ctx.redirect(managed.path("domains/"), HttpStatus.SEE_OTHER);
    }

    /** POST /team/{team}/domains/{domain}/joining */
    public void joining(Context ctx) {
        TeamDoor.Managed managed = door.of(ctx);
        domains.joining(
                managed.team().id(),
                find(ctx, managed).id(),
                TeamDoor.text(ctx, "joining").equals("auto"));
        Flash.put(ctx, "Saved.");
        ctx.redirect(managed.path("domains/"), HttpStatus.SEE_OTHER);
    }

    /** POST /team/{team}/domains/{domain}/remove */
    public void remove(Context ctx) {
        TeamDoor.Managed managed = door.of(ctx);
        Domains.Domain domain = find(ctx, managed);
        domains.remove(managed.team().id(), domain.id());
        Flash.put(ctx, domain.domain() + " is removed. Whoever has a seat keeps it.");
        ctx.redirect(managed.path("domains/"), HttpStatus.SEE_OTHER);
    }

    private Domains.Domain find(Context ctx, TeamDoor.Managed managed) {
        return TeamDoor.number(ctx.pathParam("domain"))
                .flatMap(id -> domains.find(managed.team().id(), id))
                .orElseThrow(() -> Problem.notFound("Your team has no such domain."));
    }

    /** GET /seat/domain/{token}: from the letter; looking confirms nothing. */
    public void asked(Context ctx) {
        Domains.Domain domain = domain(ctx);
        String team = teams.find(domain.teamId()).orElseThrow().name();
        pages.show(
                ctx,
                200,
                "custom-message",
                Map.of(
                        "title", "Is " + team + " at home at " + domain.domain() + "?",
                        "text",
                                "If you confirm it, people with an address at " + domain.domain()
                                        + " can join the team " + team + ".",
                        "actions",
                                List.of(
                                        SeatPages.button("Yes, confirm " + domain.domain(), ctx.path()),
                                        SeatPages.link("No", "/"))));
    }

    /** POST /seat/domain/{token} */
    public void confirm(Context ctx) {
        Domains.Domain domain = domain(ctx);
        verified(ctx, domain, "letter");
        pages.show(
                ctx,
                200,
                "custom-message",
                Map.of(
                        "title", "Thank you",
                        "text", domain.domain() + " is confirmed. The managers of the team see it at once.",
                        "tone", "good"));
    }

    private Domains.Domain domain(Context ctx) {
        return Secret.read(ctx.pathParam("token"))
                .flatMap(domains::asked)
                .orElseThrow(() -> Problem.gone("This link is used or older than " + Domains.LETTER.toDays()
                        + " days. A manager of the team can send another."));
    }
}
