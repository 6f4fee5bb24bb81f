package press.masthead.industries;

import io.javalin.http.Context;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import press.masthead.industries.IndustryRanks.Ranked;

/**
 * An order of industries as a form sends it: {@code by=order} and {@code rank=SLUG} once for each, the first first; or by the
 * plain form a number beside each.
 *
 * @param typed what stood beside each slug, right or wrong; empty where the form sent an order
 * @param numbers what of it is a number
 * @param problem what is wrong with it, in one sentence; empty when nothing is
 */
public record RankForm(Map<String, String> typed, Map<String, Integer> numbers, String problem) {
    private static final String NUMBERS = "Please use whole numbers from 1 to 99.";

    /** @param industries all that may be ranked */
    public static RankForm read(Context ctx, List<Ranked> industries) {
        if ("order".equals(ctx.formParam("by"))) {
            var order = new LinkedHashMap<String, Integer>();
            for (String slug : ctx.formParams("rank")) order.putIfAbsent(slug, order.size() + 1);
            return new RankForm(Map.of(), order, "");
        }
        var typed = new HashMap<String, String>();
        var numbers = new HashMap<String, Integer>();
        boolean wrong = false;
        for (Ranked industry : industries) {
            String text = Optional.ofNullable(ctx.formParam("rank-" + industry.slug()))
                    .orElse("")
                    .strip();
            typed.put(industry.slug(), text);
            if (text.matches("[1-9]\\d?")) numbers.put(industry.slug(), Integer.parseInt(text));
            else wrong |= !text.isEmpty();
        }
        return new RankForm(typed, numbers, wrong ? NUMBERS : "");
    }

    /** Each industry for themes; after a form that can't be taken, with what was typed beside it. */
    public List<Map<String, Object>> forThemes(List<Ranked> industries) {
        return industries.stream()
                .map(industry -> shape(industry, typed.getOrDefault(industry.slug(), "")))
                .toList();
    }

    public static List<Map<String, Object>> shapes(List<Ranked> industries) {
        return industries.stream()
                .map(industry -> shape(industry, industry.rank() > 0 ? Integer.toString(industry.rank()) : ""))
                .toList();
    }

    private static Map<String, Object> shape(Ranked industry, String rank) {
        var map = new HashMap<String, Object>(Map.of("name", industry.name(), "slug", industry.slug()));
        if (!rank.isEmpty()) map.put("rank", rank);
        return map;
    }
}
