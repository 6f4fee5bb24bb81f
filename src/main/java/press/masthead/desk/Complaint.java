package press.masthead.desk;

/**
 * What is wrong with a form.
 *
 * @param field the name of the field; empty when it is the whole
 * @param sentence empty when nothing is wrong
 */
public record Complaint(String field, String sentence) {
    public static final Complaint NONE = new Complaint("", "");

    /** Whether something is wrong with this field; asked about "" whether something is wrong with the whole. */
    public boolean about(String name) {
        return !sentence.isEmpty() && field.equals(name);
    }

    public boolean isNone() {
        return sentence.isEmpty();
    }
}
