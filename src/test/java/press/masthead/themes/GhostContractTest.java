package press.masthead.themes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** What a theme written for Ghost may count on. */
class GhostContractTest {
    static final Map<String, Object> SITE = Map.of(
            "title", "The Parallel",
            "url", "https://parallel.example",
            "locale", "en",
            "timezone", "Europe/Brussels",
            "navigation",
                    List.of(
                            Map.of("label", "World & trade", "url", "/topic/world/"),
                            Map.of("label", "PRO", "url", "/pro/")),
            "total_members", 104_233);
    static final Map<String, Object> ENERGY =
            Map.of("name", "Energy", "slug", "energy", "url", "/topic/energy/", "visibility", "public");
    static final Map<String, Object> INTERNAL =
            Map.of("name", "#memo", "slug", "hash-memo", "url", "/topic/hash-memo/", "visibility", "internal");
    static final Map<String, Object> ADA = Map.of("name", "Ada Lind", "slug", "ada", "url", "/author/ada/");
    static final Map<String, Object> STORY = Map.ofEntries(
            Map.entry("title", "Tides & <turbines>"),
            Map.entry("slug", "tides"),
            Map.entry("url", "/tides/"),
            Map.entry("html", "<p>One two three four.</p><p>Five <em>six seven</em> eight.</p>"),
            Map.entry("custom_excerpt", "What the \"tide\" brings."),
            Map.entry("published_at", Instant.parse("2026-11-22T23:30:00Z")),
            Map.entry("feature_image", "/content/images/2026/11/port.jpg"),
            Map.entry("featured", true),
            Map.entry("reading_time", 6),
            Map.entry("tags", List.of(ENERGY, INTERNAL)),
            Map.entry("authors", List.of(ADA)));

    final Map<String, String> files = new HashMap<>(Map.of("index.hbs", "", "post.hbs", ""));
    final Map<String, Object> data = new HashMap<>(Map.of("site", SITE, "path", "/tides/", "context", List.of("post")));

    String page(String template, Map<String, Object> context) {
        files.put("index.hbs", template);
        return new String(Theme.of(files).render("index", context, data), StandardCharsets.UTF_8);
    }

    String story(String template) {
        return page("{{#post}}" + template + "{{/post}}", Map.of("post", STORY));
    }

    @Test
    void a_layout_wraps_the_page_and_a_layout_may_have_a_layout() {
        files.put("default.hbs", "{{!< base}}<main>{{{body}}}</main>");
        files.put("base.hbs", "<html>{{@site.title}} {{{body}}}</html>");
        assertThat(page("{{!< default}}\n<h1>\u201c{{post.title}}\u201d</h1>", Map.of("post", STORY))
                        .replace("\n", ""))
                .isEqualTo("<html>The Parallel <main><h1>\u201cTides &amp; &lt;turbines&gt;\u201d</h1></main></html>");
    }

    @Test
    void values_are_escaped_unless_the_template_says_otherwise() {
        assertThat(story("{{title}}|{{custom_excerpt}}|{{{title}}}"))
                .isEqualTo("Tides &amp; &lt;turbines&gt;|What the &quot;tide&quot; brings.|Tides & <turbines>");
    }

    @Test
    void a_field_the_story_lacks_is_not_borrowed_from_the_page_around_it() {
        assertThat(page("{{#post}}[{{secret}}{{../secret}}]{{/post}}", Map.of("post", STORY, "secret", "x")))
                .isEqualTo("[x]");
    }

