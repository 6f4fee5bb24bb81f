package press.masthead.plans;

import org.jdbi.v3.core.Jdbi;

/** What is on offer. */
public final class Plans {
    private final Jdbi jdbi;

    public Plans(Jdbi jdbi) {
        this.jdbi = jdbi;
    }

    /** The plan that the site offers; the migrations put one there. */
    public Plan offered() {
        return jdbi.withHandle(
                handle -> handle.createQuery("""
                        select pr.id as price_id, p.name, pr.amount, pr.currency, pr.interval, pr.trial_days
                        from price pr join plan p on p.id = pr.plan_id
                        where pr.active and p.active order by pr.id limit 1
                        """).mapTo(Plan.class).one());
    }
}
