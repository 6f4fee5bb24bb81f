package press.masthead.search;

/** Directions kept in a byte for each dimension: a quarter of the room, and of no consequence for the order of what is found. */
public final class Vectors {
    public static final int DIMENSIONS = 384;

    /** The largest part of a direction of 384 dimensions that is told apart; larger ones are rare and cut. */
    private static final float LARGEST = 0.25f;

    private static final float STEP = LARGEST / 127;

    private Vectors() {}

    /** Of a direction of length one. */
    public static byte[] bytes(float[] direction) {
        var bytes = new byte[direction.length];
        for (int i = 0; i < direction.length; i++)
            bytes[i] = (byte) Math.clamp(Math.round(direction[i] / STEP), -127, 127);
        return bytes;
    }

    /** How near two directions are: the cosine, from -1 to 1. */
    static float likeness(byte[] one, byte[] other) {
        return likeness(org.apache.lucene.util.VectorUtil.dotProduct(one, other));
    }

    /** Of two directions whose bytes have this inner product. */
    static float likeness(int dotProduct) {
        return Math.clamp(dotProduct * STEP * STEP, -1, 1);
    }

    /** A passage of one text after another, all in one row. */
    static byte[] joined(java.util.List<byte[]> vectors) {
        var joined = new byte[vectors.size() * DIMENSIONS];
        for (int i = 0; i < vectors.size(); i++)
            System.arraycopy(vectors.get(i), 0, joined, i * DIMENSIONS, DIMENSIONS);
        return joined;
    }

    static java.util.List<byte[]> apart(byte[] joined) {
        var vectors = new java.util.ArrayList<byte[]>();
        for (int from = 0; from + DIMENSIONS <= joined.length; from += DIMENSIONS)
            vectors.add(java.util.Arrays.copyOfRange(joined, from, from + DIMENSIONS));
        return vectors;
    }
}
