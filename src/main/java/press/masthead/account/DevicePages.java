package press.masthead.account;

import io.javalin.http.Context;
import io.javalin.http.HttpStatus;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import press.masthead.access.Visit;
import press.masthead.platform.web.PublicPages;
import press.masthead.readers.Reader;
import press.masthead.signin.Factors;
import press.masthead.signin.Passkeys;
import press.masthead.signin.Sessions;

/** Where a reader is signed in, and the passkeys that they sign in with. */
public final class DevicePages {
    private final Sessions sessions;
    private final Passkeys passkeys;
    private final Factors factors;
    private final PublicPages pages;

    public DevicePages(Sessions sessions, Passkeys passkeys, Factors factors, PublicPages pages) {
        this.sessions = sessions;
        this.passkeys = passkeys;
        this.factors = factors;
        this.pages = pages;
    }

    /** GET /account/devices/ */
    public void devices(Context ctx) {
        Optional<Reader> reader = Visit.of(ctx).reader();
        if (reader.isEmpty()) {
            ctx.redirect("/signin/?next=/account/devices/", HttpStatus.SEE_OTHER);
            return;
        }
        var context = new HashMap<String, Object>();
        context.put("title", "Devices and passkeys");
        context.put("email", reader.get().email());
        String notice = notice(ctx.queryParam("saved") instanceof String saved ? saved : "");
        if (!notice.isEmpty()) context.put("notice", notice);
        context.put(
                "sessions",
                sessions.of(ctx, reader.get().id()).stream()
                        .map(DevicePages::device)
                        .toList());
        context.put(
                "passkeys",
                passkeys.of(reader.get().id()).stream()
                        .map(DevicePages::passkey)
                        .toList());
        if (reader.get().isStaff() || Visit.isWaiting(ctx)) {
            Factors.Has has = factors.of(reader.get().id());
            context.put("staff", true);
            context.put("app", has.app());
            context.put("recovery", has.recoveryCodes());
        }
        pages.show(ctx, 200, "custom-account-devices", context);
    }

    private static String notice(String saved) {
        return switch (saved) {
            case "sessions" -> "Signed out there.";
            case "passkey" -> "Your passkey is set up. Next time, sign in with it.";
            case "passkey-name" -> "The new name is saved.";
            case "app-gone" -> "The app's codes no longer work here, nor do the recovery codes.";
            case "passkey-gone" -> "That passkey no longer works here. Remove it on your device, too.";
            default -> "";
        };
    }

    private static Map<String, Object> device(Sessions.Session session) {
        return Map.of(
                "id", session.key(),
                "device", session.device(),
                "place", session.place(),
                "how", how(session.how()),
                "since", session.createdAt(),
                "seen_at", session.seenAt(),
                "current", session.current());
    }

    private static String how(String how) {
        return switch (how) {
            case "passkey" -> "with a passkey";
            case "code" -> "with a code";
            case "provider" -> "through your organisation";
            default -> "by a link";
        };
    }

    private static Map<String, Object> passkey(Passkeys.Passkey passkey) {
        var map = new HashMap<String, Object>();
        map.put("id", passkey.id());
        map.put("name", passkey.name());
        map.put("since", passkey.createdAt());
        passkey.usedAt().ifPresent((Instant at) -> map.put("used_at", at));
        return map;
    }

    /** POST /account/sessions/end: one device, or every other one. */
    public void endSessions(Context ctx) {
        long reader = AccountPages.reader(ctx).id();
        List<Sessions.Session> all = sessions.of(ctx, reader);
        if ("yes".equals(ctx.formParam("others")))
            all.stream()
                    .filter(session -> !session.current())
                    .forEach(session -> sessions.revoke(reader, session.key()));
        else if (ctx.formParam("id") instanceof String id) sessions.revoke(reader, id);
        ctx.redirect("/account/devices/?saved=sessions", HttpStatus.SEE_OTHER);
    }
}
