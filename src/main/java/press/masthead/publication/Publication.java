package press.masthead.publication;

import java.time.DateTimeException;
import java.time.ZoneId;
import java.util.Map;
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
    private volatile @Nullable Settings kept;

    public Publication(Jdbi jdbi) {
        this.jdbi = jdbi;
    }

    public Settings settings() {
        Settings settings = kept;
        if (settings == null) kept = settings = read();
        return settings;
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
        var batch = handle.prepareBatch("""
                insert into setting (name, value) values (:name, :value)
                on conflict (name) do update set value = excluded.value
                """);
        rows(settings)
                .forEach((name, value) ->
                        batch.bind("name", name).bind("value", value).add());
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

    private Settings read() {
        Map<String, String> rows = jdbi
                .withHandle(handle -> handle.createQuery("select name, value from setting")
                        .mapTo(Row.class)
                        .list())
                .stream()
                .collect(Collectors.toMap(Row::name, Row::value));
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

    private static ZoneId zone(String name) {
        try {
            return ZoneId.of(name);
        } catch (DateTimeException e) {
            return ZoneId.of("UTC");
        }
    }
}
