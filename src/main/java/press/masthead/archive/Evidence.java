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
        return near < 0
                ? 1.7 * said + 0.7 * around + 0.6 * found + 0.5 * fits
                : 0.9 * near + 0.8 * said + 0.7 * around + 0.6 * found + 0.25 * fits;
    }

    /**
     * How likely the question is answered by it, from 0 to 1: a logistic regression over questions of which half had lost their
     * passage.
     *
     * @param ahead by how much its score is above what else was found; where nothing stands out, nothing answers
     */
    double likelihood(double ahead) {
        double sum = near < 0
                ? -5.6 + 1.8 * said + 0.4 * around + 2.4 * heaviest + 3.9 * ahead + 1.1 * fits
                : -6.1 + 4.6 * near + 0.6 * said + 2.3 * around + 0.4 * heaviest + 2.2 * ahead + 0.7 * fits;
        return 1 / (1 + Math.exp(-sum));
    }
}
