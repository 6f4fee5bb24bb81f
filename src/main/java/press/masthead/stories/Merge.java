package press.masthead.stories;

import com.github.difflib.DiffUtils;
import com.github.difflib.patch.AbstractDelta;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jsoup.Jsoup;
import org.jsoup.nodes.Element;

/**
 * Two versions of one story that two people wrote at the same time, laid side by side: what each of them has in each place,
 * and which to take unless somebody says otherwise. What only one of them has touched is taken from that one.
 */
record Merge(List<Choice> choices, List<Stretch> stretches) {
    /** Which version a place is taken from. */
    enum Pick {
        MINE,
        THEIRS,
        BOTH
    }

    /** A field in which the versions differ, in words. */
    record Choice(String name, String label, String mine, String theirs, Pick pick, boolean bothChanged) {
        String field() {
            return "pick-" + name;
        }
    }

    /**
     * Some of the body's blocks, as HTML.
     *
     * @param same whether both versions have the same here; then {@code mine} is it
     */
    record Stretch(int number, List<String> mine, List<String> theirs, boolean same, Pick pick, boolean bothChanged) {
        String field() {
            return "pick-body-" + number;
        }

        List<String> mineLines() {
            return inWords(mine);
        }

        List<String> theirLines() {
            return inWords(theirs);
        }

        List<List<StoryHistory.Piece>> changes() {
            return StoryHistory.difference(theirLines(), mineLines());
        }
    }

    private record Field(String name, String label, Function<Draft, String> shown) {}

    private static final List<Field> FIELDS = List.of(
            new Field("title", "Headline", Draft::title),
            new Field("standfirst", "Standfirst", Draft::standfirst),
            new Field("kind", "Kind", Draft::kind),
            new Field("slug", "Address", Draft::slug),
            new Field("language", "Language", Draft::language),
            new Field("direction", "Direction", Draft::direction),
            new Field("dateline", "Dateline", Draft::dateline),
            new Field(
                    "picture",
                    "Lead picture",
                    draft -> draft.picture().map(id -> "Picture " + id).orElse("none")),
            new Field("access", "Who may read it", draft -> RuleWords.of(draft.rule())),
            new Field("featured", "Editor's pick", draft -> draft.featured() ? "yes" : "no"),
            new Field("topics", "Topics", draft -> String.join(", ", draft.topics())),
            new Field(
                    "industries",
                    "Industries",
                    draft -> draft.industries().stream().sorted().collect(Collectors.joining(", "))),
            new Field("countries", "Countries", draft -> String.join(", ", draft.countries())),
            new Field("authors", "Authors", draft -> String.join(", ", draft.authors())),
            new Field("details", "Key points and notes", Merge::details));

    /**
     * Compares.
     *
     * @param base what both began from, where it is still kept
     */
    static Merge of(Optional<Draft> base, Draft mine, Draft theirs) {
        var choices = new ArrayList<Choice>();
        for (Field field : FIELDS) {
            String my = field.shown().apply(mine);
            String their = field.shown().apply(theirs);
            if (my.equals(their)) continue;
            Optional<String> began = base.map(field.shown());
            boolean theirsAlone = began.filter(my::equals).isPresent();
            boolean mineAlone = began.filter(their::equals).isPresent();
            choices.add(new Choice(
                    field.name(),
                    field.label(),
                    my,
                    their,
                    theirsAlone ? Pick.THEIRS : Pick.MINE,
                    !theirsAlone && !mineAlone));
        }
        return new Merge(choices, stretches(base.map(Draft::body).map(Merge::blocks), mine, theirs));
    }

    private static List<Stretch> stretches(Optional<List<String>> base, Draft mine, Draft theirs) {
        List<String> my = blocks(mine.body());
        List<String> their = blocks(theirs.body());
        var stretches = new ArrayList<Stretch>();
        int at = 0;
        for (AbstractDelta<String> delta : DiffUtils.diff(my, their).getDeltas()) {
            int from = delta.getSource().getPosition();
            if (from > at) stretches.add(same(stretches.size(), my.subList(at, from)));
            add(stretches, base, delta.getSource().getLines(), delta.getTarget().getLines());
            at = from + delta.getSource().size();
        }
        if (at < my.size()) stretches.add(same(stretches.size(), my.subList(at, my.size())));
        return stretches;
    }

