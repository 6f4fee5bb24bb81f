package press.masthead.demo;

import java.time.Duration;
import java.util.List;
import java.util.Map;

/** A YAML mapping, asked by name. What is absent reads as empty. */
record Fields(Map<?, ?> values) {
    String text(String name) {
        Object value = values.get(name);
        return value == null ? "" : value.toString().strip();
    }

    String text(String name, String otherwise) {
        String text = text(name);
        return text.isEmpty() ? otherwise : text;
    }

    boolean yes(String name) {
        return Boolean.TRUE.equals(values.get(name));
    }

    List<String> texts(String name) {
        return values.get(name) instanceof List<?> list
                ? list.stream().map(Object::toString).toList()
                : List.of();
    }

    List<Fields> list(String name) {
        return values.get(name) instanceof List<?> list
                ? list.stream().map(item -> new Fields((Map<?, ?>) item)).toList()
                : List.of();
    }

    Fields map(String name) {
        return new Fields(values.get(name) instanceof Map<?, ?> map ? map : Map.of());
    }

    /** A length of time such as 5m, 3h or 41d. */
    Duration age(String name) {
        String text = text(name, "30d");
        long number = Long.parseLong(text.substring(0, text.length() - 1));
        return switch (text.charAt(text.length() - 1)) {
            case 'm' -> Duration.ofMinutes(number);
            case 'h' -> Duration.ofHours(number);
            case 'd' -> Duration.ofDays(number);
            default -> throw new IllegalStateException("not an age: " + text);
        };
    }
}
