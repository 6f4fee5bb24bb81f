package press.masthead.business;

import io.javalin.http.Context;
import io.javalin.http.HttpStatus;
import java.math.BigDecimal;
import java.time.Clock;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.Jdbi;
import press.masthead.access.Visit;
import press.masthead.platform.web.Flash;
import press.masthead.platform.web.Html;
import press.masthead.publication.Publication;
import press.masthead.readers.Reader;

/** At which rates money in other currencies is added up. */
public final class RatesDesk {
    private final Sums sums;
    private final Publication publication;
    private final Html html;
    private final Clock clock;

    public RatesDesk(Jdbi jdbi, Publication publication, Html html, Clock clock) {
        this.sums = new Sums(jdbi);
        this.publication = publication;
        this.html = html;
        this.clock = clock;
    }

    record RatesPage(
            Reader staff,
            String notice,
            String problem,
            String into,
            List<String> currencies,
            List<Sums.Rate> rates,
            String today) {}

    /** GET /desk/business/rates */
    public void rates(Context ctx) {
        rates(ctx, 200, "");
    }

    private void rates(Context ctx, int status, String problem) {
        Reader staff = Visit.business(ctx);
        Sums.Rates rates = sums.rates();
        ctx.status(status);
        html.page(
                ctx,
                "business/rates",
                new RatesPage(
                        staff,
                        Flash.take(ctx),
                        problem,
                        rates.into(),
                        sums.currencies().stream()
                                .filter(one -> !one.equals(rates.into()))
                                .toList(),
                        rates.rates().reversed(),
                        today().toString()));
    }

    private LocalDate today() {
        return clock.instant().atZone(publication.settings().zone()).toLocalDate();
    }

    /** POST /desk/business/rates */
    public void save(Context ctx) {
        Reader staff = Visit.business(ctx);
        String currency = Optional.ofNullable(ctx.formParam("currency")).orElse("");
        String rate = Optional.ofNullable(ctx.formParam("rate")).orElse("").strip();
        String day = Optional.ofNullable(ctx.formParam("day")).orElse("");
        if (!sums.currencies().contains(currency)) {
            rates(ctx, 422, "Nobody pays in that currency.");
        } else if (!rate.matches("[0-9]{1,9}([.][0-9]{1,10})?") || new BigDecimal(rate).signum() == 0) {
            rates(ctx, 422, "Write the rate as a number with a point, such as 1.0845.");
        } else if (!day.matches("20[0-9]{2}-[0-9]{2}-[0-9]{2}")
                || date(day).filter(on -> !on.isAfter(today())).isEmpty()) {
            rates(ctx, 422, "Choose the day of the rate; it can't be in the future.");
        } else {
            sums.rate(currency, date(day).orElseThrow(), new BigDecimal(rate), staff.id());
            Flash.put(ctx, "Saved. The figures use it from now on.");
            ctx.redirect("/desk/business/rates", HttpStatus.SEE_OTHER);
        }
    }

    private static Optional<LocalDate> date(String day) {
        try {
            return Optional.of(LocalDate.parse(day));
        } catch (java.time.DateTimeException e) {
            return Optional.empty();
        }
    }
}
