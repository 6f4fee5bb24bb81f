package press.masthead.tagging;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import press.masthead.platform.db.TestDatabase;
import press.masthead.tagging.Answers.Learned;

/** Names on no list are offered in each language that tells them by capitals, and rather none than a wrong one. */
class FreshNamesTest {
    private final Naming naming = new Naming(new Entities(TestDatabase.fresh().jdbi()));

    private List<String> fresh(String language, String text) {
        return naming.in(text, language, Learned.NOTHING).fresh();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            en | Marit Solbakke       | The plan of Marit Solbakke failed. On Friday Marit Solbakke said so.
            en | Marit Solbakke       | Marit Solbakke runs the port. In May, Marit Solbakke’s plan failed.
            fr | Élise Marchand       | Le projet d’Élise Marchand a échoué. Vendredi, Élise Marchand l’a reconnu elle-même.
            it | Teresa Bellocchio    | Il piano dell’Autorità di Teresa Bellocchio è fallito. Lo ha detto Teresa Bellocchio.
            es | Lucía Ferreira       | El plan de Lucía Ferreira fracasó. Según Lucía Ferreira, habrá otro en enero.
            tr | Defne Karasu         | Liman müdürü Defne Karasu yeni planı anlattı. Konuşmada Defne Karasu’nun sözleri kısaydı.
            pl | Agnieszka Zawada     | Plan przedstawiła Agnieszka Zawada. Jak mówi Agnieszka Zawada, port jest gotowy.
            ru | Вера Лебедянская     | План представила Вера Лебедянская. Порт готов, говорит Вера Лебедянская.
            nl | Maartje Zonneveld    | Het plan van Maartje Zonneveld mislukte. Dat zei Maartje Zonneveld vrijdag zelf.
            """)
    void a_name_is_offered(String language, String name, String text) {
        assertThat(fresh(language, text)).containsExactly(name);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            en | No Harbour was asked. No Harbour answered, and no harbour will.
            en | The GDP EU figures came late. Without GDP EU figures nothing is known.
            en | It opens on Friday May 5. On Friday May 5 it closes.
            fr | Le Havre attend. Le Havre paie, et le port de la Manche attend.
            es | La Unión decide. La Unión paga, dice el presidente.
            de | Die Bauarbeiten kosten Millionen Euro. Niemand zahlt Millionen Euro Anfang Januar, sagt Hafenmeister Ende Mai.
            en | In South Africa the ports wait. Ships sail to South Africa.
            fr | Les ports du Royaume-Uni et de la Nouvelle Calédonie, puis la Corée du Sud.
            """)
    void rubbish_is_not(String language, String text) {
        assertThat(fresh(language, text)).isEmpty();
    }

    @Test
    void where_no_capital_tells_a_name_only_the_list_does() {
        assertThat(fresh("ar", "قالت ماريت سولباكه إن الخطة فشلت. وكررت ماريت سولباكه ذلك."))
                .isEmpty();
        assertThat(fresh("he", "מרית סולבקה אמרה שהתוכנית נכשלה. מרית סולבקה חזרה על כך."))
                .isEmpty();
    }
}
