package press.masthead.charts;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.DoubleStream;

/**
 * From the lowest to the highest line of an axis, in steps that people count in: 1, 2, 2.5 or 5 times a power of ten.
 *
 * @param step between two lines
 */
record Scale(double low, double high, double step) {
    /**
     * @param most how many steps there may be
     * @param whole only whole numbers stand on the lines
     * @param fromZero whether zero belongs to it: always where lengths are compared
     */
    static Scale over(DoubleStream values, int most, boolean whole, boolean fromZero) {
        double[] known = values.filter(Double::isFinite).toArray();
        double low = DoubleStream.of(known).min().orElse(0);
        double high = DoubleStream.of(known).max().orElse(0);
        if (fromZero) {
            low = Math.min(0, low);
            high = Math.max(0, high);
        }
        if (low == high) {
            if (!fromZero) low -= Math.max(1, Math.abs(low) / 10);
            high += whole || high != 0 ? Math.max(1, Math.abs(high) / 10) : 1;
        }
        double step = nice((high - low) / most, whole);
        return new Scale(Math.floor(low / step + 1e-9) * step, Math.ceil(high / step - 1e-9) * step, step);
    }

    private static double nice(double rough, boolean whole) {
        double power = Math.pow(10, Math.floor(Math.log10(rough)));
        double times = rough / power;
        double nice = (times <= 1 ? 1 : times <= 2 ? 2 : times <= 2.5 ? 2.5 : times <= 5 ? 5 : 10) * power;
        return whole ? Math.max(1, nice == 2.5 ? 5 : nice) : nice;
    }

    /** Each line's value, from the lowest. */
    List<Double> ticks() {
        var ticks = new ArrayList<Double>();
        long count = Math.round((high - low) / step);
        for (long i = 0; i <= count; i++) ticks.add(Math.abs(low + i * step) < step / 1e6 ? 0 : low + i * step);
        return ticks;
    }

    /** Where a value lies: 0 at the lowest line, 1 at the highest. */
    double at(double value) {
        return (value - low) / (high - low);
    }
}
