package press.masthead.reports;

import java.util.HashMap;
import java.util.List;
import java.util.Optional;
import java.util.function.BiFunction;
import java.util.function.Function;
import org.jsoup.Jsoup;
import org.jsoup.nodes.Document;
import org.jsoup.nodes.Element;
import press.masthead.platform.web.Html;
import press.masthead.platform.web.Typeset;

/** A report typeset for paper: cover, contents with pages, chapters under running heads, notes at the foot, charts as vectors. */
final class ReportPaper {
    private final Html html;

    ReportPaper(Html html) {
        this.html = html;
    }

    /** A chapter as the contents name it. */
    record Chapter(int number, String title, String anchor) {}

    /**
     * What is set.
     *
     * @param body the whole text, cleaned; {@code address} is put before its own links
     * @param picture the cover's name; empty for none
     * @param day as readers write it
     * @param words a word of the site and a language to the word in that language
     */
    record Paper(
            String title,
            String subtitle,
            String standfirst,
            String authors,
            String topics,
            String publication,
            String address,
            String day,
            String language,
            boolean rtl,
            String picture,
            String pictureAlt,
            String caption,
            String credit,
            String body,
            List<Chapter> chapters,
            List<String> corrections,
            BiFunction<String, String, String> words) {
        String says(String key) {
            return words.apply(key, language);
        }

        Paper with(String otherBody, List<Chapter> found) {
            return new Paper(
                    title,
                    subtitle,
                    standfirst,
                    authors,
                    topics,
                    publication,
                    address,
                    day,
                    language,
                    rtl,
                    picture,
                    pictureAlt,
                    caption,
                    credit,
                    otherBody,
                    found,
                    corrections,
                    words);
        }
    }

    /**
     * Sets it.
     *
     * @param pictures a picture's name to its bytes; {@code cover} is the cover's, four wide to three high
     * @return PDF 1.7 with bookmarks, tags and metadata; every page can be stamped by {@link Stamp}
     */
    byte[] pdf(Paper paper, Function<String, Optional<byte[]>> pictures) {
        var drawings = new HashMap<String, Typeset.Drawing>();
        Element body = Jsoup.parseBodyFragment(paper.body()).body();
        var set = new PaperBody(body, paper, drawings);
        set.arrange();
        List<Chapter> chapters = set.chapters();
        Document page = Jsoup.parse(html.text("reports/paper", paper.with(body.html(), chapters)));
        page.outputSettings().prettyPrint(false);
        // A block inside a paragraph: nothing that a parser of HTML would let stand, and what a float to the foot is.
        for (Element note : page.select("span.note")) note.tagName("div");
        bookmarks(page, chapters);
        return Stamp.makeRoom(Typeset.of(page, paper.rtl(), pictures, drawings), paper.language());
    }

    private static void bookmarks(Document page, List<Chapter> chapters) {
        if (chapters.isEmpty()) return;
        Element bookmarks = page.head().appendElement("bookmarks");
        for (Chapter chapter : chapters)
            bookmarks.appendElement("bookmark").attr("name", chapter.title()).attr("href", "#" + chapter.anchor());
    }
}
