package press.masthead.themes;

import static java.util.Collections.nCopies;

import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;

/** What CONTEXT.md says each template is given: at least, and at most. */
final class Given {
    static final Instant NOW = Instant.parse("2026-11-23T07:30:00Z");
    static final Map<String, Object> PICTURE = Map.of(
            "feature_image", "/content/images/tarqa-dam-222b301fd5c6.jpg",
            "feature_image_width", 1600,
            "feature_image_height", 1000,
            "feature_image_alt", "A curved dam holds a low reservoir between bare mountains.",
            "feature_image_caption", "The Karaseh dam on the Tarqa river.",
            "feature_image_credit", "Illustration: Mira Tanev / The Parallel");
    static final Map<String, Object> ENERGY = Map.of(
            "name", "Energy",
            "slug", "energy",
            "url", "/topic/energy/",
            "description", "Power, gas and water for power.",
            "visibility", "public");
    static final Map<String, Object> OIL = Map.of(
            "name", "Oil and gas", "slug", "oil-gas", "url", "/industry/oil-gas/", "description", "Wells to wheels.");
    static final Map<String, Object> IVO = Map.of("name", "Ivo Castellan", "slug", "ivo", "url", "/author/ivo/");
    static final Map<String, Object> DAILY = Map.of(
            "name", "Energy Daily",
            "slug", "energy-daily",
            "url", "/newsletters/energy-daily/",
            "description", "Prices, auctions and outages.",
            "cadence", "Weekdays at 08:00, Dubai",
            "audience", "everyone",
            "slot", "daily");
    static final Map<String, Object> REVIEW = Map.of(
            "name", "The Week in Review",
            "slug", "week-in-review",
            "url", "/newsletters/week-in-review/",
            "description", "What the week changed, ranked by your industries.",
            "cadence", "Sundays at 10:00, Brussels",
            "audience", "members",
            "slot", "review",
            "chosen", true);
    static final Map<String, Object> ISSUE = Map.of("day", NOW, "length", 0, "chosen", true, "blocks", List.of());
    static final Map<String, Object> LETTER = Map.of(
            "subject", "Ferry crews win the tide",
            "direction", "ltr",
            "day", Instant.parse("2026-11-19T23:00:00Z"),
            "url", "/newsletters/energy-daily/2026-11-20/");
    static final Map<String, Object> PLAN = Map.of(
            "name",
            "PRO",
            "amount",
            2500,
            "currency",
            "USD",
            "yearly",
            30_000,
            "billed",
            30_000,
            "interval",
            "year",
            "trial_days",
            7,
            "trial",
            "free week");
    static final Map<String, Object> ONE_PAGE = Map.of("page", 1, "pages", 1, "total", 1, "limit", 20);
    static final Map<String, Object> SECOND_OF_THREE =
            Map.of("page", 2, "pages", 3, "total", 44, "limit", 20, "prev", 1, "next", 3);
    static final Map<String, Object> PROMOTION = with(
            PICTURE,
            Map.of("headline", "Know what it changes", "text", "Memos by noon.", "url", "/pro/", "button", "See PRO"));

    private Given() {}

    private static Map<String, Object> follow(boolean followed) {
        return follow(followed, "no");
    }

    private static Map<String, Object> follow(boolean followed, String slug) {
        return Map.of(
                "name",
                "Norway",
                "kind",
                "country",
                "slug",
                slug,
                "url",
                "/country/" + slug + "/",
                "action",
                "/follow/country/" + slug,
                "followed",
                followed);
    }

    /** What the pages of a team have; each takes of it what it shows. */
    private static Map<String, Object> team() {
        Map<String, Object> seat = Map.of(
                "id",
                7,
                "name",
                "Otto",
                "email",
                "otto@ministry.example",
                "url",
                "/team/1/seats/7/",
                "state",
                "taken",
                "word",
                "In use",
                "last_read",
                "November",
                "history",
                List.of(Map.of("what", "Invited", "at", NOW, "by", "Dina")));
        return Map.ofEntries(
                Map.entry("title", "Ministry of Ports"),
                Map.entry("here", "seats"),
                Map.entry("zone", "Europe/Brussels"),
                Map.entry("team", Map.of("url", "/team/1/", "name", "Ministry of Ports")),
                Map.entry(
                        "room",
                        Map.of("used", 1, "pending", 0, "left", 2, "bought", 3, "used_width", 33, "pending_width", 0)),
                Map.entry(
                        "contract",
                        Map.of(
                                "label",
                                "TC-000001",
                                "state",
                                "running",
                                "since",
                                NOW,
                                "until",
                                NOW,
                                "seats",
                                3,
                                "plan",
                                "PRO",
                                "seat_price",
                                "USD 300.00",
                                "terms_days",
                                30,
                                "billing_name",
                                "Ministry of Ports")),
                Map.entry("seats", List.of(seat)),
                Map.entry("seat", seat),
                Map.entry("industries", List.of(Map.of("name", "Banking", "slug", "banking", "rank", "1"))),
                Map.entry(
                        "managers",
                        List.of(Map.of("id", 4, "name", "Dina", "email", "dina@ministry.example", "present", true))),
                Map.entry(
                        "domains",
                        List.of(Map.of(
                                "id",
                                2,
                                "name",
                                "ministry.example",
                                "verified",
                                true,
                                "auto",
                                true,
                                "url",
                                "/team/1/domains/2"))),
                Map.entry("join_path", "/seat/join/"),
                Map.entry("left", 2),
                Map.entry("most", 1000),
                Map.entry("invited", 1),
                Map.entry("all", 1),
                Map.entry("letters_left", 1),
                Map.entry(
                        "request",
                        Map.of(
                                "name",
                                "Otto",
                                "email",
                                "otto@ministry.example",
                                "at",
                                NOW,
                                "why",
                                "full",
                                "url",
                                "/team/1/requests/3")),
                Map.entry("callback", "http://localhost/signin/oidc/callback"),
                Map.entry("chart", "<svg role=\"img\" aria-label=\"Usage\"></svg>"),
                Map.entry(
                        "sessions",
                        List.of(
                                Map.of(
                                        "title",
                                        "Ask the energy desk",
                                        "day",
                                        "3 December 2026",
                                        "hidden",
                                        false,
                                        "people",
                                        7L,
                                        "minutes",
                                        231L),
                                Map.of(
                                        "title",
                                        "Ask the port desk",
                                        "day",
                                        "1 December 2026",
                                        "hidden",
                                        true,
                                        "people",
                                        0L,
                                        "minutes",
                                        0L))),
                Map.entry("fewest", 5),
                Map.entry("months", List.of(Map.of("name", "November 2026", "used", 1, "hidden", true))));
    }

