package press.masthead.account;

import io.javalin.http.Context;
import io.javalin.http.HttpStatus;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import press.masthead.access.Visit;
import press.masthead.industries.IndustryRanks;
import press.masthead.industries.RankForm;
import press.masthead.platform.web.Network;
import press.masthead.platform.web.PublicPages;
import press.masthead.readers.Consents;
import press.masthead.readers.Reader;
import press.masthead.readers.Readers;
import press.masthead.subscriptions.NewsletterHub;

/** The short pages behind a reader's account: newsletters, industries, name and address, data. */
public final class AccountParts {
    private static final int LONGEST_NAME = 120;

    private final NewsletterHub hub;
    private final IndustryRanks industryRanks;
    private final Readers readers;
    private final Consents consents;
    private final PublicPages pages;

    public AccountParts(
            NewsletterHub hub, IndustryRanks industryRanks, Readers readers, Consents consents, PublicPages pages) {
        this.hub = hub;
        this.industryRanks = industryRanks;
        this.readers = readers;
        this.consents = consents;
        this.pages = pages;
    }

    /** GET /account/newsletters/ */
    public void newsletters(Context ctx) {
        visiting(ctx)
                .ifPresent(reader -> show(
                        ctx,
                        200,
                        "newsletters",
                        "Your newsletters",
                        Map.of(
                                "newsletters",
                                hub.choices(reader.id()).stream()
                                        .map(NewsletterHub.Choice::forThemes)
                                        .toList())));
    }

    /** GET /account/industries/ */
    public void industries(Context ctx) {
        visiting(ctx)
                .ifPresent(reader ->
                        showIndustries(ctx, 200, Map.of("industries", RankForm.shapes(industryRanks.of(reader.id())))));
    }

    private void showIndustries(Context ctx, int status, Map<String, Object> more) {
        show(ctx, status, "industries", "Your industries", more);
    }

    /** POST /account/industries: a number beside each that matters, nothing beside the others. */
    public void rank(Context ctx) {
        Reader reader = AccountPages.reader(ctx);
        List<IndustryRanks.Ranked> all = industryRanks.of(reader.id());
        RankForm form = RankForm.read(ctx, all);
        if (!form.problem().isEmpty()) {
            showIndustries(ctx, 422, Map.of("industries", form.forThemes(all), "industries_error", form.problem()));
            return;
        }
        industryRanks.choose(reader.id(), form.numbers());
        ctx.redirect("/account/industries/?saved=industries", HttpStatus.SEE_OTHER);
    }

    /** GET /account/name/ */
    public void name(Context ctx) {
        visiting(ctx).ifPresent(reader -> showName(ctx, 200, reader, Map.of("name", reader.name())));
    }

    private void showName(Context ctx, int status, Reader reader, Map<String, Object> more) {
        var context = new HashMap<>(more);
        context.put("email", reader.email());
        show(ctx, status, "name", "Name and address", context);
    }

    /** POST /account/details */
    public void rename(Context ctx) {
        Reader reader = AccountPages.reader(ctx);
        String given = ctx.formParam("name");
        String name = given == null ? "" : given.strip().replaceAll("\\p{Cntrl}", " ");
        if (name.length() > LONGEST_NAME) {
            showName(ctx, 422, reader, Map.of("name", name, "name_error", "Please use a name of at most 120 letters."));
            return;
        }
        readers.rename(reader.id(), name);
        ctx.redirect("/account/name/?saved=name", HttpStatus.SEE_OTHER);
    }

    /** GET /account/data/: a copy, the deletion, and what they agreed to. */
    public void data(Context ctx) {
        visiting(ctx)
                .ifPresent(reader -> show(
                        ctx,
                        200,
                        "data",
                        "Your data",
                        Map.of(
                                "consents",
                                consents.of(reader.id()).stream()
                                        .map(AccountParts::agreed)
                                        .toList())));
    }

    private static Map<String, Object> agreed(Consents.Agreed agreed) {
        return Map.of(
                "at", agreed.at(),
                "kind",
                        switch (agreed.kind()) {
                            case NEWSLETTERS -> "Newsletters";
                            case MEMBERSHIP -> "Membership";
                            case PRIVACY -> "Privacy";
                        },
                "place", agreed.place(),
                "network", Network.place(agreed.network(), ""),
                "wording",
                        agreed.privacy().isEmpty()
                                ? agreed.wording()
                                : agreed.wording() + " The privacy page stood at version " + agreed.privacy() + ".");
    }

    private void show(Context ctx, int status, String part, String title, Map<String, Object> more) {
        var context = new HashMap<String, Object>(more);
        context.put("part", part);
        context.put("title", title);
        String notice = switch (Optional.ofNullable(ctx.queryParam("saved")).orElse("")) {
            case "newsletters" -> "Your newsletters are saved.";
            case "industries" -> "Your industries are saved.";
            case "name" -> "Your name is saved.";
            default -> "";
        };
        if (!notice.isEmpty()) context.put("notice", notice);
        pages.show(ctx, status, "custom-account-part", context);
    }

    /** Who is signed in; anyone else is led to sign in and back. */
    private static Optional<Reader> visiting(Context ctx) {
        Optional<Reader> reader = Visit.of(ctx).reader();
        if (reader.isEmpty()) ctx.redirect("/signin/?next=" + ctx.path(), HttpStatus.SEE_OTHER);
        return reader;
    }
}
