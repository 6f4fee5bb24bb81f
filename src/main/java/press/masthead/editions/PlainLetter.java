package press.masthead.editions;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import press.masthead.platform.mail.Slot;
import press.masthead.stories.StoryCard;

/** A letter in plain text: lines of at most 72 characters, links on lines of their own. */
final class PlainLetter {
    private static final int WIDTH = 72;
    private static final String RULE = "-".repeat(WIDTH) + "\n\n";

    private final Sheet sheet;
    private final StringBuilder text = new StringBuilder(4_096);

    private PlainLetter(Sheet sheet) {
        this.sheet = sheet;
    }

    static String of(Sheet sheet) {
        var letter = new PlainLetter(sheet);
        letter.write();
        return letter.text.toString();
    }

    private void write() {
        line(sheet.newsletter().name());
        line(sheet.settings().name() + sheet.words().t(", ") + sheet.day());
        line(sheet.words().t("Read in the browser") + ":");
        line(sheet.address());
        text.append('\n');
        line(sheet.greeting());
        text.append('\n');
        paragraphs(sheet.top());
        for (Item item : sheet.items()) item(item);
        text.append(RULE);
        foot();
    }

    /** One item alone, as it stands in a letter. */
    static String of(Sheet sheet, Item item) {
        var letter = new PlainLetter(sheet);
        letter.item(item);
        return letter.text.toString();
    }

    private void item(Item item) {
        if (!(item instanceof Item.Leaves)) text.append(RULE);
        switch (item) {
            case Item.Story story -> story(story);
            case Item.Words words -> words(words);
            case Item.Picture picture -> picture(picture);
            case Item.Head head -> {
                line(head.title().toUpperCase(Locale.ROOT));
                text.append('\n');
                paragraphs(head.paragraphs());
            }
            case Item.Leaves leaves -> text.append(Slot.leaves(leaves.slot()));
        }
    }

    private void story(Item.Story story) {
        StoryCard card = story.card();
        String kicker = card.topicNames().isEmpty() ? "" : card.topicNames().getFirst();
        if (story.isMemo()) kicker = sheet.words().t("PRO memo");
        else if (card.isForSome()) kicker += " (PRO)";
        if (!kicker.isBlank()) line(kicker.toUpperCase(Locale.ROOT));
        wrap(card.title());
        text.append('\n');
        if (!card.standfirst().isEmpty()) paragraphs(List.of(card.standfirst()));
        if (story.isMemo() && !sheet.member()) line(sheet.words().t("For members. A week is free:"));
        line(sheet.link(story));
        text.append('\n');
        if (story.more().isEmpty()) return;
        line(sheet.words().t("More on this:"));
        for (Item.Story more : story.more()) {
            wrap(more.headline());
            line(sheet.link(more));
        }
        text.append('\n');
    }

    private void words(Item.Words words) {
        if (!words.title().isEmpty()) {
            wrap(words.title());
            text.append('\n');
        }
        paragraphs(words.paragraphs());
        if (!words.link().isEmpty()) {
            line(words.link());
            text.append('\n');
        }
    }

    private void picture(Item.Picture picture) {
        wrap(
                picture.alt().isEmpty()
                        ? sheet.words().t("[Picture without a description]")
                        : sheet.words().t("[Picture: {what}]", "what", picture.alt()));
        if (!picture.caption().isEmpty()) wrap(picture.caption());
        if (!picture.credit().isEmpty()) wrap(picture.credit());
        if (!picture.link().isEmpty()) line(picture.link());
        text.append('\n');
    }

    private void foot() {
        wrap(sheet.words()
                .t(
                        "You get this letter because you signed up for {newsletter}.",
                        "newsletter",
                        sheet.newsletter().name()));
        text.append('\n');
        line(sheet.words().t("Leave this newsletter") + ":");
        line(sheet.unsubscribe());
        line(sheet.words().t("Choose your newsletters") + ":");
        line(sheet.url() + "/account/");
        text.append('\n');
        wrap(sheet.settings().name());
        if (!sheet.settings().address().isEmpty()) wrap(sheet.settings().address());
        if (!sheet.settings().notice().isEmpty()) {
            text.append('\n');
            wrap(sheet.settings().notice());
        }
    }

    private void paragraphs(List<String> paragraphs) {
        for (String paragraph : paragraphs) {
            wrap(paragraph);
            text.append('\n');
        }
    }

    private void line(String words) {
        text.append(words).append('\n');
    }

    private void wrap(String paragraph) {
        var line = new ArrayList<String>();
        int length = 0;
        for (String word : paragraph.strip().split("\\s+")) {
            if (length + word.length() + line.size() > WIDTH && !line.isEmpty()) {
                line(String.join(" ", line));
                line.clear();
                length = 0;
            }
            line.add(word);
            length += word.length();
        }
        line(String.join(" ", line));
    }
}
