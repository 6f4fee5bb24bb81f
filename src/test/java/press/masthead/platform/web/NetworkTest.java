package press.masthead.platform.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class NetworkTest {
    @Test
    void an_address_of_version_4_is_kept_whole() {
        assertThat(Network.of("203.0.113.7")).isEqualTo("203.0.113.7");
    }

    @Test
    void an_address_of_version_6_is_kept_to_its_household() {
        assertThat(Network.of("2001:db8::1")).isEqualTo("2001:0db8:0000:0000::/64");
        assertThat(Network.of("[2001:db8:1:2:3:4:5:6]")).isEqualTo("2001:0db8:0001:0002::/64");
        assertThat(Network.of("1::4:5:6:7:8")).isEqualTo("0001:0000:0000:0004::/64");
    }

    @Test
    void a_mapped_address_is_the_one_it_maps() {
        assertThat(Network.of("::ffff:203.0.113.7")).isEqualTo("203.0.113.7");
    }

    @Test
    void behind_a_proxy_on_this_machine_the_reader_is_the_last_that_it_names() {
        var none = Proxies.named("");
        assertThat(none.sender("127.0.0.1", "203.0.113.7")).isEqualTo("203.0.113.7");
        assertThat(none.sender("127.0.0.1", "198.51.100.1, 203.0.113.7"))
                .as("what stands before was written by the reader")
                .isEqualTo("203.0.113.7");
        assertThat(none.sender("127.0.0.1", null)).isEqualTo("127.0.0.1");
        assertThat(none.sender("127.0.0.1", "")).isEqualTo("127.0.0.1");
    }

    @Test
    void nobody_else_is_believed_unless_named() {
        assertThat(Proxies.named("").sender("203.0.113.7", "198.51.100.1")).isEqualTo("203.0.113.7");
        var two = Proxies.named("203.0.113.0/24, 2001:db8:7::/48 10.0.0.4");
        assertThat(two.sender("203.0.113.7", "198.51.100.1")).isEqualTo("198.51.100.1");
        assertThat(two.sender("203.0.114.7", "198.51.100.1")).isEqualTo("203.0.114.7");
        assertThat(two.sender("10.0.0.4", "198.51.100.1, 203.0.113.9, 127.0.0.1"))
                .isEqualTo("198.51.100.1");
        assertThat(two.sender("10.0.0.5", "198.51.100.1")).isEqualTo("10.0.0.5");
        assertThat(two.sender("2001:db8:7:1::5", "198.51.100.1")).isEqualTo("198.51.100.1");
        assertThat(two.sender("2001:db8:8::5", "198.51.100.1")).isEqualTo("2001:db8:8::5");
        assertThat(two.sender("10.0.0.4", "unknown, 10.0.0.4")).isEqualTo("unknown");
    }

    @ParameterizedTest
    @ValueSource(strings = {"proxy.example", "10.0.0.0/33", "10.0.0.0/-1", "10.0.0.0/x", "10.0.0.256"})
    void what_is_no_address_is_refused(String list) {
        assertThatThrownBy(() -> Proxies.named(list)).isInstanceOf(IllegalArgumentException.class);
    }
}
