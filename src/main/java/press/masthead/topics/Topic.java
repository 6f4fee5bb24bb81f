package press.masthead.topics;

/** A subject that stories are filed under. */
public record Topic(long id, String slug, String name, String description) {}
