package press.masthead.themes;

import static press.masthead.themes.Values.at;
import static press.masthead.themes.Values.hash;
import static press.masthead.themes.Values.text;
import static press.masthead.themes.Values.truthy;

import com.github.jknack.handlebars.Handlebars;
import com.github.jknack.handlebars.Handlebars.SafeString;
import com.github.jknack.handlebars.Helper;
import com.github.jknack.handlebars.Options;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The helpers about the page as a whole: its head and foot, its classes, its title, the site's figures. */
final class SiteWords {
    private static final SafeString SEARCH =
            new SafeString("<a class=\"gh-search\" href=\"/search/\" aria-label=\"Search\">"
                    + "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"20\" height=\"20\" viewBox=\"0 0 24 24\" fill=\"none\" "
                    + "stroke=\"currentColor\" stroke-width=\"2\" aria-hidden=\"true\"><circle cx=\"10.5\" cy=\"10.5\" r=\"6.5\"/>"
                    + "<path d=\"m15.5 15.5 5 5\"/></svg></a>");

    private SiteWords() {}

    static void register(Handlebars handlebars) {
        handlebars.registerHelper(
                "ghost_head",
                (Object it, Options options) ->
                        new SafeString((Values.data(options, "head") instanceof Head head ? HeadTags.of(head) : "")
                                + text(Values.site(options, "codeinjection_head"))));
        handlebars.registerHelper(
                "ghost_foot",
                (Object it, Options options) -> new SafeString(text(Values.site(options, "codeinjection_foot"))));
        handlebars.registerHelper("meta_title", (Helper<Object>) SiteWords::title);
        handlebars.registerHelper(
                "meta_description",
                (Object it, Options options) -> Values.data(options, "head") instanceof Head head
                        ? head.description()
                        : text(Values.site(options, "description")));
        handlebars.registerHelper("body_class", (Helper<Object>) SiteWords::bodyClass);
        handlebars.registerHelper("post_class", (Helper<Object>) SiteWords::postClass);
        handlebars.registerHelper("search", (Object it, Options options) -> SEARCH);
        handlebars.registerHelper("total_members", (Object it, Options options) -> rounded("total_members", options));
        handlebars.registerHelper(
                "total_paid_members", (Object it, Options options) -> rounded("total_paid_members", options));
        // Ghost's comments and recommendations: themes may ask for them, and get nothing.
        Stream.of("comments", "comment_count", "recommendations")
                .forEach(name -> handlebars.registerHelper(name, (Object it, Options options) -> ""));
    }

    private static CharSequence title(@Nullable Object it, Options options) {
        if (Values.data(options, "head") instanceof Head head) return head.title() + hash(options, "page", "");
        String site = text(Values.site(options, "meta_title"));
        return site.isEmpty() ? text(Values.site(options, "title")) : site;
    }

    private static CharSequence bodyClass(@Nullable Object it, Options options) {
        Object model = options.context.model();
        List<String> classes = new ArrayList<>();
        Collection<?> here = Values.list(Values.data(options, "context"));
        if (here.contains("home")) classes.add("home-template");
        if (here.contains("post")) classes.add("post-template");
        if (here.contains("page")) classes.add("page-template");
        for (String kind : List.of("tag", "author")) {
            if (!here.contains(kind)) continue;
            classes.add(kind + "-template");
            classes.add(kind + "-" + text(at(model, kind), "slug"));
        }
        for (Object tag : Values.list(at(at(model, "post"), "tags"))) classes.add("tag-" + text(tag, "slug"));
        if (here.contains("paged")) classes.add("paged");
        return String.join(" ", classes);
    }

    private static CharSequence postClass(@Nullable Object it, Options options) {
        Object story = options.context.model();
        List<String> classes = new ArrayList<>(List.of("post"));
        for (Object tag : Values.list(at(story, "tags"))) classes.add("tag-" + text(tag, "slug"));
        if (truthy(at(story, "featured"))) classes.add("featured");
        if (!truthy(at(story, "feature_image"))) classes.add("no-image");
        if (truthy(at(story, "page"))) classes.add("page");
        return String.join(" ", classes);
    }

    /** As Ghost says it: exact below fifty, then rounded down and marked with a plus. */
    private static CharSequence rounded(String figure, Options options) {
        if (!(Values.site(options, figure) instanceof Number count)) return "";
        long members = count.longValue();
        if (members <= 50) return String.valueOf(members);
        long step = members < 100 ? 10 : members < 1000 ? 50 : (long) Math.pow(10, Math.floor(Math.log10(members)) - 1);
        return Words.grouped(members / step * step, options) + "+";
    }
}
