package press.masthead.account;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.databind.JsonSerializer;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.SerializerProvider;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.module.SimpleModule;
import com.fasterxml.jackson.databind.ser.std.ToStringSerializer;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Optional;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import press.masthead.plans.Money;
import press.masthead.platform.mail.Letterhead;
import press.masthead.platform.web.Html;

/** The copy of their data that a person takes away: a page for people and the same as JSON for programs, in one zip. */
final class Copy {
    private static final ObjectMapper JSON = JsonMapper.builder()
            .addModule(new SimpleModule()
                    .addSerializer(Instant.class, ToStringSerializer.instance)
                    .addSerializer(LocalDate.class, ToStringSerializer.instance)
                    .addSerializer(Optional.class, new OrNothing()))
            .propertyNamingStrategy(PropertyNamingStrategies.SNAKE_CASE)
            .enable(SerializationFeature.INDENT_OUTPUT)
            .build();

    private final Html html;

    Copy(Html html) {
        this.html = html;
    }

    /** What the page for people shows. */
    record Sheet(Holdings.Everything all, Letterhead from) {
        String when(Instant at) {
            return from.moment(at);
        }

        String when(Optional<Instant> at) {
            return at.map(from::moment).orElse("");
        }

        String money(long amount, String currency) {
            return Money.words(amount, currency);
        }
    }

    byte[] zip(Holdings.Everything all, Letterhead from) {
        var bytes = new ByteArrayOutputStream();
        try (var zip = new ZipOutputStream(bytes, StandardCharsets.UTF_8)) {
            zip.putNextEntry(new ZipEntry("your-data.html"));
            zip.write(html.text("account/copy", new Sheet(all, from)).getBytes(StandardCharsets.UTF_8));
            zip.putNextEntry(new ZipEntry("your-data.json"));
            zip.write(JSON.writeValueAsBytes(all));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return bytes.toByteArray();
    }

    /** An empty Optional is a null, a full one its value. */
    @SuppressWarnings("rawtypes")
    private static final class OrNothing extends JsonSerializer<Optional> {
        @Override
        public void serialize(Optional value, JsonGenerator out, SerializerProvider provider) throws IOException {
            out.writeObject(value.orElse(null));
        }
    }
}
