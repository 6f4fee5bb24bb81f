package press.masthead.books;

import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import org.jdbi.v3.core.Jdbi;
import press.masthead.platform.web.Problem;

/** To whom a reader's invoices are written, as they want it. */
public final class BillingDetails {
    /** A member state's prefix (EL for Greece) and 2 to 13 letters or digits, as the VAT directive's numbers are formed. */
    private static final Pattern VAT = Pattern.compile("[A-Z]{2}[A-Z0-9+*]{2,13}");

    /** What tax offices elsewhere give. */
    private static final Pattern ELSEWHERE = Pattern.compile("[A-Z0-9]{4,20}");

    private static final List<String> COUNTRIES =
            List.copyOf(Locale.getISOCountries(Locale.IsoCountryCode.PART1_ALPHA2));

    private static final Set<String> UNION = Set.of(
            "AT", "BE", "BG", "CY", "CZ", "DE", "DK", "EE", "ES", "FI", "FR", "GR", "HR", "HU", "IE", "IT", "LT", "LU",
            "LV", "MT", "NL", "PL", "PT", "RO", "SE", "SI", "SK");

    private final Jdbi jdbi;

    public BillingDetails(Jdbi jdbi) {
        this.jdbi = jdbi;
    }

    public static List<String> countries() {
        return COUNTRIES;
    }

    /** A country to choose. */
    public record Country(String code, String name) {}

    /** All of them, by name. */
    public static List<Country> named() {
        return COUNTRIES.stream()
                .map(code -> new Country(code, name(code)))
                .sorted(Comparator.comparing(Country::name))
                .toList();
    }

    public Invoice.Billed of(long reader) {
        return jdbi.withHandle(handle -> handle.createQuery(
                        "select company, address, country, vat_number from billing_details where reader_id = :reader")
                .bind("reader", reader)
                .mapTo(Invoice.Billed.class)
                .findOne()
                .orElse(Invoice.Billed.NOBODY));
    }

    /**
     * What someone typed, made tidy.
     *
     * @throws Problem with one sentence, when it can't be
     */
    public static Invoice.Billed read(String company, String address, String country, String vatNumber) {
        String vat = vatNumber.toUpperCase(Locale.ROOT).replaceAll("[\\s.-]", "");
        String where = country.strip().toUpperCase(Locale.ROOT);
        if (company.strip().length() > 200) throw Problem.invalid("The company's name is longer than 200 letters.");
        if (address.strip().length() > 500) throw Problem.invalid("The address is longer than 500 letters.");
        if (!where.isEmpty() && !COUNTRIES.contains(where))
            throw Problem.invalid("Please choose a country from the list.");
        if (vat.isEmpty()) return new Invoice.Billed(company.strip(), address.strip(), where, "");
        if (where.isEmpty()) throw Problem.invalid("Please choose the country that the tax number belongs to.");
        if (company.isBlank()) throw Problem.invalid("Please name the company that the tax number belongs to.");
        if (!isInUnion(where) && !ELSEWHERE.matcher(vat).matches())
            throw Problem.invalid("A tax number has 4 to 20 letters and digits. Please check it.");
        if (isInUnion(where) && (!VAT.matcher(vat).matches() || !vat.startsWith(prefix(where))))
            throw Problem.invalid("A VAT number of this country begins with " + prefix(where) + ". Please check it.");
        return new Invoice.Billed(company.strip(), address.strip(), where, vat);
    }

    private static String prefix(String country) {
        return country.equals("GR") ? "EL" : country;
    }

    public void keep(long reader, Invoice.Billed billed) {
        jdbi.useHandle(handle -> handle.createUpdate("""
                        insert into billing_details (reader_id, company, address, country, vat_number)
                        values (:reader, :company, :address, :country, :vatNumber)
                        on conflict (reader_id) do update
                          set company = excluded.company, address = excluded.address, country = excluded.country,
                              vat_number = excluded.vat_number
                        """)
                .bind("reader", reader)
                .bindMethods(billed)
                .execute());
    }

    /** Whether it is a member state of the European Union. */
    public static boolean isInUnion(String country) {
        return UNION.contains(country);
    }

    /** A country's name in English; the code where there is none. */
    public static String name(String country) {
        return Optional.of(Locale.of("", country).getDisplayCountry(Locale.ENGLISH))
                .filter(name -> !name.isEmpty())
                .orElse(country);
    }
}
