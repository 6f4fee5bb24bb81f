package press.masthead.feeds;

import java.util.List;
import press.masthead.stories.StoryCard;

/**
 * What one feed tells, whatever it is written in: headlines, standfirsts and addresses, never a body.
 *
 * @param path of the page whose news it is, with a slash at its end; the feeds lie beneath it
 */
record Channel(String title, String description, String path, List<StoryCard> cards) {}
