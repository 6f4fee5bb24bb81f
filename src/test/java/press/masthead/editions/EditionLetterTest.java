package press.masthead.editions;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.mail.internet.MimeMessage;
import java.io.ByteArrayInputStream;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.jsoup.Jsoup;
import org.jsoup.nodes.Document;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import press.masthead.deliveries.Leaving;
import press.masthead.editions.EditionForm.Entry;
import press.masthead.platform.mail.Bytes;
import press.masthead.platform.mail.FrozenMessage;

/** What readers find in their mailboxes. */
class EditionLetterTest {
    private static final String SECRET = "the Copper Almanac";

    private final Room room = new Room("2026-11-23T12:00:00Z");
    private final long newsletter = room.morning("waits");

    @AfterEach
    void close() {
        room.close();
    }

    /** One person's letters of the newest mailing, by the name they get them under. */
    private Map<String, MimeMessage> letters() throws Exception {
        record Row(String address, String variant, String name, String token, String greeting) {}
        List<Row> rows = room.jdbi.withHandle(handle -> handle.createQuery("""
                        select address, variant, name, token, personal ->> 'greeting' as greeting from letter
                        where mailing_id = (select max(id) from mailing)
                        """)
                .map((row, ctx) -> new Row(
                        row.getString(1), row.getString(2), row.getString(3), row.getString(4), row.getString(5)))
                .list());
        var letters = new java.util.TreeMap<String, MimeMessage>();
        for (Row row : rows) {
            byte[] kept = room.jdbi.withHandle(handle -> handle.createQuery(
                            "select message from mailing_variant where name = :name order by mailing_id desc limit 1")
                    .bind("name", row.variant())
                    .mapTo(byte[].class)
                    .one());
            var bytes = new Bytes();
            FrozenMessage.of(kept)
                    .splice(
                            slot -> switch (slot) {
                                case "name" -> row.name();
                                case "address" -> row.address();
                                case "token" -> row.token();
                                case "greeting" -> row.greeting();
                                default -> "1.1";
                            },
                            bytes);
            letters.put(row.address(), new MimeMessage(null, new ByteArrayInputStream(bytes.toArray())));
        }
        return letters;
    }

    private static MimeMessage letterTo(Map<String, MimeMessage> letters, String address) {
        return java.util.Objects.requireNonNull(letters.get(address), address);
    }

    private static String part(MimeMessage letter, int index) throws Exception {
        return (String) ((jakarta.mail.internet.MimeMultipart) letter.getContent())
                .getBodyPart(index)
                .getContent();
    }

    private static String text(MimeMessage letter) throws Exception {
        return part(letter, 0);
    }

    private static Document html(MimeMessage letter) throws Exception {
        return Jsoup.parse(part(letter, 1));
    }

    private long draft(Entry... entries) {
        room.draftEditions.run();
        long edition = room.edition("morning", "2026-11-24");
        var form = new EditionForm(
                room.editions.byId(edition).orElseThrow().revision(), "", "Two lines.\nOn top.", List.of(entries));
        long editor = room.jdbi.withHandle(handle -> handle.createQuery(
                        "insert into reader (email, email_key, created_at) values ('ed', 'ed', now()) on conflict (email_key) do update set name = '' returning id")
                .mapTo(Long.class)
                .one());
        assertThat(room.editions.save(edition, form, editor)).isInstanceOf(Editions.Saved.Done.class);
        return edition;
    }

    private void member(String email) {
        room.set("insert into plan (slug, name) values ('pro', 'PRO') on conflict do nothing");
        room.set(
                "insert into price (plan_id, amount, currency, interval) select id, 30000, 'USD', 'year' from plan where not exists (select from price)");
        room.set("""
                insert into membership (reader_id, price_id, started_at, until)
                select r.id, (select min(id) from price), '2026-11-01', '2027-11-01' from reader r where r.email = '%s'
                """.formatted(email));
    }

    private long memo() {
        return room.jdbi.withHandle(
                handle -> handle.createQuery("""
                        insert into story (kind, slug, title, standfirst, access, opening, rest, words, state, published_at, created_at, updated_at)
                        values ('memo', 'ladder', 'Who gets paid', 'Order of creditors.', 'member', '<p>Opening words.</p>',
                                '<p>Beyond: the Copper Almanac.</p>', 900, 'published', '2026-11-23T10:00Z', now(), now())
                        returning id
                        """).mapTo(Long.class).one());
    }

