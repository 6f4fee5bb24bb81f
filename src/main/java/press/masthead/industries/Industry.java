package press.masthead.industries;

import java.util.Optional;

/** An industry that members follow. */
public record Industry(long id, String slug, String name, String description, Optional<String> editorSlug) {}
