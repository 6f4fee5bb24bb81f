package press.masthead.editions;

import java.util.List;
import press.masthead.newsletters.Newsletter;
import press.masthead.platform.mail.LetterWords;
import press.masthead.publication.Settings;

/**
 * What a letter shows.
 *
 * @param url the site's address, without a final slash
 * @param greeting a sentence, or a slot for one
 * @param items what this kind of reader may see; nothing is left out after this
 * @param unsubscribe a full address, or one with a slot in it
 * @param member whether it is for someone who pays, so that nothing is sold in it
 */
record Sheet(
        Settings settings,
        String url,
        Newsletter newsletter,
        Edition edition,
        String greeting,
        List<Item> items,
        String unsubscribe,
        boolean member) {
    private static final int PREHEADER = 110;

    /** The newsroom's language: a newsletter speaks one to all its readers. */
    LetterWords words() {
        return LetterWords.in(settings.language());
    }

    String subject() {
        return edition.subject();
    }

    String day() {
        return words().day(edition.day());
    }

    List<String> top() {
        return Item.paragraphs(edition.top());
    }

    Tint tint() {
        return Tint.of(newsletter.accent().isEmpty() ? settings.accent() : newsletter.accent());
    }

    /** Where it can be read on the site. */
    String address() {
        return newsletter.isPersonal()
                ? url + "/pro/review/" + edition.day() + "/"
                : url + "/newsletters/" + newsletter.slug() + "/" + edition.day() + "/";
    }

    String link(Item.Story story) {
        return url + story.card().path();
    }

    String picture(String name, int width) {
        return url + "/content/images/size/w" + width + "/" + name;
    }

    /** What a list of letters shows behind the subject: the editor's first line, or what comes after the lead. */
    String preheader() {
        if (!top().isEmpty()) return shortened(top().getFirst());
        return shortened(String.join(
                " · ",
                items.stream()
                        .filter(Item.Story.class::isInstance)
                        .map(item -> ((Item.Story) item).card().title())
                        .skip(edition.subjectByHand() ? 0 : 1)
                        .limit(2)
                        .toList()));
    }

    private static String shortened(String text) {
        if (text.length() <= PREHEADER) return text;
        int blank = text.lastIndexOf(' ', PREHEADER);
        return text.substring(0, blank > 40 ? blank : PREHEADER) + "…";
    }

    /** {@code rtl} when the first letter that has a direction runs from right to left, else {@code ltr} (UAX 9, P2 and P3). */
    static String direction(String text) {
        for (int i = 0; i < text.length(); i += Character.charCount(text.codePointAt(i)))
            switch (Character.getDirectionality(text.codePointAt(i))) {
                case Character.DIRECTIONALITY_LEFT_TO_RIGHT -> {
                    return "ltr";
                }
                case Character.DIRECTIONALITY_RIGHT_TO_LEFT, Character.DIRECTIONALITY_RIGHT_TO_LEFT_ARABIC -> {
                    return "rtl";
                }
                default -> {}
            }
        return "ltr";
    }

    static String side(String direction) {
        return direction.equals("rtl") ? "right" : "left";
    }
}
