package press.masthead.plans;

import java.util.List;
import org.jdbi.v3.core.mapper.reflect.ColumnName;

/**
 * What someone gets.
 *
 * @param slug as rules of access name it
 * @param grants what it gives, one line for each
 * @param position a step up is to a plan with a higher one
 */
public record Plan(
        @ColumnName("plan_id") long id,
        String slug,
        @ColumnName("plan_name") String name,
        String description,
        String grants,
        int position) {
    /** What it gives, line by line. */
    public List<String> gives() {
        return grants.lines().map(String::strip).filter(line -> !line.isEmpty()).toList();
    }
}
