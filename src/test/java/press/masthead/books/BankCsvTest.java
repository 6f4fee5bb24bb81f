package press.masthead.books;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import press.masthead.books.BankCsv.Line;
import press.masthead.platform.web.Problem;

/** Statements as banks write them. */
class BankCsvTest {
    private static List<Line> lines(String csv) {
        return BankCsv.read(csv.getBytes(StandardCharsets.UTF_8), "EUR").lines();
    }

    @Test
    void with_semicolons_and_decimal_commas() {
        assertThat(lines("""
                Buchungstag;Betrag;Währung;Verwendungszweck;Name
                30.11.2026;1.276,00;EUR;"Rechnung MH-000012; danke";Käthe Öztürk
                01.12.2026;-12,50;EUR;Gebühr;Bank
                """))
                .containsExactly(new Line(
                        LocalDate.of(2026, 11, 30), 127_600, "EUR", "Rechnung MH-000012; danke · Käthe Öztürk"));
    }

    @Test
    void with_commas_points_a_byte_order_mark_and_carriage_returns() {
        assertThat(
                        lines(
                                "\ufeffDate,Amount,Currency,Details\r\n2026-11-30,\"1,300.00\",USD,\"Payment \"\"MH 12\"\"\"\r\n\r\n"))
                .containsExactly(new Line(LocalDate.of(2026, 11, 30), 130_000, "USD", "Payment \"MH 12\""));
    }

    @Test
    void in_latin_1_and_without_a_head() {
        byte[] file = "30/11/2026;\"Société Générale\";276,00;MH-7\n".getBytes(StandardCharsets.ISO_8859_1);
        assertThat(BankCsv.read(file, "EUR").lines())
                .containsExactly(new Line(LocalDate.of(2026, 11, 30), 27_600, "EUR", "Société Générale · MH-7"));
    }

    @Test
    void what_is_no_statement_is_refused_with_a_sentence() {
        for (String not : List.of("", "hello", "a;b\nc;d\n", "PK\0\0zip"))
            assertThatThrownBy(() -> lines(not)).isInstanceOf(Problem.class);
        assertThatThrownBy(() -> lines("2026-11-30;1,00;x\n".repeat(20_001)))
                .isInstanceOfSatisfying(
                        Problem.class, problem -> assertThat(problem.status()).isEqualTo(413));
    }

    @ParameterizedTest(name = "{0} {1}")
    @CsvSource(
            delimiter = '|',
            nullValues = "none",
            value = {
                "1.234,56|EUR|123456",
                "1,234.56|EUR|123456",
                "1'234.56|CHF|123456",
                "1 234,56|EUR|123456",
                "+300|USD|30000",
                "300.5|USD|30050",
                "300,00 EUR|USD|30000",
                "300.00-|USD|-30000",
                "-300.00|USD|-30000",
                "1.234|EUR|123400",
                "1,234|JPY|1234",
                "4.500|KWD|4500",
                "4.5|KWD|4500",
                "12.345.678,90|EUR|1234567890",
                "300.00|JPY|300",
                "300.50|JPY|none",
                "1.2345|EUR|none",
                "abc|EUR|none",
                "|EUR|none",
                "12345678901234567890|EUR|none",
                "300.00 XXQ|EUR|none"
            })
    void amounts_are_read_as_they_are_written(String cell, String currency, Long minor) {
        assertThat(BankCsv.amount(cell == null ? "" : cell, currency)).isEqualTo(Optional.ofNullable(minor));
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(
            nullValues = "none",
            value = {
                "2026-11-30,2026-11-30", "30.11.2026,2026-11-30", "30/11/26,2026-11-30", "20261130,2026-11-30",
                "11/30/2026,2026-11-30", "03/04/2026,2026-04-03", "2026-11-30T09:00:00,2026-11-30", "31.02.2026,none",
                "30-11-2026,2026-11-30", "yesterday,none"
            })
    void days_are_read_as_they_are_written(String cell, LocalDate day) {
        assertThat(BankCsv.date(cell)).isEqualTo(Optional.ofNullable(day));
    }
}
