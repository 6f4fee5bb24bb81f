package press.masthead.archive;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Figures that differ are told of only where two sentences surely speak of the same thing. */
class DifferingTest {
    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            The Quarrach dam holds 310 million cubic metres of water.  | The Quarrach dam holds 270 million cubic metres of water.      | en | 310 million cubic metres | 270 million cubic metres
            The ferry to Calder carried 1,240 passengers in May 2026.  | In May 2026 the ferry to Calder carried 1,500 passengers.      | en | 1,240 passengers         | 1,500 passengers
            The new quay costs $90 million, the port said.             | The new quay costs $1.2 billion, the port said.               | en | $90 million              | $1.2 billion
            Duty on copper is 4.5% at every port.                      | Duty on copper is 7 per cent at every port.                   | en | 4.5%                     | 7 per cent
            بلغت كلفة السد في وادي السرين 157 مليون دينار.              | بلغت كلفة السد في وادي السرين 190 مليون دينار.                 | ar | 157 مليون دينار           | 190 مليون دينار
            """)
    void what_differs_is_told_with_its_unit(String one, String other, String language, String first, String second) {
        assertThat(Differing.of(one, other, language)).contains(new Differing.Figures(first, second));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            other years         | The Quarrach dam produced 310 gigawatt hours in 2024.      | The Quarrach dam produced 270 gigawatt hours in 2026.
            days they lean on   | The Quarrach dam produced 310 gigawatt hours last year.    | The Quarrach dam produced 270 gigawatt hours last year.
            another dam         | The Quarrach dam produced 310 gigawatt hours.              | The Sarrin dam produced 270 gigawatt hours.
            the same            | The Quarrach dam holds 310 million cubic metres.           | The Quarrach dam holds 310,000,000 cubic metres.
            made round          | The new quay costs 1.97 million crowns, the port said.     | The new quay costs 2 million crowns, the port said.
            another unit        | The Quarrach dam is 310 metres long.                       | The Quarrach dam is 40 years old.
            other words         | The Quarrach dam feeds 310 villages of the upper valley.   | Engineers of the Quarrach dam look after 40 villages by the sea.
            not told which      | The ferry has 40 seats inside and 60 seats on deck.        | The ferry has 50 seats inside and 70 seats on deck.
            a year is no figure | The Quarrach dam was opened in 1991.                       | The Quarrach dam was opened in 1993.
            no figure           | The Quarrach dam is closed to visitors.                    | The Quarrach dam is open to visitors.
            """)
    void what_may_be_of_another_time_or_thing_is_not(String why, String one, String other) {
        assertThat(Differing.of(one, other, "en")).as(why).isEmpty();
    }

    @Test
    void of_several_sentences_the_pair_that_differs_is_found() {
        assertThat(Differing.of(
                        "It rained for a week. The Quarrach dam holds 310 million litres of water.",
                        "The Quarrach dam holds 270 million litres of water. Nobody was hurt.",
                        "en"))
                .isPresent();
    }
}
