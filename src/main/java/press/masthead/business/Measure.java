package press.masthead.business;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.ToDoubleFunction;
import press.masthead.charts.Unit;

/** A figure of the business: what it is called, what it means, and which movements stand behind it. */
enum Measure {
    REVENUE(
            "Monthly revenue",
            "MRR: what members and teams pay for one month, after discounts and without tax. A yearly price counts "
                    + "with a twelfth. Trials and given memberships count with nothing.",
            Kind.MONEY,
            true,
            Standing.Month::total,
            List.of("began", "returned", "went_on", "expanded", "contracted", "paused", "left")),
    YEARLY(
            "Yearly revenue",
            "ARR: monthly revenue times twelve. It says what a year would bring if nothing changed.",
            Kind.MONEY,
            true,
            month -> month.total() * 12,
            List.of("began", "returned", "went_on", "expanded", "contracted", "paused", "left")),
    TEAMS(
            "From teams",
            "The part of the monthly revenue that comes from contracts with teams: their seats by the price of a seat.",
            Kind.MONEY,
            true,
            Standing.Month::teams,
            List.of()),
    PAYING(
            "Paying members",
            "Memberships that are paid for and not paused, from the end of the trial on. One with an invoice still open "
                    + "counts until it ends.",
            Kind.COUNT,
            true,
            Standing.Month::paying,
            List.of("began", "returned", "went_on", "paused", "left")),
    TRIALS(
            "On trial",
            "Members in their free days.",
            Kind.COUNT,
            true,
            Standing.Month::trials,
            List.of("trial_began", "trial_converted", "trial_lost")),
    GIVEN(
            "Given",
            "Members who pay nothing: gifts, and memberships that the newsroom gave.",
            Kind.COUNT,
            true,
            Standing.Month::given,
            List.of("given", "given_ended")),
    NET_NEW(
            "Net new members",
            "Paying members gained in the month, less those lost.",
            Kind.COUNT,
            true,
            Standing.Month::netNew,
            List.of("began", "returned", "went_on", "paused", "left")),
    CONVERSION(
            "Trial conversion",
            "Of the trials that ended in the month, the share that went on as paying members.",
            Kind.SHARE,
            true,
            Standing.Month::conversion,
            List.of("trial_converted", "trial_lost")),
    CHURN_GROSS(
            "Churn, gross",
            "Of the monthly revenue at the beginning of the month, the share that was lost in it: members who left or "
                    + "paused, and those who pay less now.",
            Kind.SHARE,
            false,
            Standing.Month::churnGross,
            List.of("left", "paused", "contracted")),
    CHURN_NET(
            "Churn, net",
            "Gross churn, less what members who stayed pay more. Below zero, they more than made up for it.",
            Kind.SHARE,
            false,
            Standing.Month::churnNet,
            List.of("left", "paused", "contracted", "expanded", "went_on")),
    CHURN_MEMBERS(
            "Members lost",
            "Of the paying members at the beginning of the month, the share that left in it.",
            Kind.SHARE,
            false,
            Standing.Month::churnMembers,
            List.of("left"));

    enum Kind {
        MONEY,
        COUNT,
        SHARE
    }

    final String title;
    final String meaning;
    final Kind kind;
    /** Whether more is better. */
    final boolean up;

    private final ToDoubleFunction<Standing.Month> value;
    final List<String> moves;

    Measure(
            String title,
            String meaning,
            Kind kind,
            boolean up,
            ToDoubleFunction<Standing.Month> value,
            List<String> moves) {
        this.title = title;
        this.meaning = meaning;
        this.kind = kind;
        this.up = up;
        this.value = value;
        this.moves = moves;
    }

    double of(Standing.Month month) {
        return value.applyAsDouble(month);
    }

    String slug() {
        return name().toLowerCase(java.util.Locale.ROOT).replace('_', '-');
    }

    static Optional<Measure> named(String slug) {
        return Arrays.stream(values()).filter(one -> one.slug().equals(slug)).findFirst();
    }

    Unit unit(String currency) {
        return switch (kind) {
            case MONEY -> new Unit.Money(currency);
            case COUNT -> new Unit.Count();
            case SHARE -> new Unit.Share();
        };
    }
}
