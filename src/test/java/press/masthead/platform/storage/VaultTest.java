package press.masthead.platform.storage;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class VaultTest {
    private static final byte[] SECRET = "a client's secret".getBytes(StandardCharsets.UTF_8);

    @TempDir
    Path folder;

    @Test
    void what_was_sealed_is_had_back_after_a_start_and_only_for_its_purpose() throws Exception {
        byte[] sealed = Vault.open(folder, Optional.empty()).seal("totp:1", SECRET);
        Vault later = Vault.open(folder, Optional.empty());
        assertThat(later.open("totp:1", sealed)).hasValue(SECRET);
        assertThat(later.open("totp:2", sealed)).isEmpty();
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(folder.resolve("secret.key"))))
                .isEqualTo("rw-------");
        assertThat(later.seal("totp:1", SECRET)).as("never the same twice").isNotEqualTo(sealed);
    }

    @Test
    void nodes_with_the_same_setting_read_each_others_and_one_with_another_nothing() {
        Vault one = Vault.open(folder, Optional.of("a secret that all of the nodes have"));
        byte[] sealed = one.seal("x", SECRET);
        assertThat(folder.resolve("secret.key")).doesNotExist();
        assertThat(Vault.open(folder, Optional.of("a secret that all of the nodes have"))
                        .open("x", sealed))
                .hasValue(SECRET);
        assertThat(Vault.open(folder, Optional.of("a secret that nobody else has at all"))
                        .open("x", sealed))
                .isEmpty();
    }

    @Test
    void damage_is_noticed() {
        Vault vault = Vault.open(folder, Optional.empty());
        byte[] sealed = vault.seal("x", SECRET);
        for (int i = 0; i < sealed.length; i++) {
            byte[] damaged = sealed.clone();
            damaged[i] ^= 1;
            assertThat(vault.open("x", damaged)).isEmpty();
        }
        assertThat(vault.open("x", new byte[0])).isEmpty();
    }
}
