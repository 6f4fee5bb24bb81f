package press.masthead.platform.mail;

import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.Optional;

/**
 * Who writes, and in which language: what every letter to one person shows of its sender.
 *
 * @param name the sender's name, as the heading of each letter
 * @param url the site's address without a final slash
 * @param address the postal address, or empty
 * @param zone the zone that dates in letters are meant in
 * @param words the language of the letter's words and dates; English until {@link #to} says otherwise
 * @param own the language of the newsroom, for whoever has chosen none
 */
public record Letterhead(String name, String url, String address, ZoneId zone, LetterWords words, LetterWords own) {
    /** Of a newsroom that writes English. */
    public Letterhead(String name, String url, String address, ZoneId zone) {
        this(name, url, address, zone, LetterWords.ENGLISH, LetterWords.ENGLISH);
    }

    /** Of a newsroom that writes another language. */
    public Letterhead(String name, String url, String address, ZoneId zone, LetterWords own) {
        this(name, url, address, zone, LetterWords.ENGLISH, own);
    }

    /** Such as "Monday 30 November 2026, 09:15 (Central European Standard Time)". */
    public String moment(Instant instant) {
        // Some languages' names of zones have brackets of their own.
        String pattern =
                words == LetterWords.ENGLISH ? "EEEE d MMMM yyyy, HH:mm (zzzz)" : "EEEE d MMMM yyyy, HH:mm – zzzz";
        return DateTimeFormatter.ofPattern(pattern, words.locale()).format(instant.atZone(zone));
    }

    /** Such as "30 November 2026". */
    public String day(Instant instant) {
        return DateTimeFormatter.ofPattern("d MMMM yyyy", words.locale()).format(instant.atZone(zone));
    }

    /** The same sender, with dates as another zone has them. */
    public Letterhead in(ZoneId other) {
        return new Letterhead(name, url, address, other, words, own);
    }

    /** The same sender, writing to someone who reads this language. */
    public Letterhead to(LetterWords language) {
        return new Letterhead(name, url, address, zone, language, own);
    }

    /** The same, in the newsroom's language where the other has chosen none. */
    public Letterhead to(Optional<String> language) {
        return to(language.map(LetterWords::in).orElse(own));
    }

    /** A sentence in the letter's language; see {@link LetterWords#t(String, String...)}. */
    public String t(String english, String... placesAndValues) {
        return words.t(english, placesAndValues);
    }

    /** The full address of a path on the site. */
    public String at(String path) {
        return url + path;
    }
}