    @Test
    void foreach_counts_as_ghost_counts() {
        var posts = List.of(Map.of("t", "a"), Map.of("t", "b"), Map.of("t", "c"), Map.of("t", "d"));
        assertThat(page(
                                "{{#foreach posts}}{{t}}{{@index}}{{@number}}{{#if @first}}F{{/if}}{{#if @last}}L{{/if}}{{#if @even}}e{{/if}}{{#if @odd}}o{{/if}} {{/foreach}}",
                                Map.of(
                                        "posts",
                                        posts.stream()
                                                .map(p -> Map.of("t", p.get("t")))
                                                .toList()))
                        .strip())
                .contains("01Fo")
                .contains("12e")
                .contains("34Le");
        assertThat(page(
                        "{{#foreach posts from=\"2\" to=\"3\"}}{{title}}{{#if @first}}!{{/if}}{{#unless @last}},{{/unless}}{{/foreach}}",
                        titles()))
                .isEqualTo("b!,c");
        assertThat(page("{{#foreach posts limit=\"1\"}}{{title}}{{/foreach}}", titles()))
                .isEqualTo("a");
        assertThat(page(
                        "{{#foreach posts columns=2}}{{#if @rowStart}}<{{/if}}{{title}}{{#if @rowEnd}}>{{/if}}{{/foreach}}",
                        titles()))
                .isEqualTo("<ab><cd>");
        assertThat(page("{{#foreach posts as |p i|}}{{p.title}}{{i}}{{/foreach}}", titles()))
                .isEqualTo("a0b1c2d3");
        assertThat(page("{{#foreach none}}x{{else}}empty{{/foreach}}", titles()))
                .isEqualTo("empty");
        assertThat(story("{{#foreach tags visibility=\"public\"}}{{name}}{{/foreach}}"))
                .isEqualTo("Energy");
    }

    static Map<String, Object> titles() {
        return Map.of(
                "posts",
                List.of(Map.of("title", "a"), Map.of("title", "b"), Map.of("title", "c"), Map.of("title", "d")));
    }

    @Test
    void partials_see_the_loop_they_stand_in_and_take_values() {
        files.put("partials/cards/card.hbs", "{{title}}{{@index}}{{size}}{{#if @last}}.{{/if}}");
        assertThat(page("{{#foreach posts}}{{> \"cards/card\" size=\"xl\"}}{{/foreach}}", titles()))
                .isEqualTo("a0xlb1xlc2xld3xl.");
        assertThat(page("{{#foreach posts}}{{> cards/card}}{{/foreach}}", titles()))
                .isEqualTo("a0b1c2d3.");
    }

    @Test
    void blocks_of_the_page_land_in_the_layout() {
        files.put("default.hbs", "{{{block \"scripts\"}}}{{{body}}}{{#block \"aside\"}}none{{/block}}");
        assertThat(page(
                        "{{!< default}}{{#contentFor \"scripts\"}}<i>{{post.title}}</i>{{/contentFor}}B",
                        Map.of("post", STORY)))
                .isEqualTo("<i>Tides &amp; &lt;turbines&gt;</i>Bnone");
    }

    @Test
    void conditions_follow_javascript() {
        var values = Map.<String, Object>of("zero", 0, "none", List.of(), "text", "", "yes", "a", "map", Map.of());
        assertThat(page(
                        "{{#if zero}}1{{else if none}}2{{else if text}}3{{else if map}}4{{/if}}{{#unless yes}}x{{else}}5{{/unless}}{{#if zero includeZero=true}}6{{/if}}",
                        values))
                .isEqualTo("456");
    }

    @Test
    void is_and_has_and_match_choose() {
        data.put("context", List.of("post"));
        assertThat(story("{{#is \"home, post\"}}post{{else}}other{{/is}}")).isEqualTo("post");
        assertThat(story("{{#has tag=\"climate, energy\"}}yes{{/has}}{{#has tag=\"sport\"}}no{{/has}}"))
                .isEqualTo("yes");
        assertThat(story("{{#has author=\"Ada Lind\"}}ada{{/has}}{{#has tag=\"count:>1\"}}many{{/has}}"))
                .isEqualTo("adamany");
        assertThat(
                        story(
                                "{{#has any=\"facebook, feature_image\"}}any{{/has}}{{#has all=\"title, nothing\"}}all{{/has}}"))
                .isEqualTo("any");
        assertThat(story("{{#foreach tags}}{{#has number=\"nth:2\"}}second{{/has}}{{/foreach}}"))
                .isEqualTo("second");
        assertThat(
                        story(
                                "{{#match slug \"=\" \"tides\"}}a{{/match}}{{#match reading_time \">\" 5}}b{{/match}}{{#match featured}}c{{/match}}{{#match slug \"!=\" \"tides\"}}x{{else}}d{{/match}}"))
                .isEqualTo("abcd");
    }

