package press.masthead.localstripe;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * One request: its parameters as Stripe's forms nest them, {@code items[0][price]=…}.
 *
 * @param id what stands in the path where the pattern has its gap; may be empty
 */
record Ask(String method, String path, String id, ObjectNode params) {
    Ask with(String found) {
        return new Ask(method, path, found, params);
    }

    /** Whether the parameter was sent, also as nothing. */
    boolean has(String name) {
        return !at(name).isMissingNode();
    }

    /** The text at a dotted place; empty when there is none. */
    String text(String name) {
        return at(name).asText("");
    }

    String required(String name) {
        String value = text(name);
        if (value.isEmpty()) throw Refusal.invalid("Missing required param: " + name + ".", name, "parameter_missing");
        return value;
    }

    Optional<Long> number(String name) {
        String value = text(name);
        if (value.isEmpty()) return Optional.empty();
        try {
            return Optional.of(Long.parseLong(value));
        } catch (NumberFormatException e) {
            throw Refusal.invalid("Invalid integer: " + value, name, "parameter_invalid_integer");
        }
    }

    boolean yes(String name) {
        return text(name).equals("true");
    }

    /** The members of a list, in order. */
    List<ObjectNode> each(String name) {
        var list = new ArrayList<ObjectNode>();
        at(name).forEach(item -> {
            if (item instanceof ObjectNode object) list.add(object);
        });
        return list;
    }

    List<String> texts(String name) {
        var list = new ArrayList<String>();
        at(name).forEach(item -> list.add(item.asText()));
        return list;
    }

    private JsonNode at(String name) {
        return params.at("/" + name.replace('.', '/'));
    }

    /** A request about part of this one, such as one item. */
    static Ask part(ObjectNode params) {
        return new Ask("POST", "", "", params);
    }

    static ObjectNode parse(String form) {
        ObjectNode root = Json.of();
        if (form.isEmpty()) return root;
        for (String pair : form.split("&")) {
            int equals = pair.indexOf('=');
            String name = decode(equals < 0 ? pair : pair.substring(0, equals));
            put(root, name.replace("]", "").split("\\[", -1), equals < 0 ? "" : decode(pair.substring(equals + 1)));
        }
        return root;
    }

    private static void put(ObjectNode root, String[] keys, String value) {
        ObjectNode node = root;
        for (int i = 0; i < keys.length; i++) {
            String key = keys[i].isEmpty() ? Integer.toString(node.size()) : keys[i];
            if (i == keys.length - 1) node.put(key, value);
            else if (node.get(key) instanceof ObjectNode inner) node = inner;
            else node = node.putObject(key);
        }
    }

    /** The dotted names of all that was sent, a list's members as {@code *}; of a metadata only that it is there. */
    Set<String> names() {
        var names = new LinkedHashSet<String>();
        names(params, "", names);
        return names;
    }

    private static void names(ObjectNode node, String before, Set<String> names) {
        node.properties().forEach(entry -> {
            String key = entry.getKey().matches("\\d+") ? "*" : entry.getKey();
            String name = before + key;
            if (entry.getValue() instanceof ObjectNode inner && !key.equals("metadata"))
                names(inner, name + ".", names);
            else names.add(name);
        });
    }

    private static String decode(String text) {
        try {
            return URLDecoder.decode(text, StandardCharsets.UTF_8);
        } catch (IllegalArgumentException e) {
            throw Refusal.invalid("Invalid form encoding.", null, null);
        }
    }
}
