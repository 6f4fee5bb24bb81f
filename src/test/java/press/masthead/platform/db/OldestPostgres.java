package press.masthead.platform.db;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.MalformedURLException;
import java.net.URI;
import java.nio.file.Path;

/** A PostgreSQL of the oldest major version that Masthead promises to run on, as an operator may have it. */
public final class OldestPostgres implements AutoCloseable {
    private final EmbeddedPostgres server;

    private OldestPostgres(EmbeddedPostgres server) {
        this.server = server;
    }

    public static OldestPostgres started(Path folder) throws MalformedURLException {
        var jar = Path.of("target", "postgres-oldest.jar").toUri();
        var arch = System.getProperty("os.arch").equals("aarch64") ? "arm_64" : "x86_64";
        var archive = URI.create("jar:" + jar + "!/postgres-linux-" + arch + ".txz");
        var binaries = PostgresBinaries.from(archive.toURL());
        assertThat(binaries.major()).isEqualTo(Database.OLDEST_MAJOR);
        return new OldestPostgres(EmbeddedPostgres.startLosable(folder, binaries));
    }

    public DatabaseUrl url() {
        return server.url();
    }

    @Override
    public void close() {
        server.close();
    }
}
