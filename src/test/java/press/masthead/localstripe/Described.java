package press.masthead.localstripe;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.google.gson.annotations.SerializedName;
import com.stripe.net.ApiRequestParams;
import java.lang.reflect.Field;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.Type;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Holds a request that was sent against what Stripe's SDK was generated with from the published description: the type of each value,
 * the words of an enumeration, how lists and objects are written, and, from the pages that {@code parameters.txt} names, what must be
 * there and how long it may be.
 */
public final class Described {
    private static final Map<String, List<String>> REQUIRED = Map.of(
            "POST /v1/products", List.of("name"),
            "POST /v1/prices", List.of("currency"),
            "POST /v1/tax_rates", List.of("display_name", "inclusive", "percentage"),
            "POST /v1/promotion_codes", List.of("promotion"),
            "POST /v1/checkout/sessions", List.of("line_items", "mode", "success_url"),
            "POST /v1/webhook_endpoints", List.of("enabled_events", "url"),
            "POST /v1/test_helpers/test_clocks", List.of("frozen_time"));
    private static final Map<String, Integer> LONGEST = Map.of(
            "POST /v1/coupons name", 40,
            "POST /v1/tax_rates display_name", 50,
            "POST /v1/checkout/sessions client_reference_id", 200,
            "POST /v1/prices lookup_key", 200);

    private Described() {}

    /** What of a request is not as described, in words; nothing where all is. */
    public static List<String> faults(String method, String target, String body) {
        int mark = target.indexOf('?');
        String path = mark < 0 ? target : target.substring(0, mark);
        ObjectNode sent = Ask.parse(mark < 0 ? body : target.substring(mark + 1) + (body.isEmpty() ? "" : "&" + body));
        sent.remove("expand");
        var wrong = new ArrayList<String>();
        Optional<String> endpoint = new Parameters()
                .all().keySet().stream()
                        .filter(known -> known.startsWith(method + " ")
                                && path.matches(
                                        known.substring(method.length() + 1).replace("{id}", "[^/]+")))
                        .min((a, b) -> Boolean.compare(a.contains("{id}"), b.contains("{id}")));
        if (endpoint.isEmpty()) return List.of(method + " " + path + " is not described");
        for (String name : REQUIRED.getOrDefault(endpoint.get(), List.of()))
            if (!sent.has(name)) wrong.add(endpoint.get() + " lacks " + name);
        Class<? extends ApiRequestParams> params = ParametersTest.SDK.get(endpoint.get());
        if (params == null) {
            if (!sent.isEmpty()) wrong.add(endpoint.get() + " takes nothing, and was sent " + sent);
        } else object(params, sent, endpoint.get() + " ", wrong);
        return wrong;
    }

    private static void object(Class<?> type, JsonNode sent, String at, List<String> wrong) {
        sent.properties().forEach(entry -> {
            String where = at + entry.getKey();
            Optional<Field> field = Arrays.stream(type.getDeclaredFields())
                    .filter(one -> one.getAnnotation(SerializedName.class) instanceof SerializedName name
                            && name.value().equals(entry.getKey()))
                    .findFirst();
            if (field.isEmpty()) wrong.add(where + " is not described");
            else value(type, field.get().getName(), field.get().getGenericType(), entry.getValue(), where, wrong);
        });
    }

    private static void value(Class<?> owner, String name, Type type, JsonNode sent, String where, List<String> wrong) {
        if (type instanceof ParameterizedType many) {
            if (many.getRawType() == Map.class) words(sent, where, wrong);
            else list(owner, name, many.getActualTypeArguments()[0], sent, where, wrong);
        } else if (type == Object.class) either(owner, name, sent, where, wrong);
        else if (ApiRequestParams.EnumParam.class.isAssignableFrom((Class<?>) type)) {
            if (sent.isObject() || !enumerated((Class<?>) type, sent.asText()))
                wrong.add(where + " is none of its words: " + sent);
        } else if (type == Long.class || type == Boolean.class || type == BigDecimal.class || type == String.class)
            plain((Class<?>) type, sent, where, wrong);
        else if (sent.isObject()) object((Class<?>) type, sent, where + ".", wrong);
        else wrong.add(where + " is an object, and was sent " + sent);
    }

    private static void plain(Class<?> type, JsonNode sent, String where, List<String> wrong) {
        String text = sent.asText();
        boolean good = !sent.isObject()
                && (type == Long.class
                        ? text.matches("-?\\d{1,18}")
                        : type == Boolean.class
                                ? text.matches("true|false")
                                : type == BigDecimal.class
                                        ? text.matches("-?\\d+(\\.\\d{1,12})?")
                                        : text.length() <= LONGEST.getOrDefault(where, 5_000));
        if (!good) wrong.add(where + " is no " + type.getSimpleName() + " as described: " + sent);
    }

    /** Metadata: at most 50 words, of at most 40 and 500 letters. */
    private static void words(JsonNode sent, String where, List<String> wrong) {
        if (!sent.isObject() || sent.size() > 50) wrong.add(where + " is no set of words: " + sent);
        sent.properties().forEach(word -> {
            if (word.getKey().length() > 40
                    || !word.getValue().isTextual()
                    || word.getValue().asText().length() > 500)
                wrong.add(where + "." + word + " is too long or no word");
        });
    }

    private static void list(
            Class<?> owner, String name, Type member, JsonNode sent, String where, List<String> wrong) {
        if (!sent.isObject()) {
            wrong.add(where + " is a list, and was sent " + sent);
            return;
        }
        int expected = 0;
        for (var entry : sent.properties()) {
            if (!entry.getKey().equals(Integer.toString(expected++)))
                wrong.add(where + " is not numbered from 0: " + entry.getKey());
            value(owner, name, member, entry.getValue(), where + ".*", wrong);
        }
    }

    /** A field that takes one thing or another: the other is a class or an enumeration named after it. */
    private static void either(Class<?> owner, String name, JsonNode sent, String where, List<String> wrong) {
        if (!sent.isObject()) {
            Optional<Class<?>> words = named(owner, name).filter(ApiRequestParams.EnumParam.class::isAssignableFrom);
            boolean good = sent.asText().isEmpty()
                    || words.isEmpty()
                    || sent.asText().matches("\\d{1,18}")
                    || enumerated(words.get(), sent.asText());
            if (!good) wrong.add(where + " is none of its words: " + sent);
        } else if (name.equals("metadata")) words(sent, where, wrong);
        else if (sent.has("0")) {
            Class<?> member = named(owner, name.replaceFirst("s$", "")).orElse(String.class);
            list(owner, name, member, sent, where, wrong);
        } else {
            Optional<Class<?>> object = named(owner, name);
            if (object.isEmpty()) wrong.add(where + " is no object");
            else object(object.get(), sent, where + ".", wrong);
        }
    }

    private static Optional<Class<?>> named(Class<?> owner, String name) {
        return Arrays.stream(owner.getDeclaredClasses())
                .filter(one -> one.getSimpleName().equalsIgnoreCase(name))
                .findFirst();
    }

    private static boolean enumerated(Class<?> type, String text) {
        return Arrays.stream(type.getEnumConstants())
                .anyMatch(one -> ((ApiRequestParams.EnumParam) one).getValue().equals(text));
    }
}
