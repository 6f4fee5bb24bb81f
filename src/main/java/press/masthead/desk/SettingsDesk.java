package press.masthead.desk;

import io.javalin.http.Context;
import io.javalin.http.HttpStatus;
import java.time.DateTimeException;
import java.time.ZoneId;
import java.util.Optional;
import press.masthead.access.Visit;
import press.masthead.platform.mail.Dkim;
import press.masthead.platform.web.Flash;
import press.masthead.platform.web.Html;
import press.masthead.publication.Publication;
import press.masthead.publication.Settings;
import press.masthead.readers.Reader;

/** What the newsroom decides about its publication, and what its mail domain's DNS must say. */
public final class SettingsDesk {
    private final Publication publication;
    private final Dkim dkim;
    private final Html html;

    public SettingsDesk(Publication publication, Dkim dkim, Html html) {
        this.publication = publication;
        this.dkim = dkim;
        this.html = html;
    }

    record SettingsPage(
            Reader staff,
            String notice,
            String problem,
            Settings settings,
            String zone,
            String recordName,
            String recordText) {}

    /** GET /desk/settings */
    public void form(Context ctx) {
        Settings settings = publication.settings();
        show(ctx, 200, settings, settings.zone().getId(), "");
    }

    /** POST /desk/settings */
    public void save(Context ctx) {
        Visit.editor(ctx);
        Settings before = publication.settings();
        String zone = text(ctx, "zone");
        Settings wanted = new Settings(
                text(ctx, "name"),
                text(ctx, "tagline"),
                text(ctx, "description"),
                text(ctx, "notice"),
                text(ctx, "language"),
                before.zone(),
                text(ctx, "address"),
                text(ctx, "email"),
                text(ctx, "accent"),
                text(ctx, "paying"));
        Optional<ZoneId> known = zone(zone);
        String problem = wanted.name().isEmpty()
                ? "A publication needs a name."
                : known.isEmpty()
                        ? "There is no time zone called “" + zone + "”. Write it like Europe/Brussels."
                        : !wanted.accent().matches("#[0-9a-fA-F]{6}") ? "Write the accent colour like #b3261e." : "";
        if (!problem.isEmpty()) {
            show(ctx, 422, wanted, zone, problem);
            return;
        }
        publication.save(new Settings(
                wanted.name(),
                wanted.tagline(),
                wanted.description(),
                wanted.notice(),
                wanted.language(),
                known.orElseThrow(),
                wanted.address(),
                wanted.email(),
                wanted.accent(),
                wanted.paying()));
        Flash.put(ctx, "Saved. Readers see it now.");
        ctx.redirect("/desk/settings", HttpStatus.SEE_OTHER);
    }

    private void show(Context ctx, int status, Settings settings, String zone, String problem) {
        Reader staff = Visit.staff(ctx);
        ctx.status(status);
        html.page(
                ctx,
                "desk/settings",
                new SettingsPage(
                        staff, Flash.take(ctx), problem, settings, zone, dkim.recordName(), dkim.recordText()));
    }

    private static Optional<ZoneId> zone(String name) {
        try {
            return Optional.of(ZoneId.of(name));
        } catch (DateTimeException e) {
            return Optional.empty();
        }
    }

    private static String text(Context ctx, String name) {
        return Optional.ofNullable(ctx.formParam(name)).orElse("").strip();
    }
}
