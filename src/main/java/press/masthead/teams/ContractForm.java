package press.masthead.teams;

import io.javalin.http.Context;
import java.math.BigDecimal;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.Currency;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import press.masthead.desk.Complaint;
import press.masthead.platform.calendar.Zones;
import press.masthead.readers.EmailAddress;

/** A contract as it is being typed. Days are those of the team's zone; the last day belongs to the term. */
record ContractForm(
        String team,
        String zone,
        String plan,
        String seats,
        String price,
        String currency,
        String from,
        String until,
        String order,
        String terms,
        String billingName,
        String billingAddress,
        String country,
        String vat,
        String contactName,
        String contactEmail,
        String manager,
        boolean byThemselves) {

    static ContractForm of(Context ctx) {
        return new ContractForm(
                line(ctx, "team"),
                line(ctx, "zone"),
                line(ctx, "plan"),
                line(ctx, "seats"),
                line(ctx, "price"),
                line(ctx, "currency"),
                line(ctx, "from"),
                line(ctx, "until"),
                line(ctx, "order"),
                line(ctx, "terms"),
                line(ctx, "billingName"),
                TeamDoor.text(ctx, "billingAddress"),
                line(ctx, "country").toUpperCase(Locale.ROOT),
                line(ctx, "vat"),
                line(ctx, "contactName"),
                line(ctx, "contactEmail"),
                line(ctx, "manager"),
                "yes".equals(ctx.formParam("byThemselves")));
    }

    private static String line(Context ctx, String field) {
        return TeamDoor.text(ctx, field).replaceAll("\\p{Cntrl}", " ");
    }

    /** Filled from what the enquiry says: a year from the first of next month. */
    static ContractForm from(Enquiry enquiry, ZoneId zone, LocalDate today, String currency) {
        LocalDate first = today.withDayOfMonth(1).plusMonths(1);
        return new ContractForm(
                enquiry.organisation(),
                zone.getId(),
                "",
                Integer.toString(enquiry.seats()),
                "",
                currency,
                first.toString(),
                first.plusYears(1).minusDays(1).toString(),
                "",
                "30",
                enquiry.organisation(),
                "",
                "",
                "",
                enquiry.name(),
                enquiry.email(),
                enquiry.email(),
                false);
    }

    static ContractForm blank(ZoneId zone, LocalDate today, String currency) {
        LocalDate first = today.withDayOfMonth(1).plusMonths(1);
        return new ContractForm(
                "",
                zone.getId(),
                "",
                "",
                "",
                currency,
                first.toString(),
                first.plusYears(1).minusDays(1).toString(),
                "",
                "30",
                "",
                "",
                "",
                "",
                "",
                "",
                "",
                false);
    }

    /** The next term of a team that is there, on the terms of the last. */
    static ContractForm after(Team team, Contract last) {
        LocalDate first = LocalDate.ofInstant(last.until(), team.zoneId());
        LocalDate end = LocalDate.ofInstant(last.nextUntil(team.zoneId()), team.zoneId())
                .minusDays(1);
        int digits = digits(last.currency());
        return new ContractForm(
                team.name(),
                team.zone(),
                "",
                Integer.toString(last.seats()),
                BigDecimal.valueOf(last.seatPrice(), digits).toPlainString(),
                last.currency(),
                first.toString(),
                end.toString(),
                last.purchaseOrder(),
                Integer.toString(last.termsDays()),
                last.billingName(),
                last.billingAddress(),
                last.country(),
                last.vatNumber(),
                last.contactName(),
                last.contactEmail(),
                "",
                last.byThemselves());
    }

    private static int digits(String currency) {
        return Math.max(0, Currency.getInstance(currency).getDefaultFractionDigits());
    }

    /** What is wrong first, if anything is. {@code named} is whether the team is new, so that its name, zone and manager count. */
    Complaint complaint(boolean named, List<Contracts.Choice> plans) {
        if (named && (team.isEmpty() || team.length() > 120))
            return new Complaint("team", "Please name the team, in at most 120 letters.");
        if (named && zoneId().isEmpty()) return new Complaint("zone", "Please give a zone such as Europe/Brussels.");
        if (plan(plans).isEmpty()) return new Complaint("plan", "Please choose a plan.");
        if (!seats.matches("[1-9]\\d{0,4}")) return new Complaint("seats", "Please give a number from 1 to 99,999.");
        if (known().isEmpty()) return new Complaint("currency", "Please give a currency such as USD.");
        if (minor().isEmpty()) return new Complaint("price", "Please give a price such as " + example() + ".");
        if (day(from).isEmpty()) return new Complaint("from", "Please choose the first day.");
        if (day(until).filter(last -> !last.isBefore(day(from).orElseThrow())).isEmpty())
            return new Complaint("until", "Please choose a last day that is not before the first.");
        if (day(until).orElseThrow().isAfter(day(from).orElseThrow().plusYears(10)))
            return new Complaint("until", "A term lasts ten years at most.");
        if (order.length() > 80) return new Complaint("order", "Please use at most 80 letters.");
        if (!terms.matches("\\d{1,3}") || Integer.parseInt(terms) > 120)
            return new Complaint("terms", "Please give a number of days from 0 to 120.");
        if (billingName.isEmpty() || billingName.length() > 200)
            return new Complaint("billingName", "Whom is the invoice for? At most 200 letters.");
        if (billingAddress.length() > 500) return new Complaint("billingAddress", "Please use at most 500 letters.");
        if (!Set.of(Locale.getISOCountries()).contains(country))
            return new Complaint("country", "Please choose the country; the tax follows from it.");
        if (!vat.isEmpty() && !vat.matches("(?i)[A-Z0-9 .\\-]{4,20}"))
            return new Complaint("vat", "A VAT number has 4 to 20 letters and digits.");
        if (contactName.length() > 120) return new Complaint("contactName", "Please use at most 120 letters.");
        if (EmailAddress.parse(contactEmail).isEmpty()) return new Complaint("contactEmail", InvitePages.MALFORMED);
        if (named && EmailAddress.parse(manager).isEmpty()) return new Complaint("manager", InvitePages.MALFORMED);
        return Complaint.NONE;
    }

    private String example() {
        int digits = known().map(known -> Math.max(0, known.getDefaultFractionDigits()))
                .orElse(2);
        return digits == 0 ? "240" : "240." + "0".repeat(digits);
    }

    Optional<ZoneId> zoneId() {
        try {
            return Optional.of(ZoneId.of(zone)).filter(known -> Zones.ids().contains(known.getId()));
        } catch (DateTimeException e) {
            return Optional.empty();
        }
    }

    private Optional<Contracts.Choice> plan(List<Contracts.Choice> plans) {
        return plans.stream()
                .filter(choice -> plan.equals(Long.toString(choice.id())))
                .findFirst();
    }

    private Optional<Currency> known() {
        try {
            return Optional.of(Currency.getInstance(currency.toUpperCase(Locale.ROOT)));
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    /** The price in minor units; a figure with more digits than the currency has is none. */
    private Optional<Long> minor() {
        String figure = price.replace(",", "").replace(" ", "");
        if (!figure.matches("\\d{1,9}(\\.\\d{1,3})?")) return Optional.empty();
        try {
            int digits = Math.max(0, known().orElseThrow().getDefaultFractionDigits());
            return Optional.of(new BigDecimal(figure).movePointRight(digits).longValueExact());
        } catch (ArithmeticException e) {
            return Optional.empty();
        }
    }

    private static Optional<LocalDate> day(String text) {
        try {
            return Optional.of(LocalDate.parse(text)).filter(day -> day.getYear() > 2000 && day.getYear() < 2200);
        } catch (DateTimeException e) {
            return Optional.empty();
        }
    }

    /** Only of a form without a {@link #complaint}. */
    Terms terms(ZoneId zone) {
        return new Terms(
                Long.parseLong(plan),
                Integer.parseInt(seats),
                minor().orElseThrow(),
                known().orElseThrow().getCurrencyCode(),
                start(from, zone),
                day(until).orElseThrow().plusDays(1).atStartOfDay(zone).toInstant(),
                order,
                Integer.parseInt(terms),
                billingName,
                billingAddress,
                country,
                vat.toUpperCase(Locale.ROOT),
                contactName,
                contactEmail,
                byThemselves);
    }

    private static Instant start(String from, ZoneId zone) {
        return day(from).orElseThrow().atStartOfDay(zone).toInstant();
    }
}
