package press.masthead.billing;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import press.masthead.books.Invoice;
import press.masthead.books.InvoiceDraft;
import press.masthead.books.InvoiceLine;
import press.masthead.books.Invoices;
import press.masthead.books.TaxOnTop;
import press.masthead.plans.Interval;
import press.masthead.plans.Membership;
import press.masthead.plans.Plans;
import press.masthead.plans.Price;
import press.masthead.platform.web.Problem;
import press.masthead.platform.web.Secret;
import press.masthead.readers.Consents;
import press.masthead.readers.EmailAddress;

/** Buys a membership for someone else, and delivers it on the morning that was chosen, once it is paid for. */
public final class BuyGiftMembership implements Runnable {
    public static final List<Integer> LENGTHS = List.of(1, 3, 6, 12);

    private static final LocalTime MORNING = LocalTime.of(8, 0);
    private static final Duration A_YEAR = Duration.ofDays(365);
    private static final int LONGEST_WORDS = 1_000;

    private final Jdbi jdbi;
    private final Clock clock;
    private final Plans plans;
    private final GiftMemberships giftMemberships;
    private final Invoices invoices;
    private final GiftMembershipLetters letters;
    private final Consents consents;
    private final TaxOnTop taxOnTop;

    public BuyGiftMembership(
            Jdbi jdbi,
            Clock clock,
            Plans plans,
            GiftMemberships giftMemberships,
            Invoices invoices,
            GiftMembershipLetters letters,
            Consents consents,
            TaxOnTop taxOnTop) {
        this.jdbi = jdbi;
        this.clock = clock;
        this.plans = plans;
        this.giftMemberships = giftMemberships;
        this.invoices = invoices;
        this.letters = letters;
        this.consents = consents;
        this.taxOnTop = taxOnTop;
    }

    /**
     * What someone typed; nothing of it is believed.
     *
     * @param network where they typed it, as {@code Network.of} gives it
     */
    public record Typed(
            String giverEmail,
            String giverName,
            String toEmail,
            String toName,
            String words,
            long price,
            int months,
            String on,
            Optional<Long> giver,
            String network) {}

    /** What so many months cost at a price: whole years at the yearly price where there is one, minor units. */
    public static long cost(List<Price> all, Price price, int months) {
        Optional<Price> year = every(all, price, Interval.YEAR);
        Optional<Price> month = every(all, price, Interval.MONTH);
        if (month.isEmpty()) return Math.ceilDiv(year.orElseThrow().amount() * months, 12L);
        long monthly = Math.multiplyExact(month.get().amount(), (long) months);
        return year.isPresent() && months % 12 == 0 ? year.get().amount() * (months / 12) : monthly;
    }

    private static Optional<Price> every(List<Price> all, Price price, Interval interval) {
        return all.stream()
                .filter(one -> one.plan().id() == price.plan().id()
                        && one.currency().equals(price.currency())
                        && one.interval() == interval)
                .findFirst();
    }

    /**
     * Buys it by invoice. Nothing is delivered before it is paid.
     *
     * @throws Problem with one sentence when it can't be
     */
    public Invoice run(Typed typed) {
        GiftMemberships.Wanted wanted = read(typed);
        return jdbi.inTransaction(handle -> {
            GiftMembership gift = add(handle, wanted, typed);
            Instant now = clock.instant();
            Invoice invoice = invoices.write(
                    handle,
                    new InvoiceDraft(
                            Optional.empty(),
                            Optional.empty(),
                            Optional.empty(),
                            gift.price().plan().name() + ", a gift",
                            "",
                            gift.giverEmail(),
                            gift.giverName(),
                            Invoice.Billed.NOBODY,
                            gift.price().currency(),
                            List.of(new InvoiceLine(gift.what(), gift.giftAmount())),
                            now,
                            now.atZone(letters.zone()).plusMonths(gift.months()).toInstant(),
                            Invoices.TERMS));
            giftMemberships.invoiced(handle, gift.id(), invoice.number());
            letters.bought(handle, gift, invoice);
            return invoice;
        });
    }

