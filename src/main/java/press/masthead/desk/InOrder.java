package press.masthead.desk;

import io.javalin.http.Context;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A list that is put into order by two buttons in each row, {@code up} and {@code down}, each with the row's id. */
public final class InOrder {
    private InOrder() {}

    /** The ids after the button that was pressed. */
    public static List<Long> after(Context ctx, List<Long> ids) {
        var order = new ArrayList<>(ids);
        int up = at(ids, ctx.formParam("up"));
        int down = at(ids, ctx.formParam("down"));
        if (up > 0) Collections.swap(order, up, up - 1);
        if (down >= 0 && down < ids.size() - 1) Collections.swap(order, down, down + 1);
        return order;
    }

    private static int at(List<Long> ids, @Nullable String id) {
        return id != null && id.matches("\\d{1,18}") ? ids.indexOf(Long.valueOf(id)) : -1;
    }
}
