package press.masthead.billing;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.LocalDate;
import org.jsoup.Jsoup;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import press.masthead.account.TestSite;
import press.masthead.readers.Reader;

/** A membership's letters, from the first to the last, in the language of whom they go to. */
class LetterLanguageTest {
    /** Names, amounts and addresses, which are the same in every language. */
    private static final String SAME_EVERYWHERE =
            "https?://\\S+|\\S+@\\S+|The Parallel|Lantern Quay|PRO|PDF|USD|MH-\\d+|parallel\\.example";

    @ParameterizedTest
    @ValueSource(strings = {"ar", "he"})
    void no_english_sentence_is_left_in_a_membership_s_letters(String language) throws Exception {
        try (var site = new TestSite()) {
            Reader ben = site.person("ben@reader.example");
            site.jdbi.useHandle(
                    handle -> handle.execute("update reader set language = ? where id = ?", language, ben.id()));
            site.join.run(ben);
            site.leave.cancel(ben);
            site.leave.resume(ben);
            for (int day : new int[] {5, 2, 10}) {
                site.clock.pass(Duration.ofDays(day));
                site.timetable();
            }
            site.markPaid.run(
                    ben.id(), 1, LocalDate.ofInstant(site.clock.instant(), site.letterhead.zone()), site.ada());
            site.leave.cancel(ben);
            site.clock.pass(Duration.ofDays(400));
            site.timetable();
            var letters = site.letters(ben.email());

            assertThat(letters).hasSizeGreaterThan(7);
            Files.createDirectories(Path.of("target/shots"));
            for (var letter : letters) {
                var page = Jsoup.parse(letter.bodyHtml());
                Files.writeString(
                        Path.of("target/shots/membership-" + language + "-" + letters.indexOf(letter) + ".html"),
                        letter.bodyHtml());
                for (String text : new String[] {
                    letter.subject(), letter.bodyText(), page.body().text()
                }) assertThat(text.replaceAll(SAME_EVERYWHERE, "")).doesNotContainPattern("[A-Za-z]{2,}");
                assertThat(page.expectFirst("html").attr("dir")).isEqualTo("rtl");
                assertThat(page.expectFirst("html").attr("lang")).isEqualTo(language);
            }
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"ar", "he"})
    void whoever_comes_to_a_newsroom_reads_its_language(String language) {
        try (var site = new TestSite()) {
            site.jdbi.useHandle(handle -> handle.execute(
                    "insert into setting (name, value) values ('language', ?) on conflict (name) do update set value = excluded.value",
                    language));
            Reader cleo = site.person("cleo@reader.example");

            assertThat(cleo.language()).isEqualTo(language);
            assertThat(site.person("ben@reader.example").language()).isEqualTo(language);
        }
    }
}
