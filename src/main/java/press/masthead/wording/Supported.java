package press.masthead.wording;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import press.masthead.search.Texts;
import press.masthead.wording.Wording.Sentence;

/** What of a model's words its quotations say. */
final class Supported {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final int SENTENCES = 6;
    private static final int LONGEST = 500;
    /** So much of a sentence's words must stand in what it names. */
    private static final double SHARE = 0.6;

    private static final Pattern FIGURE = Pattern.compile("\\p{Nd}+([.,]\\p{Nd}+)*");
    private static final Pattern NAME = Pattern.compile("\\b\\p{Lu}[\\p{L}\\p{Nd}]+", Pattern.UNICODE_CHARACTER_CLASS);

    /** Where one could be led to: only where a quotation leads. */
    private static final Pattern ADDRESS = Pattern.compile("\\S*(://|@|[\\p{L}\\p{Nd}]\\.\\p{L}{2})\\S*");

    /** Words that turn a sentence round, of the languages that search knows best. */
    private static final Pattern NOT = Pattern.compile("""
            \\b(not|no|never|nor|none|nobody|nothing|neither|without|cannot|\\p{L}+n['’]t\
            |لا|لم|لن|ليس|ليست|غير|دون|بدون|לא|אין|אינו|אינה|אינם|בלי|ne|pas|jamais|sans|aucune?|nicht|kein\\p{L}*|nie|niemand|ohne\
            |nunca|sin|não|nunca|sem|değil|yok|не|нет|без|ни)\\b""", Pattern.CASE_INSENSITIVE | Pattern.UNICODE_CHARACTER_CLASS);

    private static final Pattern CLAUSES = Pattern.compile("[,;:.!?()،؛؟—–]+(?!\\p{Nd})");

    private Supported() {}

    /** Its sentences, in their order, as far as they are supported. */
    static List<Sentence> of(String said, List<String> quotations) {
        var supported = new ArrayList<Sentence>();
        for (JsonNode one : sentences(said)) {
            String text = one.path("text")
                    .asText("")
                    .replaceAll("[\\p{Cc}\\p{Cf}\\s]+", " ")
                    .strip();
            List<Integer> named = named(one.path("quotations"), quotations.size());
            if (supported.size() == SENTENCES || named.isEmpty() || text.length() > LONGEST) continue;
            if (says(named.stream().map(quotations::get).toList(), text)) supported.add(new Sentence(text, named));
        }
        return List.copyOf(supported);
    }

    private static Iterable<JsonNode> sentences(String said) {
        int from = said.indexOf('{');
        int to = said.lastIndexOf('}');
        if (from < 0 || to < from) return List.of();
        try {
            JsonNode sentences = JSON.readTree(said.substring(from, to + 1)).path("sentences");
            return sentences.isArray() ? sentences : List.of();
        } catch (JsonProcessingException e) {
            return List.of();
        }
    }

    /** Those that it names; none where it names one that there is not. */
    private static List<Integer> named(JsonNode numbers, int most) {
        var named = new ArrayList<Integer>();
        for (JsonNode number : numbers) {
            if (!number.isInt() || number.asInt() < 1 || number.asInt() > most) return List.of();
            if (!named.contains(number.asInt() - 1)) named.add(number.asInt() - 1);
        }
        return List.copyOf(named);
    }

    /** Most of its words stand in what it names, and all of its figures, names and addresses; and it denies what that denies, and nothing else. */
    static boolean says(List<String> quotations, String text) {
        String given = String.join(" ", quotations);
        String language = Texts.language(given);
        Set<String> words = new HashSet<>(Texts.words(text, language));
        Set<String> there = new HashSet<>(Texts.words(given, language));
        if (words.isEmpty() || words.stream().filter(there::contains).count() < SHARE * words.size()) return false;
        return figures(given).containsAll(figures(text))
                && ADDRESS.matcher(text)
                        .results()
                        .allMatch(address -> given.contains(address.group().replaceAll("\\p{P}+$", "")))
                && NAME.matcher(text).results().allMatch(name -> there.containsAll(Texts.words(name.group(), language)))
                && denies(given, text, words, language);
    }

    /** Told with a "not" where no quotation has one, or without the one of a clause that it otherwise tells. */
    private static boolean denies(String given, String text, Set<String> words, String language) {
        if (NOT.matcher(text).find()) return NOT.matcher(given).find();
        return CLAUSES.splitAsStream(given)
                .filter(clause -> NOT.matcher(clause).find())
                .noneMatch(clause -> tells(words, new HashSet<>(Texts.words(clause, language))));
    }

    private static boolean tells(Set<String> words, Set<String> clause) {
        long told = clause.stream().filter(words::contains).count();
        return told > 0 && told >= SHARE * clause.size();
    }

    private static Set<String> figures(String text) {
        return FIGURE.matcher(text).results().map(MatchResult::group).collect(Collectors.toSet());
    }
}
