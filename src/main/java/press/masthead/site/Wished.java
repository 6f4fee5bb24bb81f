package press.masthead.site;

import io.javalin.http.Context;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import press.masthead.platform.web.LocalPath;

/**
 * What an address or a form of the plan page carries along, from the story to the row of the membership: where to go then,
 * what was chosen, and what led there. Nothing of it is believed further than its form.
 */
record Wished(
        String next,
        String plan,
        String currency,
        String interval,
        String offer,
        String price,
        String source,
        String story) {
    static Wished of(Context ctx) {
        String next = LocalPath.of(field(ctx, "next"));
        String story = word(field(ctx, "story"), "[a-z0-9-]{1,120}");
        return new Wished(
                next,
                word(field(ctx, "plan"), "[a-z0-9-]{1,60}"),
                word(field(ctx, "currency"), "[A-Z]{3}"),
                word(field(ctx, "interval"), "month|year"),
                word(field(ctx, "offer").strip().toUpperCase(Locale.ROOT), "[A-Z0-9-]{1,40}"),
                word(field(ctx, "price"), "[1-9]\\d{0,17}"),
                source(ctx),
                story.isEmpty() ? word(next.replaceAll("^/([^/?]*)/?$", "$1"), "[a-z0-9-]{1,120}") : story);
    }

    private static String field(Context ctx, String name) {
        return or(ctx.formParam(name), or(ctx.queryParam(name), ""));
    }

    private static String or(@Nullable String text, String other) {
        return text == null ? other : text;
    }

    private static String word(String text, String form) {
        return text.matches(form) ? text : "";
    }

    /** A campaign's name, else the other site that a visitor came from. */
    private static String source(Context ctx) {
        String named = field(ctx, "source");
        if (named.isEmpty()) named = or(ctx.queryParam("utm_source"), "");
        if (named.isEmpty()) named = referrer(or(ctx.header("Referer"), ""), or(ctx.host(), ""));
        String clean = named.replaceAll("[^\\p{L}\\p{N} ._-]", "").strip();
        return clean.length() > 80 ? clean.substring(0, 80) : clean;
    }

    private static String referrer(String from, String host) {
        try {
            URI uri = URI.create(from);
            String there = or(uri.getHost(), "");
            if (there.isEmpty()) return "";
            if (!or(uri.getAuthority(), "").equals(host)) return there.replaceFirst("^www\\.", "");
            for (String pair : or(uri.getQuery(), "").split("&", -1))
                if (pair.startsWith("utm_source=")) return pair.substring("utm_source=".length());
        } catch (IllegalArgumentException e) {
            return "";
        }
        return "";
    }

    Optional<Long> priceNumber() {
        return price.isEmpty() ? Optional.empty() : Optional.of(Long.parseLong(price));
    }

    /** The plan page with all of it, and one part of it chosen anew. */
    String path(String part, String value) {
        var all = new LinkedHashMap<String, String>();
        all.put("plan", plan);
        all.put("currency", currency);
        all.put("interval", interval);
        all.put("offer", offer);
        all.put("source", source);
        all.put("story", story);
        all.put("next", next);
        if (!part.isEmpty()) all.put(part, value);
        var path = new StringBuilder("/pro/");
        for (Map.Entry<String, String> one : all.entrySet())
            if (!one.getValue().isEmpty())
                path.append(path.indexOf("?") < 0 ? '?' : '&')
                        .append(one.getKey())
                        .append('=')
                        .append(URLEncoder.encode(one.getValue(), StandardCharsets.UTF_8));
        return path.toString();
    }
}
