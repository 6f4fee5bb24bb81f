package press.masthead.topics;

import java.util.Optional;

/**
 * A subject that stories are filed under.
 *
 * @param briefing the slug of the newsletter that its stories offer; empty for the one that covers it most closely
 */
public record Topic(long id, String slug, String name, String description, Optional<String> briefing) {}
