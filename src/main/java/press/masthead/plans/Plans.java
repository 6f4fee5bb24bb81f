package press.masthead.plans;

import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;

/** What is on offer. */
public final class Plans {
    private final Jdbi jdbi;

    public Plans(Jdbi jdbi) {
        this.jdbi = jdbi;
    }

    /** The price that the site names first; the migrations put one there. */
    public Price offered() {
        return jdbi.withHandle(
                handle -> handle.createQuery("select * from priced where on_offer order by position, price_id limit 1")
                        .mapTo(Price.class)
                        .one());
    }

    /** Everything that can be bought, plan by plan. */
    public List<Price> onOffer() {
        return jdbi.withHandle(
                handle -> handle.createQuery("select * from priced where on_offer order by position, plan_id, price_id")
                        .mapTo(Price.class)
                        .list());
    }

    /** One that can be bought: what a form names is looked up here, and never believed. */
    public Optional<Price> onOffer(long price) {
        return onOffer().stream().filter(one -> one.id() == price).findFirst();
    }

    /** Any that there ever was, if there was one of this number. */
    public Optional<Price> find(Handle handle, long price) {
        return handle.createQuery("select * from priced where price_id = :price")
                .bind("price", price)
                .mapTo(Price.class)
                .findOne();
    }

    /** Any that there ever was. */
    public Price price(long price) {
        return jdbi.withHandle(handle -> price(handle, price));
    }

    /** As {@link #price(long)}, within the caller's transaction. */
    public Price price(Handle handle, long price) {
        return handle.createQuery("select * from priced where price_id = :price")
                .bind("price", price)
                .mapTo(Price.class)
                .one();
    }

    /** A plan's slug, as rules have it, and its name. */
    public record Named(String slug, String name) {}

    /** Every plan that there is or was. */
    public List<Named> named() {
        return jdbi.withHandle(handle -> handle.createQuery("select slug, name from plan order by active desc, name")
                .mapTo(Named.class)
                .list());
    }
}
