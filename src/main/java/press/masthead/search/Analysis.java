package press.masthead.search;

import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;
import org.apache.lucene.analysis.Analyzer;
import org.apache.lucene.analysis.CharArraySet;
import org.apache.lucene.analysis.LowerCaseFilter;
import org.apache.lucene.analysis.StopFilter;
import org.apache.lucene.analysis.TokenStream;
import org.apache.lucene.analysis.ar.ArabicAnalyzer;
import org.apache.lucene.analysis.ar.ArabicNormalizationFilter;
import org.apache.lucene.analysis.ar.ArabicStemFilter;
import org.apache.lucene.analysis.core.DecimalDigitFilter;
import org.apache.lucene.analysis.da.DanishAnalyzer;
import org.apache.lucene.analysis.de.GermanAnalyzer;
import org.apache.lucene.analysis.de.GermanLightStemFilter;
import org.apache.lucene.analysis.de.GermanNormalizationFilter;
import org.apache.lucene.analysis.el.GreekAnalyzer;
import org.apache.lucene.analysis.el.GreekLowerCaseFilter;
import org.apache.lucene.analysis.el.GreekStemFilter;
import org.apache.lucene.analysis.en.EnglishAnalyzer;
import org.apache.lucene.analysis.en.EnglishPossessiveFilter;
import org.apache.lucene.analysis.en.PorterStemFilter;
import org.apache.lucene.analysis.es.SpanishAnalyzer;
import org.apache.lucene.analysis.es.SpanishLightStemFilter;
import org.apache.lucene.analysis.fa.PersianAnalyzer;
import org.apache.lucene.analysis.fa.PersianNormalizationFilter;
import org.apache.lucene.analysis.fi.FinnishAnalyzer;
import org.apache.lucene.analysis.fi.FinnishLightStemFilter;
import org.apache.lucene.analysis.fr.FrenchAnalyzer;
import org.apache.lucene.analysis.fr.FrenchLightStemFilter;
import org.apache.lucene.analysis.hi.HindiAnalyzer;
import org.apache.lucene.analysis.hi.HindiNormalizationFilter;
import org.apache.lucene.analysis.hi.HindiStemFilter;
import org.apache.lucene.analysis.icu.ICUFoldingFilter;
import org.apache.lucene.analysis.icu.segmentation.ICUTokenizer;
import org.apache.lucene.analysis.in.IndicNormalizationFilter;
import org.apache.lucene.analysis.it.ItalianAnalyzer;
import org.apache.lucene.analysis.it.ItalianLightStemFilter;
import org.apache.lucene.analysis.nl.DutchAnalyzer;
import org.apache.lucene.analysis.no.NorwegianAnalyzer;
import org.apache.lucene.analysis.no.NorwegianLightStemFilter;
import org.apache.lucene.analysis.pt.PortugueseAnalyzer;
import org.apache.lucene.analysis.pt.PortugueseLightStemFilter;
import org.apache.lucene.analysis.ru.RussianAnalyzer;
import org.apache.lucene.analysis.ru.RussianLightStemFilter;
import org.apache.lucene.analysis.snowball.SnowballFilter;
import org.apache.lucene.analysis.sv.SwedishAnalyzer;
import org.apache.lucene.analysis.sv.SwedishLightStemFilter;
import org.apache.lucene.analysis.tr.ApostropheFilter;
import org.apache.lucene.analysis.tr.TurkishAnalyzer;
import org.apache.lucene.analysis.tr.TurkishLowerCaseFilter;
import org.apache.lucene.analysis.util.ElisionFilter;

/**
 * How a text becomes words to search: cut by Unicode's rules (UAX 29, and ICU's dictionaries where a script has no spaces), stemmed
 * by its language, folded so that case, accents and widths do not matter (UTR 30).
 */
final class Analysis {
    /** For every language that has no stemmer here. */
    static final String OTHER = "und";

    private static final Set<String> STEMMED = Set.of(
            "en", "ar", "tr", "fr", "de", "es", "it", "pt", "nl", "sv", "da", "no", "fi", "ru", "el", "hi", "fa");
    private static final Map<String, Analyzer> BY_LANGUAGE = new ConcurrentHashMap<>();

    /** Words as they stand, only folded: for phrases, names and spelling. */
    static final Analyzer EXACT = new Chain(OTHER);

    private Analysis() {}

