package press.masthead.publication;

import java.time.DateTimeException;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.jspecify.annotations.Nullable;

/**
 * The publication's settings, kept as rows and in memory. A change announces itself as {@code settings} on the
 * database's channel of that name; each node then calls {@link #forget}.
 */
public final class Publication {
    private final Jdbi jdbi;
    private volatile @Nullable Kept kept;

    private record Kept(Settings settings, Emblems emblems, Promotion promotion, FreeReading freeReading) {}

    public Publication(Jdbi jdbi) {
        this.jdbi = jdbi;
    }

    public Settings settings() {
        return kept().settings();
    }

    public Emblems emblems() {
        return kept().emblems();
    }

    public Promotion promotion() {
        return kept().promotion();
    }

    public FreeReading freeReading() {
        return kept().freeReading();
    }

    private Kept kept() {
        Kept known = kept;
        if (known == null) kept = known = read();
        return known;
    }

    /** Has the next question read the rows again. */
    public void forget() {
        kept = null;
    }

    /** Writes every setting down and tells all nodes. */
    public void save(Settings settings) {
        jdbi.useTransaction(handle -> save(handle, settings));
        forget();
    }

    /** As {@link #save(Settings)}, in the caller's transaction. */
    public void save(Handle handle, Settings settings) {
        write(handle, rows(settings));
    }

    public void save(Emblems emblems) {
        jdbi.useTransaction(handle -> save(handle, emblems));
        forget();
    }

    public void save(Handle handle, Emblems emblems) {
        write(handle, Map.of("logo", emblems.logo(), "icon", emblems.icon(), "card", emblems.card()));
    }

    public void save(Promotion promotion) {
        jdbi.useTransaction(handle -> save(handle, promotion));
        forget();
    }

    public void save(Handle handle, Promotion promotion) {
        write(
                handle,
                Map.of(
                        "promotion_headline", promotion.headline(),
                        "promotion_text", promotion.text(),
                        "promotion_button", promotion.button(),
                        "promotion_picture", promotion.picture()));
    }

    public void save(FreeReading free) {
        jdbi.useTransaction(handle -> save(handle, free));
        forget();
    }

    public void save(Handle handle, FreeReading free) {
        write(
                handle,
                Map.of(
                        "free_visitors", Integer.toString(free.visitors()),
                        "free_readers", Integer.toString(free.readers()),
                        "free_kinds", String.join(" ", free.kinds()),
                        "gifts", Integer.toString(free.gifts())));
    }

    private static void write(Handle handle, Map<String, String> rows) {
        var batch = handle.prepareBatch("""
                insert into setting (name, value) values (:name, :value)
                on conflict (name) do update set value = excluded.value
                """);
        rows.forEach(
                (name, value) -> batch.bind("name", name).bind("value", value).add());
        batch.execute();
        handle.execute("select pg_notify('settings', '')");
    }

    private static Map<String, String> rows(Settings settings) {
        return Map.of(
                "name", settings.name(),
                "tagline", settings.tagline(),
                "description", settings.description(),
                "notice", settings.notice(),
                "language", settings.language(),
                "zone", settings.zone().getId(),
                "address", settings.address(),
                "email", settings.email(),
                "accent", settings.accent(),
                "paying", settings.paying());
    }

    private record Row(String name, String value) {}

    /** The settings as the caller's transaction sees them. */
    public static Settings settings(Handle handle) {
        return settings(rows(handle));
    }

    private static Map<String, String> rows(Handle handle) {
        return handle.createQuery("select name, value from setting").mapTo(Row.class).stream()
                .collect(Collectors.toMap(Row::name, Row::value));
    }

    private Kept read() {
        Map<String, String> rows = jdbi.withHandle(Publication::rows);
        return new Kept(settings(rows), emblems(rows), promotion(rows), freeReading(rows));
    }

    private static Settings settings(Map<String, String> rows) {
        return new Settings(
                rows.getOrDefault("name", "Masthead"),
                rows.getOrDefault("tagline", ""),
                rows.getOrDefault("description", ""),
                rows.getOrDefault("notice", ""),
                rows.getOrDefault("language", "en"),
                zone(rows.getOrDefault("zone", "UTC")),
                rows.getOrDefault("address", ""),
                rows.getOrDefault("email", ""),
                rows.getOrDefault("accent", "#b3261e"),
                rows.getOrDefault("paying", ""));
    }

    private static Emblems emblems(Map<String, String> rows) {
        return new Emblems(rows.getOrDefault("logo", ""), rows.getOrDefault("icon", ""), rows.getOrDefault("card", ""));
    }

    private static Promotion promotion(Map<String, String> rows) {
        return new Promotion(
                rows.getOrDefault("promotion_headline", ""),
                rows.getOrDefault("promotion_text", ""),
                rows.getOrDefault("promotion_button", ""),
                rows.getOrDefault("promotion_picture", ""));
    }

    /** A number that is none counts as nothing: what is sold is not given away by a damaged row. */
    private static FreeReading freeReading(Map<String, String> rows) {
        FreeReading undecided = FreeReading.UNDECIDED;
        return new FreeReading(
                number(rows.getOrDefault("free_visitors", Integer.toString(undecided.visitors()))),
                number(rows.getOrDefault("free_readers", Integer.toString(undecided.readers()))),
                rows.containsKey("free_kinds")
                        ? Set.copyOf(List.of(
                                rows.getOrDefault("free_kinds", "").strip().split("\\s+")))
                        : undecided.kinds(),
                number(rows.getOrDefault("gifts", Integer.toString(undecided.gifts()))));
    }

    private static int number(String text) {
        return text.matches("\\d{1,3}") ? Math.min(Integer.parseInt(text), FreeReading.MOST) : 0;
    }

    private static ZoneId zone(String name) {
        try {
            return ZoneId.of(name);
        } catch (DateTimeException e) {
            return ZoneId.of("UTC");
        }
    }
}
