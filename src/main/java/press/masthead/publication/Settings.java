package press.masthead.publication;

import java.time.ZoneId;

/**
 * What the newsroom has decided about its publication. Every part has a value before anyone has decided anything.
 *
 * @param name as in the masthead
 * @param tagline one line under it
 * @param description a sentence or two for search engines and sign-up pages
 * @param notice a line that every page shows, such as "this is a sample"; empty for none
 * @param language an IETF tag such as {@code en}
 * @param zone whose clock the newsroom works by
 * @param address the postal address that the foot of each letter must show
 * @param email where letters come from and answers go
 * @param accent a colour as {@code #rrggbb}
 * @param paying how an invoice is paid: the bank and the account; shown on each
 */
public record Settings(
        String name,
        String tagline,
        String description,
        String notice,
        String language,
        ZoneId zone,
        String address,
        String email,
        String accent,
        String paying) {}
