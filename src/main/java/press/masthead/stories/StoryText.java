package press.masthead.stories;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import org.jsoup.Jsoup;
import org.jsoup.nodes.Comment;
import org.jsoup.nodes.Document;
import org.jsoup.nodes.Element;
import org.jsoup.nodes.Node;
import org.jsoup.select.NodeFilter;
import press.masthead.access.Audience;

/**
 * A story's body, cleaned on the way in and divided at the membership line.
 *
 * @param opening HTML that everyone may read; well-formed by itself
 * @param rest HTML beyond the line; empty when nothing is held back
 * @param words the length of both
 * @param removed what was taken out that the writer should hear of, such as {@code script}
 */
record StoryText(String opening, String rest, int words, List<String> removed) {
    /** The line as it stands in a body: one rule that no reader sees. */
    static final String CUT = "<hr data-cut=\"\">";

    private static final String CUT_RULE = "hr[data-cut]";

    /** As an article has it. */
    static StoryText of(String html, Audience access) {
        return of(html, access, "article");
    }

    /**
     * Cleans and divides.
     *
     * @param access for the public nothing is held back; otherwise, without a line, all but the first paragraph is
     * @param kind a report's second headings begin chapters
     */
    static StoryText of(String html, Audience access, String kind) {
        var removed = new LinkedHashSet<String>();
        Element body = CleanHtml.of(withRuleForComment(html), removed);
        boolean chapters = kind.equals("report");
        if (chapters) Chapters.flatten(body);
        int words = count(body.text()) - DataCharts.words(body);
        Optional<Element> line = Optional.ofNullable(body.selectFirst(CUT_RULE));
        var rest = new Element("body");
        if (access == Audience.PUBLIC) body.select(CUT_RULE).remove();
        else if (line.isPresent()) moveAfter(line.get(), body, rest);
        else moveAfterFirstParagraph(body, rest);
        if (chapters) Chapters.mark(body, rest);
        return new StoryText(body.html().strip(), htmlOf(rest), words, List.copyOf(removed));
    }

    /** One body again, for the editor; the line is shown where somebody drew it, not where it falls by itself. */
    static String whole(String opening, String rest, Audience access, String kind) {
        if (rest.isEmpty()) return opening;
        StoryText byItself = of(opening + rest, access, kind);
        boolean drawn = !byItself.opening.equals(opening) || !byItself.rest.equals(rest);
        return drawn ? opening + CUT + rest : opening + rest;
    }

    /** The names of the pictures that it shows. */
    List<String> pictures() {
        return Jsoup.parseBodyFragment(opening + rest).select("img").stream()
                .map(picture -> picture.attr("src").replaceFirst("^.*/", ""))
                .distinct()
                .toList();
    }

    static int count(String text) {
        String stripped = text.strip();
        return stripped.isEmpty() ? 0 : stripped.split("\\s+").length;
    }

    /** The text's blocks as lines, for comparing two versions. */
    static List<String> lines(String html) {
        var lines = new ArrayList<String>();
        for (Element block : Jsoup.parseBodyFragment(html).body().select("p, h2, h3, h4, li, td, th, figcaption, pre"))
            if (block.select("p, li").size() <= 1 && !block.text().isBlank()) lines.add(block.text());
        return lines;
    }

    /** Comments do not survive cleaning, so the line that is written as one becomes a rule first. */
    private static String withRuleForComment(String html) {
        Document document = Jsoup.parseBodyFragment(html);
        document.outputSettings().prettyPrint(false);
        var lines = new ArrayList<Comment>();
        document.body().filter((NodeFilter) (node, depth) -> {
            if (node instanceof Comment comment && comment.getData().strip().equals("members")) lines.add(comment);
            return NodeFilter.FilterResult.CONTINUE;
        });
        if (lines.isEmpty()) return html;
        for (Comment line : lines) line.replaceWith(new Element("hr").attr("data-cut", ""));
        return document.body().html();
    }

    /** Takes what follows the line out of the body, opening again on the far side whatever the line stood in. */
    private static void moveAfter(Element line, Element body, Element rest) {
        Node at = line;
        while (at.parent() instanceof Element parent && parent != body) {
            Element far = parent.shallowClone().removeAttr("id");
            while (at.nextSibling() instanceof Node next) far.appendChild(next);
            parent.after(far);
            at = parent;
        }
        while (at.nextSibling() instanceof Node next) rest.appendChild(next);
        line.remove();
        rest.select(CUT_RULE).remove();
        for (Element side : List.of(body, rest)) removeHollow(side);
    }

    private static void removeHollow(Element side) {
        for (Element element : side.select("p, ul, ol, li, blockquote, aside, section"))
            if (!element.hasText() && element.select("img, br").isEmpty()) element.remove();
    }

    private static void moveAfterFirstParagraph(Element body, Element rest) {
        Element first = body.children().stream()
                .filter(child -> child.nameIs("p"))
                .findFirst()
                .orElse(null);
        // Without a paragraph, or with nothing after it, to open "the first" would give everything away.
        int from = first == null || first.nextElementSibling() == null ? 0 : first.siblingIndex() + 1;
        for (Node node : List.copyOf(body.childNodes().subList(from, body.childNodeSize()))) rest.appendChild(node);
    }

    private static String htmlOf(Element element) {
        var document = Document.createShell("");
        document.outputSettings().prettyPrint(false);
        document.body().appendChildren(List.copyOf(element.childNodes()));
        return document.body().html().strip();
    }
}
