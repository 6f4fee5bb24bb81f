package press.masthead.search;

import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The model that this node reads with: loaded when first needed, beside the work, and done without where it can't be run. */
public final class Model {
    private static final Logger LOG = LoggerFactory.getLogger(Model.class);

    private final String name;
    private final Supplier<Meaning> load;
    private @Nullable CompletableFuture<Optional<Meaning>> loading;

    private Model(String name, Supplier<Meaning> load) {
        this.name = name;
        this.load = load;
    }

    /** The one in the box. */
    public static Model inTheBox() {
        return new Model(MiniLm.NAME, MiniLm::load);
    }

    /** None: words alone. */
    public static Model none() {
        return new Model("none", () -> {
            throw new IllegalStateException("there is no model");
        });
    }

    /** Another; loaded when first needed. */
    public static Model of(String name, Supplier<Meaning> load) {
        return new Model(name, load);
    }

    String name() {
        return name;
    }

    boolean isNone() {
        return name.equals("none");
    }

    /** The model where it is there already; asks for it otherwise, and does not wait. */
    Optional<Meaning> now() {
        return isNone() ? Optional.empty() : loading().getNow(Optional.empty());
    }

    /** The model, waited for; none where it can't be run. */
    Optional<Meaning> waitedFor() {
        return isNone() ? Optional.empty() : loading().join();
    }

    private synchronized CompletableFuture<Optional<Meaning>> loading() {
        if (loading == null)
            loading = CompletableFuture.supplyAsync(
                    this::loaded,
                    work -> Thread.ofPlatform().name("model").daemon().start(work));
        return loading;
    }

    private Optional<Meaning> loaded() {
        try {
            return Optional.of(load.get());
        } catch (RuntimeException e) {
            LOG.warn("{} Search goes on by words alone.", e.getMessage());
            return Optional.empty();
        }
    }
}
