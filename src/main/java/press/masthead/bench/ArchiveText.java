package press.masthead.bench;

import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.SplittableRandom;

/**
 * Made-up sentences of one language, in which words are as rare as they are in life: a vocabulary by Zipf's law, its commonest words
 * the language's own, and now and then a name that stands almost nowhere else.
 */
enum ArchiveText {
    ENGLISH(
            "en",
            "bcdfghjklmnprstvw",
            "aeiou",
            "s,ed,ing,ly,er,ness",
            "the of to and a in is it that was for on with as"),
    FRENCH("fr", "bcdfglmnprstv", "aeiouéè", "s,es,ment,tion,ait", "de la le et les des en un du une que est pour"),
    GERMAN("de", "bdfghklmnprstwz", "aeiouäü", "en,er,ung,heit,lich", "der die und in den von zu das mit sich des auf"),
    ARABIC("ar", "بتجدرسشصطعفقكلمنه", "اوي", "ات,ون,ين,ة", "في من على أن إلى التي عن مع هذا كان");

    private static final int WORDS = 50_000;
    private static final int TABLE = 1 << 20;
    private static final int NAMES = 5_000_000;
    private static final double NAMED = 0.015;

    final String tag;
    private final String consonants;
    private final String vowels;
    private final String[] endings;
    private final List<String> common;
    private String[] words = {};
    private final int[] ranks = new int[TABLE];

    ArchiveText(String tag, String consonants, String vowels, String endings, String common) {
        this.tag = tag;
        this.consonants = consonants;
        this.vowels = vowels;
        this.endings = endings.split(",");
        this.common = List.of(common.split(" "));
    }

    /** Seven of ten texts are English. */
    static ArchiveText any(SplittableRandom random) {
        double at = random.nextDouble();
        return at < 0.7 ? ENGLISH : at < 0.82 ? FRENCH : at < 0.9 ? GERMAN : ARABIC;
    }

    private synchronized String[] words() {
        if (words.length > 0) return words;
        var random = new Random(ordinal());
        var made = new String[WORDS];
        var known = new HashSet<>(common);
        for (int rank = 0; rank < WORDS; rank++) {
            String word =
                    rank < common.size() ? common.get(rank) : syllables(random.nextInt(), 1 + (rank < 500 ? 1 : 2));
            if (rank >= common.size() && rank % 3 == 0) word += endings[random.nextInt(endings.length)];
            made[rank] = rank < common.size() || known.add(word) ? word : word + syllables(rank, 2);
        }
        double all = 0;
        for (int rank = 0; rank < WORDS; rank++) all += 1 / (rank + 2.7);
        double sum = 0;
        int filled = 0;
        for (int rank = 0; rank < WORDS; rank++) {
            sum += 1 / (rank + 2.7);
            while (filled < TABLE && filled < sum / all * TABLE) ranks[filled++] = rank;
        }
        words = made;
        return made;
    }

    private String syllables(int number, int most) {
        var word = new StringBuilder();
        int left = number & Integer.MAX_VALUE;
        for (int i = 0; i <= most || left > 0 && i < 5; i++) {
            word.append(consonants.charAt(left % consonants.length()));
            left /= consonants.length();
            word.append(vowels.charAt(left % vowels.length()));
            left /= vowels.length();
        }
        return word.toString();
    }

    private String word(SplittableRandom random) {
        String[] all = words();
        return random.nextDouble() < NAMED
                ? syllables((int) Math.exp(random.nextDouble() * Math.log(NAMES)), 3)
                : all[ranks[random.nextInt(TABLE)]];
    }

    /** So many words, the first in capitals, without a full stop. */
    String headline(SplittableRandom random, int length) {
        var line = new StringBuilder();
        for (int i = 0; i < length; i++) line.append(i > 0 ? " " : "").append(word(random));
        return line.substring(0, 1).toUpperCase(Locale.ROOT) + line.substring(1);
    }

    /** Sentences until so many words are reached. */
    void paragraph(SplittableRandom random, int length, StringBuilder into) {
        into.append("<p>");
        for (int left = length; left > 0; ) {
            int sentence = Math.min(left, 8 + random.nextInt(18));
            into.append(headline(random, sentence)).append(". ");
            left -= sentence;
        }
        into.append("</p>");
    }

    /** A search of so many words, from the commonest to the rarest, each rarity as likely as any other. */
    String query(SplittableRandom random, int length) {
        String[] all = words();
        var query = new StringBuilder();
        for (int i = 0; i < length; i++)
            query.append(i > 0 ? " " : "").append(all[(int) Math.exp(random.nextDouble() * Math.log(WORDS - 1))]);
        return query.toString();
    }
}
