package press.masthead.industries;

import java.util.Optional;

/**
 * An industry that members follow.
 *
 * @param editorSlug the author who owns it and writes its forewords
 * @param newsletter the address of the weekly newsletter of its own
 * @param retired whether it is ranked and filed under no more
 */
public record Industry(
        long id,
        String slug,
        String name,
        String description,
        Optional<String> editorSlug,
        Optional<String> newsletter,
        boolean retired) {}
