import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
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
        Alone(Settings settings, List<String> plugins) {
            super(
                    InternalSettingsPreparer.prepareEnvironment(settings, java.util.Map.of(), null, () -> "tests"),
                    Stream.concat(
                                    Stream.of(Netty4ModulePlugin.class.getName(), PainlessModulePlugin.class.getName()),
                                    plugins.stream())
                            .map(Alone::info)
                            .toList(),
                    true);
        }

        private static PluginInfo info(String plugin) {
            return new PluginInfo(
                    plugin,
                    "from the class path",
                    "NA",
                    Version.CURRENT,
                    "21",
                    plugin,
                    null,
                    List.of(),
                    false);
        }

        int port() {
            return injector().getInstance(HttpServerTransport.class).boundAddress().publishAddress().getPort();
        }
    }

    /** @param args a folder, and the classes of further plug-ins */
    public static void main(String[] args) throws Exception {
        var settings = Settings.builder()
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
                .build();
        var node = new Alone(settings, List.of(args).subList(1, args.length));
        node.start();
        System.out.println("listening on " + node.port());
        while (System.in.read() >= 0) {}
        Runtime.getRuntime().halt(0);
    }
}
