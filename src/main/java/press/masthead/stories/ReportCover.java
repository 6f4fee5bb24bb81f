package press.masthead.stories;

/**
 * What a trend report's cover says to everyone, beside its headline and standfirst. Texts may be empty.
 *
 * @param subtitle the second line under the headline
 * @param caption stands under the cover's picture in place of the picture's own words; so does the credit
 * @param chapters how many the whole text has; 0 when it has none
 * @param tables how many the whole text has
 */
public record ReportCover(String subtitle, String caption, String credit, int chapters, int tables) {}