    @SafeVarargs
    static Map<String, Object> with(Map<String, ? extends Object>... parts) {
        var all = new HashMap<String, Object>();
        for (var part : parts) all.putAll(part);
        return Map.copyOf(all);
    }

    /** A card with nothing that may be left out. */
    static Map<String, Object> card(String kind, String slug, String title) {
        return Map.ofEntries(
                Map.entry("id", slug),
                Map.entry("title", title),
                Map.entry("slug", slug),
                Map.entry("url", "/" + slug + "/"),
                Map.entry("kind", kind),
                Map.entry("visibility", kind.equals("article") ? "public" : "paid"),
                Map.entry("language", "en"),
                Map.entry("direction", "ltr"),
                Map.entry("published_at", NOW),
                Map.entry("reading_time", 4),
                Map.entry("tags", List.of()),
                Map.entry("authors", List.of()));
    }

    static Map<String, Object> fullCard(String kind, String slug, String title) {
        return with(
                card(kind, slug, title),
                PICTURE,
                Map.of(
                        "tags",
                        List.of(ENERGY),
                        "primary_tag",
                        ENERGY,
                        "authors",
                        List.of(IVO),
                        "primary_author",
                        IVO,
                        "custom_excerpt",
                        "What the tide brings, and who is paid for it.",
                        "featured",
                        true));
    }

    static Map<String, Object> data(List<String> context, String path) {
        return Map.of("site", SITE, "context", context, "path", path, "now", NOW);
    }

    static final Map<String, Object> SITE = Map.ofEntries(
            Map.entry("title", "The Parallel"),
            Map.entry("description", "Reporting where markets, power and daily life meet"),
            Map.entry("url", "https://parallel.example"),
            Map.entry("locale", "en"),
            Map.entry("timezone", "Europe/Brussels"),
            Map.entry("navigation", List.of()),
            Map.entry("secondary_navigation", List.of(Map.of("label", "About", "url", "/about/"))),
            Map.entry("topics", List.of(ENERGY)),
            Map.entry("industries", List.of(OIL)),
            Map.entry("newsletters", List.of(DAILY, REVIEW)),
            Map.entry("total_members", 104_233L),
            Map.entry("notice", "An invented newsroom, shown as a sample."),
            Map.entry("plan", PLAN),
            Map.entry("promotion", PROMOTION));

    static final Map<String, Object> EVENT = Map.of(
            "title", "Dinner with the energy desk",
            "url", "/events/dinner/",
            "when", "Thursday 3 December 2026, 19:00–22:00 (Europe/Zurich)",
            "day", "3",
            "month", "Dec",
            "online", false,
            "recording", false,
            "called_off", false,
            "audience", "member");
    static final Map<String, Object> TICKET = Map.of(
            "number", "No. 0001",
            "name", "Ada",
            "companion", false,
            "picture", "<svg class=\"qr\" role=\"img\" aria-label=\"Ticket\" viewBox=\"0 0 1 1\"></svg>",
            "action", "/events/dinner/ticket/1/hand-on");

    private static Map<String, Object> event(String standing) {
        return Map.of(
                "title",
                "Dinner with the energy desk",
                "url",
                "/events/dinner/",
                "when",
                "Thursday 3 December 2026, 19:00–22:00 (Europe/Zurich)",
                "paragraphs",
                List.of("An evening about the winter ahead."),
                "online",
                false,
                "audience",
                "member",
                "over",
                false,
                "called_off",
                false,
                "standing",
                standing);
    }

