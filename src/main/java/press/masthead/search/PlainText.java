package press.masthead.search;

import org.jsoup.Jsoup;
import org.jsoup.nodes.Element;
import org.jsoup.nodes.Node;
import org.jsoup.nodes.TextNode;
import org.jsoup.select.NodeVisitor;

/** A text without its marks: one line for each block, tables of figures left out. */
final class PlainText {
    private PlainText() {}

    static String of(String html) {
        if (html.isEmpty()) return "";
        Element body = Jsoup.parseBodyFragment(html).body();
        body.select("table, script, style, svg").remove();
        var text = new StringBuilder();
        body.traverse(new NodeVisitor() {
            @Override
            public void head(Node node, int depth) {
                if (node instanceof TextNode words) addWords(text, words.getWholeText());
                else if (node instanceof Element element && (element.isBlock() || element.nameIs("br"))) endLine(text);
            }

            @Override
            public void tail(Node node, int depth) {
                if (node instanceof Element element && element.isBlock()) endLine(text);
            }
        });
        return text.toString().strip();
    }

    /** Any run of white space is one space. */
    private static void addWords(StringBuilder text, String words) {
        boolean space = false;
        for (int i = 0; i < words.length(); i++) {
            char letter = words.charAt(i);
            boolean isSpace = letter == ' ' || letter >= '\t' && letter <= '\r';
            if (!isSpace) text.append(letter);
            else if (!space) text.append(' ');
            space = isSpace;
        }
    }

    private static void endLine(StringBuilder text) {
        int end = text.length();
        while (end > 0 && text.charAt(end - 1) == ' ') end--;
        text.setLength(end);
        if (end > 0 && text.charAt(end - 1) != '\n') text.append('\n');
    }
}
