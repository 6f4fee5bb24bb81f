package press.masthead.stories;

import java.util.List;
import java.util.Optional;

/**
 * What stands beside a memo's text, and is paid for like it.
 *
 * @param confidence {@code high}, {@code moderate} or {@code low}
 */
public record MemoNotes(
        List<String> keyPoints,
        List<String> watch,
        Optional<String> confidence,
        Optional<String> confidenceWhy,
        List<String> sources) {
    public static final MemoNotes NONE =
            new MemoNotes(List.of(), List.of(), Optional.empty(), Optional.empty(), List.of());
}