    static final Map<String, Object> LIVE = Map.of(
            "title", "Ask the energy desk",
            "url", "/live/ask/",
            "when", "Thursday 3 December 2026, 16:00 (Europe/Zurich)",
            "audience", "member");

    private static final Map<String, Object> ASKED = Map.of(
            "text", "Who pays for the Karaseh dam?",
            "url", "/pro/ask/7/#q7",
            "at", NOW,
            "found", false,
            "saved", true,
            "action", "/pro/ask/7/",
            "asker", "Dina Oyelaran");

    private static Map<String, Object> asking() {
        Map<String, Object> story = Map.of(
                "title", "The Karaseh dam runs low",
                "url", "/karaseh/#:~:text=The%20dam",
                "kind", "article",
                "language", "en",
                "direction", "ltr",
                "published_at", NOW,
                "byline", "Ivo Castellan");
        Map<String, Object> turn = Map.of(
                "id",
                7L,
                "text",
                "Who pays for the Karaseh dam?",
                "at",
                NOW,
                "action",
                "/pro/ask/7/",
                "own",
                true,
                "by_model",
                true,
                "saved",
                true,
                "helpful",
                "yes",
                "note",
                "Short.");
        Map<String, Object> answered = Map.of(
                "state",
                "answered",
                "own_words",
                true,
                "sentences",
                List.of(Map.of(
                        "text", "The ministry of water pays for the dam.",
                        "stretches",
                                List.of(
                                        Map.of("text", "The ministry of water ", "own", false),
                                        Map.of("text", "pays for", "own", true),
                                        Map.of("text", " the dam.", "own", false)),
                        "language", "en",
                        "direction", "ltr",
                        "cites", List.of(Map.of("number", 1, "url", "/karaseh/#:~:text=The%20ministry")))),
                "sources",
                List.of(with(story, Map.of("number", 1, "newest", true))),
                "newest",
                NOW,
                "oldest",
                NOW,
                "differing",
                List.of(List.of(
                        with(story, Map.of("number", 1, "newest", true, "figure", "310 million cubic metres")),
                        with(story, Map.of("number", 2, "newest", false, "figure", "270 million cubic metres")))),
                "near",
                List.of(),
                "team",
                "Ministry of Water");
        Map<String, Object> absent = Map.of(
                "state",
                "absent",
                "sentences",
                List.of(),
                "sources",
                List.of(),
                "differing",
                List.of(),
                "near",
                List.of(story));
        Map<String, Object> gone = with(
                with(
                        turn,
                        Map.of(
                                "state",
                                "gone",
                                "sentences",
                                List.of(),
                                "sources",
                                List.of(),
                                "differing",
                                List.of(),
                                "near",
                                List.of())),
                Map.of("asker", "Dina Oyelaran", "team", "Ministry of Water", "own", false, "id", 9L));
        return with(
                Map.of(
                        "title",
                        "Ask the archive",
                        "standing",
                        "ask",
                        "turns",
                        List.of(with(turn, answered), with(with(turn, absent), Map.of("id", 8L)), gone),
                        "typed",
                        "And in 2024?",
                        "longest",
                        500,
                        "of",
                        100,
                        "left",
                        37,
                        "teams",
                        List.of(Map.of("id", 1L, "name", "Ministry of Water")),
                        "after",
                        8L,
                        "notice",
                        "Saved."),
                Map.of(
                        "error",
                        "Write a question first.",
                        "examples",
                        List.of("Energy"),
                        "lately",
                        List.of(ASKED),
                        "shared",
                        List.of(ASKED)));
    }

    private static Map<String, Object> live(String state, String standing) {
        return with(
                LIVE,
                Map.of(
                        "starts",
                        "2026-12-03T15:00:00Z",
                        "paragraphs",
                        List.of("What the winter brings."),
                        "state",
                        state,
                        "standing",
                        standing,
                        "typed",
                        ""));
    }

    private static Map<String, Object> asked(String state) {
        return Map.of(
                "id",
                7,
                "text",
                "How full are the stores?",
                "state",
                state,
                "votes",
                3,
                "ahead",
                0,
                "own",
                true,
                "voted",
                false);
    }

