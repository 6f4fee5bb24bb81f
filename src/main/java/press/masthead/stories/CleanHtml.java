package press.masthead.stories;

import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jsoup.Jsoup;
import org.jsoup.nodes.Document;
import org.jsoup.nodes.Element;
import org.jspecify.annotations.Nullable;
import org.owasp.html.HtmlChangeListener;
import org.owasp.html.HtmlPolicyBuilder;
import org.owasp.html.PolicyFactory;
import press.masthead.pictures.Pictures;

/** What a story's body may be made of. Everything else goes, before it is kept: no script, style, handler or frame. */
final class CleanHtml {
    private static final Pattern LANGUAGE = Pattern.compile("[A-Za-z]{2,8}(-[A-Za-z0-9]{1,8})*");
    private static final Pattern DIRECTION = Pattern.compile("ltr|rtl|auto");
    private static final Pattern NUMBER = Pattern.compile("\\d{1,4}");
    private static final Pattern SPAN = Pattern.compile("[1-9]\\d?");
    private static final Pattern ANCHOR = Pattern.compile("[\\p{L}_][\\p{L}\\p{N}_:.-]{0,80}");
    private static final Pattern OWN_PICTURE = Pattern.compile("/content/images/[A-Za-z0-9._/-]+");

    /** Wrappers that carry only looks: their text stays, so nobody needs to hear that they went. */
    private static final Set<String> ONLY_LOOKS = Set.of(
            "span",
            "div",
            "font",
            "center",
            "article",
            "main",
            "header",
            "footer",
            "o:p",
            "meta",
            "colgroup",
            "col",
            "html",
            "head",
            "body",
            "u",
            "small",
            "label",
            "picture",
            "source",
            "wbr",
            "title");

    private static final PolicyFactory POLICY = new HtmlPolicyBuilder()
            .allowElements(
                    "p",
                    "br",
                    "h2",
                    "h3",
                    "h4",
                    "strong",
                    "em",
                    "s",
                    "sub",
                    "sup",
                    "code",
                    "pre",
                    "ul",
                    "ol",
                    "li",
                    "blockquote",
                    "cite",
                    "q",
                    "aside",
                    "section",
                    "figure",
                    "figcaption",
                    "img",
                    "a",
                    "hr",
                    "span",
                    "table",
                    "caption",
                    "thead",
                    "tbody",
                    "tfoot",
                    "tr",
                    "th",
                    "td")
            .allowElements((element, attributes) -> "strong", "b")
            .allowElements((element, attributes) -> "em", "i")
            .allowElements((element, attributes) -> "h2", "h1")
            .allowStandardUrlProtocols()
            .allowUrlProtocols("tel")
            .allowAttributes("href")
            .onElements("a")
            .allowAttributes("src")
            .matching(OWN_PICTURE)
            .onElements("img")
            .allowAttributes("alt")
            .onElements("img")
            .allowAttributes("width", "height")
            .matching(NUMBER)
            .onElements("img")
            .allowAttributes("class")
            .matching(Pattern.compile("pull-quote"))
            .onElements("aside")
            .allowAttributes("class")
            .matching(Pattern.compile("credit"))
            .onElements("span")
            .allowAttributes("data-cut")
            .onElements("hr")
            .allowAttributes("scope")
            .matching(Pattern.compile("(row|col)(group)?"))
            .onElements("th")
            .allowAttributes("class")
            .matching(Pattern.compile("footnotes"))
            .onElements("section")
            .allowAttributes("id")
            .matching(ANCHOR)
            .onElements("section", "h2", "h3", "h4", "p", "li", "sup", "a", "figure", "table")
            .allowAttributes("data-chart")
            .matching(Pattern.compile("bars|stacked|lines|areas|dots|multiples"))
            .onElements("figure")
            .allowAttributes("data-unit")
            .matching(Pattern.compile(".{0,30}"))
            .onElements("figure")
            .allowAttributes("colspan", "rowspan")
            .matching(SPAN)
            .onElements("td", "th")
            .allowAttributes("start")
            .matching(NUMBER)
            .onElements("ol")
            .allowAttributes("lang")
            .matching(LANGUAGE)
            .globally()
            .allowAttributes("dir")
            .matching(DIRECTION)
            .globally()
            .toFactory();

    private CleanHtml() {}

    /** The body, clean and well-formed; names what was taken out in the set. */
    static Element of(String html, Set<String> removed) {
        String clean = POLICY.sanitize(html, new Listener(removed), removed);
        Document document = Jsoup.parseBodyFragment(clean);
        document.outputSettings().prettyPrint(false);
        for (Element picture : document.select("img:not([src])")) {
            removed.add("picture from elsewhere");
            picture.remove();
        }
        for (Element picture : document.select("img")) offerWidths(picture.attr("loading", "lazy"));
        for (Element link : document.select("a[href~=(?i)^(https?:)?//]")) link.attr("rel", "noopener");
        document.select("figure:not(:has(img)):not(:has(table)):not([data-chart]), a:empty, aside:empty")
                .remove();
        DataTables.tidy(document.body());
        DataCharts.tidy(document.body());
        Anchors.keepApart(document.body());
        return document.body();
    }

    /** Has a phone fetch a phone's picture; widths that the original does not have are not offered. */
    private static void offerWidths(Element picture) {
        picture.removeAttr("srcset").removeAttr("sizes");
        String name = picture.attr("src").replaceFirst("^/content/images/(size/[^/]+/)?", "");
        String width = picture.attr("width");
        if (name.contains("/") || width.isEmpty()) return;
        String offered = Pictures.WIDTHS.stream()
                .filter(w -> w >= 600 && w < Integer.parseInt(width))
                .map(w -> "/content/images/size/w%d/%s %dw".formatted(w, name, w))
                .collect(Collectors.joining(", "));
        if (offered.isEmpty()) return;
        picture.attr("srcset", offered).attr("sizes", "(min-width: 48rem) 44rem, 100vw");
    }

    private record Listener(Set<String> removed) implements HtmlChangeListener<Object> {
        @Override
        public void discardedTag(@Nullable Object context, String element) {
            if (element.equals("img")) removed.add("picture from elsewhere");
            else if (!ONLY_LOOKS.contains(element)) removed.add(element);
        }

        @Override
        public void discardedAttributes(@Nullable Object context, String element, String... attributes) {
            for (String attribute : attributes) {
                if (attribute.startsWith("on")) removed.add(attribute);
                if (attribute.equals("href")) removed.add("link that is not an address");
                if (attribute.equals("src") && element.equals("img")) removed.add("picture from elsewhere");
            }
        }
    }
}