    @Test
    void dates_are_told_in_the_site_s_zone_with_moment_s_tokens() {
        assertThat(story("{{date published_at format=\"dddd, Do MMMM YYYY [at] HH:mm\"}}"))
                .isEqualTo("Monday, 23rd November 2026 at 00:30");
        assertThat(story("{{date published_at format=\"YYYY-MM-DDTHH:mm:ssZ\"}}"))
                .isEqualTo("2026-11-23T00:30:00+01:00");
        assertThat(story("{{date format=\"D MMM YY h:mm a\" timezone=\"America/New_York\"}}"))
                .isEqualTo("22 Nov 26 6:30 pm");
        assertThat(story("{{date published_at locale=\"fr\" format=\"D MMMM\"}}"))
                .isEqualTo("23 novembre");
        assertThat(story("[{{date updated_at}}]")).isEqualTo("[]");
        data.put("now", Instant.parse("2026-11-23T02:30:00Z"));
        assertThat(story("{{date published_at timeago=\"true\"}}")).isEqualTo("3 hours ago");
    }

    @Test
    void text_helpers_shorten_and_count() {
        assertThat(story("{{excerpt}}|{{excerpt words=\"2\"}}"))
                .isEqualTo("What the &quot;tide&quot; brings.|What the");
        assertThat(story("{{content words=\"6\"}}"))
                .isEqualTo("<p>One two three four.</p><p>Five <em>six</em></p>".replace("</p><p>", "</p>\n<p>"));
        assertThat(story("{{reading_time}}|{{reading_time minutes=\"% minutes\"}}"))
                .isEqualTo("6 min read|6 minutes");
        assertThat(page("{{plural n empty=\"none\" singular=\"% story\" plural=\"% stories\"}}", Map.of("n", 1200)))
                .isEqualTo("1,200 stories");
        assertThat(page("{{concat a \"-\" b separator=\"/\"}}|{{encode \"a b&c\"}}", Map.of("a", "x", "b", "<y>")))
                .isEqualTo("x/-/&lt;y&gt;|a%20b%26c");
        assertThat(page(
                        "{{price plan}} {{price 2550 currency=\"EUR\"}} {{price 900 currency=\"JPY\"}}",
                        Map.of("plan", Map.of("amount", 2500, "currency", "usd"))))
                .isEqualTo("$25 \u20ac25.50 \u00a5900");
        assertThat(page("{{total_members}}", Map.of())).isEqualTo("100,000+");
    }

    @Test
    void a_story_the_reader_may_not_have_whole_ends_in_the_theme_s_offer() {
        files.put("partials/content-cta.hbs", "<aside>{{title}}</aside>");
        var teaser = new HashMap<>(STORY);
        teaser.put("access", false);
        assertThat(page("{{#post}}{{content}}{{/post}}", Map.of("post", teaser)))
                .endsWith("</p><aside>Tides &amp; &lt;turbines&gt;</aside>");
    }