    /** Each template with the keys that carry no mark in CONTEXT.md. */
    static Map<String, Map<String, Object>> least() {
        var article = card("article", "tide", "The tide turns");
        var open = with(article, Map.of("html", "<p>One.</p><p>Two.</p>", "access", true));
        var closed = Map.of("html", "<p>Opening.</p>", "access", false);
        var offer = Map.<String, Object>of("state", "sign-in", "next", "/memo/");
        var list = Map.<String, Object>of("posts", List.of(article), "pagination", ONE_PAGE);
        var all = new TreeMap<String, Map<String, Object>>();
        all.put(
                "home",
                Map.of(
                        "posts", List.of(article),
                        "sections", List.of(Map.of("tag", ENERGY, "posts", List.of(article))),
                        "memos", List.of(),
                        "reports", List.of()));
        all.put("index", list);
        all.put("post", Map.of("post", open, "related", List.of()));
        all.put(
                "custom-memo",
                Map.of("post", with(card("memo", "memo", "A memo"), closed), "offer", offer, "related", List.of()));
        all.put(
                "custom-report",
                Map.of(
                        "post",
                        with(card("report", "delta", "A report"), closed),
                        "offer",
                        offer,
                        "related",
                        List.of()));
        all.put("tag", with(list, Map.of("tag", with(ENERGY, Map.of("kind", "topic", "feed", "/topic/energy/rss/")))));
        all.put("author", with(list, Map.of("author", with(IVO, Map.of("feed", "/author/ivo/rss/")))));
        all.put("archive", Map.of("title", "Archive", "years", List.of(Map.of("year", 2026, "months", List.of()))));
        all.put("page", Map.of("post", with(card("page", "about", "About"), Map.of("html", "<p>Us.</p>"))));
        all.put("custom-list", with(list, Map.of("title", "Memos", "description", "Short.", "kind", "memo")));
        all.put(
                "custom-newsletters",
                Map.of("groups", List.of(Map.of("name", "Daily", "newsletters", List.of(DAILY))), "reader_count", 1L));
        all.put("custom-newsletter", Map.of("newsletter", DAILY));
        all.put("custom-industries", Map.of("title", "Your industries", "industries", List.of()));
        all.put("custom-review", Map.of("title", "Your weekly review", "review", ISSUE));
        all.put("custom-ask", Map.of("title", "Ask the archive", "standing", "upgrade"));
        all.put(
                "custom-ask-history",
                Map.of("title", "Your questions", "questions", List.of(), "saved_alone", false, "of", 100, "left", 37));
        all.put("custom-saved", Map.of("title", "Saved", "posts", List.of()));
        all.put(
                "custom-pro-home",
                Map.of(
                        "title",
                        "Your front page",
                        "ranked",
                        false,
                        "blocks",
                        List.of(Map.of(
                                "name", "Banking", "slug", "banking", "url", "/industry/banking/", "posts", List.of())),
                        "following",
                        List.of(),
                        "saved",
                        List.of(),
                        "reports",
                        List.of()));
        all.put("custom-events", Map.of("title", "Events", "upcoming", List.of(), "past", List.of()));
        all.put("custom-event", event("sign-in"));
        all.put("custom-live-sessions", Map.of("title", "Live", "coming", List.of(), "past", List.of()));
        all.put("custom-live", live("announced", "sign-in"));
        all.put(
                "custom-ticket",
                Map.of(
                        "title", "Dinner",
                        "url", "/events/dinner/",
                        "when", "Thursday 3 December 2026, 19:00–22:00 (Europe/Zurich)",
                        "over", true,
                        "several", false,
                        "tickets", List.of(TICKET),
                        "to", ""));
        all.put(
                "custom-colleague",
                Map.of(
                        "title",
                        "Send to a colleague",
                        "story",
                        "The tide turns",
                        "language",
                        "en",
                        "url",
                        "/tide/",
                        "action",
                        "/tide/colleague",
                        "colleagues",
                        List.of(Map.of("name", "Otto", "email", "otto@ministry.example")),
                        "to",
                        "",
                        "line",
                        "",
                        "longest",
                        500));
        all.put("custom-notes", Map.of("title", "Your notes", "query", "", "notes", List.of()));
        all.put(
                "custom-following",
                Map.of(
                        "title",
                        "Following",
                        "subjects",
                        List.of(),
                        "how",
                        "at_once",
                        "at",
                        "07:00",
                        "zone",
                        "Europe/Brussels",
                        "zones",
                        List.of("Europe/Brussels"),
                        "languages",
                        List.of(Map.of("code", "en", "name", "English", "chosen", true))));
        all.put(
                "custom-edition",
                Map.of("newsletter", DAILY, "edition", with(LETTER, Map.of("html", "<h2>One</h2>", "sent", false))));
        all.put(
                "custom-pro",
                Map.of(
                        "plan", PLAN,
                        "headline", "Know what it changes",
                        "standfirst", "For those who decide.",
                        "benefits", List.of(),
                        "questions", List.of(),
                        "industries", List.of(),
                        "memos", List.of(),
                        "reports", List.of(),
                        "offer", Map.of("action", "/pro/start", "state", "visitor")));
        all.put(
                "custom-account",
                Map.of("email", "eli@reader.example", "newsletters", List.of(), "sessions", List.of()));
        var invoice = Map.<String, Object>of(
                "number",
                "MH-000017",
                "state",
                "Open",
                "open",
                true,
                "issued_at",
                NOW,
                "due_at",
                NOW,
                "email",
                "eli@reader.example");
        all.put(
                "custom-invoice",
                with(
                        invoice,
                        Map.of(
                                "lines",
                                List.of(Map.of("what", "PRO", "amount", 30_000)),
                                "publication",
                                "The Parallel",
                                "zone",
                                "Europe/Brussels",
                                "pdf",
                                "/account/invoices/17/pdf",
                                "from",
                                NOW,
                                "until",
                                NOW,
                                "amount",
                                30_000,
                                "currency",
                                "USD")));
        all.put("custom-membership", Map.of("title", "Your membership"));
        all.put("custom-membership-change", Map.of("plan", PLAN));
        all.put(
                "custom-membership-quote",
                with(
                        Map.of(
                                "title",
                                "Change now?",
                                "quote",
                                1L,
                                "from",
                                PLAN,
                                "to",
                                PLAN,
                                "now",
                                true,
                                "free",
                                false),
                        Map.of(
                                "credit",
                                100,
                                "charge",
                                300,
                                "due",
                                200,
                                "currency",
                                "USD",
                                "at",
                                NOW,
                                "until",
                                NOW,
                                "next",
                                300)));
        all.put("custom-membership-pause", Map.of("error", "Your membership is paused already."));
        all.put("custom-membership-cancel", Map.of("ahead", "You can read to its end.", "reasons", List.of()));
        all.put(
                "custom-membership-payment",
                Map.of("company", "", "address", "", "vat_number", "", "countries", List.of(), "terms_days", 14));
        all.put(
                "custom-gift-membership",
                with(
                        Map.of("plan", PLAN, "lengths", List.of(), "currencies", List.of(), "currency", "USD"),
                        Map.of("first_day", "2026-11-23", "last_day", "2027-11-23", "on", "2026-11-30"),
                        Map.of(
                                "giver_email",
                                "",
                                "giver_name",
                                "",
                                "to_email",
                                "",
                                "to_name",
                                "",
                                "words",
                                "",
                                "card",
                                true)));
        all.put(
                "custom-gift-membership-take",
                Map.of(
                        "giver",
                        "Lena",
                        "length",
                        "a year",
                        "plan",
                        PLAN,
                        "action",
                        "/gift/x",
                        "email",
                        "omar@reader.example"));
        all.put(
                "custom-gifts",
                Map.of("title", "Stories you gave away", "gifts", List.of(), "left", "You can give away 9 more."));
        for (String page : List.of(
                "",
                "-contract",
                "-domains",
                "-industries",
                "-invite",
                "-invited",
                "-request",
                "-seat",
                "-sign-on",
                "-usage")) all.put("custom-team" + page, team());
        all.put("custom-teams", Map.of("title", "For teams", "seen", "1"));
        all.put("custom-account-address", Map.of("title", "Your address", "email", "ada@parallel.example"));
        all.put("custom-account-devices", Map.of("title", "Devices", "sessions", List.of(), "passkeys", List.of()));
        all.put("custom-account-part", Map.of("title", "Newsletters", "part", "newsletters", "newsletters", List.of()));
        all.put("custom-factor", Map.of("title", "A second step", "state", "ask"));
        all.put("custom-fresh", Map.of("title", "Is it you?", "email", "ada@parallel.example"));
        all.put("custom-passkey", Map.of("title", "Sign in faster next time"));
        all.put("custom-search", with(list, Map.of("query", "")));
        all.put("custom-signin", Map.of("state", "form", "email", "", "next", "", "error", ""));
        all.put("custom-message", Map.of("title", "Done", "text", "You have left the list."));
        all.put("error-404", Map.of("statusCode", 404, "message", "Not here."));
        all.put("error", Map.of("statusCode", 500, "message", "Something broke."));
        return all;
    }

