package press.masthead.charts;

import java.util.List;

/** What a chart shows; {@link Svg} draws it and {@link ChartTable} says the same in figures. */
public sealed interface Chart {
    About about();

    /** One bar for each label and series, beside each other. */
    record Bars(About about, List<String> labels, List<Series> series) implements Labelled {
        public Bars {
            labels = List.copyOf(labels);
            series = fitting(labels, series);
        }
    }

    /** One bar for each label, the series on top of each other; values below zero go down from the line. */
    record Stacked(About about, List<String> labels, List<Series> series) implements Labelled {
        public Stacked {
            labels = List.copyOf(labels);
            series = fitting(labels, series);
        }
    }

    /** One line for each series; it breaks where a value is missing. */
    record Lines(About about, List<String> labels, List<Series> series) implements Labelled {
        public Lines {
            labels = List.copyOf(labels);
            series = fitting(labels, series);
        }
    }

    /** As {@link Lines}, filled down to zero. */
    record Areas(About about, List<String> labels, List<Series> series) implements Labelled {
        public Areas {
            labels = List.copyOf(labels);
            series = fitting(labels, series);
        }
    }

    /**
     * Dots by two measures.
     *
     * @param acrossName what is measured across
     * @param across in which unit
     * @param upName what is measured up
     */
    record Scatter(About about, String acrossName, Unit across, String upName, List<Dots> groups) implements Chart {
        public Scatter {
            groups = List.copyOf(groups);
        }
    }

    /** Small charts beside each other, all on one scale. */
    record Multiples(About about, List<Labelled> parts) implements Chart {
        public Multiples {
            parts = List.copyOf(parts);
        }
    }

    /** Those with one place along the axis for each label. */
    sealed interface Labelled extends Chart permits Bars, Stacked, Lines, Areas {
        List<String> labels();

        List<Series> series();
    }

    /**
     * Values in the order of the labels.
     *
     * @param values {@link Double#NaN} where there is none
     */
    record Series(String name, List<Double> values) {
        public Series {
            values = List.copyOf(values);
        }
    }

    record Dots(String name, List<Dot> dots) {
        public Dots {
            dots = List.copyOf(dots);
        }
    }

    record Dot(String name, double across, double up) {}

    /** @throws IllegalArgumentException where a series has more or fewer values than there are labels */
    private static List<Series> fitting(List<String> labels, List<Series> series) {
        for (Series one : series)
            if (one.values().size() != labels.size())
                throw new IllegalArgumentException("\"" + one.name() + "\" has "
                        + one.values().size() + " values for " + labels.size() + " labels");
        return List.copyOf(series);
    }
}