    @ParameterizedTest
    @ValueSource(strings = {"ar", "he"})
    void a_newsroom_that_writes_another_language_has_letters_in_it(String language) throws Exception {
        room.set(
                "insert into setting (name, value) values ('language', '%s') on conflict (name) do update set value = excluded.value"
                        .formatted(language));
        room.set("update newsletter set name = 'الصباح' where id = " + newsletter);
        room.story("Tide", "2026-11-23T09:00:00Z");
        memo();
        room.reader("ben@reader.example", "morning");
        room.send(draft(new Entry.Story(1), new Entry.Story(2)));
        var letter = letterTo(letters(), "ben@reader.example");
        var page = html(letter);

        assertThat(page.expectFirst("html").attr("dir")).isEqualTo("rtl");
        assertThat(page.expectFirst("table.sheet").attr("dir")).isEqualTo("rtl");
        String ours =
                "https?://\\S+|Tide\\S*|Two lines|On top|Who gets paid|WHO GETS PAID|Order of creditors|Standfirst of|WORLD|World|Masthead|The Parallel|PRO|Ben";
        for (String words : List.of(text(letter), page.body().text()))
            assertThat(words.replaceAll(ours, "")).doesNotContainPattern("[A-Za-z]{3,}");
    }

    @Test
    void each_reader_is_greeted_by_name_and_one_without_is_greeted_all_the_same() throws Exception {
        room.story("Tide", "2026-11-23T09:00:00Z");
        room.reader("ben@reader.example", "morning");
        room.reader("nameless@reader.example", "morning");
        room.set("update reader set name = '  Ben Arkwell' where email = 'ben@reader.example'");
        room.send(draft(new Entry.Story(1)));
        var letters = letters();
        assertThat(text(letterTo(letters, "ben@reader.example"))).contains("Good morning, Ben.\r\n");
        assertThat(text(letterTo(letters, "nameless@reader.example"))).contains("Good morning.\r\n");
        assertThat(html(letterTo(letters, "nameless@reader.example")).text())
                .contains("Good morning. Two lines. On top.")
                .doesNotContain("null");
    }

    @Test
    void the_letter_says_who_it_is_from_how_to_leave_and_where_to_choose() throws Exception {
        room.story("Tide", "2026-11-23T09:00:00Z");
        room.reader("ben@reader.example", "morning");
        room.set("update newsletter set reply_to = 'answers@parallel.example', sender_name = 'The Morning Desk'");
        room.send(draft(new Entry.Story(1)));
        MimeMessage letter = letterTo(letters(), "ben@reader.example");
        assertThat(letter.getFrom()[0]).hasToString("The Morning Desk <morning@parallel.example>");
        assertThat(letter.getReplyTo()[0].toString()).contains("answers@parallel.example");
        assertThat(letter.getHeader("List-Unsubscribe-Post")).containsExactly("List-Unsubscribe=One-Click");
        String leave = letter.getHeader("List-Unsubscribe")[0].replaceAll("[<>\\s]", "");
        assertThat(leave).matches("http://parallel\\.example/unsubscribe/[A-Za-z0-9_-]{43}");
        assertThat(text(letter)).contains(leave, "http://parallel.example/account/");
        assertThat(html(letter).select("a").eachAttr("href")).contains(leave, "http://parallel.example/account/");
    }

    @Test
    void the_plain_text_is_a_letter_of_its_own() throws Exception {
        room.story(
                "A headline that is long enough to be broken into two lines because it has more than seventy two letters",
                "2026-11-23T09:00:00Z");
        room.reader("ben@reader.example", "morning");
        room.send(draft(
                new Entry.Story(1),
                new Entry.Block("text", "A walk", "First.\n\nSecond.", 0, "https://walk.example/", false)));
        String text = text(letterTo(letters(), "ben@reader.example"));
        assertThat(text).contains("A walk\r\n\r\nFirst.\r\n\r\nSecond.\r\n\r\nhttps://walk.example/");
        assertThat(text).doesNotContain("<", "&amp;", "&nbsp;");
        for (String line : text.split("\r\n"))
            if (!line.startsWith("http")) assertThat(line.length()).isLessThanOrEqualTo(72);
    }