    /** As many blocks on either side are the same blocks, each changed or not: they are told apart one by one. */
    private static void add(
            List<Stretch> stretches, Optional<List<String>> base, List<String> mine, List<String> theirs) {
        if (mine.size() == theirs.size() && mine.size() > 1) {
            for (int i = 0; i < mine.size(); i++) add(stretches, base, List.of(mine.get(i)), List.of(theirs.get(i)));
            return;
        }
        boolean mineAlone = base.filter(was -> changedAlone(was, mine, theirs)).isPresent();
        boolean theirsAlone =
                base.filter(was -> changedAlone(was, theirs, mine)).isPresent();
        Pick pick = theirsAlone ? Pick.THEIRS : mineAlone || base.isEmpty() ? Pick.MINE : Pick.BOTH;
        stretches.add(new Stretch(
                stretches.size(), List.copyOf(mine), List.copyOf(theirs), false, pick, !theirsAlone && !mineAlone));
    }

    private static Stretch same(int number, List<String> blocks) {
        return new Stretch(number, List.copyOf(blocks), List.copyOf(blocks), true, Pick.MINE, false);
    }

    /** Whether one side has changed this place and the other has left it as it was. */
    private static boolean changedAlone(List<String> base, List<String> changed, List<String> other) {
        return other.isEmpty() ? !within(base, changed) : within(base, other) && !within(base, changed);
    }

    private static boolean within(List<String> base, List<String> blocks) {
        return !blocks.isEmpty() && Collections.indexOfSubList(base, blocks) >= 0;
    }

    /** One story of the two, by what was picked: the field's name gives the pick, or empty for the one suggested. */
    Draft mixed(Draft mine, Draft theirs, Function<String, Optional<Pick>> picked) {
        var body = new StringBuilder();
        for (Stretch stretch : stretches) {
            Pick pick = picked.apply(stretch.field()).orElse(stretch.pick());
            if (pick != Pick.THEIRS) stretch.mine().forEach(body::append);
            if (pick != Pick.MINE && !stretch.same()) stretch.theirs().forEach(body::append);
        }
        Function<String, Draft> from = name -> choices.stream()
                        .filter(choice -> choice.name().equals(name))
                        .anyMatch(choice -> picked.apply(choice.field()).orElse(choice.pick()) == Pick.THEIRS)
                ? theirs
                : mine;
        return new Draft(
                from.apply("kind").kind(),
                from.apply("slug").slug(),
                from.apply("title").title(),
                from.apply("standfirst").standfirst(),
                body.toString(),
                from.apply("language").language(),
                from.apply("direction").direction(),
                from.apply("dateline").dateline(),
                from.apply("picture").picture(),
                from.apply("access").rule(),
                from.apply("featured").featured(),
                from.apply("topics").topics(),
                from.apply("industries").industries(),
                from.apply("countries").countries(),
                from.apply("authors").authors(),
                from.apply("details").details());
    }

    private static List<String> blocks(String body) {
        var document = Jsoup.parseBodyFragment(body);
        document.outputSettings().prettyPrint(false);
        document.body().select("section").unwrap();
        var blocks = new ArrayList<String>();
        for (var node : document.body().childNodes()) if (!node.outerHtml().isBlank()) blocks.add(node.outerHtml());
        return blocks;
    }

    /** Blocks as their words; what has none says what it is. */
    private static List<String> inWords(List<String> blocks) {
        var lines = new ArrayList<String>();
        for (String block : blocks) {
            Element body = Jsoup.parseBodyFragment(block).body();
            Element picture = body.selectFirst("img");
            if (picture != null) lines.add("Picture: " + picture.attr("alt"));
            if (body.selectFirst("hr[data-cut]") != null) lines.add("Members from here");
            List<String> words = StoryText.lines(block);
            if (!words.isEmpty()) lines.addAll(words);
            else if (body.hasText()) lines.add(body.text());
        }
        return lines;
    }

    private static String details(Draft draft) {
        Details details = Details.of(draft.details());
        return Details.NAMES.stream()
                .map(details::said)
                .filter(said -> !said.isEmpty())
                .collect(Collectors.joining("\n"));
    }
}
