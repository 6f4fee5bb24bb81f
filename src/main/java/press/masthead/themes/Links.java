package press.masthead.themes;

import static press.masthead.themes.Values.at;
import static press.masthead.themes.Values.flag;
import static press.masthead.themes.Values.hash;
import static press.masthead.themes.Values.text;

import com.github.jknack.handlebars.Handlebars;
import com.github.jknack.handlebars.Handlebars.SafeString;
import com.github.jknack.handlebars.Helper;
import com.github.jknack.handlebars.Options;
import java.io.IOException;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** The helpers that make addresses: of stories, pages of a list, assets, pictures in a size, profiles elsewhere. */
final class Links {
    private static final Pattern LATER_PAGE = Pattern.compile("page/\\d+/?$");
    private static final String PICTURES = "/content/images/";
    private static final Map<String, String> PROFILES = Map.of(
            "facebook", "https://www.facebook.com/",
            "twitter", "https://x.com/",
            "bluesky", "https://bsky.app/profile/",
            "threads", "https://www.threads.net/",
            "instagram", "https://www.instagram.com/",
            "youtube", "https://www.youtube.com/",
            "tiktok", "https://www.tiktok.com/",
            "linkedin", "https://www.linkedin.com/in/");

    private Links() {}

    static void register(Handlebars handlebars, Theme theme) {
        handlebars.registerHelper("url", (Helper<Object>) Links::url);
        handlebars.registerHelper("asset", (Object it, Options options) -> asset(text(it), theme));
        handlebars.registerHelper("img_url", (Object it, Options options) -> picture(text(it), options, theme));
        handlebars.registerHelper("srcset", (Object it, Options options) -> srcset(text(it), options, theme));
        handlebars.registerHelper("page_url", (Helper<Object>) Links::pageUrl);
        handlebars.registerHelper("link", (Helper<Object>) Links::link);
        handlebars.registerHelper("link_class", (Helper<Object>) Links::linkClass);
        handlebars.registerHelper("social_url", (Helper<Object>) Links::social);
        PROFILES.keySet()
                .forEach(network -> handlebars.registerHelper(
                        network + "_url", (Object it, Options options) -> profile(network, options)));
        handlebars.registerHelper(
                "readable_url",
                (Object it, Options options) ->
                        text(it).replaceFirst("^https?://(www\\.)?", "").replaceFirst("/$", ""));
    }

    private static CharSequence url(@Nullable Object it, Options options) {
        String url = text(options.context.model(), "url");
        return flag(options, "absolute") ? absolute(url, options) : relative(url, options);
    }

    private static String absolute(String url, Options options) {
        if (!url.startsWith("/")) return url;
        return site(options) + url;
    }

    private static String relative(String url, Options options) {
        if (url.startsWith("/")) return url;
        String site = site(options);
        return !site.isEmpty() && url.startsWith(site + "/") ? url.substring(site.length()) : url;
    }

    private static String site(Options options) {
        return bare(text(Values.site(options, "url")));
    }

    /** The hash of the file's bytes in the address lets browsers and proxies keep it for ever. */
    private static String asset(String path, Theme theme) {
        return "/assets/" + path + theme.version(path);
    }

    /** Ghost's sizes: /content/images/size/w600/2026/11/harbour.jpg. A picture from elsewhere keeps its address. */
    private static String picture(String url, Options options, Theme theme) {
        String local = relative(url, options);
        if (local.startsWith(PICTURES) && !local.startsWith(PICTURES + "size/")) {
            String format = hash(options, "format", "");
            String size = theme.imageWidth(hash(options, "size", ""))
                    .map(width -> "size/w" + width + "/")
                    .orElse("");
            if (!size.isEmpty() && !format.isEmpty()) size += "format/" + format + "/";
            local = PICTURES + size + local.substring(PICTURES.length());
        }
        return flag(options, "absolute") ? absolute(local, options) : local;
    }

