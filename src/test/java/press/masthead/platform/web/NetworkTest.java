package press.masthead.platform.web;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

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
}