    @Test
    void links_carry_hashes_sizes_and_pages() {
        files.put("assets/css/screen.css", "body{}");
        files.put("package.json", "{\"config\":{\"image_sizes\":{\"m\":{\"width\":600}}}}");
        assertThat(page("{{asset \"css/screen.css\"}} {{asset \"none.css\"}}", Map.of()))
                .matches("/assets/css/screen\\.css\\?v=[0-9a-f]{10} /assets/none\\.css");
        assertThat(
                        story(
                                "{{img_url feature_image size=\"m\"}} {{img_url feature_image size=\"m\" format=\"webp\" absolute=\"true\"}} {{img_url feature_image}}{{img_url missing}}"))
                .isEqualTo(
                        "/content/images/size/w600/2026/11/port.jpg https://parallel.example/content/images/size/w600/format/webp/2026/11/port.jpg /content/images/2026/11/port.jpg");
        assertThat(story("{{url}} {{url absolute=\"true\"}}")).isEqualTo("/tides/ https://parallel.example/tides/");
        data.put("path", "/topic/energy/page/2/");
        var list = Map.<String, Object>of("pagination", Map.of("page", 2, "pages", 3, "prev", 1, "next", 3));
        assertThat(page("{{page_url pagination.prev}} {{page_url pagination.next}}", list))
                .isEqualTo("/topic/energy/ /topic/energy/page/3/");
        assertThat(page("{{pagination}}", list)).contains("href=\"/topic/energy/page/3/\"", "Page 2 of 3");
        assertThat(page(
                        "{{#link href=\"/topic/energy/page/2/\" class=\"a\"}}here{{/link}} {{link_class for=\"/topic/\" class=\"n\" activeClass=\"on\" parentActiveClass=\"in\"}}",
                        Map.of()))
                .isEqualTo(
                        "<a href=\"/topic/energy/page/2/\" class=\"a nav-current\" aria-current=\"page\">here</a> n in");
    }

    @Test
    void lists_are_written_at_one_stroke() {
        assertThat(
                        story(
                                "{{tags}}|{{tags autolink=\"false\" prefix=\"in \" visibility=\"all\" separator=\" & \"}}|{{authors}}"))
                .isEqualTo(
                        "<a href=\"/topic/energy/\">Energy</a>|in Energy &amp; #memo|<a href=\"/author/ada/\">Ada Lind</a>");
        data.put("path", "/pro/");
        assertThat(page("{{navigation}}", Map.of()))
                .contains("World &amp; trade</a>", "nav-pro nav-current", "aria-current=\"page\"");
        files.put("partials/navigation.hbs", "{{#foreach navigation}}{{slug}} {{/foreach}}");
        assertThat(page("{{navigation}}", Map.of())).isEqualTo("world-trade pro ");
    }

    @Test
    void the_theme_s_own_words_are_translated() {
        files.put("locales/de.json", "{\"Read {n} more\":\"Noch {n} lesen\"}");
        data.put("site", Map.of("locale", "de-AT"));
        assertThat(page("{{t \"Read {n} more\" n=3}} {{t \"Other\"}} {{lang}}", Map.of()))
                .isEqualTo("Noch 3 lesen Other de-AT");
    }

    @Test
    void the_head_is_written_from_what_the_site_knows_and_can_not_be_broken_out_of() {
        var article = new Head.Article(
                "Tides </script><script>",
                Instant.EPOCH,
                Instant.EPOCH,
                "Energy",
                List.of("Energy"),
                List.of(new Head.Person("Ada", "https://parallel.example/author/ada/")),
                false,
                Optional.empty());
        data.put(
                "head",
                Head.page("The Parallel", "en", "https://parallel.example/tides/", "Tides", "A \"quoted\" line")
                        .withArticle(article)
                        .withFeeds(List.of(Head.Feed.rss("All", "https://parallel.example/rss/")))
                        .withAlternates(List.of(new Head.Alternate("ar", "https://parallel.example/ar/"))));
        String page = page("<title>{{meta_title}}</title>{{ghost_head}}", Map.of());
        assertThat(page)
                .contains(
                        "<title>Tides</title>",
                        "content=\"A &quot;quoted&quot; line\"",
                        "rel=\"canonical\" href=\"https://parallel.example/tides/\"",
                        "hreflang=\"ar\"",
                        "application/rss+xml",
                        "\"isAccessibleForFree\":false",
                        "\"cssSelector\":\".paywalled\"",
                        "Tides \\u003c/script\\u003e");
        assertThat(page.split("<script", -1)).hasSize(2);
    }

