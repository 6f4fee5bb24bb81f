package press.masthead.billing;

import java.util.List;
import java.util.Optional;
import press.masthead.plans.Membership;
import press.masthead.plans.Payment;

/**
 * The ways to pay that this newsroom takes.
 *
 * @param all the first is the one that is taken where nobody chose
 */
public record Providers(List<PaymentProvider> all) {
    public Providers {
        all = List.copyOf(all);
    }

    /** One that a form named; none where it is not taken here. */
    public Optional<PaymentProvider> by(Payment payment) {
        return all.stream().filter(one -> one.payment() == payment).findFirst();
    }

    /** Who minds a membership; nobody where it is not paid for by its reader. */
    public Optional<PaymentProvider> of(Membership membership) {
        return by(membership.payment());
    }
}
