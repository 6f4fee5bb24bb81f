package press.masthead.platform.db;

import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Types;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.argument.Argument;
import org.jdbi.v3.core.argument.ArgumentFactory;
import org.jdbi.v3.core.argument.NamedArgumentFinder;
import org.jdbi.v3.core.config.ConfigRegistry;
import org.jdbi.v3.core.generic.GenericTypes;
import org.jdbi.v3.core.mapper.ColumnMapper;
import org.jdbi.v3.core.mapper.ColumnMapperFactory;
import org.jdbi.v3.core.mapper.ColumnMappers;
import org.jdbi.v3.core.mapper.RowMapper;
import org.jdbi.v3.core.mapper.RowMapperFactory;
import org.jdbi.v3.core.mapper.reflect.ConstructorMapper;
import org.jdbi.v3.core.statement.StatementContext;
import org.jspecify.annotations.Nullable;

/** How rows and Java meet: any record binds from columns by name, an enum is its name in lower case. */
final class Rows {
    private Rows() {}

    static Jdbi configure(Jdbi jdbi) {
        jdbi.registerRowMapper(new Records());
        jdbi.registerColumnMapper(new EnumColumns());
        jdbi.registerArgument(new EnumArguments());
        // A null where an int is declared is a mistake in the query, not a zero.
        jdbi.getConfig(ColumnMappers.class).setCoalesceNullPrimitivesToDefaults(false);
        return jdbi;
    }

    /**
     * Jdbi would look the constructor up and match columns to components for each statement; for the one query behind a page
     * that took as long as the query. Both are remembered here: by record, and by the names of the columns.
     */
    private static final class Records implements RowMapperFactory {
        private final Map<Class<?>, RowMapper<?>> known = new ConcurrentHashMap<>();

        @Override
        public Optional<RowMapper<?>> build(Type type, ConfigRegistry config) {
            var raw = GenericTypes.getErasedType(type);
            if (!raw.isRecord()) return Optional.empty();
            return Optional.of(known.computeIfAbsent(raw, Records::mapper));
        }

        private static RowMapper<?> mapper(Class<?> raw) {
            var components = Arrays.stream(raw.getRecordComponents())
                    .map(RecordComponent::getType)
                    .toArray(Class<?>[]::new);
            try {
                return new Remembering<>(
                        ConstructorMapper.of(raw.getDeclaredConstructor(components)), new ConcurrentHashMap<>());
            } catch (NoSuchMethodException e) {
                throw new IllegalStateException("a record without its canonical constructor: " + raw, e);
            }
        }
    }

    private record Remembering<T>(RowMapper<T> mapper, Map<List<String>, RowMapper<T>> byColumns)
            implements RowMapper<T> {
        @Override
        public T map(ResultSet row, StatementContext context) throws SQLException {
            return specialize(row, context).map(row, context);
        }

        @Override
        public RowMapper<T> specialize(ResultSet row, StatementContext context) throws SQLException {
            var columns = row.getMetaData();
            var names = new String[columns.getColumnCount()];
            for (int i = 0; i < names.length; i++) names[i] = columns.getColumnLabel(i + 1);
            var key = List.of(names);
            RowMapper<T> known = byColumns.get(key);
            if (known == null) byColumns.put(key, known = mapper.specialize(row, context));
            return known;
        }
    }

    private static final class EnumColumns implements ColumnMapperFactory {
        @Override
        public Optional<ColumnMapper<?>> build(Type type, ConfigRegistry config) {
            var raw = GenericTypes.getErasedType(type);
            if (!raw.isEnum()) return Optional.empty();
            return Optional.of((row, column, context) -> {
                var name = row.getString(column);
                return name == null ? null : constant(raw, name);
            });
        }
    }

    /** Preparable, because Jdbi asks those first and has one of its own that writes capitals. */
    private static final class EnumArguments implements ArgumentFactory.Preparable {
        @Override
        public Optional<Function<Object, Argument>> prepare(Type type, ConfigRegistry config) {
            if (!Enum.class.isAssignableFrom(GenericTypes.getErasedType(type))) return Optional.empty();
            return Optional.of(value -> (position, statement, context) -> statement.setObject(
                    position,
                    value instanceof Enum<?> constant ? constant.name().toLowerCase(Locale.ROOT) : null,
                    Types.VARCHAR));
        }
    }

    record Fields(Record row) implements NamedArgumentFinder {
        @Override
        public Optional<Argument> find(String name, StatementContext context) {
            return Arrays.stream(row.getClass().getRecordComponents())
                    .filter(component -> component.getName().equals(name))
                    .findFirst()
                    .flatMap(component -> context.findArgumentFor(component.getGenericType(), value(component)));
        }

        @Override
        public Collection<String> getNames() {
            return Arrays.stream(row.getClass().getRecordComponents())
                    .map(RecordComponent::getName)
                    .toList();
        }

        private @Nullable Object value(RecordComponent component) {
            try {
                var accessor = component.getAccessor();
                accessor.setAccessible(true);
                return accessor.invoke(row);
            } catch (ReflectiveOperationException e) {
                throw new IllegalStateException("cannot read " + component, e);
            }
        }
    }

    private static Object constant(Class<?> type, String name) {
        return Arrays.stream(type.getEnumConstants())
                .filter(constant -> ((Enum<?>) constant).name().equalsIgnoreCase(name))
                .findFirst()
                .orElseThrow(() -> new IllegalStateException(
                        "the column holds '" + name + "', which is no " + type.getSimpleName()));
    }
}
