package press.masthead.memos;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import press.masthead.access.Answer;
import press.masthead.access.Gift;
import press.masthead.access.Meter;
import press.masthead.access.Paywall;
import press.masthead.access.Rule;
import press.masthead.access.Standing;
import press.masthead.deliveries.Audience;
import press.masthead.deliveries.Deliveries;
import press.masthead.deliveries.Mailing;
import press.masthead.deliveries.Reserved;
import press.masthead.following.StopAlertPages;
import press.masthead.memos.Followers.Follower;
import press.masthead.plans.Memberships;
import press.masthead.platform.mail.FrozenMessage;
import press.masthead.stories.MemoNotes;
import press.masthead.stories.Stories;
import press.masthead.stories.StoryCard;
import press.masthead.subscriptions.UnsubscribeLinks;

/**
 * Tells followers of each memo that came out: who is owed a letter is decided and written down in one transaction, once for each
 * memo. What was taken back since does not leave any more. Asked every few seconds; harmless when nothing is due.
 */
public final class SendAlerts implements Runnable {
    static final String KIND = "memo";

    /** An alert that has not left by then waits for a person: it is no news any more. */
    private static final Duration IN_TIME = Duration.ofHours(6);

    private static final Logger LOG = LoggerFactory.getLogger(SendAlerts.class);

    private final Jdbi jdbi;
    private final Clock clock;
    private final Memberships memberships;
    private final UnsubscribeLinks links;
    private final Deliveries deliveries;
    private final AlertLetter letter;

    public SendAlerts(
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

    @Override
    public void run() {
        for (long story : due()) {
            try {
                jdbi.useTransaction(handle -> decide(handle, story));
            } catch (RuntimeException trouble) {
                // One memo that can't be told of must not keep the others; it is tried again in a moment.
                LOG.error("followers could not be told of memo {}", story, trouble);
            }
        }
        takenBack().forEach(deliveries::cancelRest);
    }

    private List<Long> due() {
        return jdbi.withHandle(
                handle -> handle.createQuery("""
                        select m.story_id from memo_alert m join story s on s.id = m.story_id
                        where m.decided_at is null and s.state = 'published' order by m.noted_at limit 20
                        """).mapTo(Long.class).list());
    }

    /** Letters still to leave about a memo that was withdrawn meanwhile. */
    private List<Long> takenBack() {
        return jdbi.withHandle(
                handle -> handle.createQuery("""
                        select g.id from mailing g
                        join memo_alert m on m.mailing_id = g.id join story s on s.id = m.story_id
                        where g.state in ('sending', 'held') and g.kind = 'memo' and s.state <> 'published'
                        """).mapTo(Long.class).list());
    }

    /** Looks again under lock: another node may have decided, or an editor have taken it back, since it was listed. */
    private void decide(Handle handle, long story) {
        Followers.holdDecisions(handle);
        boolean mine = handle.createQuery("""
                        select m.story_id from memo_alert m
                        where m.story_id = :story and m.decided_at is null for update skip locked
                        """)
                .bind("story", story)
                .mapTo(Long.class)
                .findOne()
                .isPresent();
        if (!mine) return;
        // Until we commit nobody takes it back.
        handle.createQuery("select id from story where id = :story for share")
                .bind("story", story)
                .mapTo(Long.class)
                .one();
        Optional<StoryCard> card = handle.createQuery("select * from story_card where id = :story")
                .bind("story", story)
                .mapTo(StoryCard.class)
                .findOne();
        if (card.isEmpty()) return;
        Instant now = clock.instant();
        handle.createUpdate("update memo_alert set decided_at = :now, mailing_id = :mailing where story_id = :story")
                .bind("now", now)
                .bind("mailing", owe(handle, card.get(), now))
                .bind("story", story)
                .execute();
    }

    private Optional<Long> owe(Handle handle, StoryCard card, Instant now) {
        if (!card.kind().equals("memo")) return Optional.empty();
        List<Follower> followers = Followers.atOnce(handle, memberships, card.id(), card.rule(), now);
        if (followers.isEmpty()) return Optional.empty();
        MemoNotes notes = notes(handle, card, now);
        // One for each language that one of them reads.
        Map<String, FrozenMessage> messages = followers.stream()
                .map(Follower::words)
                .distinct()
                .collect(Collectors.toMap(
                        words -> KIND + words.suffix(),
                        words -> letter.alert(letter.memo(card, notes, words), now)
                                .freeze()));
        var mailing = new Mailing(
                KIND,
                Long.toString(card.id()),
                "Memo: " + card.title(),
                letter.returnPath(),
                letter.mailDomain(),
                messages,
                messages.keySet().stream().collect(Collectors.toMap(name -> name, name -> Reserved.under(card.rule()))),
                now,
                now.plus(IN_TIME));
        return Optional.of(deliveries.owe(handle, mailing, audience(followers)).mailing());
    }

    /** The key points, for letters to those whom the paywall has let through one by one. */
    static MemoNotes notes(Handle handle, StoryCard card, Instant now) {
        return switch (whole(card.rule(), now)) {
            case Answer.Open pass -> Stories.notes(handle, card.id(), pass);
            case Answer.SignIn() -> MemoNotes.NONE;
            case Answer.Upgrade() -> MemoNotes.NONE;
            case Answer.Closed() -> MemoNotes.NONE;
        };
    }

    /** What the rule says to someone who has what it asks for. */
    private static Answer whole(Rule rule, Instant now) {
        Set<String> plans = rule.plans().isEmpty() ? Set.of("any") : rule.plans();
        return Paywall.ask(new Standing.Member(plans, now), rule, now, Meter.OFF, Gift.NONE);
    }

    private Audience audience(List<Follower> followers) {
        Long[] readers = followers.stream().map(Follower::readerId).toArray(Long[]::new);
        String[] tokens = followers.stream()
                .map(one -> StopAlertPages.token(links, one.readerId()))
                .toArray(String[]::new);
        String[] variants =
                followers.stream().map(one -> KIND + one.words().suffix()).toArray(String[]::new);
        String[] because = followers.stream().map(Follower::because).toArray(String[]::new);
        return new Audience(
                """
                select r.id as reader_id, r.email as address, r.name, whom.variant, whom.token,
                       jsonb_build_object('because', whom.because) as personal
                from unnest(:readers, :variants, :tokens, :because) as whom (reader_id, variant, token, because)
                join reader r on r.id = whom.reader_id
                """, Map.of("readers", readers, "variants", variants, "tokens", tokens, "because", because));
    }
}
