package press.masthead;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BooleanSupplier;

/** A desk whose archive knows of ports, of energy and of money, so that there is something to suggest to whoever writes. */
final class Quay implements AutoCloseable {
    static final List<String> PORTS = List.of(
            "Pilots and dockers at the quay asked for new cranes at the container berth",
            "The harbour dredged its berth so that container ships reach the quay",
            "Tugs wait at the quay while pilots bring a container ship to its berth",
            "A harbour of the north sells its berth and its cranes to dockers",
            "Dockers count containers on the quay by night and pilots sleep",
            "A berth for ferries replaces the old quay of the harbour");
    static final List<String> ENERGY = List.of(
            "Turbines on the plateau feed the grid when the wind rises at night",
            "The grid pays households for batteries and turbines for idling",
            "A reservoir stores what turbines give when the grid has enough",
            "Wind and batteries kept the grid alive through a cold week",
            "Households learn when the grid is cheap and turbines turn",
            "The regulator asks who pays for a grid of wind and batteries");

    final Desk desk;
    final Press.Person ada;

    Quay() throws Exception {
        this(Map.of());
    }

    /** @param settings such as where it is searched */
    Quay(Map<String, String> settings) throws Exception {
        var all = new HashMap<>(settings);
        all.put("MASTHEAD_SAMPLE", "no");
        desk = Desk.opened(all);
        ada = desk.signedIn("ada");
        desk.jdbi.useHandle(handle -> handle.execute("""
                insert into industry (slug, name, description, position) values ('shipping', 'Shipping', '', 0), ('power', 'Power', '', 1)
                """));
        for (String text : PORTS) publish(text, "ports", "shipping");
        for (String text : ENERGY) publish(text, "energy", "power");
        for (int i = 0; i < 6; i++)
            publish("Lenders and rates number " + i + " and what a loan costs savers", "money", "");
        soon(() -> desk.press.running.newsroom().searchIndex.isReady());
    }

    void publish(String text, String topic, String industry) throws Exception {
        var answer = ada.post(
                "/desk/stories/new",
                "revision",
                "0",
                "title",
                text,
                "body",
                "<p>" + text + ".</p>",
                "access",
                "public",
                "topics",
                topic,
                "industries",
                industry,
                "then",
                "publish");
        assertThat(answer.statusCode()).isEqualTo(200);
    }

    static void soon(BooleanSupplier right) {
        Instant end = Instant.now().plus(Duration.ofSeconds(30));
        while (Instant.now().isBefore(end) && !right.getAsBoolean()) Thread.onSpinWait();
        assertThat(right.getAsBoolean()).isTrue();
    }

    @Override
    public void close() {
        desk.close();
    }
}
