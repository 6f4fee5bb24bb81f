package press.masthead.desk;

import java.util.stream.Collectors;
import java.util.stream.Stream;
import press.masthead.readers.Reader;

/** The one or two letters that stand for a person where there is no room for a name. */
final class Initials {
    private Initials() {}

    static String of(Reader reader) {
        String name = reader.name().isBlank() ? reader.email() : reader.name();
        return Stream.of(name.strip().split("[\\s@.]+"))
                .filter(word -> !word.isEmpty())
                .limit(reader.name().isBlank() ? 1 : 2)
                .map(word -> new String(Character.toChars(Character.toUpperCase(word.codePointAt(0)))))
                .collect(Collectors.joining());
    }
}
