package press.masthead.themes;

import static org.assertj.core.api.Assertions.assertThat;
import static press.masthead.themes.Given.card;
import static press.masthead.themes.Given.data;
import static press.masthead.themes.Given.with;

import java.nio.charset.StandardCharsets;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jsoup.Jsoup;
import org.jsoup.nodes.Document;
import org.jsoup.nodes.Element;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** The theme in the box: whole pages, as a reader's browser gets them. */
class BroadsheetTest {
    static final Theme BROADSHEET = Theme.bundled();

    static Document page(String template, Map<String, Object> context) {
        return page(template, context, data(List.of(template.equals("home") ? "home" : "post"), "/tide/"));
    }

    static Document page(String template, Map<String, Object> context, Map<String, Object> data) {
        return Jsoup.parse(new String(BROADSHEET.render(template, context, data), StandardCharsets.UTF_8));
    }

    static Stream<Arguments> everyPage() {
        return Stream.of(Given.least(), Given.most())
                .flatMap(pages -> pages.entrySet().stream())
                .map(page -> Arguments.of(page.getKey(), page.getValue()));
    }

    @Test
    void every_template_in_the_box_is_described() {
        var described = new HashSet<>(Given.least().keySet());
        described.add("default");
        assertThat(ThemeFiles.bundled("broadsheet").keySet().stream()
                        .filter(file -> file.endsWith(".hbs") && !file.contains("/"))
                        .map(file -> file.replace(".hbs", "")))
                .containsExactlyInAnyOrderElementsOf(described);
    }

    @ParameterizedTest
    @MethodSource("everyPage")
    void a_page_has_one_headline_one_main_part_and_a_way_past_the_top(String template, Map<String, Object> context) {
        var page = page(template, context);
        assertThat(page.select("main#main")).hasSize(1);
        assertThat(page.select("h1")).hasSize(1);
        assertThat(page.select("h1").text()).isNotBlank();
        assertThat(page.select("body > *:first-child").attr("href")).isEqualTo("#main");
        assertThat(page.title()).contains("The Parallel");
    }

    @ParameterizedTest
    @MethodSource("everyPage")
    void nothing_in_a_page_needs_the_policy_relaxed(String template, Map<String, Object> context) {
        var page = page(template, context);
        assertThat(page.select("style, [style], script:not([src]):not([type=application/ld+json])"))
                .isEmpty();
        assertThat(page.getAllElements().stream()
                        .flatMap(element -> element.attributes().asList().stream())
                        .filter(attribute -> attribute.getKey().startsWith("on")))
                .isEmpty();
    }

    @ParameterizedTest
    @MethodSource("everyPage")
    void every_field_is_named_and_every_id_stands_once(String template, Map<String, Object> context) {
        var page = page(template, context);
        for (Element field : page.select("input:not([type=hidden])"))
            assertThat(field.closest("label") != null
                            || !page.select("label[for=" + field.id() + "]").isEmpty())
                    .as(field.outerHtml())
                    .isTrue();
        assertThat(page.select("[id]").eachAttr("id")).doesNotHaveDuplicates();
        for (Element button : page.select("a, button"))
            assertThat(button.text() + button.attr("aria-label") + button.attr("aria-hidden"))
                    .as(button.outerHtml())
                    .isNotBlank();
    }

    @ParameterizedTest
    @MethodSource("everyPage")
    void a_picture_keeps_its_place_before_it_arrives(String template, Map<String, Object> context) {
        for (Element picture : page(template, context).select("img")) {
            assertThat(picture.attr("width")).as(picture.outerHtml()).matches("\\d+");
            assertThat(picture.attr("height")).as(picture.outerHtml()).matches("\\d+");
            assertThat(picture.hasAttr("alt")).as(picture.outerHtml()).isTrue();
        }
    }

    @Test
    void a_story_in_arabic_says_so_and_reads_from_the_right_on_a_sheet_that_reads_from_the_left() {
        var arabic = Map.<String, Object>of(
                "language",
                "ar",
                "direction",
                "rtl",
                "html",
                "<p>سبعة رجال.</p>",
                "access",
                true,
                "title",
                "أصوات لا تغرق");
        var page = page("post", Map.of("post", with(card("article", "pearl", "x"), arabic), "related", List.of()));
        assertThat(page.select("html").attr("dir")).isEqualTo("ltr");
        assertThat(page.select("article.story").attr("lang")).isEqualTo("ar");
        assertThat(page.select("article.story").attr("dir")).isEqualTo("rtl");
    }

    @Test
    void a_letter_on_the_topic_is_offered_after_the_third_paragraph() {
        var body = page("post", Given.of("post", Given.most())).expectFirst(".story-body");
        assertThat(body.children().eachText().subList(0, 3)).containsExactly("Port Calder One.", "Two.", "Three.");
        assertThat(body.child(3).select("form").attr("action")).isEqualTo("/newsletters/join");
        assertThat(body.child(3).select("input[name=newsletter]").attr("value")).isEqualTo("energy-daily");
    }

    @Test
    void a_memo_that_ends_early_ends_in_an_offer_that_search_engines_can_tell() {
        var page = page("custom-memo", Given.of("custom-memo", Given.least()));
        assertThat(page.select(".story-body > *:last-child").hasClass("paywalled"))
                .isTrue();
        assertThat(page.select(".paywalled a[href^=/pro/]").attr("href")).isEqualTo("/pro/?next=%2Fmemo%2F");
        assertThat(page("custom-memo", Given.of("custom-memo", Given.most())).select(".paywalled"))
                .isEmpty();
    }

    @Test
    void a_member_is_not_sold_what_they_have() {
        var data = with(
                data(List.of("post"), "/tide/"),
                Map.of("member", Map.of("email", "cleo@parallel.example", "paid", true)));
        assertThat(page("post", Given.of("post", Given.most()), data).select("a[href=/pro/].button, .promo"))
                .isEmpty();
        assertThat(page("post", Given.of("post", Given.most())).select(".promo"))
                .hasSize(1);
    }

    @Test
    void the_stylesheet_is_one_file_and_all_that_it_names_is_there() {
        var sheet = new String(BROADSHEET.asset("css/screen.css").orElseThrow().bytes(), StandardCharsets.UTF_8);
        assertThat(sheet).doesNotContain("@import");
        var names = Pattern.compile("url\\(\"\\.\\./([^\"?]+)\\?v=[0-9a-f]+\"\\)")
                .matcher(sheet)
                .results()
                .map(found -> found.group(1))
                .toList();
        assertThat(names)
                .hasSize(6)
                .allSatisfy(name -> assertThat(BROADSHEET.asset(name)).isPresent());
        assertThat(sheet.split("\\{", -1)).hasSameSizeAs(sheet.split("}", -1));
    }

    @Test
    void colours_are_named_in_one_file_only() {
        ThemeFiles.bundled("broadsheet").forEach((name, bytes) -> {
            if (!name.endsWith(".css") || name.matches(".*/(tokens|print)\\.css")) return;
            assertThat(new String(bytes, StandardCharsets.UTF_8).replace("#000", ""))
                    .as(name)
                    .doesNotContainPattern("#[0-9a-f]{3,8}\\b[^{]*[;}]");
        });
    }
}
