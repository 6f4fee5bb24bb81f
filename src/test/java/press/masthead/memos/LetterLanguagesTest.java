package press.masthead.memos;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.mail.internet.MimeMultipart;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.jsoup.Jsoup;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Letters about memos speak their reader's language around the memo, from right to left where that is how it runs. */
class LetterLanguagesTest {
    /** What is the newsroom's, the author's or an address, and not the frame's. */
    private static final String NOT_THE_FRAME =
            "https?://\\S+|What \\S+ \\S+ answers\\.|The first point of \\S+ \\S+\\.|Lena Horvat|Masthead|PRO|Energy|Banking";

    @ParameterizedTest
    @ValueSource(strings = {"ar", "he"})
    void no_english_word_is_left_around_a_memo(String language) throws Exception {
        try (var room = new MemoRoom()) {
            long reader = room.member("reader", "country/no", "topic/energy");
            long daily = room.member("daily", "country/no");
            long english = room.member("english", "country/no");
            room.run("update reader set language = '%s' where id <> %d".formatted(language, english));
            room.follows.daily(daily, "18:00", "UTC");
            room.clock.pass(java.time.Duration.ofSeconds(1));
            String title = language.equals("ar") ? "كابل النرويج" : "הכבל לנורווגיה";
            for (int i = 0; i < 3; i++) room.memo(title);
            room.alerts.run();
            room.at("2026-11-25T18:00:00Z");
            room.daily.run();

            for (var letter : List.of(room.letter("memo", reader), room.letter("memo-daily", daily))) {
                var parts = (MimeMultipart) letter.getContent();
                String text = (String) parts.getBodyPart(0).getContent();
                var page = Jsoup.parse((String) parts.getBodyPart(1).getContent());
                Files.createDirectories(Path.of("target/shots"));
                Files.writeString(
                        Path.of("target/shots/letter-" + language
                                + (letter.getSubject().equals(title) ? "" : "-daily") + ".html"),
                        page.outerHtml());
                for (String words : List.of(text, page.body().text(), page.title(), letter.getSubject()))
                    assertThat(words.replaceAll(NOT_THE_FRAME, "")).doesNotContainPattern("[A-Za-z]{2,}");
                assertThat(page.expectFirst("html").attr("dir")).isEqualTo("rtl");
                assertThat(page.expectFirst("html").attr("lang")).isEqualTo(language);
                assertThat(page.select("td.cell").getLast().attr("style")).contains("text-align:right");
            }
            assertThat(Jsoup.parse((String)
                                    ((MimeMultipart) room.letter("memo", reader).getContent())
                                            .getBodyPart(1)
                                            .getContent())
                            .text())
                    .as("a country by its name in that language")
                    .contains(language.equals("ar") ? "النرويج" : "נורווגיה");
            assertThat((String) ((MimeMultipart) room.letter("memo", english).getContent())
                            .getBodyPart(0)
                            .getContent())
                    .contains("You get this letter because you follow Norway.", "Stop these letters");
        }
    }
}