    static Map<String, Object> of(String template, Map<String, Map<String, Object>> pages) {
        return Objects.requireNonNull(pages.get(template), template);
    }

    /** The same templates with all that they may be given. */
    static Map<String, Map<String, Object>> most() {
        var article = fullCard("article", "tide", "The tide turns for the Calder Islands and their ferry crews");
        var memo = fullCard("memo", "memo", "The accord puts a price on water without using the word");
        var report = fullCard("report", "delta", "The Delta Economy");
        var four = List.of(article, memo, article, article);
        var list = Map.<String, Object>of(
                "posts", List.of(article, memo, article, report, article), "pagination", SECOND_OF_THREE);
        var body = Map.<String, Object>of(
                "html",
                        "<p>One.</p><p>Two.</p><p>Three.</p><p>Between.</p><blockquote><p>Four.</p></blockquote><p>Five.</p>",
                "access", true,
                "dateline", "Port Calder",
                "updated_at", NOW.plusSeconds(3600),
                "corrections", List.of(Map.of("text", "It is 410 kilometres.", "at", NOW)),
                "alternates", List.of(Map.of("language", "ar", "name", "العربية", "url", "/tide-ar/")),
                "industries", List.of(OIL),
                "countries", List.of(Map.of("name", "Norway", "slug", "no", "url", "/country/no/")),
                "named",
                        List.of(Map.of("name", "Otto Brandvik", "slug", "otto-brandvik", "url", "/who/otto-brandvik/")),
                "shelf",
                        Map.of(
                                "save_action", "/saved/tide",
                                "saved", true,
                                "note_action", "/notes/tide",
                                "note", "Ask Otto.",
                                "revision", 2,
                                "owner", "7",
                                "longest", 20_000,
                                "said", "Saved."));
        var notes = Map.<String, Object>of(
                "key_points",
                List.of("Water has a price.", "Annex C is the accord."),
                "watch",
                List.of("The first dry August."),
                "pdf_url",
                "/memo/memo.pdf",
                "colleague",
                "/memo/colleague",
                "front",
                Map.of("answers", List.of("Who pays?"), "points", 4, "watch", 1, "sources", 6),
                "confidence",
                "moderate",
                "confidence_why",
                "We have read the text, and not the annex.",
                "sources",
                List.of("The accord", "Two of its authors"));
        var cover = Map.<String, Object>of(
                "subtitle",
                "What a river is worth",
                "chapters",
                List.of(Map.of("number", 1, "title", "The ground as an expense", "anchor", "s-one")),
                "chapter_count",
                4,
                "table_count",
                1,
                "chart_count",
                2,
                "page_count",
                60,
                "chapters_beyond",
                List.of("The sea as a lender"),
                "pdf_url",
                "/delta.pdf");
        var beside =
                Map.<String, Object>of("related", four, "newsletter", DAILY, "report", report, "promotion", PROMOTION);
        var all = new TreeMap<>(least());
        all.put(
                "home",
                Map.of(
                        "posts", nCopies(12, article),
                        "sections", nCopies(12, Map.of("tag", ENERGY, "posts", four)),
                        "memos", nCopies(4, memo),
                        "reports", List.of(report, report),
                        "latest", nCopies(8, article),
                        "most_read", nCopies(5, article)));
        all.put("index", list);
        all.put("post", with(beside, Map.of("post", with(article, body))));
        all.put(
                "custom-memo",
                with(
                        beside,
                        Map.of(
                                "post",
                                with(memo, body, notes),
                                "follows",
                                List.of(follow(true), follow(false, "se")),
                                "memos",
                                List.of(memo))));
        all.put("custom-ask", asking());
        all.put(
                "custom-ask-history",
                Map.of(
                        "title",
                        "Saved answers",
                        "questions",
                        List.of(ASKED),
                        "saved_alone",
                        true,
                        "of",
                        100,
                        "left",
                        37,
                        "notice",
                        "The question is deleted."));
        all.put(
                "custom-saved",
                Map.of(
                        "title",
                        "Saved",
                        "posts",
                        List.of(
                                with(memo, Map.of("seen", false, "action", "/saved/a")),
                                with(article, Map.of("seen", true, "action", "/saved/b"))),
                        "removed",
                        "/saved/c"));
        all.put(
                "custom-live-sessions",
                Map.of(
                        "title",
                        "Live",
                        "coming",
                        List.of(with(LIVE, Map.of("live", true, "announcement", "What the winter brings."))),
                        "past",
                        List.of(with(LIVE, Map.of("live", false)))));
        all.put(
                "custom-live",
                with(
                        with(live("ended", "ask"), Map.of("open", true)),
                        Map.of(
                                "reminded",
                                true,
                                "anonymous",
                                true,
                                "held_first",
                                true,
                                "notice",
                                "Saved.",
                                "error",
                                "Please write a question first.",
                                "recording",
                                true,
                                "questions",
                                List.of(
                                        with(
                                                asked("answered"),
                                                Map.of("id", 8, "name", "Ada", "answer", "Nearly full.")),
                                        asked("queued")),
                                "chapters",
                                List.of(Map.of("at", 93, "clock", "1:33", "text", "How full are the stores?")),
                                "captions",
                                "en",
                                "transcript",
                                List.of(Map.of(
                                        "at", 4, "clock", "0:04", "voice", "Lena Horvat", "text", "Good evening.")))));
        all.put(
                "custom-events",
                Map.of(
                        "title",
                        "Events",
                        "upcoming",
                        List.of(with(
                                EVENT, Map.of("city", "Geneva", "announcement", "An evening.", "state", "confirmed"))),
                        "past",
                        List.of(
                                with(EVENT, Map.of("recording", true, "online", true)),
                                with(EVENT, Map.of("called_off", true)))));
        all.put(
                "custom-event",
                with(
                        event("form"),
                        Map.ofEntries(
                                Map.entry("admitted", true),
                                Map.entry("city", "Geneva"),
                                Map.entry("price", "CHF 45.00"),
                                Map.entry("tax", Map.of("name", "VAT", "rate", "8.1")),
                                Map.entry("card", true),
                                Map.entry("notice", "Saved."),
                                Map.entry("error", "Please answer."),
                                Map.entry("where", "Auberge du Lac, Geneva"),
                                Map.entry("map", "https://maps.example/x"),
                                Map.entry("online_url", "https://meet.example/x"),
                                Map.entry("details", List.of("Ring twice.")),
                                Map.entry(
                                        "programme",
                                        List.of(Map.of("time", "19:00", "text", "Drinks"), Map.of("text", "Talk"))),
                                Map.entry("speakers", List.of(Map.of("name", "Ivo", "role", "editor"))),
                                Map.entry("recording", "https://parallel.example/r"),
                                Map.entry(
                                        "papers",
                                        List.of(Map.of("title", "Figures", "url", "https://parallel.example/f"))),
                                Map.entry("plus_one", true),
                                Map.entry("capacity", 12),
                                Map.entry("full", false),
                                Map.entry("left", 2),
                                Map.entry(
                                        "questions",
                                        List.of(Map.of(
                                                "number", 1, "text", "Allergies?", "required", true, "value", "Nuts"))),
                                Map.entry("email", "ada@parallel.example"),
                                Map.entry("bring", true),
                                Map.entry("guest", "Omar"))));
        all.put(
                "custom-ticket",
                with(
                        of("custom-ticket", all),
                        Map.of(
                                "over",
                                false,
                                "several",
                                true,
                                "where",
                                "Auberge du Lac, Geneva",
                                "map",
                                "https://maps.example/x",
                                "online",
                                "https://meet.example/x",
                                "notice",
                                "Saved.",
                                "error",
                                "That is your own address.",
                                "tickets",
                                List.of(
                                        TICKET,
                                        with(
                                                TICKET,
                                                Map.of(
                                                        "name",
                                                        "",
                                                        "companion",
                                                        true,
                                                        "back",
                                                        "/events/dinner/ticket/2/give-back"))))));
        all.put(
                "custom-colleague",
                with(of("custom-colleague", all), Map.of("error", "Not of your team.", "line", "Look.")));
        var unread = List.of(with(memo, Map.of("seen", false)), with(article, Map.of("seen", true)));
        all.put(
                "custom-pro-home",
                Map.of(
                        "title",
                        "Your front page",
                        "name",
                        "Cleo",
                        "ranked",
                        true,
                        "blocks",
                        List.of(Map.of(
                                "name", "Banking", "slug", "banking", "url", "/industry/banking/", "posts", unread)),
                        "following",
                        unread,
                        "saved",
                        unread,
                        "reports",
                        List.of(report, report),
                        "review",
                        Map.of("day", NOW, "url", "/pro/review/2026-11-20/", "length", 9, "posts", List.of(memo))));
        var noted = Map.<String, Object>of(
                "title",
                "The tide turns",
                "url",
                "/tide/#note",
                "text",
                "Ask Otto.",
                "at",
                NOW,
                "gone",
                false,
                "action",
                "/notes/tide");
        all.put(
                "custom-notes",
                Map.of(
                        "title",
                        "Your notes",
                        "query",
                        "Otto",
                        "notes",
                        List.of(noted, with(noted, Map.of("gone", true))),
                        "deleted",
                        noted,
                        "error",
                        "Too long.",
                        "typed",
                        "A note",
                        "slug",
                        "tide"));
        all.put(
                "custom-following",
                with(
                        of("custom-following", all),
                        Map.of(
                                "subjects",
                                List.of(follow(true)),
                                "how",
                                "daily",
                                "left",
                                follow(false),
                                "error",
                                "Please give a time.",
                                "notice",
                                "Saved.")));
        all.put("custom-report", with(beside, Map.of("post", with(report, body, cover))));
        all.put(
                "tag",
                Map.of(
                        "tag", with(OIL, Map.of("kind", "industry", "editor", IVO, "feed", "/industry/oil-gas/rss/")),
                        "posts", nCopies(7, article),
                        "pagination", Map.of("page", 1, "pages", 2, "total", 27, "limit", 20, "next", 2),
                        "follow", follow(true),
                        "letter",
                                with(
                                        DAILY,
                                        Map.of("audience", "members", "named", true, "active", true, "closed", true)),
                        "newsletter", DAILY));
        var person = Map.<String, Object>of(
                "role",
                "Reporter",
                "bio",
                "Writes of ports.",
                "location",
                "Sarrin",
                "profile_image",
                "/content/images/ivo.jpg");
        all.put("author", with(list, Map.of("author", with(IVO, person, Map.of("feed", "/author/ivo/rss/")))));
        var months = List.of(Map.of("name", "November", "url", "/archive/2026/11/", "count", 59));
        all.put(
                "archive",
                with(list, Map.of("title", "November 2026", "years", List.of(Map.of("year", 2026, "months", months)))));
        all.put("custom-list", with(list, Map.of("title", "Reports", "description", "Long.", "kind", "report")));
        all.put(
                "custom-newsletters",
                Map.of(
                        "groups",
                        List.of(
                                Map.of("name", "Every day", "newsletters", List.of(DAILY, DAILY, DAILY, DAILY)),
                                Map.of("name", "Every week", "newsletters", List.of(REVIEW))),
                        "reader_count",
                        104_233L,
                        "email",
                        "eli@reader.example",
                        "error",
                        "Choose at least one newsletter."));
        var letter = Map.<String, Object>of(
                "newsletter", with(DAILY, Map.of("active", true, "authors", List.of(IVO), "sender", "City Desk")),
                "edition",
                        with(
                                LETTER,
                                Map.of(
                                        "html",
                                        "<h3>One</h3><p>Two.</p>",
                                        "titled",
                                        true,
                                        "withheld",
                                        true,
                                        "sent",
                                        true)),
                "editions", nCopies(30, LETTER),
                "older", "/newsletters/energy-daily/?before=2026-10-20");
        all.put("custom-newsletter", letter);
        Map<String, Object> block = Map.of(
                "name",
                "Banking",
                "url",
                "/industry/banking/",
                "ranked",
                true,
                "foreword",
                "A quiet week.",
                "posts",
                List.of());
        Map<String, Object> review = with(ISSUE, Map.of("quiet", "Green energy", "blocks", List.of(block)));
        all.put(
                "custom-industries",
                Map.of(
                        "title",
                        "Your industries",
                        "industries",
                        List.of(Map.of("name", "Banking", "slug", "banking", "rank", 1)),
                        "ranked",
                        true,
                        "review",
                        review,
                        "notice",
                        "Saved.",
                        "whose",
                        "team",
                        "team",
                        "Ministry of Ports",
                        "next",
                        "/account/",
                        "welcome",
                        true));
        all.put(
                "custom-industries",
                with(
                        of("custom-industries", all),
                        Map.of(
                                "letter",
                                with(
                                        DAILY,
                                        Map.of(
                                                "chosen", false,
                                                "words", "Yes, send me Your weekly review.",
                                                "email", "ada@parallel.example")))));
        all.put(
                "custom-review",
                Map.of(
                        "title",
                        "Your weekly review",
                        "review",
                        review,
                        "others",
                        List.of(Map.of("day", NOW, "url", "/pro/review/2026-11-20/"))));
        all.put("custom-edition", letter);
        all.put(
                "custom-pro",
                with(
                        PICTURE,
                        of("custom-pro", all),
                        Map.of("tax", Map.of("name", "VAT", "rate", "21")),
                        Map.of(
                                "samples",
                                        Map.of(
                                                "memo",
                                                with(
                                                        memo,
                                                        Map.of(
                                                                "opening",
                                                                "It begins.",
                                                                "answers",
                                                                List.of("Who pays?"))),
                                                "report",
                                                with(report, Map.of("chapter_count", 4)),
                                                "review",
                                                List.of(Map.of("name", "Banking", "posts", List.of(article))),
                                                "event",
                                                EVENT),
                                "benefits",
                                        nCopies(
                                                3,
                                                Map.of(
                                                        "title",
                                                        "Memos",
                                                        "text",
                                                        "What a decision changes, the day it is made.")),
                                "questions",
                                        nCopies(3, Map.of("question", "May I cancel?", "answer", "Yes, by yourself.")),
                                "industries", nCopies(9, OIL),
                                "memos", nCopies(4, memo),
                                "reports", List.of(report, report),
                                "offer",
                                        Map.of(
                                                "action",
                                                "/pro/start",
                                                "state",
                                                "visitor",
                                                "next",
                                                "/memo/",
                                                "error",
                                                "Give an address."))));
        all.put(
                "custom-account",
                Map.of(
                        "email", "cleo@parallel.example",
                        "name", "Cleo",
                        "notice", "Saved.",
                        "newsletters", List.of(DAILY, REVIEW),
                        "industries", List.of(with(OIL, Map.of("rank", 1))),
                        "subscription",
                                Map.of(
                                        "state",
                                        "active",
                                        "plan",
                                        PLAN,
                                        "until",
                                        NOW,
                                        "next_payment",
                                        NOW,
                                        "can_cancel",
                                        true),
                        "invoices",
                                List.of(Map.of(
                                        "number",
                                        "2026-17",
                                        "at",
                                        NOW,
                                        "amount",
                                        30_000,
                                        "currency",
                                        "USD",
                                        "state",
                                        "Paid",
                                        "url",
                                        "/account/invoices/17")),
                        "sessions",
                                List.of(
                                        Map.of(
                                                "id",
                                                "a",
                                                "device",
                                                "Firefox on Linux",
                                                "seen_at",
                                                NOW,
                                                "current",
                                                true),
                                        Map.of(
                                                "id",
                                                "b",
                                                "device",
                                                "Safari on iPhone",
                                                "seen_at",
                                                NOW,
                                                "current",
                                                false))));
        all.put(
                "custom-search",
                with(
                        with(list, Map.of("query", "tide", "topics", List.of(ENERGY))),
                        Map.of(
                                "better",
                                Map.of("query", "tides", "url", "/search/?q=tides"),
                                "away",
                                false,
                                "preparing",
                                true,
                                "narrow",
                                Map.of(
                                        "open",
                                        true,
                                        "kinds",
                                        List.of(Map.of("slug", "memo", "name", "memo", "chosen", true)),
                                        "topics",
                                        List.of(Map.of("slug", "energy", "name", "Energy", "chosen", false)),
                                        "industries",
                                        List.of(),
                                        "from",
                                        "2026-11-01",
                                        "order",
                                        "newest"))));
        all.put(
                "custom-message",
                Map.of(
                        "title", "Check your e-mail",
                        "text", "We sent a letter to eli@reader.example.",
                        "tone", "good",
                        "email", "eli@reader.example",
                        "newsletters", List.of(DAILY),
                        "actions",
                                List.of(
                                        Map.of("label", "To the front page", "url", "/"),
                                        Map.of(
                                                "label",
                                                "Send again",
                                                "action",
                                                "/newsletters/again",
                                                "fields",
                                                List.of(Map.of("name", "id", "value", "7"))))));
        all.put("error-404", with(of("error-404", all), Map.of("posts", four)));
        return all;
    }
}
