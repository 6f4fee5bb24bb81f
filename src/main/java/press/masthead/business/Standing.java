package press.masthead.business;

import java.time.YearMonth;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import press.masthead.plans.Money;

/**
 * How the business stood at the end of each month, in one currency; worked out from sums alone. What the words mean is written in
 * {@code CONTEXT.md}.
 *
 * @param leftOut currencies that nobody has given a rate for: their money is in none of the figures
 */
record Standing(String currency, List<Month> months, Set<String> leftOut) {
    /** How many months are shown. */
    static final int SHOWN = 13;

    /**
     * One month.
     *
     * @param revenue what members pay in a month, at its end; in units of the currency, not in minor ones
     * @param teams what contracts of teams bring in a month, at its end
     * @param before the same at its beginning
     * @param gained by movement: how much revenue came, or went (negative)
     * @param counts by movement: how many members it was
     */
    record Month(
            YearMonth month,
            double revenue,
            double teams,
            double before,
            long paying,
            long payingBefore,
            long trials,
            long given,
            Map<String, Double> gained,
            Map<String, Long> counts) {
        double gain(String what) {
            return gained.getOrDefault(what, 0.0);
        }

        long count(String what) {
            return counts.getOrDefault(what, 0L);
        }

        /** Members and teams together. */
        double total() {
            return revenue + teams;
        }

        /** Paying members more than at its beginning. */
        long netNew() {
            return paying - payingBefore;
        }

        /** Of the trials that ended in it, how many became paying; NaN where none ended. */
        double conversion() {
            return share((double) count("trial_converted"), (double) (count("trial_converted") + count("trial_lost")));
        }

        /** Of the revenue at its beginning, how much was lost: who left, who paused, and who pays less. */
        double churnGross() {
            return share(-gain("left") - gain("contracted") - gain("paused"), before);
        }

        /** As {@link #churnGross}, less what those who stayed pay more. Negative: they more than made up for it. */
        double churnNet() {
            return share(
                    -gain("left") - gain("contracted") - gain("paused") - gain("expanded") - gain("went_on"), before);
        }

        /** Of the members at its beginning, how many left. */
        double churnMembers() {
            return share((double) count("left"), (double) payingBefore);
        }

        private static double share(double part, double whole) {
            return whole <= 0 ? Double.NaN : part / whole + 0.0;
        }
    }

    static Standing of(List<Sums.Sum> sums, List<Sums.Teams> teams, Sums.Rates rates, YearMonth now) {
        var leftOut = new TreeSet<String>();
        var stood = new TreeMap<String, Long>();
        var months = new ArrayList<Month>();
        YearMonth first = Stream.concat(
                        sums.stream().map(Sums.Sum::month), teams.stream().map(Sums.Teams::month))
                .min(YearMonth::compareTo)
                .orElse(now);
        if (first.isAfter(now.minusMonths(1))) first = now.minusMonths(1);
        var byMonth = new LinkedHashMap<YearMonth, List<Sums.Sum>>();
        for (Sums.Sum sum : sums)
            byMonth.computeIfAbsent(sum.month(), m -> new ArrayList<>()).add(sum);
        long paying = 0;
        long trials = 0;
        long given = 0;
        for (YearMonth month = first; !month.isAfter(now); month = month.plusMonths(1)) {
            long payingBefore = paying;
            double before = worth(stood, rates, month, leftOut);
            var gained = new TreeMap<String, Double>();
            var counts = new TreeMap<String, Long>();
            for (Sums.Sum sum : byMonth.getOrDefault(month, List.of())) {
                switch (sum.stock()) {
                    case "paying" -> paying += sum.members();
                    case "trial" -> trials += sum.members();
                    default -> given += sum.members();
                }
                stood.merge(sum.currency(), sum.yearly(), Long::sum);
                counts.merge(sum.what(), sum.moves(), Long::sum);
                gained.merge(
                        sum.what(), worth(Map.of(sum.currency(), sum.yearly()), rates, month, leftOut), Double::sum);
            }
            months.add(new Month(
                    month,
                    worth(stood, rates, month, leftOut),
                    worth(yearly(teams, month), rates, month, leftOut),
                    before,
                    paying,
                    payingBefore,
                    trials,
                    given,
                    gained,
                    counts));
        }
        return new Standing(rates.into(), months.subList(Math.max(0, months.size() - SHOWN), months.size()), leftOut);
    }

    private static Map<String, Long> yearly(List<Sums.Teams> teams, YearMonth month) {
        return teams.stream()
                .filter(one -> one.month().equals(month))
                .collect(Collectors.toMap(Sums.Teams::currency, Sums.Teams::yearly));
    }

    /** A month's worth of yearly amounts, by the rates of the month's end. */
    private static double worth(Map<String, Long> yearly, Sums.Rates rates, YearMonth month, Set<String> leftOut) {
        double worth = 0;
        for (var one : yearly.entrySet()) {
            if (one.getValue() == 0) continue;
            var rate = rates.of(one.getKey(), month.atEndOfMonth());
            if (rate.isEmpty()) leftOut.add(one.getKey());
            else worth += rate.get() * one.getValue() / 12 / Math.pow(10, Money.digits(one.getKey()));
        }
        return worth;
    }

    Month now() {
        return months.getLast();
    }

    Month last() {
        return months.get(months.size() - 2);
    }
}