    /**
     * {@code {{srcset feature_image width=feature_image_width}}}, Masthead's own: a picture in each of the theme's sizes that it
     * has, from which the browser chooses; up to {@code most} pixels, 1600 where nothing is said. A small picture is offered in
     * the theme's two least sizes all the same.
     */
    private static String srcset(String url, Options options, Theme theme) {
        String local = relative(url, options);
        if (!local.startsWith(PICTURES) || local.startsWith(PICTURES + "size/")) return "";
        int[] widths = theme.imageWidths();
        int most = Math.min(hash(options, "width", 0), hash(options, "most", 1600));
        var set = new StringBuilder(400);
        for (int i = 0; i < widths.length && (i < 2 || widths[i] <= most); i++)
            set.append(i == 0 ? "" : ", ")
                    .append(PICTURES)
                    .append("size/w")
                    .append(widths[i])
                    .append('/')
                    .append(local, PICTURES.length(), local.length())
                    .append(' ')
                    .append(widths[i])
                    .append('w');
        return set.toString();
    }

    /** A list's page in Ghost's manner, /topic/energy/page/2/, unless the pagination says its own (a search's ?page=2). */
    private static CharSequence pageUrl(@Nullable Object number, Options options) {
        Object pagination = at(options.context.model(), "pagination");
        if (pagination == null) pagination = options.context.model();
        String pattern = text(pagination, "url_pattern");
        if (!pattern.isEmpty()) return pattern.replace("{page}", text(number));
        String list = LATER_PAGE.matcher(text(Values.data(options, "path"))).replaceFirst("");
        if (list.isEmpty()) list = "/";
        return number instanceof Number page && page.intValue() > 1 ? list + "page/" + page + "/" : list;
    }

    static boolean here(String href, Options options) {
        String path = text(Values.data(options, "path"));
        return bare(href).equals(bare(path));
    }

    private static String bare(String path) {
        return path.endsWith("/") ? path.substring(0, path.length() - 1) : path;
    }

    private static CharSequence link(@Nullable Object it, Options options) throws IOException {
        String href = hash(options, "href", "");
        boolean here = here(href, options);
        String classes =
                (hash(options, "class", "") + " " + (here ? hash(options, "activeClass", "nav-current") : "")).strip();
        var tag = new StringBuilder("<a href=\"").append(Escape.html(href)).append('"');
        if (!classes.isEmpty())
            tag.append(" class=\"").append(Escape.html(classes)).append('"');
        if (here) tag.append(" aria-current=\"page\"");
        options.hash.forEach((name, value) -> {
            if (!Set.of("href", "class", "activeClass", "parentActiveClass").contains(name))
                tag.append(' ')
                        .append(Escape.html(name))
                        .append("=\"")
                        .append(Escape.html(text(value)))
                        .append('"');
        });
        return new SafeString(
                tag.append('>').append(options.fn(options.context)).append("</a>"));
    }

    private static CharSequence linkClass(@Nullable Object it, Options options) {
        String wanted = hash(options, "for", "");
        String path = text(Values.data(options, "path"));
        String classes = hash(options, "class", "");
        if (here(wanted, options)) return (classes + " " + hash(options, "activeClass", "nav-current")).strip();
        boolean within = wanted.length() > 1
                && path.startsWith(wanted)
                && !hash(options, "parentActiveClass", "").isEmpty();
        return (within ? classes + " " + hash(options, "parentActiveClass", "") : classes).strip();
    }

    private static CharSequence social(@Nullable Object it, Options options) {
        return profile(hash(options, "type", ""), options);
    }

    private static String profile(String network, Options options) {
        String name = text(options.context.model(), network);
        if (name.isEmpty()) name = text(Values.site(options, network));
        if (name.isEmpty() || name.startsWith("https://")) return name;
        String bare = name.replaceFirst("^[@/]+", "");
        boolean at = network.equals("threads") || network.equals("tiktok");
        return PROFILES.getOrDefault(network, "") + (at ? "@" : "") + bare;
    }
}
