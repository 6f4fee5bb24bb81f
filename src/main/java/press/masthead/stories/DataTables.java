package press.masthead.stories;

import org.jsoup.nodes.Element;

/** Tables as a screen reader wants them: a head where the first row is one, and headers that say what they head. */
final class DataTables {
    private DataTables() {}

    static void tidy(Element body) {
        for (Element lone : body.select("td > p:only-child, th > p:only-child"))
            if (lone.parent() instanceof Element cell && cell.ownText().isBlank()) lone.unwrap();
        for (Element table : body.select("table")) {
            headFromFirstRow(table);
            table.select("> thead > tr > th:not([scope])").attr("scope", "col");
            table.select("> tbody > tr > th:first-child:not([scope])").attr("scope", "row");
        }
    }

    private static void headFromFirstRow(Element table) {
        Element first = table.selectFirst("> tbody:first-of-type > tr:first-child");
        if (first == null || table.selectFirst("> thead") != null) return;
        boolean head = first.select("> td").isEmpty()
                && first.nextElementSibling() != null
                && first.select("> [rowspan]").isEmpty();
        if (head && first.parent() instanceof Element rows) rows.before(new Element("thead").appendChild(first));
    }
}
