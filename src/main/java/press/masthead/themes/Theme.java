package press.masthead.themes;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.github.jknack.handlebars.Context;
import com.github.jknack.handlebars.Handlebars;
import com.github.jknack.handlebars.HandlebarsException;
import com.github.jknack.handlebars.Template;
import com.github.jknack.handlebars.cache.ConcurrentMapTemplateCache;
import com.github.jknack.handlebars.context.MapValueResolver;
import com.github.jknack.handlebars.io.TemplateSource;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * A theme under Ghost's contract, read and compiled once; any number of threads may render with it.
 *
 * <p>Contexts are plain maps and lists under Ghost's names, described for each template in CONTEXT.md. A key that is
 * absent reads as empty; there are no nulls.
 */
public final class Theme {
    private static final Pattern LAYOUT = Pattern.compile("\\{\\{!<\\s*([\\w./-]+)\\s*}}");
    private static final String HBS = ".hbs";

    private static final class Page {
        private final Template template;
        private final Optional<String> layout;
        /** A little more than its last rendering took, so that the next one neither grows its array nor clears too much. */
        private volatile int room = 8192;

        Page(Template template, Optional<String> layout) {
            this.template = template;
            this.layout = layout;
        }

        Out render(Context context) throws IOException {
            var out = new Out(room);
            template.apply(context, out);
            int wanted = out.length() + out.length() / 8;
            if (wanted > room || wanted < room / 2) room = wanted;
            return out;
        }
    }

    private final Map<String, Page> pages = new TreeMap<>();
    private final Map<String, Asset> assets = new HashMap<>();
    private final Map<String, Map<String, String>> locales = new HashMap<>();
    private final Map<String, Integer> imageWidths = new HashMap<>();
    private final int[] widths;
    private final Partials partials;
    private final JsonNode manifest;

    private Theme(Map<String, byte[]> files) {
        manifest = json("package.json", files.getOrDefault("package.json", "{}".getBytes(StandardCharsets.UTF_8)));
        manifest.path("config").path("image_sizes").properties().forEach(size -> {
            if (size.getValue().path("width").isInt())
                imageWidths.put(size.getKey(), size.getValue().path("width").asInt());
        });
        widths = imageWidths.values().stream()
                .mapToInt(Integer::intValue)
                .distinct()
                .sorted()
                .toArray();
        files.forEach((name, bytes) -> {
            if (name.startsWith("assets/") && !name.endsWith(".css")) assets.put(name.substring(7), asset(name, bytes));
            if (name.startsWith("locales/") && name.endsWith(".json"))
                locales.put(name.substring(8, name.length() - 5), words(json(name, bytes)));
        });
        files.keySet().stream()
                .filter(name -> name.startsWith("assets/") && name.endsWith(".css"))
                .forEach(name ->
                        assets.put(name.substring(7), asset(name, Stylesheet.whole(name, files, this::version))));
        partials = new Partials(files);
        Handlebars handlebars = new Handlebars(partials)
                .with(new ConcurrentMapTemplateCache())
                .with(Escape::html)
                .parentScopeResolution(false)
                .preEvaluatePartialBlocks(false)
                .infiniteLoops(false);
        Blocks.register(handlebars);
        Words.register(handlebars, locales);
        Inset.register(handlebars);
        Kept.register(handlebars);
        Links.register(handlebars, this);
        Lists.register(handlebars);
        SiteWords.register(handlebars);
        partials.names().forEach(name -> compile(handlebars, partials.sourceAt(name)));
        files.forEach((name, bytes) -> {
            if (!name.endsWith(HBS) || name.startsWith("partials/") || name.startsWith("assets/")) return;
            String source = new String(bytes, StandardCharsets.UTF_8);
            var layout = LAYOUT.matcher(source);
            Optional<String> around = layout.find() ? Optional.of(layout.group(1)) : Optional.empty();
            Template template = compile(handlebars, new Partials.Source(name, layout.replaceFirst("")));
            pages.put(name.substring(0, name.length() - HBS.length()), new Page(template, around));
        });
        if (!has("index") || !has("post"))
            throw new ThemeError("A theme needs index.hbs and post.hbs; this one lacks one.");
        pages.forEach((name, page) -> page.layout.filter(layout -> !has(layout)).ifPresent(layout -> {
            throw new ThemeError(
                    name + HBS + " asks for the layout \"" + layout + "\", and there is no " + layout + HBS + ".");
        }));
    }

    /** The theme that comes with Masthead. */
    public static Theme bundled() {
        return new Theme(ThemeFiles.bundled("broadsheet"));
    }

    /** A newsroom's own theme; throws {@link ThemeError} with one sentence when it can't be used. */
    public static Theme load(Path folder) {
        return new Theme(ThemeFiles.in(folder));
    }

    /** For tests of the engine: file names and what is in them. */
    static Theme of(Map<String, String> files) {
        var bytes = new TreeMap<String, byte[]>();
        files.forEach((name, text) -> bytes.put(name, text.getBytes(StandardCharsets.UTF_8)));
        return new Theme(bytes);
    }

    /** The theme's own words in a language, as {@code {{t}}} gives them; the key itself where it has none. */
    public String words(String key, String language) {
        return Words.translated(key, language, locales);
    }

