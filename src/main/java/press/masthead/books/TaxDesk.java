package press.masthead.books;

import io.javalin.http.Context;
import io.javalin.http.HttpStatus;
import java.math.BigDecimal;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.jdbi.v3.core.Jdbi;
import press.masthead.access.Visit;
import press.masthead.desk.Audit;
import press.masthead.plans.Money;
import press.masthead.platform.web.Flash;
import press.masthead.platform.web.Html;
import press.masthead.platform.web.Problem;
import press.masthead.readers.Reader;

/** The tax of each country; for the owner and the business staff. */
public final class TaxDesk {
    private static final String EXAMPLE = "EUR";

    private final Jdbi jdbi;
    private final Taxes taxes;
    private final Audit audit;
    private final Html html;

    public TaxDesk(Jdbi jdbi, Taxes taxes, Audit audit, Html html) {
        this.jdbi = jdbi;
        this.taxes = taxes;
        this.audit = audit;
        this.html = html;
    }

    record Page(Reader staff, String notice, String problem, List<Taxes.Rate> rates) {
        /** What a price of 100 comes to, for each kind of customer. */
        String pays(Taxes.Rate rate, Taxes.Customer customer, boolean company) {
            Taxes.Worked worked = Taxes.work(10_000, customer, Optional.of(rate), company);
            String total = new Money(worked.total(), EXAMPLE).figure();
            return worked.tax().reverseCharge()
                    ? total + ", no tax"
                    : total + " with " + new Money(worked.tax().tax(), EXAMPLE).figure() + " tax";
        }
    }

    /** GET /desk/tax */
    public void list(Context ctx) {
        show(ctx, 200, "");
    }

    private void show(Context ctx, int status, String problem) {
        Reader staff = Visit.business(ctx);
        ctx.status(status);
        html.page(ctx, "books/tax", new Page(staff, Flash.take(ctx), problem, taxes.all()));
    }

    /** POST /desk/tax */
    public void save(Context ctx) {
        Reader staff = Visit.business(ctx);
        Taxes.Rate rate;
        try {
            rate = read(ctx);
        } catch (Problem problem) {
            show(ctx, problem.status(), problem.sentence());
            return;
        }
        taxes.keep(rate);
        note(staff, "set the tax of " + rate.country() + " to " + rate.rate().toPlainString() + "%");
        done(ctx, "Saved. Invoices are written with it from now on.");
    }

    private static Taxes.Rate read(Context ctx) {
        String country = text(ctx, "country").toUpperCase(Locale.ROOT);
        if (!BillingDetails.countries().contains(country))
            throw Problem.invalid("Please give a country by its two letters, such as BE.");
        String name = text(ctx, "name");
        if (name.isEmpty() || name.length() > 40) throw Problem.invalid("Please name the tax, such as VAT.");
        String rate = text(ctx, "rate").replace(',', '.');
        if (!rate.matches("\\d{1,2}(\\.\\d{1,3})?"))
            throw Problem.invalid("A rate is a number from 0 to 99.999, such as 8.1.");
        boolean home = "yes".equals(text(ctx, "home"));
        boolean owe = "owe".equals(text(ctx, "companies"));
        if (home && owe)
            throw Problem.invalid(
                    "Where this newsroom is registered it charges companies too. Please choose that they pay it.");
        return new Taxes.Rate(
                country,
                name,
                new BigDecimal(rate),
                price(ctx, "readers"),
                price(ctx, "teams"),
                owe ? Taxes.Companies.OWE : Taxes.Companies.PAY,
                home);
    }

    private static Taxes.Price price(Context ctx, String field) {
        return switch (text(ctx, field)) {
            case "added" -> Taxes.Price.ADDED;
            case "included" -> Taxes.Price.INCLUDED;
            default -> throw Problem.invalid("Please choose whether prices contain the tax.");
        };
    }

    /** POST /desk/tax/{country}/remove */
    public void remove(Context ctx) {
        Reader staff = Visit.business(ctx);
        String country = ctx.pathParam("country");
        taxes.remove(country);
        note(staff, "removed the tax of " + country);
        done(ctx, "Removed.");
    }

    private void note(Reader staff, String what) {
        jdbi.useTransaction(handle -> audit.note(handle, staff.id(), what));
    }

    private static void done(Context ctx, String sentence) {
        Flash.put(ctx, sentence);
        ctx.redirect("/desk/tax", HttpStatus.SEE_OTHER);
    }

    private static String text(Context ctx, String name) {
        return Optional.ofNullable(ctx.formParam(name)).orElse("").strip();
    }
}
