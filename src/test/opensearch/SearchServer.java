import java.nio.file.Path;
import java.util.List;
import org.opensearch.Version;
import org.opensearch.common.settings.Settings;
import org.opensearch.http.HttpServerTransport;
import org.opensearch.node.InternalSettingsPreparer;
import org.opensearch.node.Node;
import org.opensearch.painless.PainlessModulePlugin;
import org.opensearch.plugins.PluginInfo;
import org.opensearch.transport.Netty4ModulePlugin;

/** One node of OpenSearch on loopback. Says its port, and ends with whoever started it. */
final class SearchServer {
    private static final class Alone extends Node {
        Alone(Settings settings) {
            super(
                    InternalSettingsPreparer.prepareEnvironment(settings, java.util.Map.of(), null, () -> "tests"),
                    List.of(info(Netty4ModulePlugin.class), info(PainlessModulePlugin.class)),
                    true);
        }

        private static PluginInfo info(Class<?> plugin) {
            return new PluginInfo(
                    plugin.getName(),
                    "from the class path",
                    "NA",
                    Version.CURRENT,
                    "21",
                    plugin.getName(),
                    null,
                    List.of(),
                    false);
        }

        int port() {
            return injector().getInstance(HttpServerTransport.class).boundAddress().publishAddress().getPort();
        }
    }

    public static void main(String[] args) throws Exception {
        var node = new Alone(Settings.builder()
                .put("path.home", Path.of(args[0]).toAbsolutePath().toString())
                .put("cluster.name", "tests")
                .put("discovery.type", "single-node")
                .put("network.host", "127.0.0.1")
                .put("http.port", "0")
                .put("transport.port", "0")
                .put("http.type", "netty4")
                .put("transport.type", "netty4")
                .put("cluster.routing.allocation.disk.threshold_enabled", false)
                .put("node.processors", 2)
                .build());
        node.start();
        System.out.println("listening on " + node.port());
        while (System.in.read() >= 0) {}
        Runtime.getRuntime().halt(0);
    }
}
