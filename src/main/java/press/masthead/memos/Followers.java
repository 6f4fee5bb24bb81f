package press.masthead.memos;

import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jdbi.v3.core.Handle;
import press.masthead.access.Answer;
import press.masthead.access.Audience;
import press.masthead.access.Gift;
import press.masthead.access.Meter;
import press.masthead.access.Paywall;
import press.masthead.access.Rule;
import press.masthead.access.Standing;
import press.masthead.plans.Memberships;
import press.masthead.platform.mail.LetterWords;
import press.masthead.topics.Country;

/** Who is to hear of a memo: followers of what it is filed under who are members at this moment and may read it. */
final class Followers {
    private Followers() {}

    /**
     * Someone who is to hear of it.
     *
     * @param because what they follow of it, in words: "Energy, Norway"
     * @param language a tag
     */
    record Follower(long readerId, String because, String language) {
        LetterWords words() {
            return LetterWords.in(language);
        }
    }

    /**
     * To the end of the transaction no other decides about letters. A memo that is decided while daily letters are composed would
     * bear a time before theirs and be seen by none of them.
     */
    static void holdDecisions(Handle handle) {
        handle.execute("select pg_advisory_xact_lock(hashtext('memo letters'))");
    }

    /** Of those who want to hear of each memo as it comes out. */
    static List<Follower> atOnce(Handle handle, Memberships memberships, long story, Rule rule, Instant now) {
        return following(handle, memberships, story, rule, "at_once", now.plus(Duration.ofDays(1)), now);
    }

    /** Of those who want to hear of it once a day, and have had no daily letter composed since it was decided. */
    static List<Follower> daily(
            Handle handle, Memberships memberships, long story, Rule rule, Instant decided, Instant now) {
        return following(handle, memberships, story, rule, "daily", decided, now);
    }

    private static List<Follower> following(
            Handle handle, Memberships memberships, long story, Rule rule, String how, Instant since, Instant now) {
        List<Country> countries = handle
                .createQuery("select country from story_country where story_id = :story")
                .bind("story", story)
                .mapTo(String.class)
                .stream()
                .map(Country::new)
                .toList();
        List<Follower> all = handle.createQuery("""
                        select f.reader_id, r.language, string_agg(distinct f.name, ', ' order by f.name) as because from (
                          select f.reader_id, t.name from story_topic l join topic t on t.id = l.topic_id
                          join follow f on f.topic_id = l.topic_id where l.story_id = :story
                          union all
                          select f.reader_id, i.name from story_industry l join industry i on i.id = l.industry_id
                          join follow f on f.industry_id = l.industry_id where l.story_id = :story
                          union all
                          select f.reader_id, a.name from story_author l join author a on a.id = l.author_id
                          join follow f on f.author_id = l.author_id where l.story_id = :story
                          union all
                          select f.reader_id, case split_part(lower(r.language), '-', 1) when 'ar' then c.arabic when 'he' then c.hebrew else c.name end
                          from unnest(:codes::text[], :names::text[], :arabic::text[], :hebrew::text[]) as c (code, name, arabic, hebrew)
                          join follow f on f.country = c.code join reader r on r.id = f.reader_id) f
                        join alert_choice c on c.reader_id = f.reader_id and c.how = :how and c.since < :since
                        join reader r on r.id = f.reader_id and r.confirmed_at is not null
                        group by f.reader_id, r.language order by f.reader_id
                        """)
                .bind("story", story)
                .bind("how", how)
                .bind("since", since)
                .bindArray(
                        "codes",
                        String.class,
                        countries.stream().map(Country::code).toList())
                .bindArray(
                        "names",
                        String.class,
                        countries.stream().map(Country::name).toList())
                .bindArray(
                        "arabic",
                        String.class,
                        countries.stream().map(country -> country.name("ar")).toList())
                .bindArray(
                        "hebrew",
                        String.class,
                        countries.stream().map(country -> country.name("he")).toList())
                .mapTo(Follower.class)
                .list();
        Map<Long, Standing> standings = memberships.standings(
                handle, all.stream().map(Follower::readerId).toList(), now);
        return all.stream()
                .filter(one -> may(standings.getOrDefault(one.readerId(), new Standing.SignedIn()), rule, now))
                .toList();
    }

    /** Alerts are for members, also of a memo that is free for everyone. */
    static boolean may(Standing standing, Rule rule, Instant now) {
        return Paywall.ask(standing, Audience.MEMBER) instanceof Answer.Open
                && Paywall.ask(standing, rule, now, Meter.OFF, Gift.NONE) instanceof Answer.Open;
    }

    /** A memo that was told of, and the rule for its text. */
    record Told(long readerId, long storyId) {}

    // One "exists" over all four and not four: apart, the planner may read the whole of a table to answer one of them
    // for everyone.

    /** For each of these readers the memos decided since their last daily letter that they follow and have not read, newest first. */
    static Map<Long, List<Long>> daily(Handle handle, Collection<Long> readers, Instant until) {
        return handle
                .createQuery("""
                        select c.reader_id, m.story_id from alert_choice c
                        join memo_alert m on m.decided_at > c.since and m.decided_at <= :until
                        join story s on s.id = m.story_id and s.state = 'published' and s.kind = 'memo'
                        where c.reader_id = any(:readers)
                          and exists (select 1 from story_topic l join follow f on f.topic_id = l.topic_id
                                      where l.story_id = s.id and f.reader_id = c.reader_id
                                      union all
                                      select 1 from story_industry l join follow f on f.industry_id = l.industry_id
                                      where l.story_id = s.id and f.reader_id = c.reader_id
                                      union all
                                      select 1 from story_author l join follow f on f.author_id = l.author_id
                                      where l.story_id = s.id and f.reader_id = c.reader_id
                                      union all
                                      select 1 from story_country l join follow f on f.country = l.country
                                      where l.story_id = s.id and f.reader_id = c.reader_id)
                          and not exists (select from member_read d where d.reader_id = c.reader_id and d.story_id = s.id)
                        order by c.reader_id, s.published_at desc, s.id desc
                        """)
                .bindArray("readers", Long.class, List.copyOf(readers))
                .bind("until", until)
                .mapTo(Told.class)
                .stream()
                .collect(Collectors.groupingBy(
                        Told::readerId, Collectors.mapping(Told::storyId, Collectors.toUnmodifiableList())));
    }
}