    @Test
    void a_story_from_right_to_left_runs_so_in_its_own_block_and_nowhere_else() throws Exception {
        room.story("Tide", "2026-11-23T09:00:00Z");
        long arabic = room.story("Arabic", "2026-11-23T08:00:00Z", "world", false);
        room.set(
                "update story set title = 'نهر له ثمن', standfirst = 'حكومتان تتفقان', language = 'ar', direction = 'rtl' where id = "
                        + arabic);
        room.reader("ben@reader.example", "morning");
        room.send(draft(
                new Entry.Story(1), new Entry.Story(arabic), new Entry.Block("text", "", "שלום עולם", 0, "", false)));
        Document letter = html(letterTo(letters(), "ben@reader.example"));
        assertThat(letter.select("html").attr("dir")).isEqualTo("ltr");
        assertThat(letter.select("td:contains(نهر له ثمن)[dir]").attr("dir")).isEqualTo("rtl");
        assertThat(letter.select("td[dir=rtl][lang=ar]").attr("style")).contains("text-align:right");
        assertThat(letter.select("td:contains(שלום)[dir]").attr("dir")).isEqualTo("rtl");
        assertThat(letter.select("td:contains(Tide)[dir=rtl]")).isEmpty();
        assertThat(text(letterTo(letters(), "ben@reader.example"))).contains("نهر له ثمن");
    }

    @Test
    void every_picture_has_a_text_and_the_preheader_follows_the_subject() throws Exception {
        room.set("""
                insert into picture (name, content_type, width, height, alt, credit, created_at)
                values ('boat.jpg', 'image/jpeg', 1600, 1000, 'A pilot boat at dusk', 'Illustration: sample', now())
                """);
        room.story("Tide", "2026-11-23T09:00:00Z");
        room.set("update story set picture_id = 1 where title = 'Tide'");
        room.reader("ben@reader.example", "morning");
        room.send(draft(new Entry.Story(1), new Entry.Block("picture", "", "Off Port Calder", 1, "", false)));
        Document letter = html(letterTo(letters(), "ben@reader.example"));
        assertThat(letter.select("img").eachAttr("alt"))
                .containsExactly("A pilot boat at dusk", "A pilot boat at dusk");
        assertThat(letter.body().text()).startsWith("Two lines.");
        assertThat(letter.select("img").eachAttr("src")).allMatch(src -> src.startsWith("http://parallel.example/"));
        assertThat(text(letterTo(letters(), "ben@reader.example")))
                .contains("[Picture: A pilot boat at dusk]", "Illustration: sample");
    }

    @Test
    void a_memo_gives_away_its_teaser_alone_to_members_as_to_everyone() throws Exception {
        long memo = memo();
        room.reader("visitor@reader.example", "morning");
        room.reader("cleo@reader.example", "morning");
        member("cleo@reader.example");
        room.send(draft(new Entry.Story(memo)));
        for (MimeMessage letter : letters().values()) {
            assertThat(text(letter)).contains("PRO MEMO", "Who gets paid").doesNotContain(SECRET, "Opening words");
            assertThat(html(letter).text()).contains("Who gets paid").doesNotContain(SECRET, "Opening words");
        }
        assertThat(html(letterTo(letters(), "visitor@reader.example")).text())
                .contains("Read it free for a week", "Try PRO");
        assertThat(html(letterTo(letters(), "cleo@reader.example")).text())
                .contains("Read the memo")
                .doesNotContain("Try PRO");
    }

    @Test
    void a_block_for_members_reaches_members_alone() throws Exception {
        room.story("Tide", "2026-11-23T09:00:00Z");
        for (String who : List.of("visitor", "cleo", "lapsed")) room.reader(who + "@reader.example", "morning");
        member("cleo@reader.example");
        member("lapsed@reader.example");
        room.set(
                "update membership set until = '2026-11-20', cancelled_at = '2026-11-10' where reader_id = (select id from reader where email = 'lapsed@reader.example')");
        room.send(draft(
                new Entry.Story(1), new Entry.Block("text", "Only for you", "Look up " + SECRET + ".", 0, "", true)));
        var letters = letters();
        assertThat(text(letterTo(letters, "cleo@reader.example"))).contains(SECRET);
        for (String who : List.of("visitor@reader.example", "lapsed@reader.example")) {
            assertThat(text(letterTo(letters, who))).doesNotContain(SECRET, "Only for you");
            assertThat(html(letterTo(letters, who)).html()).doesNotContain(SECRET, "Only for you");
        }
        byte[] everyone = room.jdbi.withHandle(
                handle -> handle.createQuery("select message from mailing_variant where name = 'everyone'")
                        .mapTo(byte[].class)
                        .one());
        assertThat(new String(everyone, java.nio.charset.StandardCharsets.ISO_8859_1))
                .doesNotContain("Copper");
    }

