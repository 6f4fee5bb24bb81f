package press.masthead.memos;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import press.masthead.access.Standing;
import press.masthead.deliveries.Audience;
import press.masthead.deliveries.Deliveries;
import press.masthead.deliveries.Mailing;
import press.masthead.deliveries.Reserved;
import press.masthead.following.AlertChoice;
import press.masthead.following.StopAlertPages;
import press.masthead.plans.Memberships;
import press.masthead.platform.mail.FrozenMessage;
import press.masthead.platform.mail.LetterWords;
import press.masthead.stories.MemoNotes;
import press.masthead.stories.StoryCard;
import press.masthead.subscriptions.UnsubscribeLinks;

/**
 * Sends the daily letters whose hour has come: one for each member, composed of memos that are frozen once for all. In one
 * transaction their clocks are moved on and the letters owed, so a letter comes once; what was missed comes with the next.
 */
public final class SendDailyLetters implements Runnable {
    static final String KIND = "memo-daily";
    private static final Duration IN_TIME = Duration.ofHours(6);

    /** In one mailing; the others follow at once. */
    private static final int AT_ONCE = 20_000;

    /** In one letter; there are never so many memos a day, but after a month of silence there may be. */
    private static final int MEMOS = 12;

    private final Jdbi jdbi;
    private final Clock clock;
    private final Memberships memberships;
    private final UnsubscribeLinks links;
    private final Deliveries deliveries;
    private final AlertLetter letter;

    public SendDailyLetters(
            Jdbi jdbi,
            Clock clock,
            Memberships memberships,
            UnsubscribeLinks links,
            Deliveries deliveries,
            AlertLetter letter) {
        this.jdbi = jdbi;
        this.clock = clock;
        this.memberships = memberships;
        this.links = links;
        this.deliveries = deliveries;
        this.letter = letter;
    }

    private record Due(long readerId, LocalTime at, String zone) {
        Instant next(Instant now) {
            return new AlertChoice(AlertChoice.How.DAILY, at, ZoneId.of(zone)).next(now);
        }
    }

    @Override
    public void run() {
        while (jdbi.inTransaction(this::send) == AT_ONCE)
            ;
    }

    private int send(Handle handle) {
        if (!anyDue(handle)) return 0;
        Followers.holdDecisions(handle);
        Instant now = clock.instant();
        List<Due> due = handle.createQuery("""
                        select reader_id, at, zone from alert_choice where how = 'daily' and next_at <= :now
                        order by next_at limit :most for update skip locked
                        """)
                .bind("now", now)
                .bind("most", AT_ONCE)
                .mapTo(Due.class)
                .list();
        if (due.isEmpty()) return 0;
        List<Long> readers = due.stream().map(Due::readerId).toList();
        owe(handle, Followers.daily(handle, readers, now), now);
        handle.createUpdate("""
                        update alert_choice c set since = :now, next_at = w.next
                        from unnest(:readers, :next) as w (reader_id, next) where c.reader_id = w.reader_id
                        """)
                .bind("now", now)
                .bindArray("readers", Long.class, readers)
                .bindArray(
                        "next",
                        Instant.class,
                        due.stream().map(one -> one.next(now)).toList())
                .execute();
        return due.size();
    }

    private boolean anyDue(Handle handle) {
        return handle.createQuery("select exists (select from alert_choice where how = 'daily' and next_at <= :now)")
                .bind("now", clock.instant())
                .mapTo(Boolean.class)
                .one();
    }

    private void owe(Handle handle, Map<Long, List<Long>> wanted, Instant now) {
        Map<Long, StoryCard> cards = cards(handle, wanted);
        Map<Long, Standing> standings = memberships.standings(handle, wanted.keySet(), now);
        var owed = new HashMap<Long, List<StoryCard>>();
        wanted.forEach((reader, memos) -> {
            Standing standing = standings.getOrDefault(reader, new Standing.SignedIn());
            List<StoryCard> open = memos.stream()
                    .map(cards::get)
                    .filter(Objects::nonNull)
                    .filter(card -> Followers.may(standing, card.rule(), now))
                    .limit(MEMOS)
                    .toList();
            if (!open.isEmpty()) owed.put(reader, open);
        });
        if (owed.isEmpty()) return;
        Map<Long, LetterWords> languages = languages(handle, owed.keySet());
        Map<String, FrozenMessage> messages = messages(handle, owed, languages, now);
        long run = handle.createQuery("insert into memo_digest (at, mailing_id) values (:now, 0) returning id")
                .bind("now", now)
                .mapTo(Long.class)
                .one();
        var mailing = new Mailing(
                KIND,
                Long.toString(run),
                "Daily memos",
                letter.returnPath(),
                letter.mailDomain(),
                messages,
                messages.keySet().stream().collect(Collectors.toMap(name -> name, name -> Reserved.forMembers())),
                now,
                now.plus(IN_TIME));
        handle.createUpdate("update memo_digest set mailing_id = :mailing where id = :run")
                .bind(
                        "mailing",
                        deliveries
                                .owe(handle, mailing, audience(owed, languages))
                                .mailing())
                .bind("run", run)
                .execute();
    }