    @Test
    void what_search_engines_read_of_a_story_is_the_same_text_each_time() {
        var article = new Head.Article(
                "Tides & turns",
                Instant.EPOCH,
                Instant.EPOCH.plusSeconds(60),
                "Energy",
                List.of("Energy", "Climate"),
                List.of(new Head.Person("Ada", "https://parallel.example/author/ada/")),
                true,
                Optional.of("https://parallel.example/logo.svg"));
        data.put(
                "head",
                Head.page("The Parallel", "en", "https://parallel.example/tides/", "Tides", "A line")
                        .withPicture(new Head.Picture("https://parallel.example/tides.jpg", 1000, 600, ""))
                        .withArticle(article));
        assertThat(page("{{ghost_head}}", Map.of())).contains("""
                {"@context":"https://schema.org","@type":"NewsArticle",\
                "mainEntityOfPage":"https://parallel.example/tides/","headline":"Tides \\u0026 turns","description":"A line",\
                "image":["https://parallel.example/tides.jpg"],\
                "datePublished":"1970-01-01T00:00:00Z","dateModified":"1970-01-01T00:01:00Z",\
                "author":[{"@type":"Person","name":"Ada","url":"https://parallel.example/author/ada/"}],\
                "publisher":{"@type":"NewsMediaOrganization","name":"The Parallel",\
                "logo":{"@type":"ImageObject","url":"https://parallel.example/logo.svg"}},\
                "articleSection":"Energy","keywords":["Energy","Climate"],"inLanguage":"en","isAccessibleForFree":true}</script>
                """);
    }

    @Test
    void classes_tell_what_page_it_is() {
        assertThat(page("{{body_class}}", Map.of("post", STORY))).isEqualTo("post-template tag-energy tag-hash-memo");
        assertThat(story("{{post_class}}")).isEqualTo("post tag-energy tag-hash-memo featured");
    }

    @Test
    void a_fault_is_one_sentence_that_names_file_and_line() {
        assertThatThrownBy(() -> page("a\n\n{{frobnicate title}}", Map.of()))
                .isInstanceOf(ThemeError.class)
                .hasMessage("index.hbs, line 3: there is no helper called \"frobnicate\".");
        assertThatThrownBy(() -> page("\n{{#if a}}", Map.of()))
                .isInstanceOf(ThemeError.class)
                .hasMessageStartingWith("index.hbs, line 2: ");
        assertThatThrownBy(() -> page("\n{{> nowhere}}", Map.of()))
                .isInstanceOf(ThemeError.class)
                .hasMessage("index.hbs, line 2: there is no partials/nowhere.hbs.");
        assertThatThrownBy(() -> page("\n{{#get \"posts\"}}{{/get}}", Map.of()))
                .isInstanceOf(ThemeError.class)
                .hasMessage(
                        "index.hbs, line 2: {{#get}} asks the database from inside a template, which Masthead does not offer.");
        assertThatThrownBy(() -> Theme.of(Map.of("index.hbs", "{{#if a}}{{ frobnicate a }}{{/if}}", "post.hbs", "")))
                .as("when the theme is loaded, not when a reader comes")
                .hasMessage("index.hbs, line 1: there is no helper called \"frobnicate\".");
        files.put("package.json", "{");
        assertThatThrownBy(() -> page("", Map.of())).hasMessageStartingWith("package.json, line 1: ");
        assertThatThrownBy(() -> Theme.load(Path.of("/nowhere"))).hasMessage("There is no theme folder at /nowhere.");
        assertThatThrownBy(() -> Theme.of(Map.of("index.hbs", "{{!< default}}", "post.hbs", "")))
                .hasMessage("index.hbs asks for the layout \"default\", and there is no default.hbs.");
    }