    public String name() {
        return manifest.path("name").asText("theme");
    }

    /** The stories on one page of a list, as the theme's package.json wishes; 20 when it doesn't say. */
    public int postsPerPage() {
        return manifest.path("config").path("posts_per_page").asInt(20);
    }

    public boolean has(String template) {
        return pages.containsKey(template);
    }

    /** Ghost's order for a story: post-SLUG, the custom template its editor chose, post. */
    public String storyTemplate(String slug, Optional<String> custom) {
        return first(Stream.concat(Stream.concat(Stream.of("post-" + slug), custom.stream()), Stream.of("post")));
    }

    /** Ghost's order for a page: page-SLUG, the custom template, page, post. */
    public String pageTemplate(String slug, Optional<String> custom) {
        return first(
                Stream.concat(Stream.concat(Stream.of("page-" + slug), custom.stream()), Stream.of("page", "post")));
    }

    public String topicTemplate(String slug) {
        return first(Stream.of("tag-" + slug, "tag", "index"));
    }

    public String authorTemplate(String slug) {
        return first(Stream.of("author-" + slug, "author", "index"));
    }

    /** The front page; its later pages are Ghost's index. */
    public String frontTemplate(int page) {
        return page > 1 ? "index" : first(Stream.of("home", "index"));
    }

    /** Ghost's order for an error: error-404, error-4xx, error. Empty when the theme has none of them. */
    public Optional<String> errorTemplate(int status) {
        return Stream.of("error-" + status, "error-" + status / 100 + "xx", "error")
                .filter(this::has)
                .findFirst();
    }

    /** The first of these that the theme has, else index: for pages of Masthead's own, which another theme may lack. */
    public String first(String... templates) {
        return first(Stream.of(templates));
    }

    private String first(Stream<String> templates) {
        return templates.filter(this::has).findFirst().orElse("index");
    }

    /**
     * The page as UTF-8.
     *
     * @param template without its ending: "post", "custom-memo"
     * @param context what the template reads by name: post, posts, tag, pagination
     * @param data what it reads with an at sign (site, member, custom, page), and what the engine itself reads:
     *     "context" (a list such as [home, paged]), "path" (of this page), "head" ({@link Head}), "now" (an Instant)
     */
    public byte[] render(String template, Map<String, Object> context, Map<String, Object> data) {
        Page page = pages.get(template);
        if (page == null) throw new ThemeError("The theme has no " + template + HBS + ".");
        var shared = new HashMap<>(data);
        shared.put(Blocks.CAPTURED, new HashMap<String, Rendered>());
        String name = template;
        try {
            Context stack = Context.newBuilder(context)
                    .resolver(MapValueResolver.INSTANCE)
                    .build()
                    .data(shared);
            Out out = page.render(stack);
            while (page.layout.isPresent()) {
                name = page.layout.orElseThrow();
                page = Objects.requireNonNull(pages.get(name), "checked when the theme was loaded");
                stack.data(Blocks.BODY, out.rendered());
                out = page.render(stack);
            }
            return out.toBytes();
        } catch (HandlebarsException e) {
            throw ThemeError.in(name + HBS, e);
        } catch (IOException e) {
            throw new ThemeError(name + HBS + " can't be rendered: " + e.getMessage() + ".", e);
        }
    }

    /** A file under the theme's assets folder: "css/screen.css". */
    public Optional<Asset> asset(String path) {
        return Optional.ofNullable(assets.get(path));
    }

    /** The query that names an asset's bytes, or nothing when there is no such asset. */
    String version(String path) {
        Asset asset = assets.get(path);
        return asset == null
                ? ""
                : "?v=" + asset.etag().substring(1, asset.etag().length() - 1);
    }

    /** The width a theme gives to an image size it named in its package.json. */
    Optional<Integer> imageWidth(String size) {
        return Optional.ofNullable(imageWidths.get(size));
    }

    /** The widths of all those sizes, the least first; not to be changed. */
    int[] imageWidths() {
        return widths;
    }

    private static Template compile(Handlebars handlebars, TemplateSource source) {
        try {
            return handlebars.compile(source);
        } catch (HandlebarsException e) {
            throw ThemeError.in(source.filename(), e);
        } catch (IOException e) {
            throw new ThemeError(source.filename() + " can't be read: " + e.getMessage() + ".", e);
        }
    }

    private static Asset asset(String name, byte[] bytes) {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(bytes);
            return new Asset(bytes, Asset.typeOf(name), '"' + HexFormat.of().formatHex(digest, 0, 5) + '"');
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }

    private static JsonNode json(String name, byte[] bytes) {
        try {
            return new ObjectMapper().readTree(new String(bytes, StandardCharsets.UTF_8));
        } catch (JsonProcessingException e) {
            throw new ThemeError(name + ", line " + e.getLocation().getLineNr() + ": this is not JSON.", e);
        }
    }

    private static Map<String, String> words(JsonNode json) {
        var words = new HashMap<String, String>();
        json.properties()
                .forEach(entry -> words.put(entry.getKey(), entry.getValue().asText()));
        return words;
    }
}
