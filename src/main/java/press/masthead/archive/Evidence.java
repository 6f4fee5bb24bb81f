package press.masthead.archive;

/**
 * What speaks for a sentence as an answer; each from 0 to 1.
 *
 * @param near how near it is to the question in meaning; -1 where no model can tell
 * @param said the share of the question's weight in it
 * @param around the same in the passage, with the headline
 * @param heaviest how many of the three heaviest words stand in the passage and headline
 * @param found the score by which its text was found, against the best
 * @param passage how near the passage is in meaning; -1 where no model can tell
 * @param fits whether it holds the kind of thing that was asked for
 */
record Evidence(double near, double said, double around, double heaviest, double found, double passage, double fits) {
    /** How good an answer it is among others; comparable within one question. */
    double score() {
        double meaning = near < 0 ? said : near;
        return 0.9 * meaning + 0.8 * said + 0.7 * around + 0.6 * found + 0.25 * fits;
    }

    /** How likely the question is answered by it, from 0 to 1. */
    double likelihood() {
        double sum = near < 0
                ? -4.2 + 3.0 * around + 2.2 * heaviest + 2.0 * said + 0.6 * fits
                : -6.0 + 3.4 * near + 1.6 * passage + 2.6 * around + 1.5 * heaviest + 1.4 * said + 0.6 * fits;
        return 1 / (1 + Math.exp(-sum));
    }
}
