package press.masthead.bench;

import java.util.SplittableRandom;
import press.masthead.search.Meaning;
import press.masthead.search.Vectors;

/**
 * Directions that lie as a model's do, around some hundreds of subjects, made up from a number. What a question costs a real model is
 * paid where there is one.
 *
 * @param reads whose time is spent for each question
 */
record ArchiveMeaning(Meaning reads) implements Meaning {
    static final String NAME = "made-up";
    private static final int SUBJECTS = 500;
    /** Two passages of one subject are half alike. */
    private static final float NEAR = 0.72f;

    /** The direction of something about a subject. */
    static float[] about(int subject, SplittableRandom random) {
        float[] centre = any(new SplittableRandom(subject % SUBJECTS));
        float[] own = any(random);
        float rest = (float) Math.sqrt(1 - NEAR * NEAR);
        for (int i = 0; i < own.length; i++) own[i] = NEAR * centre[i] + rest * own[i];
        return toLengthOne(own);
    }

    private static float[] any(SplittableRandom random) {
        var direction = new float[Vectors.DIMENSIONS];
        for (int i = 0; i < direction.length; i++) direction[i] = (float) random.nextGaussian();
        return toLengthOne(direction);
    }

    private static float[] toLengthOne(float[] direction) {
        double sum = 0;
        for (float part : direction) sum += part * part;
        float length = (float) Math.sqrt(sum);
        for (int i = 0; i < direction.length; i++) direction[i] /= length;
        return direction;
    }

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public boolean understands(String languageTag) {
        return true;
    }

    @Override
    public float[] of(String text) {
        if (reads.of(text).length != Vectors.DIMENSIONS) throw new IllegalStateException("a model of another kind");
        int number = text.hashCode() & Integer.MAX_VALUE;
        return about(number, new SplittableRandom(number));
    }
}
