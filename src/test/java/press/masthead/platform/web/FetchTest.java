package press.masthead.platform.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class FetchTest {
    private static final Outside STRICT = Outside.allowing("");

    @ParameterizedTest
    @ValueSource(
            strings = {
                "127.0.0.1",
                "127.8.9.1",
                "10.0.0.1",
                "172.16.0.1",
                "172.31.255.255",
                "192.168.1.1",
                "169.254.169.254",
                "100.64.0.1",
                "0.0.0.0",
                "224.0.0.1",
                "255.255.255.255",
                "::1",
                "::",
                "fe80::1",
                "fc00::1",
                "fd12::1",
                "ff02::1",
                "::ffff:10.0.0.1",
                "::ffff:127.0.0.1",
                "64:ff9b::a00:1",
                "2002:a00:1::",
                "2001:db8::1",
                "::127.0.0.1"
            })
    void addresses_of_this_machine_and_its_neighbours_are_inside(String address) {
        assertThat(STRICT.isOutside(InetAddress.ofLiteral(address))).isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = {"93.184.216.34", "1.1.1.1", "172.32.0.1", "172.15.0.1", "2606:4700::1111", "2a00:1450::1"})
    void addresses_of_the_public_internet_are_outside(String address) {
        assertThat(STRICT.isOutside(InetAddress.ofLiteral(address))).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "http://127.0.0.1/", "https://127.0.0.1/", "https://localhost/", "https://[::1]/",
                        "https://2130706433/",
                "https://0x7f.1/", "https://017700000001/", "https://127.1/", "https://[::ffff:127.0.0.1]/",
                        "ftp://a.example/",
                "file:///etc/passwd", "https://user@a.example/", "https:/nohost", "http://1.1.1.1/"
            })
    void nothing_inside_is_spoken_to_however_it_is_written(String address) {
        try (var fetch = new Fetch(STRICT)) {
            assertThatThrownBy(() -> fetch.get(URI.create(address), Map.of())).isInstanceOf(IOException.class);
        }
    }

    @Test
    void redirects_are_not_followed_and_answers_are_bounded() throws Exception {
        var hits = new AtomicInteger();
        HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/away", exchange -> {
            exchange.getResponseHeaders().add("Location", "/other");
            exchange.sendResponseHeaders(302, -1);
            exchange.close();
        });
        server.createContext("/other", exchange -> {
            hits.incrementAndGet();
            exchange.sendResponseHeaders(204, -1);
            exchange.close();
        });
        server.createContext("/large", exchange -> {
            exchange.sendResponseHeaders(200, 0);
            try (var out = exchange.getResponseBody()) {
                byte[] some = new byte[1 << 16];
                for (int i = 0; i < 64; i++) out.write(some);
            }
        });
        server.start();
        String at = "http://127.0.0.1:" + server.getAddress().getPort();
        try (var fetch = new Fetch(Outside.allowing("127.0.0.0/8"))) {
            assertThat(fetch.get(URI.create(at + "/away"), Map.of()).status()).isEqualTo(302);
            assertThat(hits).hasValue(0);
            assertThatThrownBy(() -> fetch.get(URI.create(at + "/large"), Map.of()))
                    .isInstanceOf(IOException.class);
        } finally {
            server.stop(0);
        }
    }
}
