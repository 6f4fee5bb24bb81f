package press.masthead.themes;

import static press.masthead.themes.Values.at;
import static press.masthead.themes.Values.given;
import static press.masthead.themes.Values.names;
import static press.masthead.themes.Values.text;
import static press.masthead.themes.Values.truthy;

import com.github.jknack.handlebars.Context;
import com.github.jknack.handlebars.Handlebars;
import com.github.jknack.handlebars.Helper;
import com.github.jknack.handlebars.Options;
import com.github.jknack.handlebars.TagType;
import java.io.IOException;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** The helpers that choose or repeat a part of the template: if, foreach, is, has, match, block. */
final class Blocks {
    static final String BODY = "masthead.body";
    static final String CAPTURED = "masthead.captured";

    private Blocks() {}

    static void register(Handlebars handlebars) {
        handlebars.registerHelper(
                "if",
                (Object it, Options options) ->
                        choose(options, truthy(it) || it instanceof Number && Values.flag(options, "includeZero")));
        handlebars.registerHelper("unless", (Object it, Options options) -> choose(options, !truthy(it)));
        handlebars.registerHelper("with", (Helper<Object>) Blocks::with);
        handlebars.registerHelper("each", (Helper<Object>) Blocks::foreach);
        handlebars.registerHelper("foreach", (Helper<Object>) Blocks::foreach);
        handlebars.registerHelper("is", (Object it, Options options) -> choose(options, is(text(it), options)));
        handlebars.registerHelper("has", (Object it, Options options) -> choose(options, Has.any(options)));
        handlebars.registerHelper("match", (Helper<Object>) Blocks::match);
        handlebars.registerHelper("block", (Helper<Object>) Blocks::block);
        handlebars.registerHelper("contentFor", (Helper<Object>) Blocks::contentFor);
        handlebars.registerHelper(
                "body",
                (Object it, Options options) ->
                        Values.data(options, BODY) instanceof Rendered page ? Through.markup(options, page) : null);
        handlebars.registerHelper("raw", (Object it, Options options) -> new Handlebars.SafeString(options.fn.text()));
        handlebars.registerHelper("get", (Object it, Options options) -> {
            throw new IllegalArgumentException(
                    "{{#get}} asks the database from inside a template, which Masthead does not offer");
        });
    }

    static CharSequence choose(Options options, boolean yes) throws IOException {
        return yes ? Through.body(options, options.context) : Through.inverse(options);
    }

    private static CharSequence with(@Nullable Object it, Options options) throws IOException {
        if (!truthy(it)) return Through.inverse(options);
        Context inner = it == options.context.model() ? options.context : Context.newContext(options.context, it);
        return Through.body(options, named(options, inner, List.of(Objects.requireNonNull(it))));
    }

    private static Context named(Options options, Context inner, List<Object> values) {
        if (options.blockParams.isEmpty()) return inner;
        return Context.newBlockParamContext(inner, options.blockParams, values.subList(0, options.blockParams.size()));
    }

    /** Ghost's loop: from and to count from one; first, last and number speak of what is shown, index of the whole list. */
    private static CharSequence foreach(@Nullable Object it, Options options) throws IOException {
        List<?> items = shown(Values.list(it), Values.hash(options, "visibility", "all"));
        int from = Math.max(1, Values.hash(options, "from", 1));
        int to = Math.min(items.size(), Values.hash(options, "to", items.size()));
        to = Math.min(to, from - 1 + Values.hash(options, "limit", items.size()));
        int columns = Values.hash(options, "columns", 0);
        if (to < from) return Through.inverse(options);
        var loop = new Loop(items, from - 1, to, columns);
        var text = new StringBuilder();
        for (int i = loop.from; i < loop.to; i++) text.append(Through.body(options, loop.around(i, options)));
        return text;
    }

    private record Loop(List<?> items, int from, int to, int columns) {
        Context around(int i, Options options) throws IOException {
            Object item = items.get(i);
            Object key = i;
            if (item instanceof Map.Entry<?, ?> entry) {
                key = entry.getKey();
                item = entry.getValue();
            }
            Context inner = Context.newContext(options.context, item)
                    .combine("@index", i)
                    .combine("@number", i + 1)
                    .combine("@key", key)
                    .combine("@first", i == from)
                    .combine("@last", i == to - 1)
                    .combine("@even", i % 2 == 1)
                    .combine("@odd", i % 2 == 0);
            if (columns > 0)
                inner.combine("@rowStart", i % columns == 0).combine("@rowEnd", i % columns == columns - 1);
            return options.blockParams.isEmpty() ? inner : named(options, inner, List.of(item, key));
        }
    }

    /** Ghost keeps internal tags ("#memo") and whatever isn't of the asked-for visibility out of a loop. */
    private static List<?> shown(Collection<?> items, String visibility) {
        if ("all".equals(visibility)) return items instanceof List<?> list ? list : List.copyOf(items);
        List<String> wanted = names(visibility);
        return items.stream()
                .filter(item -> {
                    String its = text(at(item, "visibility"));
                    return its.isEmpty() || wanted.contains(its);
                })
                .toList();
    }

    static boolean is(String wanted, Options options) {
        if (!(Values.data(options, "context") instanceof Collection<?> here)) return false;
        for (String word : names(wanted)) if (here.contains(word)) return true;
        return false;
    }

    /** {{#match a "=" b}}; with one value whether it is true, with two whether they are equal. Inline it says so in words. */
    private static CharSequence match(@Nullable Object left, Options options) throws IOException {
        boolean yes = switch (given(options)) {
            case 0, 1 -> truthy(left);
            case 2 -> compare(left, "=", options.params[0]);
            default -> compare(left, text(options.params[0]), options.params[1]);
        };
        return options.tagType == TagType.SECTION ? choose(options, yes) : yes ? "true" : "";
    }

    private static boolean compare(@Nullable Object left, String operator, @Nullable Object right) {
        return switch (operator) {
            case "=" -> same(left, right);
            case "!=" -> !same(left, right);
            case "~" -> text(left).contains(text(right));
            case "~^" -> text(left).startsWith(text(right));
            case "~$" -> text(left).endsWith(text(right));
            case ">" -> order(left, right) > 0;
            case ">=" -> order(left, right) >= 0;
            case "<" -> order(left, right) < 0;
            case "<=" -> order(left, right) <= 0;
            default -> throw new IllegalArgumentException("{{match}} does not know the operator \"" + operator + "\"");
        };
    }

    private static boolean same(@Nullable Object left, @Nullable Object right) {
        if (left instanceof Number a && right instanceof Number b) return a.doubleValue() == b.doubleValue();
        return text(left).equals(text(right));
    }

    private static int order(@Nullable Object left, @Nullable Object right) {
        if (left instanceof Number a && right instanceof Number b)
            return Double.compare(a.doubleValue(), b.doubleValue());
        return text(left).compareTo(text(right));
    }

    private static CharSequence contentFor(@Nullable Object name, Options options) throws IOException {
        var out = new Out(1024);
        options.fn.apply(options.context, out);
        captured(options).put(text(name), out.rendered());
        return "";
    }

    private static @Nullable CharSequence block(@Nullable Object name, Options options) throws IOException {
        Rendered content = captured(options).get(text(name));
        if (content != null) return Through.markup(options, content);
        return options.tagType == TagType.SECTION ? Through.body(options, options.context) : "";
    }

    @SuppressWarnings("unchecked") // put there by Theme.render
    private static Map<String, Rendered> captured(Options options) {
        return (Map<String, Rendered>) Objects.requireNonNull(Values.data(options, CAPTURED));
    }
}
