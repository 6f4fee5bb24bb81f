package press.masthead;

import java.time.LocalDate;
import java.time.ZoneId;
import java.util.List;

/** The public pages that a reader can come to, one or two of each kind: what is checked on all of them is checked on these. */
final class PublicPaths {
    static final List<String> FOR_ALL = List.of(
            "/",
            "/page/2/",
            "/madinat-sahra-shade/",
            "/sarrin-mediator-deadline/",
            "/pearl-divers-songs/",
            "/ilmar-flat-rounds/",
            "/the-borrowed-grid/",
            "/topic/energy/",
            "/industry/banking/",
            "/author/lena-horvat/",
            "/archive/",
            "/memos/",
            "/reports/",
            "/search/",
            "/search/?q=energy",
            "/search/?q=zzyzzx",
            "/newsletters/",
            "/newsletters/energy-daily/",
            "/newsletters/green-energy-weekly/",
            "/newsletters/morning/"
                    + LocalDate.now(ZoneId.of("Europe/Brussels")).minusDays(2) + "/",
            "/pro/",
            "/pro/teams/",
            "/events/",
            "/events/an-evening-with-the-energy-desk/",
            "/signin/",
            "/about/",
            "/nowhere-at-all/");

    static final List<String> FOR_MEMBERS = List.of(
            "/",
            "/account/",
            "/ilmar-flat-rounds/",
            "/the-borrowed-grid/",
            "/newsletters/",
            "/pro/",
            "/pro/industries/?welcome=yes",
            "/account/following/?left=country/no",
            "/account/saved/",
            "/account/notes/",
            "/country/no/",
            "/events/an-evening-with-the-energy-desk/",
            "/events/an-evening-with-the-energy-desk/ticket/",
            "/industry/banking/");

    static final List<String> FOR_STAFF = List.of(
            "/desk/stories",
            "/desk/stories/new",
            "/desk/stories/1/related?q=the",
            "/desk/editions",
            "/desk/industries",
            "/desk/industries/3",
            "/desk/industries/3/end",
            "/desk/events",
            "/desk/events/new",
            "/desk/events/1",
            "/desk/events/1/guests",
            "/desk/events/1/attendance",
            "/desk/events/1/door",
            "/desk/readers",
            "/desk/pictures",
            "/desk/settings/look",
            "/desk/teams/enquiries",
            "/desk/teams/enquiries/3",
            "/desk/teams",
            "/desk/teams/1",
            "/desk/teams/contracts/new?enquiry=3");

    /** Of the sample's ministry, for Dina who manages it. */
    static final List<String> FOR_MANAGERS = List.of(
            "/team/1/",
            "/team/1/seats/1/",
            "/team/1/requests/1/",
            "/team/1/invite/",
            "/team/1/domains/",
            "/team/1/sign-on/",
            "/team/1/industries/",
            "/team/1/usage/",
            "/team/1/contract/",
            "/seat/join/");

    private PublicPaths() {}
}
