package press.masthead.platform.db;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DatabaseUrlTest {
    @Test
    void the_form_of_hosting_providers_is_read() {
        assertThat(DatabaseUrl.parse("postgres://ada:p%40ss+word@db.example:6432/parallel?sslmode=require"))
                .isEqualTo(new DatabaseUrl(
                        "db.example", 6432, "parallel", "ada", "p@ss+word", Map.of("sslmode", "require")));
    }

    @Test
    void the_form_of_java_people_is_read() {
        assertThat(DatabaseUrl.parse(
                        "jdbc:postgresql://db.example/parallel?user=ada&password=secret&sslmode=verify-full"))
                .isEqualTo(new DatabaseUrl(
                        "db.example", 5432, "parallel", "ada", "secret", Map.of("sslmode", "verify-full")));
    }

    @Test
    void options_reach_the_driver_under_its_own_names() {
        var properties = DatabaseUrl.parse(
                        "postgresql://ada@db.example/parallel?connect_timeout=3&prepareThreshold=0&application_name=desk")
                .driverProperties();
        assertThat(properties)
                .containsEntry("connectTimeout", "3")
                .containsEntry("prepareThreshold", "0")
                .containsEntry("ApplicationName", "desk")
                .containsEntry("user", "ada")
                .doesNotContainKey("password");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "mysql://ada:secret@db/parallel",
                "postgres://",
                "postgres://ada:secret@db",
                "postgres://ada:se cret@db/parallel"
            })
    void anything_else_is_refused_without_repeating_the_password(String text) {
        assertThatThrownBy(() -> DatabaseUrl.parse(text))
                .isInstanceOf(DatabaseUnusable.class)
                .hasMessage("DATABASE_URL is not an address of the form postgres://user:password@host:5432/database.")
                .hasMessageNotContaining("secret")
                .hasNoCause();
    }

    @Test
    void it_names_itself_without_the_password() {
        assertThat(DatabaseUrl.parse("postgres://ada:secret@db.example/parallel")
                        .toString())
                .isEqualTo("db.example:5432/parallel");
    }
}