    /**
     * Has it paid for by card. Nothing is delivered before it is.
     *
     * @return the page to pay on
     * @throws Problem as {@link #run(Typed)}
     */
    public String byCard(Typed typed, CardGifts cards) {
        GiftMemberships.Wanted wanted = read(typed);
        GiftMembership gift = jdbi.inTransaction(handle -> add(handle, wanted, typed));
        return cards.open(gift);
    }

    private GiftMembership add(Handle handle, GiftMemberships.Wanted wanted, Typed typed) {
        GiftMembership gift = giftMemberships.add(handle, wanted);
        var terms = gift.terms(taxOnTop.ofGifts());
        consents.agreeToGive(handle, gift.id(), typed.giver(), terms, "/pro/gift/", typed.network());
        return gift;
    }

    private GiftMemberships.Wanted read(Typed typed) {
        EmailAddress giver = EmailAddress.parse(typed.giverEmail())
                .orElseThrow(
                        () -> Problem.invalid("Your address does not look like an e-mail address. Please check it."));
        EmailAddress to = EmailAddress.parse(typed.toEmail())
                .orElseThrow(
                        () -> Problem.invalid("Their address does not look like an e-mail address. Please check it."));
        Price price = plans.onOffer(typed.price())
                .orElseThrow(() -> Problem.invalid("This is not on offer any more. Please choose again."));
        if (!LENGTHS.contains(typed.months())) throw Problem.invalid("Please choose how many months.");
        if (typed.words().length() > LONGEST_WORDS) throw Problem.invalid("Your message is longer than 1,000 letters.");
        if (typed.giverName().length() > 120 || typed.toName().length() > 120)
            throw Problem.invalid("Please use names of at most 120 letters.");
        LocalDate today = LocalDate.ofInstant(clock.instant(), letters.zone());
        LocalDate day = day(typed.on());
        if (day.isBefore(today) || day.isAfter(today.plusYears(1)))
            throw Problem.invalid("Please choose a day from today to a year from now.");
        return new GiftMemberships.Wanted(
                typed.giver(),
                giver.typed(),
                typed.giverName().strip(),
                to.typed(),
                typed.toName().strip(),
                typed.words().strip(),
                price,
                typed.months(),
                cost(plans.onOffer(), price, typed.months()),
                day);
    }

    private static LocalDate day(String typed) {
        try {
            return LocalDate.parse(typed);
        } catch (java.time.DateTimeException e) {
            throw Problem.invalid("Please choose the day on which it is delivered.");
        }
    }

    /** Delivers what is due, and tells givers of gifts that nobody took for a year; for the timetable. */
    @Override
    public void run() {
        while (jdbi.inTransaction(this::deliverNext)) {}
        while (jdbi.inTransaction(this::tellNext)) {}
        giftMemberships.voidUnpaid(clock.instant().minus(Membership.PATIENCE));
    }

    private boolean deliverNext(Handle handle) {
        var now = clock.instant().atZone(letters.zone());
        LocalDate today =
                now.toLocalTime().isBefore(MORNING) ? now.toLocalDate().minusDays(1) : now.toLocalDate();
        Optional<GiftMembership> due = giftMemberships.due(handle, today);
        due.ifPresent(gift -> {
            Secret secret = Secret.fresh();
            giftMemberships.delivered(handle, gift.id(), secret);
            letters.delivered(handle, gift, secret);
        });
        return due.isPresent();
    }

    private boolean tellNext(Handle handle) {
        Optional<GiftMembership> forgotten =
                giftMemberships.forgotten(handle, clock.instant().minus(A_YEAR));
        forgotten.ifPresent(gift -> {
            giftMemberships.told(handle, gift.id());
            letters.forgotten(handle, gift);
        });
        return forgotten.isPresent();
    }
}