    private static Map<Long, StoryCard> cards(Handle handle, Map<Long, List<Long>> wanted) {
        List<Long> ids =
                wanted.values().stream().flatMap(List::stream).distinct().toList();
        return handle
                .createQuery("select * from story_card where id = any(:ids)")
                .bindArray("ids", Long.class, ids)
                .mapTo(StoryCard.class)
                .stream()
                .collect(Collectors.toMap(StoryCard::id, card -> card));
    }

    private record Speaks(long id, String language) {}

    private static Map<Long, LetterWords> languages(Handle handle, Set<Long> readers) {
        return handle
                .createQuery("select id, language from reader where id = any(:readers)")
                .bindArray("readers", Long.class, List.copyOf(readers))
                .mapTo(Speaks.class)
                .stream()
                .collect(Collectors.toMap(Speaks::id, one -> LetterWords.in(one.language())));
    }

    /** One for each language that one of them reads, with every memo that one of its letters names. */
    private Map<String, FrozenMessage> messages(
            Handle handle, Map<Long, List<StoryCard>> owed, Map<Long, LetterWords> languages, Instant now) {
        var notes = new HashMap<Long, MemoNotes>();
        var messages = new HashMap<String, FrozenMessage>();
        for (LetterWords words : Set.copyOf(languages.values())) {
            var draft = letter.daily(words, now);
            Set<Long> frozen = new HashSet<>();
            owed.forEach((reader, memos) -> {
                if (languages.get(reader) != words) return;
                for (StoryCard card : memos)
                    if (frozen.add(card.id()))
                        letter.add(
                                draft,
                                "m" + card.id(),
                                letter.memo(
                                        card,
                                        notes.computeIfAbsent(card.id(), id -> SendAlerts.notes(handle, card, now)),
                                        words));
            });
            messages.put(KIND + words.suffix(), draft.freeze());
        }
        return messages;
    }

    private Audience audience(Map<Long, List<StoryCard>> owed, Map<Long, LetterWords> languages) {
        var readers = new ArrayList<Long>();
        var tokens = new ArrayList<String>();
        var variants = new ArrayList<String>();
        var subjects = new ArrayList<String>();
        var parts = new ArrayList<String>();
        var reserved = new ArrayList<String>();
        owed.forEach((reader, memos) -> {
            readers.add(reader);
            tokens.add(StopAlertPages.token(links, reader));
            LetterWords words = languages.getOrDefault(reader, LetterWords.ENGLISH);
            variants.add(KIND + words.suffix());
            subjects.add(subject(memos, words));
            parts.add(memos.stream().map(card -> "m" + card.id()).collect(Collectors.joining(" ")));
            reserved.add(Reserved.needs(memos.stream().map(StoryCard::rule).toList()));
        });
        return new Audience(
                """
                select r.id as reader_id, r.email as address, r.name, whom.variant, whom.token,
                       jsonb_build_object('subject', whom.subject, 'parts', whom.parts, 'reserved', whom.reserved) as personal
                from unnest(:readers, :variants, :tokens, :subjects, :parts, :reserved)
                  as whom (reader_id, variant, token, subject, parts, reserved)
                join reader r on r.id = whom.reader_id
                """,
                Map.of(
                        "readers",
                        readers.toArray(Long[]::new),
                        "variants",
                        variants.toArray(String[]::new),
                        "tokens",
                        tokens.toArray(String[]::new),
                        "subjects",
                        subjects.toArray(String[]::new),
                        "parts",
                        parts.toArray(String[]::new),
                        "reserved",
                        reserved.toArray(String[]::new)));
    }

    private static String subject(List<StoryCard> memos, LetterWords words) {
        String first = memos.getFirst().title();
        return switch (memos.size()) {
            case 1 -> first;
            case 2 -> words.t("{title}, and 1 more memo", "title", first);
            default ->
                words.t("{title}, and {more} more memos", "title", first, "more", Integer.toString(memos.size() - 1));
        };
    }
}
