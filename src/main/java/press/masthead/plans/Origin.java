package press.masthead.plans;

/**
 * What led someone to join.
 *
 * @param source a campaign's name or the site that led here; may be empty
 * @param story the slug of the story whose offer was taken; may be empty
 */
public record Origin(String source, String story) {
    public static final Origin UNKNOWN = new Origin("", "");
}