    /** The key of a language's fields: of {@code pt-BR} it is {@code pt}; {@link #OTHER} for what has no stemmer. */
    static String key(String languageTag) {
        String language = languageTag.split("[-_]", 2)[0].toLowerCase(java.util.Locale.ROOT);
        if (language.equals("nb") || language.equals("nn")) return "no";
        return STEMMED.contains(language) ? language : OTHER;
    }

    /** Every key that there is. */
    static List<String> keys() {
        return Stream.concat(STEMMED.stream().sorted(), Stream.of(OTHER)).toList();
    }

    static Analyzer of(String key) {
        return BY_LANGUAGE.computeIfAbsent(key, Chain::new);
    }

    private static final class Chain extends Analyzer {
        private final String language;

        Chain(String language) {
            this.language = language;
        }

        @Override
        protected TokenStreamComponents createComponents(String field) {
            var source = new ICUTokenizer();
            return new TokenStreamComponents(source, new ICUFoldingFilter(stemmed(language, source)));
        }

        @Override
        protected TokenStream normalize(String field, TokenStream in) {
            return new ICUFoldingFilter(in);
        }
    }

    private static TokenStream stemmed(String language, TokenStream in) {
        return switch (language) {
            case "en" ->
                new PorterStemFilter(
                        stop(lower(new EnglishPossessiveFilter(in)), EnglishAnalyzer.ENGLISH_STOP_WORDS_SET));
            case "ar" ->
                new ArabicStemFilter(new ArabicNormalizationFilter(
                        stop(new DecimalDigitFilter(lower(in)), ArabicAnalyzer.getDefaultStopSet())));
            case "tr" ->
                new SnowballFilter(
                        stop(new TurkishLowerCaseFilter(new ApostropheFilter(in)), TurkishAnalyzer.getDefaultStopSet()),
                        "Turkish");
            case "fr" ->
                new FrenchLightStemFilter(stop(
                        lower(new ElisionFilter(in, FrenchAnalyzer.DEFAULT_ARTICLES)),
                        FrenchAnalyzer.getDefaultStopSet()));
            case "de" ->
                new GermanLightStemFilter(
                        new GermanNormalizationFilter(stop(lower(in), GermanAnalyzer.getDefaultStopSet())));
            case "es" -> new SpanishLightStemFilter(stop(lower(in), SpanishAnalyzer.getDefaultStopSet()));
            case "it" ->
                new ItalianLightStemFilter(
                        stop(lower(new ElisionFilter(in, ITALIAN)), ItalianAnalyzer.getDefaultStopSet()));
            case "pt" -> new PortugueseLightStemFilter(stop(lower(in), PortugueseAnalyzer.getDefaultStopSet()));
            case "nl" -> new SnowballFilter(stop(lower(in), DutchAnalyzer.getDefaultStopSet()), "Dutch");
            case "sv" -> new SwedishLightStemFilter(stop(lower(in), SwedishAnalyzer.getDefaultStopSet()));
            case "da" -> new SnowballFilter(stop(lower(in), DanishAnalyzer.getDefaultStopSet()), "Danish");
            case "no" -> new NorwegianLightStemFilter(stop(lower(in), NorwegianAnalyzer.getDefaultStopSet()));
            case "fi" -> new FinnishLightStemFilter(stop(lower(in), FinnishAnalyzer.getDefaultStopSet()));
            case "ru" -> new RussianLightStemFilter(stop(lower(in), RussianAnalyzer.getDefaultStopSet()));
            case "el" -> new GreekStemFilter(stop(new GreekLowerCaseFilter(in), GreekAnalyzer.getDefaultStopSet()));
            case "hi" ->
                new HindiStemFilter(stop(
                        new HindiNormalizationFilter(new IndicNormalizationFilter(new DecimalDigitFilter(lower(in)))),
                        HindiAnalyzer.getDefaultStopSet()));
            case "fa" ->
                stop(
                        new PersianNormalizationFilter(
                                new ArabicNormalizationFilter(new DecimalDigitFilter(lower(in)))),
                        PersianAnalyzer.getDefaultStopSet());
            default -> in;
        };
    }

    private static final CharArraySet ITALIAN = new CharArraySet(
            Set.of(
                    "c", "l", "all", "dall", "dell", "nell", "sull", "coll", "pell", "gl", "agl", "dagl", "degl",
                    "negl", "sugl", "un", "m", "t", "s", "v", "d"),
            true);

    private static TokenStream lower(TokenStream in) {
        return new LowerCaseFilter(in);
    }

    private static TokenStream stop(TokenStream in, CharArraySet words) {
        return new StopFilter(in, words);
    }
}
