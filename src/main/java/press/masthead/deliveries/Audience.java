package press.masthead.deliveries;

import java.util.HashMap;
import java.util.Map;

/**
 * Who is owed a letter, as a select with the columns {@code reader_id, address, name, variant, token, personal} ({@code personal} is
 * {@code jsonb} or null: further slots and their values). An address that comes up twice gets one letter.
 */
public record Audience(String select, Map<String, Object> bindings) {
    /** The same with further values that its select asks for. */
    public Audience with(Map<String, Object> more) {
        var all = new HashMap<>(bindings);
        all.putAll(more);
        return new Audience(select, all);
    }
}
