package press.masthead.teams;

import java.time.ZoneId;

/** Whoever reads together, and by whose clock. */
record Team(long id, String name, String zone) {
    ZoneId zoneId() {
        return ZoneId.of(zone);
    }
}
