package press.masthead.signin;

import com.yubico.webauthn.CredentialRepository;
import com.yubico.webauthn.RegisteredCredential;
import com.yubico.webauthn.data.AuthenticatorTransport;
import com.yubico.webauthn.data.ByteArray;
import com.yubico.webauthn.data.PublicKeyCredentialDescriptor;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import press.masthead.readers.EmailAddress;

/** Passkeys as the library asks for them. */
final class PasskeyRows implements CredentialRepository {
    private static final String KEYS = """
            select p.credential_id, p.public_key, p.sign_count, p.transports, h.handle
            from passkey p join passkey_holder h on h.reader_id = p.reader_id
            """;

    private final Jdbi jdbi;

    PasskeyRows(Jdbi jdbi) {
        this.jdbi = jdbi;
    }

    private record Row(byte[] credentialId, byte[] publicKey, long signCount, List<String> transports, byte[] handle) {
        RegisteredCredential registered() {
            return RegisteredCredential.builder()
                    .credentialId(new ByteArray(credentialId))
                    .userHandle(new ByteArray(handle))
                    .publicKeyCose(new ByteArray(publicKey))
                    .signatureCount(signCount)
                    .build();
        }

        PublicKeyCredentialDescriptor described() {
            return PublicKeyCredentialDescriptor.builder()
                    .id(new ByteArray(credentialId))
                    .transports(
                            transports.stream().map(AuthenticatorTransport::of).collect(Collectors.toSet()))
                    .build();
        }
    }

    /** Whose name it is: an address where a passkey is made, for that is what the device shows, else a number. */
    private static long reader(Handle handle, String name) {
        if (!name.contains("@")) return Long.parseLong(name);
        return handle.createQuery("select id from reader where email_key = :key")
                .bind("key", EmailAddress.kept(name).key())
                .mapTo(Long.class)
                .findOne()
                .orElse(0L);
    }

    @Override
    public Set<PublicKeyCredentialDescriptor> getCredentialIdsForUsername(String name) {
        return jdbi.withHandle(handle -> handle.createQuery(KEYS + "where p.reader_id = :reader")
                .bind("reader", reader(handle, name))
                .mapTo(Row.class)
                .map(Row::described)
                .collect(Collectors.toSet()));
    }

    @Override
    public Optional<ByteArray> getUserHandleForUsername(String name) {
        return jdbi.withHandle(
                handle -> handle.createQuery("select handle from passkey_holder where reader_id = :reader")
                        .bind("reader", reader(handle, name))
                        .mapTo(byte[].class)
                        .map(ByteArray::new)
                        .findOne());
    }

    @Override
    public Optional<String> getUsernameForUserHandle(ByteArray handle) {
        return jdbi.withHandle(db -> db.createQuery("select reader_id from passkey_holder where handle = :handle")
                .bind("handle", handle.getBytes())
                .mapTo(String.class)
                .findOne());
    }

    @Override
    public Optional<RegisteredCredential> lookup(ByteArray credential, ByteArray handle) {
        return jdbi.withHandle(db -> db.createQuery(KEYS + "where p.credential_id = :id and h.handle = :handle")
                .bind("id", credential.getBytes())
                .bind("handle", handle.getBytes())
                .mapTo(Row.class)
                .map(Row::registered)
                .findOne());
    }

    @Override
    public Set<RegisteredCredential> lookupAll(ByteArray credential) {
        return jdbi.withHandle(db -> db.createQuery(KEYS + "where p.credential_id = :id")
                .bind("id", credential.getBytes())
                .mapTo(Row.class)
                .map(Row::registered)
                .collect(Collectors.toSet()));
    }
}