    @Test
    void templates_are_looked_for_in_ghost_s_order() {
        files.put("tag-energy.hbs", "");
        files.put("custom-memo.hbs", "");
        files.put("error.hbs", "");
        Theme theme = Theme.of(files);
        assertThat(theme.topicTemplate("energy")).isEqualTo("tag-energy");
        assertThat(theme.topicTemplate("cities")).isEqualTo("index");
        assertThat(theme.storyTemplate("x", Optional.of("custom-memo"))).isEqualTo("custom-memo");
        assertThat(theme.storyTemplate("x", Optional.of("custom-none"))).isEqualTo("post");
        assertThat(theme.frontTemplate(1)).isEqualTo("index");
        assertThat(theme.errorTemplate(404)).contains("error");
    }

    @Test
    void a_picture_is_offered_in_the_sizes_that_it_has_and_a_small_one_in_two() {
        files.put("package.json", """
                {"config": {"image_sizes": {"xl": {"width": 1600}, "s": {"width": 300}, "m": {"width": 600}, "xxl": {"width": 2000}}}}
                """);
        String small =
                "/content/images/size/w300/2026/11/port.jpg 300w, /content/images/size/w600/2026/11/port.jpg 600w";
        String large = small + ", /content/images/size/w1600/2026/11/port.jpg 1600w";
        assertThat(story("{{srcset feature_image width=200}}")).isEqualTo(small);
        assertThat(story("{{srcset feature_image width=1599}}")).isEqualTo(small);
        assertThat(story("{{srcset feature_image width=4000}}")).isEqualTo(large);
        assertThat(story("{{srcset feature_image width=4000 most=2000}}"))
                .isEqualTo(large + ", /content/images/size/w2000/2026/11/port.jpg 2000w");
        assertThat(story("{{srcset \"https://elsewhere.example/a.jpg\" width=900}}{{srcset missing}}"))
                .isEmpty();
    }

    @Test
    void what_is_kept_is_kept_apart_by_what_it_is_of_and_goes_with_its_minute_and_its_site() {
        files.put(
                "post.hbs",
                "{{#kept \"join\" of=slug}}{{slug}} {{word}} {{@site.title}} {{date format=\"HH:mm\"}}{{/kept}}");
        Theme theme = Theme.of(files);
        data.put("now", Instant.parse("2026-11-22T09:00:10Z"));
        assertThat(post(theme, "energy", "a")).isEqualTo("energy a The Parallel 10:00");
        assertThat(post(theme, "culture", "b")).isEqualTo("culture b The Parallel 10:00");
        assertThat(post(theme, "energy", "c")).isEqualTo("energy a The Parallel 10:00");
        data.put("now", Instant.parse("2026-11-22T09:01:00Z"));
        assertThat(post(theme, "energy", "d")).isEqualTo("energy d The Parallel 10:01");
        data.put("site", Map.of("title", "The Other", "timezone", "Europe/Brussels"));
        assertThat(post(theme, "energy", "e")).isEqualTo("energy e The Other 10:01");
        data.put("member", Map.of("email", "cleo@reader.example"));
        assertThat(post(theme, "energy", "f")).isEqualTo("energy f The Other 10:01");
    }

    private String post(Theme theme, String slug, String word) {
        return new String(theme.render("post", Map.of("slug", slug, "word", word), data), StandardCharsets.UTF_8);
    }

    @Test
    void a_block_reaches_the_page_also_from_inside_one_that_is_made_into_text_first() {
        assertThat(
                        story(
                                "{{#if title}}a{{#link href=\"/x/\"}}b{{#if title}}c{{#foreach tags}}d{{slug}}{{/foreach}}{{/if}}{{/link}}e{{/if}}"))
                .isEqualTo("a<a href=\"/x/\">bcdenergydhash-memo</a>e");
    }
}
