package press.masthead.reports;

import com.ibm.icu.text.ArabicShaping;
import com.ibm.icu.text.ArabicShapingException;
import com.ibm.icu.text.Bidi;

/** A line in the order in which its letters stand on paper (UAX 9), Arabic letters in the forms that they take beside each other. */
final class Visual {
    private static final ArabicShaping SHAPES =
            new ArabicShaping(ArabicShaping.LETTERS_SHAPE | ArabicShaping.LENGTH_GROW_SHRINK);

    private Visual() {}

    static String order(String line) {
        try {
            var bidi = new Bidi(SHAPES.shape(line), Bidi.LEVEL_DEFAULT_LTR);
            return bidi.writeReordered(Bidi.DO_MIRRORING);
        } catch (ArabicShapingException e) {
            throw new IllegalStateException(e);
        }
    }
}
