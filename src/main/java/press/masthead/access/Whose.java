package press.masthead.access;

import io.javalin.http.Context;
import java.util.Optional;
import press.masthead.platform.web.Secret;

/** By whom free stories are counted. */
public sealed interface Whose {
    record OfReader(long id) implements Whose {}

    record OfDevice(Secret device) implements Whose {}

    /** The reader who asks, else their device; none for a device that has never opened anything here. */
    static Optional<Whose> of(Context ctx) {
        return Visit.of(ctx)
                .reader()
                .<Whose>map(reader -> new OfReader(reader.id()))
                .or(() -> Devices.of(ctx).map(OfDevice::new));
    }
}
