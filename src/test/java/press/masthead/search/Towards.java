package press.masthead.search;

import java.util.Random;

/** Directions made up for tests: those of two subjects have next to nothing to do with each other. */
final class Towards {
    private Towards() {}

    /** The direction of a subject. */
    static float[] subject(long subject) {
        return straight(new Random(subject));
    }

    /** One that is so near to a subject (cosine, from 0 to 1), and as near to nothing else. */
    static byte[] subject(long subject, double likeness, Random dice) {
        float[] there = subject(subject);
        float[] elsewhere = straight(dice);
        var mixed = new float[there.length];
        for (int i = 0; i < mixed.length; i++)
            mixed[i] = (float) (likeness * there[i] + Math.sqrt(1 - likeness * likeness) * elsewhere[i]);
        return Vectors.bytes(ofLengthOne(mixed));
    }

    private static float[] straight(Random dice) {
        var direction = new float[Vectors.DIMENSIONS];
        for (int i = 0; i < direction.length; i++) direction[i] = (float) dice.nextGaussian();
        return ofLengthOne(direction);
    }

    private static float[] ofLengthOne(float[] direction) {
        double squares = 0;
        for (float part : direction) squares += part * part;
        for (int i = 0; i < direction.length; i++) direction[i] /= (float) Math.sqrt(squares);
        return direction;
    }
}