    @Test
    void whose_membership_ends_before_the_letter_leaves_gets_what_everyone_gets() {
        room.story("Tide", "2026-11-23T09:00:00Z");
        for (String who : List.of("cleo", "lapsed")) room.reader(who + "@reader.example", "morning");
        member("cleo@reader.example");
        member("lapsed@reader.example");
        room.send(draft(
                new Entry.Story(1), new Entry.Block("text", "Only for you", "Look up " + SECRET + ".", 0, "", true)));
        room.set(
                "update membership set ended_at = '2026-11-20' where reader_id = (select id from reader where email = 'lapsed@reader.example')");

        for (var letter : Leaving.of(room.database, room.clock)) {
            assertThat(letter.text()).contains("Tide");
            if (letter.to().equals("cleo@reader.example"))
                assertThat(letter.text()).contains("Only for you");
            else assertThat(letter.text()).doesNotContain("Only for you", SECRET);
        }
        assertThat(room.text("select count(*)::text from letter where state = 'accepted'"))
                .isEqualTo("2");
    }

    @Test
    void a_newsletter_for_members_that_is_late_goes_to_nobody_who_left_meanwhile() {
        room.story("Tide", "2026-11-23T09:00:00Z");
        room.reader("cleo@reader.example", "morning");
        member("cleo@reader.example");
        room.set("update newsletter set audience = 'members' where id = " + newsletter);
        room.send(draft(new Entry.Story(1)));
        room.set("update membership set ended_at = '2026-11-20'");

        assertThat(Leaving.of(room.database, room.clock)).isEmpty();
        assertThat(room.text("select state || ': ' || reply from letter"))
                .isEqualTo("cancelled: Their membership had ended when it was to leave.");
    }

    @Test
    void a_newsletter_for_members_goes_to_nobody_else() throws Exception {
        room.story("Tide", "2026-11-23T09:00:00Z");
        room.reader("visitor@reader.example", "morning");
        room.reader("cleo@reader.example", "morning");
        member("cleo@reader.example");
        room.set("update newsletter set audience = 'members' where id = " + newsletter);
        room.send(draft(new Entry.Story(1)));
        assertThat(letters()).containsOnlyKeys("cleo@reader.example");
    }

    @Test
    void the_letter_is_small_enough_to_be_shown_whole() throws Exception {
        var entries = new java.util.ArrayList<Entry>();
        for (int i = 0; i < 14; i++)
            entries.add(new Entry.Story(room.story("Story " + i, "2026-11-23T09:00:00Z", "world", false)));
        room.reader("ben@reader.example", "morning");
        room.send(draft(entries.toArray(Entry[]::new)));
        assertThat(letterTo(letters(), "ben@reader.example").getSize()).isBetween(8_000, 100_000);
    }

    @Test
    void the_subject_follows_the_first_story_until_somebody_writes_one() {
        room.story("First", "2026-11-23T09:00:00Z");
        room.story("Second", "2026-11-23T10:00:00Z");
        long edition = draft(new Entry.Story(2), new Entry.Story(1));
        assertThat(room.editions.byId(edition).orElseThrow().subject()).isEqualTo("Second");
        draft(new Entry.Story(1), new Entry.Story(2));
        assertThat(room.editions.byId(edition).orElseThrow().subject()).isEqualTo("First");
        room.editions.save(edition, new EditionForm(3, "Mine", "", List.of(new Entry.Story(2))), 1);
        room.editions.save(edition, new EditionForm(4, "Mine", "", List.of(new Entry.Story(1))), 1);
        assertThat(room.editions.byId(edition).orElseThrow().subject()).isEqualTo("Mine");
        room.editions.save(edition, new EditionForm(5, "", "", List.of(new Entry.Story(1))), 1);
        assertThat(room.editions.byId(edition).orElseThrow().subject()).isEqualTo("First");
    }

    @ParameterizedTest
    @CsvSource({"#b3261e", "#ffee00", "#111111", "#1f4ed0", "#ffffff", "teal"})
    void a_newsletters_colour_can_be_read_as_small_text_by_day_and_by_night(String colour) {
        Tint tint = Tint.of(colour);
        assertThat(Tint.contrast(tint.onLight(), Tint.LIGHT)).isGreaterThanOrEqualTo(4.5);
        assertThat(Tint.contrast(tint.onDark(), Tint.DARK)).isGreaterThanOrEqualTo(4.5);
        assertThat(Tint.contrast(tint.bar(), tint.onBar())).isGreaterThan(4);
        assertThat(tint.bar()).matches(Pattern.compile("#[0-9a-f]{6}"));
    }
}
