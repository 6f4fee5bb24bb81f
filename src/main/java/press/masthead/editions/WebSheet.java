package press.masthead.editions;

import java.util.List;
import java.util.stream.Collectors;

/**
 * What an edition's page shows. It has no greeting, no address to leave by and no name: nothing of it is one person's.
 *
 * @param top the editor's lines, plain text
 * @param items what this kind of reader may see; nothing is left out after this
 * @param sample whether it stands on another page, below a heading
 */
record WebSheet(String top, List<Item> items, boolean sample) {
    private static final int SUMMARY = 155;

    List<String> lines() {
        return Item.paragraphs(top);
    }

    /** Whether its first story's headline is this. */
    boolean opensWith(String subject) {
        return items.stream().findFirst().filter(Item.Story.class::isInstance).stream()
                .anyMatch(item -> ((Item.Story) item).card().title().equals(subject));
    }

    String picture(String name, int width) {
        return "/content/images/size/w" + width + "/" + name;
    }

    /** The editor's first line, or what the stories are called. */
    String summary() {
        String whole = !lines().isEmpty()
                ? lines().getFirst()
                : items.stream()
                        .filter(Item.Story.class::isInstance)
                        .map(item -> ((Item.Story) item).card().title())
                        .limit(3)
                        .collect(Collectors.joining(" · "));
        return whole.length() <= SUMMARY ? whole : whole.substring(0, whole.lastIndexOf(' ', SUMMARY)) + "…";
    }
}
